//! Bulk data of networks as tables: one row per instance, connection or input, one column per fact.
//!
//! A million connections are a handful of vectors.  Every row remembers the bytes it was read from.

mod cell_ref;
mod connection;
mod input;
mod instance;
mod names;

pub use cell_ref::{CellRef, CellRefForm, CellRefStyle, CellRefs};
pub use connection::{ConnectionKind, ConnectionRow, ConnectionTable};
pub use input::{InputRow, InputTable};
pub use instance::InstanceTable;
pub use nml_base::{Column, Indices};

use nml_base::{FileId, Span};
use nml_xml::{NodeId, StartTag};

/// An identifier, index or segment that is absent or not a number.
pub const MISSING: u32 = u32::MAX;

/// The rows that lie inside one element of a document.
#[derive(Debug, Clone)]
pub enum Table {
    /// `<instance>` rows of a population.
    Instances(InstanceTable),
    /// Connection rows of a projection of any kind.
    Connections(Box<ConnectionTable>),
    /// `<input>` and `<inputW>` rows of an input list.
    Inputs(Box<InputTable>),
}

impl Table {
    /// The table for rows called `row` inside an element called `owner`, if such rows are kept in tables.
    pub fn for_rows(owner: &str, row: &str) -> Option<Self> {
        Some(match (owner, row) {
            ("population", "instance") => Self::Instances(InstanceTable::default()),
            ("projection" | "electricalProjection" | "continuousProjection", row) => {
                ConnectionKind::from_name(row)?;
                Self::Connections(Box::default())
            }
            ("inputList", "input" | "inputW") => Self::Inputs(Box::default()),
            _ => return None,
        })
    }

    /// Adds the row that begins with `tag`.
    pub fn start_row(&mut self, tag: &StartTag<'_>) {
        match self {
            Self::Instances(table) => table.start_row(tag),
            Self::Connections(table) => table.start_row(tag),
            Self::Inputs(table) => table.start_row(tag),
        }
    }

    /// An element inside the row just begun.
    pub fn inside_row(&mut self, tag: &StartTag<'_>) {
        if let Self::Instances(table) = self {
            table.inside_row(tag);
        }
    }

    /// The row just begun ends at byte `end`.
    pub fn end_row(&mut self, end: usize) {
        match self {
            Self::Instances(table) => table.spans.end(end),
            Self::Connections(table) => table.spans.end(end),
            Self::Inputs(table) => table.spans.end(end),
        }
    }

    /// Whether a row called `row` goes into this table.
    pub fn takes(&self, row: &str) -> bool {
        match self {
            Self::Instances(_) => row == "instance",
            Self::Connections(_) => ConnectionKind::from_name(row).is_some(),
            Self::Inputs(_) => matches!(row, "input" | "inputW"),
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Instances(table) => table.len(),
            Self::Connections(table) => table.len(),
            Self::Inputs(table) => table.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// All tables of a document, by the element they lie in.
#[derive(Debug, Default)]
pub struct Tables {
    /// Ascending by owner, since documents are read in order.
    items: Vec<(NodeId, Table)>,
}

impl Tables {
    /// The table for rows called `row` of `owner`, made on first use; `None` where such rows are elements.
    pub fn for_row(&mut self, owner: NodeId, owner_name: &str, row: &str) -> Option<&mut Table> {
        let known = self.items.last().is_some_and(|(id, _)| *id == owner);
        if !known {
            self.items.push((owner, Table::for_rows(owner_name, row)?));
        }
        let (_, table) = self.items.last_mut()?;
        table.takes(row).then_some(table)
    }

    /// The table of the row read last.
    pub fn last_mut(&mut self) -> Option<&mut Table> {
        self.items.last_mut().map(|(_, table)| table)
    }

    /// The table inside an element.
    pub fn get(&self, owner: NodeId) -> Option<&Table> {
        let at = self.items.binary_search_by_key(&owner, |(id, _)| *id).ok()?;
        Some(&self.items[at].1)
    }

    /// Puts a table into an element, in place of one that may be there.
    pub fn insert(&mut self, owner: NodeId, table: Table) {
        match self.items.binary_search_by_key(&owner, |(id, _)| *id) {
            Ok(at) => self.items[at].1 = table,
            Err(at) => self.items.insert(at, (owner, table)),
        }
    }

    /// All tables with their owners, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Table)> {
        self.items.iter().map(|(id, table)| (*id, table))
    }
}

/// Where each row was read from.
#[derive(Debug, Clone, Default)]
pub struct RowSpans {
    starts: Vec<u32>,
    lengths: Vec<u32>,
    /// First offset and number of rows without a text, see [`nml_base::RowBlock`].
    counted: Option<(u32, usize)>,
}

impl RowSpans {
    /// Rows of a binary file, counted by offsets from `first` on.
    pub fn counted(first: u32, rows: usize) -> Self {
        Self { counted: Some((first, rows)), ..Self::default() }
    }

    /// Whether the rows have no text of their own.
    pub fn are_counted(&self) -> bool {
        self.counted.is_some()
    }

    fn start(&mut self, start: usize) {
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.lengths.push(0);
    }

    fn end(&mut self, end: usize) {
        if let (Some(start), Some(length)) = (self.starts.last(), self.lengths.last_mut()) {
            *length = u32::try_from(end).unwrap_or(u32::MAX).saturating_sub(*start);
        }
    }

    /// The whole row element.
    pub fn get(&self, row: usize, file: FileId) -> Span {
        if let Some((first, _)) = self.counted {
            let at = first.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            return Span::new(file, at, at.saturating_add(1));
        }
        let start = self.starts.get(row).copied().unwrap_or(0);
        let length = self.lengths.get(row).copied().unwrap_or(0);
        Span::new(file, start, start.saturating_add(length))
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.counted.map_or(self.starts.len(), |(_, rows)| rows)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The value of attribute `name` inside the source text of a row element, as a range of that text.
///
/// Rows keep no spans per attribute; a finding about one looks the place up again.
pub fn attribute_range(row_text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let end = row_text.find('>').unwrap_or(row_text.len());
    let head = &row_text[..end];
    let mut from = 0;
    while let Some(found) = head[from..].find(name) {
        let at = from + found;
        let before = head[..at].chars().next_back();
        let after = head[at + name.len()..].trim_start();
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=')
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let start = head.len() - value.len() + 1;
            let length = row_text[start..].find(quote)?;
            return Some(start..start + length);
        }
        from = at + name.len();
    }
    None
}

pub(crate) fn integer(text: &str) -> u32 {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return MISSING;
    }
    // Numbers too large for any table still are numbers: they stay distinct from "missing".
    digits.parse::<u32>().unwrap_or(MISSING - 1).min(MISSING - 1)
}

pub(crate) fn number(text: &str) -> f64 {
    text.trim_ascii().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_a_row_are_found_again() {
        let row = "<connection id=\"0\" preCellId = '../a/0/b' postCellId=\"x\"/>";
        assert_eq!(&row[attribute_range(row, "preCellId").unwrap()], "../a/0/b");
        assert_eq!(&row[attribute_range(row, "id").unwrap()], "0");
        assert_eq!(attribute_range(row, "Id"), None);
        assert_eq!(attribute_range("<a b", "b"), None);
    }

    #[test]
    fn integers_keep_missing_apart() {
        assert_eq!(integer("12"), 12);
        assert_eq!(integer("+1"), 1);
        assert_eq!(integer("99999999999"), MISSING - 1);
        assert_eq!(integer(""), MISSING);
        assert_eq!(integer("-1"), MISSING);
    }
}
