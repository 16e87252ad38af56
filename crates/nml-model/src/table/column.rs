//! A column that costs nothing while every row has the default.

/// One value per row.
#[derive(Debug, Clone)]
pub struct Column<T> {
    default: T,
    len: usize,
    values: Vec<T>,
}

impl<T: Copy + PartialEq> Column<T> {
    /// An empty column; rows without a value of their own have `default`.
    pub const fn new(default: T) -> Self {
        Self { default, len: 0, values: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, value: T) {
        if self.values.is_empty() {
            if value == self.default {
                self.len += 1;
                return;
            }
            self.values = vec![self.default; self.len];
        }
        self.values.push(value);
        self.len += 1;
    }

    /// The value of a row; the default past the end.
    pub fn get(&self, row: usize) -> T {
        self.values.get(row).copied().unwrap_or(self.default)
    }

    /// All values in row order.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        (0..self.len).map(|row| self.get(row))
    }

    /// The values if any row differs from the default.
    pub fn as_slice(&self) -> Option<&[T]> {
        (!self.values.is_empty()).then_some(&*self.values)
    }

    /// What rows without a value of their own have.
    pub fn default_value(&self) -> T {
        self.default
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_column_has_no_values() {
        let mut column = Column::new(0.5);
        for v in [0.5, 0.5, 0.25] {
            assert!(column.as_slice().is_none());
            column.push(v);
        }
        assert_eq!(column.as_slice(), Some(&[0.5, 0.5, 0.25][..]));
        assert_eq!(column.iter().collect::<Vec<_>>(), [0.5, 0.5, 0.25]);
    }
}
