//! Bytes to a [`Document`].

use std::io::Cursor;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, SourceFile, SourceMap, Span};
use nml_model::table::Tables;
use nml_model::{Document, DocumentKind, Include};
use nml_xml::{DecodeError, StartTag, Tree, TreeBuilder, Visitor};

use crate::rules;

/// Looks at a document while it is being read; made anew for each one.
pub trait DocumentObserver: Visitor {
    /// What it found, after the last event.
    fn finish(self: Box<Self>) -> Vec<Diagnostic>;
}

/// Makes an observer for a file.
pub type ObserverFactory = dyn Fn(&Arc<SourceFile>) -> Box<dyn DocumentObserver> + Send + Sync;

/// Grows the tree and sends rows into tables.
struct Builder {
    tree: TreeBuilder,
    tables: Tables,
    /// How many elements are open inside the current row, itself included.
    row_depth: usize,
}

impl Visitor for Builder {
    fn start(&mut self, tag: &StartTag<'_>) {
        let Some(owner) = self.tree.current() else { return self.tree.start(tag) };
        let owner_name = self.tree.tree().element(owner).name();
        if self.row_depth > 0 {
            if let Some(table) = self.tables.last_mut() {
                table.inside_row(tag);
            }
            self.row_depth += 1;
        } else if let Some(table) = self.tables.for_row(owner, owner_name, tag.name) {
            table.start_row(tag);
            self.row_depth = 1;
        } else {
            self.tree.start(tag);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.row_depth == 0 {
            self.tree.text(text, range);
        }
    }

    fn space(&mut self, _: &str, _: Range<usize>) {}

    fn end(&mut self, range: Range<usize>) {
        match self.row_depth {
            0 => self.tree.end(range),
            1 => {
                self.row_depth = 0;
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(range.end);
                }
            }
            _ => self.row_depth -= 1,
        }
    }
}

/// Reads one file.  Never fails: what is wrong becomes a finding, what can be read is kept.
pub(crate) fn read(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Document {
    if nml_hdf5::is_hdf5(&bytes) || crate::hdf5::is_name(path) {
        return crate::hdf5::read(path, Box::new(Cursor::new(bytes)), sources, observer);
    }
    if crate::json::is_name(path) {
        return crate::json::read(path, bytes, sources, observer);
    }
    if crate::swc::is_name(path) {
        return crate::swc::read(path, bytes, sources, observer);
    }
    match source(path, bytes, sources) {
        (file, None) => from_text(path, &file, observer, Diagnostics::new()),
        (file, Some(found)) => {
            let mut sink = Diagnostics::new();
            sink.push(found);
            empty(path, file, sink)
        }
    }
}

/// The text of a file, in any encoding that its mark or its declaration names; what can be read of it, and why
/// the rest cannot.
pub fn source(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
) -> (Arc<SourceFile>, Option<Diagnostic>) {
    match nml_xml::decode(bytes) {
        Ok(text) => (sources.add(path, text), None),
        Err(error) => {
            let good = match &error {
                DecodeError::BadByte { good, .. } => good.clone(),
                DecodeError::UnknownEncoding(_) => String::new(),
            };
            let file = sources.add(path, good);
            let end = file.span().end;
            let last = file.text().chars().next_back().map_or(0, char::len_utf8);
            let last = u32::try_from(last).unwrap_or(0);
            let span = Span::new(file.id(), end.saturating_sub(last), end);
            let is_xml = !crate::json::is_name(path) && !crate::swc::is_name(path);
            let found = rules::bad_encoding(span, &error, is_xml);
            (file, Some(found))
        }
    }
}

/// Reads the text of a file.
pub(crate) fn from_text(
    path: &Path,
    file: &Arc<SourceFile>,
    observer: Option<&ObserverFactory>,
    mut sink: Diagnostics,
) -> Document {
    let mut builder = Builder {
        tree: TreeBuilder::new(Arc::clone(file)),
        tables: Tables::default(),
        row_depth: 0,
    };
    let read = match observer {
        None => nml_xml::read(file.text(), &mut builder),
        Some(make) => {
            let mut watching = make(file);
            let read = nml_xml::read(file.text(), &mut (&mut *watching, &mut builder));
            if read.is_ok() {
                sink.extend(watching.finish());
            }
            read
        }
    };
    if let Err(error) = &read {
        sink.push(rules::malformed_xml(file, error));
    }
    let tree = builder.tree.finish();
    let kind = DocumentKind::of(tree.root());
    let includes = includes(&tree, &mut sink);
    let definitions = nml_lems::read_definitions(&tree, &mut sink);
    Document {
        path: path.to_owned(),
        kind,
        tree,
        tables: builder.tables,
        includes,
        definitions,
        unreadable: None,
        diagnostics: sink.into_vec(),
    }
}

/// A document with nothing in it, for a file that could not be read.
pub(crate) fn empty(path: &Path, file: Arc<SourceFile>, sink: Diagnostics) -> Document {
    let tree = TreeBuilder::new(file).finish();
    let definitions = nml_lems::read_definitions(&tree, &mut Diagnostics::new());
    Document {
        path: path.to_owned(),
        kind: DocumentKind::Other,
        tree,
        tables: Tables::default(),
        includes: Vec::new(),
        definitions,
        unreadable: None,
        diagnostics: sink.into_vec(),
    }
}

/// `<include href>` of NeuroML and `<Include file>` of LEMS, wherever both stand directly below the root.
fn includes(tree: &Tree, sink: &mut Diagnostics) -> Vec<Include> {
    let mut found = Vec::new();
    let Some(root) = tree.root() else { return found };
    for element in root.children().filter(|e| matches!(e.name(), "include" | "Include")) {
        let attributes = ["href", "file", "url"];
        let Some(path) = attributes.iter().find_map(|name| element.attribute(name)) else {
            sink.push(rules::include_without_path(element));
            continue;
        };
        let href = path.value().trim().to_owned();
        found.push(Include { node: element.id(), href, span: path.value_span() });
    }
    found
}
