//! Data sets of one dimension.

use std::collections::BTreeMap;

use nml_base::Span;
use nml_hdf5::{Group, Table};

use super::desk::Desk;

/// What a value takes in memory.
const VALUE_BYTES: u64 = 8;
/// The most rows of one population; the two highest numbers mean something else.
const MAX_ROWS: u64 = (1 << 32) - 2;

/// Reads data sets of one file within the memory that its size allows.
pub(super) struct Reader {
    /// Where the file is named.
    pub(super) span: Span,
    /// How its name is shown.
    pub(super) file: String,
    /// Bytes that may still be read.
    pub(super) left: u64,
}

impl Reader {
    /// Tells that the file is not as it should be.
    pub(super) fn bad(&self, desk: &mut Desk<'_>, message: &str, help: &str) {
        desk.bad(self.span, format!("`{}`: {message}", self.file), help);
    }

    /// Tells that a part of the file is not read.
    pub(super) fn unread(&self, desk: &mut Desk<'_>, message: &str, help: &str) {
        desk.unread(self.span, format!("`{}`: {message}", self.file), help);
    }

    /// The groups inside, sorted by name.
    pub(super) fn groups(&self, desk: &mut Desk<'_>, group: &Group) -> Vec<Group> {
        group.groups().unwrap_or_else(|error| {
            self.bad(desk, &format!("`{}` is damaged: {error}", group.path()), AGAIN);
            Vec::new()
        })
    }

    /// The data sets inside, sorted by name.
    pub(super) fn tables(&self, desk: &mut Desk<'_>, group: &Group) -> Vec<Table> {
        group.tables().unwrap_or_else(|error| {
            self.bad(desk, &format!("`{}` is damaged: {error}", group.path()), AGAIN);
            Vec::new()
        })
    }

    /// The values of a data set of one dimension; of `rows` values where that is given.
    pub(super) fn column(
        &mut self,
        desk: &mut Desk<'_>,
        table: &Table,
        rows: Option<usize>,
    ) -> Option<Vec<f64>> {
        let path = table.path();
        let &[length] = table.shape() else {
            let message = format!("`{path}` has {} dimensions, not one", table.shape().len());
            self.bad(desk, &message, AGAIN);
            return None;
        };
        if !table.is_numeric() {
            self.bad(desk, &format!("`{path}` does not hold numbers"), "write numbers");
            return None;
        }
        if rows.is_some_and(|rows| rows as u64 != length) {
            let message =
                format!("`{path}` has {length} values, its neighbours {}", rows.unwrap_or(0));
            self.bad(desk, &message, "write one value for each row");
            return None;
        }
        let left = length.checked_mul(VALUE_BYTES).and_then(|bytes| self.left.checked_sub(bytes));
        let Some(left) = left.filter(|_| length < MAX_ROWS) else {
            let message =
                format!("`{path}` claims {length} values, more than a file of this size can hold");
            self.bad(desk, &message, AGAIN);
            return None;
        };
        self.left = left;
        let mut values = Vec::new();
        if length > 0 {
            let read = table.blocks(|_, block| values.extend_from_slice(block));
            if let Err(error) = read {
                self.bad(desk, &format!("`{path}` is damaged: {error}"), AGAIN);
                return None;
            }
        }
        Some(values)
    }

    /// As [`column`](Self::column), of whole numbers below 2^32 - 1.
    pub(super) fn indices(
        &mut self,
        desk: &mut Desk<'_>,
        table: &Table,
        rows: Option<usize>,
    ) -> Option<Vec<u32>> {
        let values = self.column(desk, table, rows)?;
        let mut indices = Vec::with_capacity(values.len());
        for (row, value) in values.into_iter().enumerate() {
            let Some(index) = whole(value) else {
                let message = format!("`{}` is {value} in row {row}", table.path());
                self.bad(desk, &message, "write whole numbers from 0 to 4294967293");
                return None;
            };
            indices.push(index);
        }
        Some(indices)
    }

    /// The attributes of the rows of one group, and what of it is not read.
    pub(super) fn attributes(&mut self, desk: &mut Desk<'_>, group: &Group) -> Attributes {
        let mut found = Attributes::default();
        for table in self.tables(desk, group) {
            let name = table.name().to_owned();
            if !table.is_numeric() || table.shape().len() != 1 {
                found.other.push(name);
                continue;
            }
            if let Some(values) = self.column(desk, &table, None) {
                found.columns.insert(name, values);
            }
        }
        for inner in self.groups(desk, group) {
            if inner.name() == "dynamics_params" {
                let names = self.tables(desk, &inner).into_iter();
                found.other.extend(names.map(|table| format!("dynamics_params/{}", table.name())));
            } else {
                found.other.push(inner.name().to_owned());
            }
        }
        found
    }
}

/// What to do with a file that is not whole.
pub(super) const AGAIN: &str = "write the file again; the copy may be incomplete";

/// Columns of a group of nodes or edges, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    pub(super) columns: BTreeMap<String, Vec<f64>>,
    /// Data sets that hold no numbers, and groups.
    pub(super) other: Vec<String>,
}

impl Attributes {
    /// The value of a row.
    pub(super) fn get(&self, name: &str, row: u32) -> Option<f64> {
        self.columns.get(name)?.get(row as usize).copied()
    }
}

/// A whole number that can be an index.
pub(super) fn whole(value: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what does not fit comes back as another number"
    )]
    let index = value as u32;
    (f64::from(index) == value && index < u32::MAX - 1).then_some(index)
}
