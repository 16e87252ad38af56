//! XML with spans, knowing no element name.
//!
//! Two readers tell the same story to a [`Visitor`]: roxmltree for documents (strict, exact error
//! positions) and quick-xml for files too large to hold as a document.  [`Tree`] is the compact
//! arena most of the house reads; a visitor may sit in between and take some elements for itself,
//! which is how a million connections become table columns instead of nodes.

mod decode;
mod document;
mod event;
mod stream;
mod tree;

pub use decode::{DecodeError, decode};
pub use event::{Attribute, StartTag, Visitor};
pub use tree::{Attr, Element, NodeId, Tree, TreeBuilder};

/// Elements nested deeper than this are refused (libxml2 stops at 256 by default).
pub const MAX_DEPTH: usize = 256;

/// Texts longer than this are streamed, shorter ones are read as a document.
pub const STREAM_ABOVE_BYTES: usize = 4 << 20;

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
        Self {
            message: message.into(),
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn too_deep(offset: usize) -> Self {
        Self::new(format!("elements are nested more than {MAX_DEPTH} deep"), offset)
    }
}

/// Reads a text and tells the visitor what is in it, choosing the reader by size.
///
/// # Errors
/// [`XmlError`] at the first place that is not well-formed.  With the streaming reader the visitor
/// has by then seen everything before that place.
pub fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    if text.len() > STREAM_ABOVE_BYTES {
        read_stream(text, visitor)
    } else {
        read_document(text, visitor)
    }
}

/// Reads with roxmltree, whatever the size.
///
/// # Errors
/// [`XmlError`] where the text is not well-formed; the visitor has then seen nothing.
pub fn read_document(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    document::read(text, visitor)
}

/// Reads with quick-xml, whatever the size.
///
/// # Errors
/// As for [`read`].
pub fn read_stream(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    stream::read(text, visitor)
}
