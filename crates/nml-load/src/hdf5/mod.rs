//! NeuroML networks in HDF5 files, in the layouts of libNeuroML and of the Java library.
//!
//! What is few becomes a text: the embedded XML with a `<network>` whose populations, projections and input
//! lists have no rows.  It is read like any other document, and findings point into it.  What is many goes
//! from the data sets straight into tables; its rows are counted past the end of that text.

mod columns;
mod frame;
mod rows;
mod skeleton;

use std::io::SeekFrom;
use std::path::Path;

use nml_base::{Diagnostic, Diagnostics, ReadSeek, RowBlock, SourceMap, Span};
use nml_model::Document;
use nml_model::table::RowSpans;
use nml_xml::Tree;
use rustc_hash::FxHashMap;

use crate::document::{self, ObserverFactory};
use crate::{container, rules};
use skeleton::{Outline, Part};

const WRITE_AGAIN: &str = "write the file again from its source; the copy may be incomplete";

/// Whether a file of this name claims to be HDF5.
pub(crate) fn is_name(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    matches!(extension.as_deref(), Some("h5" | "hdf5"))
}

/// A finding before the text exists that it points into.
struct Fault {
    /// Bytes of the text.
    place: (u32, u32),
    message: String,
    help: &'static str,
    /// Nothing is wrong, but something is left out.
    unread: bool,
}

impl Fault {
    fn told(self, file: nml_base::FileId) -> Diagnostic {
        let span = Span::new(file, self.place.0, self.place.1);
        let make = if self.unread { rules::unread_hdf5_part } else { rules::malformed_hdf5 };
        make(span, self.message, self.help)
    }
}

/// Reads an HDF5 file.  Never fails: what is wrong becomes a finding, what can be read is kept.
pub(crate) fn read(
    path: &Path,
    mut bytes: Box<dyn ReadSeek>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Document {
    let allowance = container::allowance(bytes.seek(SeekFrom::End(0)).unwrap_or(0));
    let outline = match nml_hdf5::open(bytes).and_then(|root| skeleton::outline(&root, allowance)) {
        Ok(outline) => outline,
        Err(error) => {
            let file = sources.add(path, String::new());
            let message = format!("`{}` cannot be read as HDF5: {error}", path.display());
            let mut sink = Diagnostics::new();
            sink.push(rules::malformed_hdf5(file.span(), message, WRITE_AGAIN));
            return document::empty(path, file, sink);
        }
    };
    let Outline { text, parts, populations, faults } = outline;
    let mut blocks = Vec::new();
    let mut next = u32::try_from(text.len()).unwrap_or(u32::MAX).saturating_add(1);
    for part in &parts {
        let name = part.table.path().to_owned();
        blocks.push(RowBlock { name, first: next, rows: part.rows, home: part.home });
        next = next.saturating_add(part.rows);
    }
    let firsts: Vec<u32> = blocks.iter().map(|block| block.first).collect();
    let file = sources.add_with_rows(path, text, blocks);
    let mut sink = Diagnostics::new();
    sink.extend(faults.into_iter().map(|fault| fault.told(file.id())));
    if file.text().is_empty() {
        return document::empty(path, file, sink);
    }
    let mut document = document::from_text(path, &file, observer, sink);
    let owners = owners(&document.tree, &parts);
    let file = document.file().id();
    for ((part, first), owner) in parts.iter().zip(firsts).zip(owners) {
        let Some(owner) = owner else { continue };
        let spans = RowSpans::counted(first, part.rows as usize);
        let mut found = Vec::new();
        match rows::table(part, &populations, spans, file, &mut found) {
            Ok(table) => document.tables.insert(owner, table),
            Err(error) => {
                let message = format!("the data set `{}` is damaged: {error}", part.table.path());
                let home = Span::new(file, part.home.0, part.home.1);
                found.push(rules::malformed_hdf5(home, message, WRITE_AGAIN));
            }
        }
        document.diagnostics.extend(found);
    }
    document
}

/// The elements that the parts belong to.
fn owners(tree: &Tree, parts: &[Part]) -> Vec<Option<nml_xml::NodeId>> {
    let by_start: FxHashMap<u32, nml_xml::NodeId> =
        tree.elements().map(|element| (element.span().start, element.id())).collect();
    parts.iter().map(|part| by_start.get(&part.owner).copied()).collect()
}
