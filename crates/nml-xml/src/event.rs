//! What a reader tells.

use std::borrow::Cow;
use std::ops::Range;

/// An attribute as written, namespace declarations excluded.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    /// Name without prefix.
    pub name: &'a str,
    /// Namespace URI, empty where there is none.
    pub namespace: &'a str,
    /// Value with references expanded and white space normalised.
    pub value: Cow<'a, str>,
    /// Bytes of the name, with prefix.
    pub name_range: Range<usize>,
    /// Bytes of the value, without quotes.
    pub value_range: Range<usize>,
}

/// The beginning of an element.
#[derive(Debug, Clone, Copy)]
pub struct StartTag<'a> {
    /// Name without prefix.
    pub name: &'a str,
    /// Namespace URI, empty where there is none.
    pub namespace: &'a str,
    /// Bytes of the name, with prefix.
    pub name_start: usize,
    /// One past the last byte of the name.
    pub name_end: usize,
    /// Offset of the `<`.
    pub start: usize,
    /// Attributes in the order written.
    pub attributes: &'a [Attribute<'a>],
}

impl<'a> StartTag<'a> {
    /// The attribute of that name in no namespace.
    pub fn attribute(&self, name: &str) -> Option<&'a Attribute<'a>> {
        self.attributes.iter().find(|a| a.name == name && a.namespace.is_empty())
    }
}

/// Listens to a reader.  Calls come in document order and `start`/`end` are balanced.
pub trait Visitor {
    /// An element begins.
    fn start(&mut self, tag: &StartTag<'_>);

    /// Character data, references expanded; it may be blank as well.
    fn text(&mut self, text: &str, range: Range<usize>);

    /// White space between elements, or instead of text.  Most listeners do not care, and say so here: it is
    /// half of the events of a file.
    fn space(&mut self, text: &str, range: Range<usize>) {
        self.text(text, range);
    }

    /// The innermost open element ends; `range` is the whole element from `<` to `>`.
    fn end(&mut self, range: Range<usize>);
}

/// Two listeners at once, the first one first.
impl<A: Visitor, B: Visitor> Visitor for (A, B) {
    fn start(&mut self, tag: &StartTag<'_>) {
        self.0.start(tag);
        self.1.start(tag);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.0.text(text, range.clone());
        self.1.text(text, range);
    }

    fn space(&mut self, text: &str, range: Range<usize>) {
        self.0.space(text, range.clone());
        self.1.space(text, range);
    }

    fn end(&mut self, range: Range<usize>) {
        self.0.end(range.clone());
        self.1.end(range);
    }
}

impl<V: Visitor + ?Sized> Visitor for &mut V {
    fn start(&mut self, tag: &StartTag<'_>) {
        (**self).start(tag);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        (**self).text(text, range);
    }

    fn space(&mut self, text: &str, range: Range<usize>) {
        (**self).space(text, range);
    }

    fn end(&mut self, range: Range<usize>) {
        (**self).end(range);
    }
}
