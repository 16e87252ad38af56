//! What the parts of the reader share: files, findings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, SourceFile, SourceLoader, SourceMap, Span};

use super::json::{self, Value};
use crate::container::{self, ContainerLoader};
use crate::{document, rules};

/// Reads files and collects what is wrong with them.
pub(super) struct Desk<'a> {
    pub(super) files: &'a ContainerLoader,
    pub(super) sources: &'a SourceMap,
    pub(super) sink: Diagnostics,
}

impl Desk<'_> {
    /// Tells that something cannot be read as it is meant.
    pub(super) fn bad(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.sink.push(rules::bad_sonata(span, message.into(), help));
    }

    /// Tells that something is left out that changes nothing of what the cells do.
    pub(super) fn unread(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.sink.push(rules::unread_sonata_part(span, message.into(), help));
    }

    /// The text of a file that is named at `named`.
    pub(super) fn text(&mut self, path: &Path, named: Span) -> Option<Arc<SourceFile>> {
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.bad(named, error.to_string(), "correct the path, or add the file");
                return None;
            }
        };
        let (file, found) = document::source(path, bytes, self.sources);
        let good = found.is_none();
        self.sink.extend(found);
        good.then_some(file)
    }

    /// A JSON file that is named at `named`.
    pub(super) fn json(&mut self, path: &Path, named: Span) -> Option<Value> {
        let file = self.text(path, named)?;
        match json::parse(file.text(), file.span()) {
            Ok(value) => Some(value),
            Err((at, message)) => {
                self.bad(file.span().sub(at, at + 1), message, "correct the JSON");
                None
            }
        }
    }

    /// The root group of an HDF5 file that is named at `named`, and how many bytes its data sets may take.
    pub(super) fn hdf5(&mut self, path: &Path, named: Span) -> Option<(nml_hdf5::Group, u64)> {
        let opened =
            self.files.open(path).map_err(|error| error.to_string()).and_then(|mut bytes| {
                let length = bytes.seek(std::io::SeekFrom::End(0)).unwrap_or(0);
                let root = nml_hdf5::open(bytes).map_err(|error| {
                    format!("`{}` cannot be read as HDF5: {error}", path.display())
                })?;
                Ok((root, container::allowance(length)))
            });
        match opened {
            Ok(opened) => Some(opened),
            Err(message) => {
                self.bad(named, message, "correct the path, or write the file again");
                None
            }
        }
    }

    /// A file in a folder, by the first of the names that exists.
    pub(super) fn find(&self, folder: &Path, names: &[String]) -> Option<PathBuf> {
        names.iter().map(|name| folder.join(name)).find(|path| self.files.is_file(path))
    }
}
