//! A few lines of a file, cut to the width, that miette can draw labels into.
//!
//! miette prints lines as they are; NeuroML files have lines of thousands of characters.  So an
//! excerpt holds its own cut copy of the lines, in chunks of neighbouring lines, on an offset scale
//! of its own, and remembers where each label lies on that scale and in the file.

use miette::{LabeledSpan, MietteError, SourceSpan, SpanContents};
use nml_base::{Label, LineColumn, SourceFile};
use unicode_width::UnicodeWidthChar;

use super::{LONGEST_LABEL, clean};
use crate::text::printable_char;

/// A label over more lines than this is drawn on its first line only.
const MOST_LINES: u32 = 6;
/// Columns miette needs beside the line number.
const GUTTER: usize = 8;
/// What a tab is drawn as.
const TAB: &str = "    ";

#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    chunks: Vec<Chunk>,
    marks: Vec<Mark>,
}

/// Neighbouring lines; `offset` is where the chunk begins on the excerpt's scale.
#[derive(Debug)]
struct Chunk {
    offset: usize,
    line: u32,
    text: String,
}

/// A label and its places: bytes in the file, bytes on the excerpt's scale.
#[derive(Debug)]
struct Mark {
    text: Option<String>,
    primary: bool,
    position: LineColumn,
    lines: (u32, u32),
    source: (usize, usize),
    drawn: (usize, usize),
}

impl Excerpt {
    pub(super) fn new(
        file: &SourceFile,
        labels: &[(&Label, bool)],
        width: usize,
        unicode: bool,
    ) -> Self {
        let mut marks: Vec<Mark> =
            labels.iter().map(|(label, primary)| Mark::new(file, label, *primary)).collect();
        let last = marks.iter().map(|m| m.lines.1 + 1).max().unwrap_or(1);
        let digits = last.to_string().len();
        let budget = width.saturating_sub(digits + GUTTER).max(24);
        let ellipsis = if unicode { "…" } else { "..." };

        let mut chunks: Vec<Chunk> = Vec::new();
        let mut offset = 0;
        for line in wanted_lines(&marks) {
            let Some(span) = file.line_span(line) else { continue };
            // After the last line end there is an empty line to a computer, none to a reader.
            let past_the_end = span.start as usize == file.text().len() && line > 1;
            if past_the_end && marks.iter().all(|m| m.lines.1 < line) {
                continue;
            }
            if chunks.last().is_none_or(|c| c.line + lines_in(&c.text) != line) {
                offset += 1;
                chunks.push(Chunk { offset, line, text: String::new() });
            }
            let Some(chunk) = chunks.last_mut() else { continue };
            let cut = Cut { text: file.text(), line: span.range(), budget, ellipsis };
            cut.write(line, &mut chunk.text, chunk.offset, &mut marks);
            chunk.text.push('\n');
            offset = chunk.offset + chunk.text.len();
        }
        Self { name: clean(&file.name(), usize::MAX), chunks, marks }
    }

    pub(super) fn labels(&self) -> Box<dyn Iterator<Item = LabeledSpan> + '_> {
        Box::new(self.marks.iter().map(|m| {
            let length = m.drawn.1.saturating_sub(m.drawn.0);
            if m.primary {
                LabeledSpan::new_primary_with_span(m.text.clone(), (m.drawn.0, length))
            } else {
                LabeledSpan::new_with_span(m.text.clone(), (m.drawn.0, length))
            }
        }))
    }
}

fn lines_in(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// The lines with labels and one around each, ascending.
fn wanted_lines(marks: &[Mark]) -> Vec<u32> {
    let mut lines: Vec<u32> =
        marks.iter().flat_map(|m| m.lines.0.saturating_sub(1).max(1)..=m.lines.1 + 1).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

impl Mark {
    fn new(file: &SourceFile, label: &Label, primary: bool) -> Self {
        let text = file.text();
        let start = boundary(text, label.span.start as usize);
        let mut end = boundary(text, (label.span.end as usize).max(start));
        let covered = &text[start..end];
        if covered.contains('\n') {
            end = start + covered.trim_end().len();
        }
        let at = |offset: usize| file.line_column(u32::try_from(offset).unwrap_or(u32::MAX));
        // A place within a line end is drawn at the end of the line.
        let on_line = |line: u32, offset: usize| {
            file.line_span(line).map_or(offset, |span| offset.min(span.end as usize))
        };
        let position = at(start);
        let start = on_line(position.line, start);
        let mut last = at(end).line;
        if last - position.line >= MOST_LINES {
            last = position.line;
        }
        end = on_line(last, end).max(start);
        let words = (!label.text.is_empty()).then(|| clean(&label.text, LONGEST_LABEL));
        let lines = (position.line, last);
        Self { text: words, primary, position, lines, source: (start, end), drawn: (0, 0) }
    }
}

/// The nearest place at or before `offset` where a character begins.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Cuts one line.
struct Cut<'a> {
    text: &'a str,
    line: std::ops::Range<usize>,
    budget: usize,
    ellipsis: &'static str,
}

impl Cut<'_> {
    /// Appends the line to `out` and notes where labels come to lie; `base` is the offset of `out`.
    fn write(&self, line: u32, out: &mut String, base: usize, marks: &mut [Mark]) {
        let windows = self.windows(line, marks);
        let mut before = self.line.start;
        for &(from, to) in &windows {
            if from > before {
                out.push_str(self.ellipsis);
            }
            for (i, c) in self.text[from..to].char_indices() {
                note(marks, line, from + i, base + out.len());
                if c == '\t' { out.push_str(TAB) } else { out.push(printable_char(c)) }
            }
            for mark in marks.iter_mut().filter(|m| m.lines == (line, line)) {
                // A label longer than its window is drawn to the end of the window.
                if (from..=to).contains(&mark.source.0) && mark.source.1 > to {
                    mark.drawn.1 = base + out.len();
                }
            }
            note(marks, line, to, base + out.len());
            before = to;
        }
        if before < self.line.end {
            out.push_str(self.ellipsis);
        }
    }

    /// The parts of the line to show, ascending, without overlap.
    fn windows(&self, line: u32, marks: &[Mark]) -> Vec<(usize, usize)> {
        let whole = self.forward(self.line.start, self.budget);
        if whole == self.line.end {
            return vec![(self.line.start, self.line.end)];
        }
        let inside = |offset: usize| offset.clamp(self.line.start, self.line.end);
        let mut parts: Vec<(usize, usize)> = Vec::new();
        for m in marks {
            if m.lines.0 == m.lines.1 && m.lines.0 == line {
                parts.push((inside(m.source.0), inside(m.source.1)));
            } else if m.lines.0 == line {
                parts.push((inside(m.source.0), inside(m.source.0)));
            } else if m.lines.1 == line {
                parts.push((inside(m.source.1), inside(m.source.1)));
            }
        }
        if parts.is_empty() {
            let to = self.forward(self.line.start, self.budget - 1);
            return vec![(self.line.start, to)];
        }
        parts.sort_unstable();
        let share = (self.budget / parts.len()).max(12);
        let mut windows: Vec<(usize, usize)> = Vec::new();
        for (start, end) in parts {
            let end = end.min(self.forward(start, share * 2 / 3));
            let around = share.saturating_sub(self.columns(start, end) + 2) / 2;
            let (from, to) = (self.back(start, around), self.forward(end, around));
            match windows.last_mut() {
                Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
                _ => windows.push((from, to)),
            }
        }
        self.spread(&mut windows);
        windows
    }

    /// Uses columns left over for more context, to the right first.
    fn spread(&self, windows: &mut [(usize, usize)]) {
        let used = |w: &[(usize, usize)]| -> usize {
            w.iter().map(|&(from, to)| self.columns(from, to) + 1).sum::<usize>() + 1
        };
        let spare = self.budget.saturating_sub(used(windows));
        if let Some(last) = windows.last_mut() {
            last.1 = self.forward(last.1, spare);
        }
        let spare = self.budget.saturating_sub(used(windows));
        if let Some(first) = windows.first_mut() {
            first.0 = self.back(first.0, spare);
        }
    }

    fn columns(&self, from: usize, to: usize) -> usize {
        self.text[from..to].chars().map(width).sum()
    }

    /// The place at most `columns` to the right.
    fn forward(&self, from: usize, columns: usize) -> usize {
        let mut left = columns;
        let mut at = from;
        for c in self.text[from..self.line.end].chars() {
            let Some(rest) = left.checked_sub(width(c)) else { break };
            left = rest;
            at += c.len_utf8();
        }
        at
    }

    /// The place at most `columns` to the left.
    fn back(&self, from: usize, columns: usize) -> usize {
        let mut left = columns;
        let mut at = from;
        for c in self.text[self.line.start..from].chars().rev() {
            let Some(rest) = left.checked_sub(width(c)) else { break };
            left = rest;
            at -= c.len_utf8();
        }
        at
    }
}

fn width(c: char) -> usize {
    if c == '\t' { TAB.len() } else { printable_char(c).width().unwrap_or(0) }
}

/// Notes that the byte `source` of the file is drawn at `drawn`.
fn note(marks: &mut [Mark], line: u32, source: usize, drawn: usize) {
    for mark in marks {
        if mark.lines.0 == line && mark.source.0 == source {
            mark.drawn.0 = drawn;
        }
        if mark.lines.1 == line && mark.source.1 == source {
            mark.drawn.1 = drawn;
        }
    }
}

impl miette::SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let inside = |c: &&Chunk| c.offset <= start && end <= c.offset + c.text.len();
        let chunk = self.chunks.iter().find(inside).ok_or(MietteError::OutOfBounds)?;
        let mark = self.marks.iter().find(|m| m.drawn.0 == start);
        let zero = |n: u32| n.saturating_sub(1) as usize;
        let contents = match mark {
            // Without context only the position is asked for, and it is the one in the file.
            Some(mark) if lines_before == 0 && lines_after == 0 => Contents {
                name: &self.name,
                data: b"",
                span: *span,
                line: zero(mark.position.line),
                column: zero(mark.position.column),
                lines: 1,
            },
            _ => Contents {
                name: &self.name,
                data: chunk.text.as_bytes(),
                span: (chunk.offset, chunk.text.len()).into(),
                line: zero(chunk.line),
                column: 0,
                lines: lines_in(&chunk.text) as usize,
            },
        };
        Ok(Box::new(contents))
    }
}

struct Contents<'a> {
    name: &'a str,
    data: &'a [u8],
    span: SourceSpan,
    line: usize,
    column: usize,
    lines: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.lines
    }
}
