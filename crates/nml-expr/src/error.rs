//! Why a text is no expression.

use std::fmt;

use nml_base::TextRange;

/// A text that is no expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// The part at fault; empty at the end of the text where something is missing there.
    pub range: TextRange,
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// What is wrong, in words: lower case, no full stop.
    pub message: String,
    /// One thing to do about it.
    pub help: Option<String>,
    /// A text that may be put in the place of a part.
    pub replacement: Option<Replacement>,
}

/// A repair of a part of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// The part.
    pub range: TextRange,
    /// The new text.
    pub text: String,
}

/// The kinds of errors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// No text but blanks.
    Empty,
    /// More text than [`MAX_TEXT`](crate::MAX_TEXT).
    TooLong,
    /// A character or an operator that LEMS does not have.
    UnknownOperator,
    /// A number larger than the largest `f64`.
    NumberTooLarge,
    /// A function that LEMS does not have.
    UnknownFunction,
    /// Nothing where a number, a name or `(` belongs.
    MissingOperand,
    /// Two operands with nothing between them.
    MissingOperator,
    /// A parenthesis without its partner.
    Parenthesis,
    /// A condition where a number belongs, or the reverse.
    Kind,
}

impl ParseError {
    pub(crate) fn new(kind: ParseErrorKind, range: TextRange, message: impl Into<String>) -> Self {
        Self { range, kind, message: message.into(), help: None, replacement: None }
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// A repair of the part at fault, with help in words.
    pub(crate) fn replace(mut self, text: &str) -> Self {
        if self.help.is_none() {
            self.help = Some(format!("write `{text}`"));
        }
        self.replacement = Some(Replacement { range: self.range, text: text.to_owned() });
        self
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}
