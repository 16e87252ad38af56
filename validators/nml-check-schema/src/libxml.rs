//! libxml2's verdict on a document, as a second opinion.

/// Why libxml2 gave no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LibxmlError {
    /// The feature is not on.
    #[error("this program was not built with libxml2; build it with `--features libxml`")]
    NotBuilt,
    /// The schema itself is faulty.
    #[error("libxml2 does not accept the schema: {0}")]
    BadSchema(String),
    /// The document is not well-formed.
    #[error("libxml2 cannot read the document: {0}")]
    Malformed(String),
}

/// What libxml2 says about the text of `file` against the text of an XML schema, mostly
/// [`nml_schemas::structure::XSD`].  Nothing is read from the network or from other files.
///
/// # Errors
/// See [`LibxmlError`].
#[cfg(not(feature = "libxml"))]
pub fn check(
    _file: &std::sync::Arc<nml_base::SourceFile>,
    _schema: &str,
) -> Result<nml_base::Diagnostics, LibxmlError> {
    Err(LibxmlError::NotBuilt)
}

#[cfg(feature = "libxml")]
pub use with_libxml::check;

#[cfg(feature = "libxml")]
mod with_libxml;
