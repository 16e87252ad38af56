//! Byte ranges inside one attribute value.

use crate::Span;

/// A range of bytes `start..end` inside a short text, such as an expression or a quantity.
///
/// [`TextRange::in_span`] turns it into a place in a file where the text stands unescaped in its file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range `start..end`; numbers past 4 GiB are clipped.
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clip(start), end: clip(end) }
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether no byte lies in it.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The part of `text`; empty where the range does not fit.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The place in a file, given the span of the whole text.
    pub fn in_span(self, whole: Span) -> Span {
        whole.sub(self.start as usize, self.end as usize)
    }
}
