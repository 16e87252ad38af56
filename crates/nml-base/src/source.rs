//! Files, byte spans and line numbers.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// Names one file of a [`SourceMap`]; cheap to copy and to compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A range of bytes `start..end` in the decoded (UTF-8) text of one file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The sub-range `start..end` counted from the beginning of this one, clipped to it.
    #[must_use]
    pub fn sub(self, start: usize, end: usize) -> Self {
        let clip = |n: usize| {
            self.start.saturating_add(u32::try_from(n).unwrap_or(u32::MAX)).min(self.end)
        };
        Self { file: self.file, start: clip(start), end: clip(end) }
    }

    /// The range as `usize`, for slicing text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A position as people count it: line and column start at 1, columns are characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Rows of a binary file that have no text of their own.
///
/// They are counted by offsets past the end of the file's text: row `k` is the offset `first + k`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowBlock {
    /// The data set, as its file names it.
    pub name: String,
    /// Offset of row 0.
    pub first: u32,
    /// The number of rows.
    pub rows: u32,
    /// What stands in the text for the whole block, as bytes `start..end`.
    pub home: (u32, u32),
}

/// One file: where it came from and its text as UTF-8.
pub struct SourceFile {
    id: FileId,
    path: PathBuf,
    text: String,
    binary: bool,
    rows: Vec<RowBlock>,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// The file's handle.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// The path as it was reached (not canonical), fit for showing.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path as text with `/` between its parts on every platform.
    pub fn name(&self) -> String {
        let text = self.path.to_string_lossy();
        if std::path::MAIN_SEPARATOR == '/' {
            text.into_owned()
        } else {
            text.replace(std::path::MAIN_SEPARATOR, "/")
        }
    }

    /// The whole text, decoded to UTF-8, without a byte-order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Whether the text only stands for a binary file, so that repairs of it cannot be written back.
    pub fn is_binary(&self) -> bool {
        self.binary
    }

    /// The block and the row of it (counted from 0) that an offset past the end of the text stands for, and
    /// the span of the block in the text.
    pub fn row_at(&self, offset: u32) -> Option<(&RowBlock, u32, Span)> {
        let at = self.rows.partition_point(|block| block.first <= offset).checked_sub(1)?;
        let block = &self.rows[at];
        let row = offset - block.first;
        let home = Span::new(self.id, block.home.0, block.home.1);
        (row < block.rows).then_some((block, row, home))
    }

    /// The span of the whole file.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            let after = newlines.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }

    /// The span of a line (counted from 1) without its line end; nothing past the last line.
    pub fn line_span(&self, line: u32) -> Option<Span> {
        let starts = self.line_starts();
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *starts.get(index)?;
        let next = starts.get(index + 1).map_or(self.text.len(), |&s| s as usize);
        let text = self.text.get(start as usize..next)?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Some(Span::new(self.id, start, start.saturating_add(length)))
    }

    /// Line and column of a byte offset; offsets past the end count as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = (offset as usize).min(self.text.len());
        let starts = self.line_starts();
        let line = starts.partition_point(|&s| s as usize <= offset).saturating_sub(1);
        let start = starts.get(line).map_or(0, |&s| s as usize);
        let column = self.text.get(start..offset).map_or(offset - start, |s| s.chars().count());
        let count = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        LineColumn { line: count(line), column: count(column) }
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({:?}, {} bytes)", self.path, self.text.len())
    }
}

/// All files seen so far; shared between threads, only ever grows.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: RwLock<Vec<Arc<SourceFile>>>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and returns it.
    pub fn add(&self, path: impl Into<PathBuf>, text: String) -> Arc<SourceFile> {
        self.insert(path.into(), text, false, Vec::new())
    }

    /// Adds a binary file by a text that stands for it; `rows` ascend and begin past the end of the text.
    pub fn add_with_rows(
        &self,
        path: impl Into<PathBuf>,
        text: String,
        rows: Vec<RowBlock>,
    ) -> Arc<SourceFile> {
        self.insert(path.into(), text, true, rows)
    }

    fn insert(
        &self,
        path: PathBuf,
        text: String,
        binary: bool,
        rows: Vec<RowBlock>,
    ) -> Arc<SourceFile> {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        let id = FileId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        let line_starts = OnceLock::new();
        let file = Arc::new(SourceFile { id, path, text, binary, rows, line_starts });
        files.push(Arc::clone(&file));
        file
    }

    /// The file behind a handle of this map.
    pub fn get(&self, id: FileId) -> Option<Arc<SourceFile>> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        files.get(id.0 as usize).cloned()
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let map = SourceMap::new();
        let file = map.add("a.nml", "ab\nµcd\n".to_owned());
        assert_eq!(file.line_column(0).to_string(), "1:1");
        assert_eq!(file.line_column(3).to_string(), "2:1");
        assert_eq!(file.line_column(5).to_string(), "2:2");
        assert_eq!(file.line_column(999).to_string(), "3:1");
    }

    #[test]
    fn rows_are_counted_past_the_end() {
        let map = SourceMap::new();
        let block =
            |name: &str, first, rows, home| RowBlock { name: name.into(), first, rows, home };
        let blocks = vec![block("/a", 3, 2, (0, 1)), block("/b", 5, 1, (1, 2))];
        let file = map.add_with_rows("a.h5", "ab".to_owned(), blocks);
        let row = |n| file.row_at(n).map(|(b, row, home)| (b.name.as_str(), row, home.start));
        assert_eq!([row(2), row(6)], [None, None]);
        assert_eq!([row(3), row(4)], [Some(("/a", 0, 0)), Some(("/a", 1, 0))]);
        assert_eq!(row(5), Some(("/b", 0, 1)));
    }

    #[test]
    fn lines_come_without_their_ends() {
        let map = SourceMap::new();
        let file = map.add("a.nml", "ab\r\n\nµ".to_owned());
        let line = |n| file.line_span(n).map(|s| file.slice(s));
        assert_eq!(
            [line(0), line(1), line(2), line(3), line(4)],
            [None, Some("ab"), Some(""), Some("µ"), None]
        );
    }

    #[test]
    fn a_sub_span_stays_inside() {
        let span = Span::new(FileId(0), 10, 14);
        assert_eq!(span.sub(1, 99), Span::new(FileId(0), 11, 14));
    }
}
