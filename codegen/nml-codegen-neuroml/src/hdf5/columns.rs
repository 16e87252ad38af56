//! Columns of a data set.

use nml_hdf5::decimal;

/// Equally long columns with names.
#[derive(Debug, Default)]
pub(super) struct Columns {
    names: Vec<&'static str>,
    values: Vec<Vec<f64>>,
    /// Whether readers know the columns by their number.
    plain: bool,
}

impl Columns {
    /// No columns yet; `plain` where no names have to be written.
    pub(super) fn new(plain: bool) -> Self {
        Self { plain, ..Self::default() }
    }

    /// Adds a column.
    pub(super) fn add(&mut self, name: &'static str, values: impl IntoIterator<Item = f64>) {
        self.names.push(name);
        self.values.push(values.into_iter().collect());
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.names
    }

    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    pub(super) fn rows(&self) -> usize {
        self.values.first().map_or(0, Vec::len)
    }

    /// Whether 32 bits keep every number, as `nml` reads it.
    pub(super) fn fits_single(&self) -> bool {
        #[expect(clippy::cast_possible_truncation, reason = "the question is what it gives")]
        let fits = |x: &f64| decimal(f64::from(*x as f32)) == *x;
        let mut columns = self.names.iter().zip(&self.values);
        columns.all(|(name, values)| {
            // Whole numbers are read as they are stored.
            let whole = name.ends_with("id");
            values.iter().all(|x| fits(x) && (!whole || *x < 16_777_216.0))
        })
    }

    /// The numbers of a row.
    pub(super) fn row(&self, at: usize, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.values.iter().map(|column| column[at]));
    }
}
