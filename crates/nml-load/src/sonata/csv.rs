//! Tables of node and edge types: one row a line, columns between blanks, texts with blanks in quotes.

use std::ops::Range;

use nml_base::{SourceFile, Span};
use rustc_hash::FxHashMap;

/// A table of types.
#[derive(Debug)]
pub(super) struct Types {
    /// The names of the columns.
    columns: Vec<String>,
    rows: Vec<Row>,
    by_id: FxHashMap<u64, usize>,
}

#[derive(Debug)]
struct Row {
    span: Span,
    cells: Vec<(String, Span)>,
}

/// One type: a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'t> {
    table: &'t Types,
    row: usize,
}

/// What is wrong, and where.
pub(super) type Wrong = (Span, String);

impl Types {
    /// Reads a table whose types are numbered by the column `id`.
    pub(super) fn read(file: &SourceFile, id: &str) -> Result<Self, Wrong> {
        let (text, whole) = (file.text(), file.span());
        let mut table = Self { columns: vec![], rows: vec![], by_id: FxHashMap::default() };
        let mut start = 0;
        let mut numbers = None;
        for line in text.split_inclusive('\n') {
            let here = start;
            start += line.len();
            let cells: Vec<(String, Span)> = words(line)
                .map(|(word, range)| (word, whole.sub(here + range.start, here + range.end)))
                .collect();
            let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
            let span = Span { end: last.1.end, ..first.1 };
            let Some(at) = numbers else {
                table.columns = cells.into_iter().map(|(name, _)| name).collect();
                numbers = table.columns.iter().position(|name| name == id);
                if numbers.is_none() {
                    return Err((span, format!("there is no column `{id}`")));
                }
                continue;
            };
            if cells.len() != table.columns.len() {
                let (found, wanted) = (cells.len(), table.columns.len());
                return Err((
                    span,
                    format!("this row has {found} columns, the first line {wanted}"),
                ));
            }
            let (word, place) = &cells[at];
            let Ok(number) = word.parse() else {
                return Err((*place, format!("`{word}` is no number of a type")));
            };
            if table.by_id.insert(number, table.rows.len()).is_some() {
                return Err((*place, format!("there are two types {number}")));
            }
            table.rows.push(Row { span, cells });
        }
        if numbers.is_none() {
            return Err((whole.sub(0, 0), "the table is empty".to_owned()));
        }
        Ok(table)
    }

    /// A type by its number.
    pub(super) fn get(&self, id: u64) -> Option<Type<'_>> {
        let row = *self.by_id.get(&id)?;
        Some(Type { table: self, row })
    }

    /// The names of the columns.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl<'t> Type<'t> {
    /// Where it stands.
    pub(super) fn span(self) -> Span {
        self.table.rows[self.row].span
    }

    /// What a column says, and where; `None` also for `NULL`.
    pub(super) fn get(self, column: &str) -> Option<(&'t str, Span)> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        let (text, span) = &self.table.rows[self.row].cells[at];
        (!text.is_empty() && text != "NULL").then_some((text, *span))
    }
}

/// The words of a line, and the bytes they take.
fn words(line: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let start = at;
        let quote = *bytes.get(at)?;
        if quote != b'"' {
            while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            return Some((line[start..at].to_owned(), start..at));
        }
        at += 1;
        let mut word = String::new();
        loop {
            let from = at;
            while at < bytes.len() && bytes[at] != b'"' {
                at += 1;
            }
            word.push_str(&line[from..at]);
            // Two quotes stand for one.
            if bytes.get(at) == Some(&b'"') && bytes.get(at + 1) == Some(&b'"') {
                word.push('"');
                at += 2;
                continue;
            }
            at = (at + 1).min(bytes.len());
            return Some((word, start..at));
        }
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use nml_base::SourceMap;

    use super::*;

    fn read(text: &str) -> Result<Types, Wrong> {
        let sources = SourceMap::new();
        Types::read(&sources.add(Path::new("t.csv"), text.to_owned()), "node_type_id")
    }

    #[test]
    fn types_are_rows_by_number() {
        let types = read("node_type_id name x\r\n\n7 \"a \"\"b\"\" c\" NULL\n9 d 1.5").unwrap();
        let seven = types.get(7).unwrap();
        assert_eq!(seven.get("name").unwrap().0, "a \"b\" c");
        assert!(seven.get("x").is_none() && seven.get("y").is_none());
        assert_eq!(types.get(9).unwrap().get("x").unwrap().0, "1.5");
        assert!(types.get(8).is_none());
        assert_eq!(types.columns(), ["node_type_id", "name", "x"]);
    }

    #[test]
    fn odd_tables_are_told() {
        for text in ["", "a b\n1 2", "node_type_id a\n1", "node_type_id\nx", "node_type_id\n1\n1"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
