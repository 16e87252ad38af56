//! XML with spans, knowing no element name.
//!
//! Two readers tell the same story to a [`Visitor`]: roxmltree for documents (strict, exact error
//! positions) and quick-xml for files too large to hold as a document.  [`Tree`] is the compact
//! arena most of the house reads; a visitor may sit in between and take some elements for itself,
//! which is how a million connections become table columns instead of nodes.

mod decode;
mod document;
mod entities;
mod event;
pub mod layout;
mod lexical;
mod namespaces;
mod pieces;
mod stream;
mod tree;

pub use decode::{DecodeError, decode};
pub use event::{Attribute, StartTag, Visitor};
pub use pieces::{Piece, PieceKind, Pieces, WrittenAttribute, escape_text, escape_value, is_char};
pub use tree::{Attr, Element, NodeId, Tree, TreeBuilder};

/// Elements nested deeper than this are refused (libxml2 stops at 256 by default).
pub const MAX_DEPTH: usize = 256;

/// Elements with more attributes than this are refused; the standard knows none with more than 30.
pub const MAX_ATTRIBUTES: usize = 1000;

/// Names of elements and attributes longer than this are refused.
pub const MAX_NAME_BYTES: usize = 1000;

/// Documents that use more namespaces than this are refused.
pub const MAX_NAMESPACES: usize = 1000;

/// Texts longer than this are streamed, shorter ones are read as a document.
pub const STREAM_ABOVE_BYTES: usize = 256 << 10;

/// Why a text is not well-formed XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct XmlError {
    /// What is wrong, one sentence, lower case, no full stop.
    pub message: String,
    /// Where, as a byte offset into the text.
    pub offset: u32,
    /// One thing to do.
    pub help: Option<String>,
}

impl XmlError {
    fn new(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset: narrow(offset), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn too_deep(offset: usize) -> Self {
        Self::new(format!("elements are nested more than {MAX_DEPTH} deep"), offset)
    }
}

/// A name for a message: long ones are cut.
fn shown(name: &str) -> std::borrow::Cow<'_, str> {
    const LONG: usize = 100;
    match name.char_indices().nth(LONG) {
        None => name.into(),
        Some((cut, _)) => format!("{}…", &name[..cut]).into(),
    }
}

/// Hears nothing: whoever only asks whether a text is well-formed.
struct Deaf;

impl Visitor for Deaf {
    fn start(&mut self, _: &StartTag<'_>) {}
    fn text(&mut self, _: &str, _: std::ops::Range<usize>) {}
    fn end(&mut self, _: std::ops::Range<usize>) {}
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Reads a text and tells the visitor what is in it, choosing the reader by size.
///
/// # Errors
/// [`XmlError`] at the first place that is not well-formed, or where a limit of this crate is exceeded.
/// The visitor has by then seen nothing, or everything before that place.
pub fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    if text.len() > STREAM_ABOVE_BYTES {
        read_stream(text, visitor)
    } else {
        read_document(text, visitor)
    }
}

/// Reads with roxmltree, whatever the size.
///
/// The streaming reader takes over where roxmltree would need more than linear time or memory: with a
/// DOCTYPE, thousands of attributes on an element, or hundreds of declarations of namespaces.
///
/// # Errors
/// As for [`read`].
pub fn read_document(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    if text.len() >= u32::MAX as usize {
        return Err(XmlError::new("the text has 4 GiB or more", 0));
    }
    document::read(text, visitor)
}

/// Reads with quick-xml, whatever the size.
///
/// Of the entities of a DOCTYPE only those that stand for a short plain text are expanded, and nothing
/// outside of the text is read.
///
/// # Errors
/// As for [`read`].
pub fn read_stream(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    if text.len() >= u32::MAX as usize {
        return Err(XmlError::new("the text has 4 GiB or more", 0));
    }
    stream::read(text, visitor)
}
