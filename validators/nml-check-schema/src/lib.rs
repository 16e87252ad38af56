//! Checks a document against the structure table of the standard.
//!
//! [`StructureChecker`] listens to an XML reader, so that one pass over a file checks it while a tree
//! or tables are built from it.  It says everything the XML schema says, in its own words and with
//! repairs.  With the feature `libxml`, [`libxml::check`] asks libxml2 about the same text.

mod attributes;
mod checker;
mod children;
mod fixes;
pub mod libxml;
mod limits;
mod root;
mod rules;
mod shown;
mod units;
mod values;

pub use checker::{Declared, DocumentKind, StructureChecker, Verdict};
pub use rules::RULES;

use std::sync::Arc;

use nml_base::{Diagnostics, SourceFile};

/// Checks one text on its own.
///
/// # Errors
/// [`nml_xml::XmlError`] where the text is not well-formed.
pub fn check(file: &Arc<SourceFile>) -> Result<(Diagnostics, Verdict), nml_xml::XmlError> {
    let mut checker = StructureChecker::new(Arc::clone(file));
    nml_xml::read(file.text(), &mut checker)?;
    Ok(checker.finish())
}
