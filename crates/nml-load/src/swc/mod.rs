//! SWC files: one sample a line, `number type x y z radius parent`, lengths in µm.
//!
//! The tree of samples becomes a text, a document with one cell for each tree, that is read like any other one.
//! Findings about samples point into the file itself.
//!
//! What is not said by the segments stands in properties of the morphology, so that the same file can be
//! written again: see [`cell`].

mod cell;
mod print;
mod sample;
mod tree;

use std::path::Path;

use nml_base::{Diagnostics, SourceMap};
use nml_model::Document;

use crate::document::{self, ObserverFactory};

/// Whether a file of this name claims to be SWC.
pub(crate) fn is_name(path: &Path) -> bool {
    let ending = |path: &Path| {
        path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
    };
    match ending(path).as_str() {
        "swc" => true,
        "gz" => ending(Path::new(path.file_stem().unwrap_or_default())) == "swc",
        _ => false,
    }
}

/// Reads an SWC file.  Never fails: where a sample is wrong there are findings and no cell.
pub(crate) fn read(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Document {
    let mut sink = Diagnostics::new();
    let (file, found) = document::source(path, bytes, sources);
    sink.extend(found);
    let lines = sample::read(&file, &mut sink);
    let trees = tree::link(&lines.samples, &mut sink);
    if sink.has_errors() {
        return document::empty(path, file, sink);
    }
    let cells: Vec<_> = trees.iter().map(|tree| cell::Cell::of(&lines.samples, tree)).collect();
    let text = print::document(path, &file, &lines, &cells);
    let made = sources.add_with_rows(path, text, Vec::new());
    document::from_text(path, &made, observer, sink)
}
