//! Long columns in few bytes.
//!
//! A network has millions of rows whose columns are mostly dull: a running number, the same delay everywhere, one of
//! ten weights.  [`Column`] and [`Indices`] hold them exactly, in the narrowest form that does, and widen by themselves.

/// How many distinct values a column may have to be kept as codes of one byte.
const MOST_CODES: usize = 256;

/// One value per row.
#[derive(Debug, Clone)]
pub struct Column<T> {
    default: T,
    len: usize,
    /// The distinct values; with [`Codes::None`] the value of every row, if there is one.
    values: Vec<T>,
    codes: Codes,
}

/// Which value each row has.
#[derive(Debug, Clone)]
enum Codes {
    /// All rows have the first value.
    None,
    /// By row, an index into the values.
    Bytes(Vec<u8>),
    /// The values are those of the rows.
    Own,
}

impl<T: Copy + PartialEq> Column<T> {
    /// An empty column; what lies past its end is `default`.
    pub const fn new(default: T) -> Self {
        Self { default, len: 0, values: Vec::new(), codes: Codes::None }
    }

    /// A column of `len` rows of one value, which is also its default.
    pub fn uniform(value: T, len: usize) -> Self {
        Self { default: value, len, values: vec![value; usize::from(len > 0)], codes: Codes::None }
    }

    /// Adds a row.
    pub fn push(&mut self, value: T) {
        match &mut self.codes {
            Codes::None => match self.values.first() {
                None => self.values.push(value),
                Some(first) if *first == value => {}
                Some(_) => {
                    let mut codes = vec![0; self.len];
                    codes.push(1);
                    self.values.push(value);
                    self.codes = Codes::Bytes(codes);
                }
            },
            Codes::Bytes(codes) => {
                // Neighbours are mostly alike.
                let last = codes.last().copied().unwrap_or(0);
                let known = if self.values[usize::from(last)] == value {
                    Some(last)
                } else {
                    let at = self.values.iter().position(|known| *known == value);
                    at.and_then(|at| u8::try_from(at).ok())
                };
                if let Some(code) = known {
                    codes.push(code);
                } else if let (Ok(code), true) =
                    (u8::try_from(self.values.len()), self.values.len() < MOST_CODES)
                {
                    self.values.push(value);
                    codes.push(code);
                } else {
                    let mut own: Vec<T> = Vec::with_capacity(codes.len() * 2);
                    own.extend(codes.iter().map(|code| self.values[usize::from(*code)]));
                    own.push(value);
                    self.values = own;
                    self.codes = Codes::Own;
                }
            }
            Codes::Own => self.values.push(value),
        }
        self.len += 1;
    }

    /// Adds rows with the default until there are `len`.
    pub fn pad(&mut self, len: usize) {
        if self.len == 0 && len > 0 {
            *self = Self { default: self.default, ..Self::uniform(self.default, len) };
        }
        while self.len < len {
            self.push(self.default);
        }
    }

    /// The value of a row; the default past the end.
    pub fn get(&self, row: usize) -> T {
        if row >= self.len {
            return self.default;
        }
        match &self.codes {
            Codes::None => self.values[0],
            Codes::Bytes(codes) => self.values[usize::from(codes[row])],
            Codes::Own => self.values[row],
        }
    }

    /// All values in row order.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        (0..self.len).map(|row| self.get(row))
    }

    /// Values among which are those of all rows, each once unless they are too many.
    pub fn distinct(&self) -> &[T] {
        &self.values
    }

    /// Whether every row has the default.
    pub fn is_default(&self) -> bool {
        self.values.iter().all(|value| *value == self.default)
    }

    /// The value of all rows, where they have the same.
    pub fn same(&self) -> Option<T> {
        match (&self.codes, self.values.first()) {
            (Codes::None, first) => Some(first.copied().unwrap_or(self.default)),
            _ => None,
        }
    }

    /// What rows past the end have.
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

    /// Gives back memory that only more rows would need.
    pub fn shrink(&mut self) {
        self.values.shrink_to_fit();
        if let Codes::Bytes(codes) = &mut self.codes {
            codes.shrink_to_fit();
        }
    }
}

/// Columns are the same where their rows are.
impl<T: Copy + PartialEq> PartialEq for Column<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

/// Whole numbers from 0 to [`u32::MAX`], one per row.
#[derive(Debug, Clone, Default)]
pub struct Indices {
    form: Form,
}

#[derive(Debug, Clone)]
enum Form {
    /// The first number, how much more each next one is (0 or 1), and how many there are.
    Even(u32, u32, usize),
    Bytes(Vec<u8>),
    Words(Vec<u16>),
    Full(Vec<u32>),
}

impl Default for Form {
    fn default() -> Self {
        Self::Even(0, 0, 0)
    }
}

/// The `row`th of evenly spaced numbers.
fn even(first: u32, by: u32, row: usize) -> u32 {
    first.saturating_add(by.saturating_mul(u32::try_from(row).unwrap_or(u32::MAX)))
}

impl Indices {
    /// No numbers.
    pub const fn new() -> Self {
        Self { form: Form::Even(0, 0, 0) }
    }

    /// So many numbers from `first` on.
    pub const fn counted(first: u32, len: usize) -> Self {
        Self { form: Form::Even(first, 1, len) }
    }

    /// Adds a row.
    pub fn push(&mut self, number: u32) {
        match &mut self.form {
            Form::Even(first, by, len) => {
                match *len {
                    0 => (*first, *by) = (number, 0),
                    1 if first.checked_add(1) == Some(number) => *by = 1,
                    _ if number == even(*first, *by, *len) && number < u32::MAX => {}
                    _ if number == *first && *by == 0 => {}
                    _ => return self.spell_out(number),
                }
                *len += 1;
            }
            Form::Bytes(numbers) => match u8::try_from(number) {
                Ok(number) => numbers.push(number),
                Err(_) => self.spell_out(number),
            },
            Form::Words(numbers) => match u16::try_from(number) {
                Ok(number) => numbers.push(number),
                Err(_) => self.spell_out(number),
            },
            Form::Full(numbers) => numbers.push(number),
        }
    }

    /// Adds a number that the form of the others does not hold.
    #[cold]
    fn spell_out(&mut self, number: u32) {
        let most = self.iter().chain([number]).max().unwrap_or(0);
        let all = self.iter().chain([number]);
        let mut form = if u8::try_from(most).is_ok() {
            Form::Bytes(all.filter_map(|n| u8::try_from(n).ok()).collect())
        } else if u16::try_from(most).is_ok() {
            Form::Words(all.filter_map(|n| u16::try_from(n).ok()).collect())
        } else {
            Form::Full(all.collect())
        };
        std::mem::swap(&mut self.form, &mut form);
    }

    /// The number of a row.
    pub fn get(&self, row: usize) -> Option<u32> {
        match &self.form {
            Form::Even(first, by, len) => (row < *len).then(|| even(*first, *by, row)),
            Form::Bytes(numbers) => numbers.get(row).map(|&n| n.into()),
            Form::Words(numbers) => numbers.get(row).map(|&n| n.into()),
            Form::Full(numbers) => numbers.get(row).copied(),
        }
    }

    /// All numbers in row order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = u32> {
        (0..self.len()).map(|row| self.get(row).unwrap_or(u32::MAX))
    }

    /// Whether the rows count up from a number.
    pub fn count_from(&self) -> Option<u32> {
        match self.form {
            Form::Even(first, by, len) if by == 1 || len <= 1 => Some(first),
            _ => None,
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match &self.form {
            Form::Even(_, _, len) => *len,
            Form::Bytes(numbers) => numbers.len(),
            Form::Words(numbers) => numbers.len(),
            Form::Full(numbers) => numbers.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives back memory that only more rows would need.
    pub fn shrink(&mut self) {
        match &mut self.form {
            Form::Even(..) => {}
            Form::Bytes(numbers) => numbers.shrink_to_fit(),
            Form::Words(numbers) => numbers.shrink_to_fit(),
            Form::Full(numbers) => numbers.shrink_to_fit(),
        }
    }
}

impl FromIterator<u32> for Indices {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut all = Self::new();
        all.extend(numbers);
        all
    }
}

impl Extend<u32> for Indices {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, numbers: I) {
        numbers.into_iter().for_each(|number| self.push(number));
    }
}

/// The same where the numbers are.
impl PartialEq for Indices {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Indices {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_widens_and_keeps_its_values() {
        let mut column = Column::new(0.5);
        let mut meant = Vec::new();
        let push = |column: &mut Column<f64>, meant: &mut Vec<f64>, value: f64| {
            column.push(value);
            meant.push(value);
        };
        for _ in 0..3 {
            push(&mut column, &mut meant, 1.5);
        }
        assert_eq!((column.same(), column.distinct().len()), (Some(1.5), 1));
        for i in 0..1000_u32 {
            push(&mut column, &mut meant, f64::from(i % 7));
        }
        assert!(matches!(column.codes, Codes::Bytes(_)) && column.same().is_none());
        for i in 0..1000_u32 {
            push(&mut column, &mut meant, f64::from(i));
        }
        assert!(matches!(column.codes, Codes::Own));
        assert_eq!(column.iter().collect::<Vec<_>>(), meant);
        assert_eq!((column.get(5000), column.len()), (0.5, 2003));
        assert!(!column.is_default());
    }

    #[test]
    fn rows_without_a_number_stay_apart() {
        let mut column = Column::new(1.0);
        for value in [f64::NAN, f64::NAN, 1.0] {
            column.push(value);
        }
        assert!(column.get(0).is_nan() && column.get(1).is_nan() && column.get(2) == 1.0);
        let mut padded = Column::new(2);
        padded.pad(4);
        assert!(padded.is_default() && padded.len() == 4 && padded.get(3) == 2);
    }

    #[test]
    fn indices_take_as_many_bytes_as_they_need() {
        let same = Indices::from_iter([7, 7, 7]);
        assert!(matches!(same.form, Form::Even(7, 0, 3)) && same.count_from().is_none());
        let counted: Indices = (3..100_000).collect();
        assert!(
            matches!(counted.form, Form::Even(3, 1, 99_997)) && counted.count_from() == Some(3)
        );
        let bytes = Indices::from_iter([0, 1, 2, 2, 255]);
        assert!(matches!(bytes.form, Form::Bytes(_)));
        let words = Indices::from_iter([5, 9, 256]);
        assert!(matches!(words.form, Form::Words(_)));
        assert_eq!(words.iter().collect::<Vec<_>>(), [5, 9, 256]);
        let full = Indices::from_iter([0, u32::MAX, 1]);
        assert_eq!(full.iter().collect::<Vec<_>>(), [0, u32::MAX, 1]);
        let none = Indices::from_iter([u32::MAX, u32::MAX]);
        assert_eq!(none.iter().collect::<Vec<_>>(), [u32::MAX, u32::MAX]);
        let top = Indices::from_iter([u32::MAX - 1, u32::MAX, u32::MAX]);
        assert_eq!(top.iter().collect::<Vec<_>>(), [u32::MAX - 1, u32::MAX, u32::MAX]);
    }

    proptest::proptest! {
        #[test]
        fn indices_come_back(
            numbers in proptest::collection::vec((0_u32..4, proptest::prelude::any::<u32>()), 0..40),
            first: u32,
        ) {
            // Runs that count, stand still, and jump to narrow or wide numbers.
            let mut meant = Vec::new();
            let mut last = first;
            for (what, wide) in numbers {
                last = match what {
                    0 => last.saturating_add(1),
                    1 => last,
                    2 => wide % 300,
                    _ => wide,
                };
                meant.push(last);
            }
            let indices: Indices = meant.iter().copied().collect();
            proptest::prop_assert_eq!(indices.iter().collect::<Vec<_>>(), meant);
        }
    }
}
