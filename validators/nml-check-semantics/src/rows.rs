//! Findings about rows of tables.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_model::Component;
use nml_model::table::{RowSpans, attribute_range};

/// The place of an attribute's value in a row; the row's name where it is not written.
pub(crate) fn attribute(owner: Component<'_>, spans: &RowSpans, row: usize, name: &str) -> Span {
    let file = owner.document().file();
    let whole = spans.get(row, file.id());
    let text = file.slice(whole);
    // Rows of binary files have no text.
    if text.is_empty() {
        return whole;
    }
    if let Some(range) = attribute_range(text, name) {
        return whole.sub(range.start, range.end);
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    whole.sub(1, end.unwrap_or(text.len()))
}

/// How many findings of one rule in one table are told one by one.
const TOLD: usize = 20;

/// Takes the findings of one rule in one table, and folds all but the first ones.
pub(crate) struct Folded<'s> {
    sink: &'s mut Diagnostics,
    told: usize,
    last: Option<Diagnostic>,
}

impl<'s> Folded<'s> {
    pub(crate) fn new(sink: &'s mut Diagnostics) -> Self {
        Self { sink, told: 0, last: None }
    }

    /// Adds one finding; `make` is only asked while findings are told one by one.
    pub(crate) fn push(&mut self, make: impl FnOnce() -> Diagnostic) {
        self.told += 1;
        if self.told <= TOLD {
            let before = self.last.replace(make());
            self.sink.extend(before);
        } else if let Some(last) = &mut self.last {
            last.repeats = last.repeats.saturating_add(1);
        }
    }
}

impl Drop for Folded<'_> {
    fn drop(&mut self) {
        self.sink.extend(self.last.take());
    }
}
