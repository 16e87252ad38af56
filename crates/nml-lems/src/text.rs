//! Text with the place it was written at.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use nml_base::Span;

/// A string that is either compiled in or owned.
pub type Str = Cow<'static, str>;

/// A list that is either compiled in or owned.
pub type List<T> = Cow<'static, [T]>;

/// A name, expression, path or other attribute value, and where it stands in the source.
///
/// Two texts are equal when their values are, wherever they stand.  An empty text marks a hole: the
/// attribute is required, it was missing or empty, and the reader has reported that.
#[derive(Clone, Default)]
pub struct Text {
    /// The value, references expanded, as written otherwise.
    pub value: Str,
    /// The attribute value in the source; `None` for what is built in.
    pub span: Option<Span>,
}

impl Text {
    /// A hole.
    pub const EMPTY: Self = Self { value: Cow::Borrowed(""), span: None };

    /// A built-in text.
    pub const fn new(value: &'static str) -> Self {
        Self { value: Cow::Borrowed(value), span: None }
    }

    /// A text read from a file.
    pub fn at(value: impl Into<String>, span: Span) -> Self {
        Self { value: Cow::Owned(value.into()), span: Some(span) }
    }

    /// The value.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.value)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.value, f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.value == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.value == **other
    }
}

impl From<&'static str> for Text {
    fn from(value: &'static str) -> Self {
        Self::new(value)
    }
}
