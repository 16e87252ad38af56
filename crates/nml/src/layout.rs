//! Documents in the canonical layout.

use std::path::Path;

use nml_base::{Diagnostic, SourceMap};
pub use nml_xml::layout::WIDTH;

/// What formatting made of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Formatted {
    /// Its bytes are in the canonical layout.
    Unchanged,
    /// The text it should be.
    Changed {
        /// The text as it was, decoded.
        before: String,
        /// The text in the canonical layout, to be written as UTF-8.
        after: String,
    },
}

/// The canonical layout of a file; findings point into what is added to `sources`.
///
/// The rules are those of [`nml_xml::layout`]: only what no reader sees is changed, and comments stay.
///
/// # Errors
/// A finding where the bytes are no text, or the text is not well-formed.
pub fn format(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
) -> Result<Formatted, Box<Diagnostic>> {
    let original = bytes.clone();
    let file = match nml_load::source(path, bytes, sources) {
        (file, None) => file,
        (_, Some(found)) => return Err(Box::new(found)),
    };
    let after = nml_xml::layout::format(file.text())
        .map_err(|error| Box::new(nml_load::malformed_xml(&file, &error)))?;
    if after.as_bytes() == original {
        return Ok(Formatted::Unchanged);
    }
    Ok(Formatted::Changed { before: file.text().to_owned(), after })
}
