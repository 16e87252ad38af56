//! Which column of a data set means what.

use nml_hdf5::Table;

/// What the rows of a data set are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowKind {
    /// Instances of a population.
    Instances,
    /// Connections of a `<projection>`.
    Chemical,
    /// Connections of an `<electricalProjection>`.
    Electrical,
    /// Connections of a `<continuousProjection>`.
    Continuous,
    /// Inputs of an `<inputList>`.
    Inputs,
}

/// The names of all columns, as in the files.
pub(super) const NAMES: [&str; 15] = [
    "id",
    "x",
    "y",
    "z",
    "pre_cell_id",
    "post_cell_id",
    "pre_segment_id",
    "post_segment_id",
    "pre_fraction_along",
    "post_fraction_along",
    "weight",
    "delay",
    "target_cell_id",
    "segment_id",
    "fraction_along",
];

/// A column's meaning, as an index into [`NAMES`].
pub(super) type Meaning = usize;

pub(super) const ID: Meaning = 0;
pub(super) const X: Meaning = 1;
pub(super) const PRE_CELL: Meaning = 4;
pub(super) const POST_CELL: Meaning = 5;
pub(super) const PRE_SEGMENT: Meaning = 6;
pub(super) const POST_SEGMENT: Meaning = 7;
pub(super) const PRE_FRACTION: Meaning = 8;
pub(super) const POST_FRACTION: Meaning = 9;
pub(super) const WEIGHT: Meaning = 10;
pub(super) const DELAY: Meaning = 11;
pub(super) const TARGET: Meaning = 12;
pub(super) const SEGMENT: Meaning = 13;
pub(super) const FRACTION: Meaning = 14;

/// No layout has more.
const MAX_COLUMNS: u64 = 64;

impl RowKind {
    fn takes(self, meaning: Meaning) -> bool {
        match self {
            Self::Instances => meaning <= X + 2,
            Self::Chemical => meaning == ID || (PRE_CELL..=DELAY).contains(&meaning),
            Self::Electrical | Self::Continuous => {
                meaning == ID || (PRE_CELL..=WEIGHT).contains(&meaning)
            }
            Self::Inputs => matches!(meaning, ID | WEIGHT | TARGET | SEGMENT | FRACTION),
        }
    }

    fn needs(self) -> &'static [Meaning] {
        match self {
            Self::Instances => &[1, 2, 3],
            Self::Chemical | Self::Electrical | Self::Continuous => &[PRE_CELL, POST_CELL],
            Self::Inputs => &[TARGET],
        }
    }

    /// What columns without names are, by their number.
    fn unnamed(self, width: usize) -> &'static [Meaning] {
        match (self, width) {
            (Self::Instances, 3) => &[1, 2, 3],
            (Self::Instances, 4) => &[ID, 1, 2, 3],
            (Self::Chemical | Self::Electrical | Self::Continuous, 7) => &[0, 4, 5, 6, 7, 8, 9],
            (Self::Electrical | Self::Continuous, 8) => &[0, 4, 5, 6, 7, 8, 9, WEIGHT],
            (Self::Inputs, 3) => &[TARGET, SEGMENT, FRACTION],
            (Self::Inputs, 4) => &[ID, TARGET, SEGMENT, FRACTION],
            (Self::Inputs, 5) => &[ID, TARGET, SEGMENT, FRACTION, WEIGHT],
            _ => &[],
        }
    }
}

/// Where each meaning stands in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The number of columns.
    pub(super) width: usize,
    at: [Option<usize>; NAMES.len()],
}

/// Columns, and those that are not read, or why there are none.
pub(super) type Found = Result<(Columns, Vec<String>), String>;

impl Columns {
    /// Reads the attributes `column_0`, `column_1`, ….
    pub(super) fn of(table: &Table, kind: RowKind) -> Found {
        let &[_, width] = table.shape() else {
            return Err(format!("has {} dimensions, not rows and columns", table.shape().len()));
        };
        if width > MAX_COLUMNS {
            return Err(format!("has {width} columns, more than any layout"));
        }
        let width = usize::try_from(width).unwrap_or(0);
        let names: Vec<Option<&str>> =
            (0..width).map(|at| table.attribute(&format!("column_{at}")).map(str::trim)).collect();
        let mut columns = Self { width, at: [None; NAMES.len()] };
        let mut unread = Vec::new();
        if names.iter().all(Option::is_none) {
            for (at, &meaning) in kind.unnamed(width).iter().enumerate() {
                columns.at[meaning] = Some(at);
            }
        }
        for (at, name) in names.iter().enumerate() {
            let Some(name) = name else {
                if names.iter().any(Option::is_some) {
                    unread.push(format!("column {at}, which has no name"));
                }
                continue;
            };
            let meaning = NAMES.iter().position(|n| n == name).filter(|&m| kind.takes(m));
            match meaning {
                Some(meaning) if columns.at[meaning].is_some() => {
                    return Err(format!("has two columns `{name}`"));
                }
                Some(meaning) => columns.at[meaning] = Some(at),
                None => unread.push(format!("column {at}, `{name}`")),
            }
        }
        for &needed in kind.needs() {
            if columns.at[needed].is_none() {
                let name = NAMES[needed];
                return Err(format!("has no column `{name}` among its {width}"));
            }
        }
        Ok((columns, unread))
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, meaning: Meaning) -> bool {
        self.at[meaning].is_some()
    }

    /// The value of a column in a row.
    pub(super) fn get(&self, row: &[f64], meaning: Meaning) -> Option<f64> {
        row.get(self.at[meaning]?).copied()
    }
}
