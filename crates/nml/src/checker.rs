//! Files to findings.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, Severity, SourceFile, SourceLoader, SourceMap, Topic};
pub use nml_check_schema::libxml::LibxmlError;
use nml_check_schema::{Declared, StructureChecker};
use nml_load::{DocumentObserver, Loader};
use nml_model::{Document, DocumentKind, Model};
use nml_xml::{StartTag, Visitor};
use rayon::prelude::*;

/// Loads and checks models; files that several models share are read once.
#[derive(Debug)]
pub struct Checker {
    loader: Loader,
}

/// One model and everything found in it.
#[derive(Debug)]
pub struct Checked {
    /// The model.
    pub model: Model,
    /// The findings, at their default levels, in the order they were made.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether nothing of error level was found.
    pub fn is_valid(&self) -> bool {
        self.diagnostics.iter().all(|d| d.severity != Severity::Error)
    }
}

/// Checks the structure of a document while it is read.
struct Structure(StructureChecker);

impl Visitor for Structure {
    fn start(&mut self, tag: &StartTag<'_>) {
        self.0.start(tag);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.0.text(text, range);
    }

    fn space(&mut self, text: &str, range: Range<usize>) {
        self.0.space(text, range);
    }

    fn end(&mut self, range: Range<usize>) {
        self.0.end(range);
    }
}

impl DocumentObserver for Structure {
    fn finish(self: Box<Self>) -> Vec<Diagnostic> {
        self.0.finish().0.into_vec()
    }
}

impl Checker {
    /// A checker that reads through `files` and looks for includes in `include_path` as well.
    pub fn new(files: Arc<dyn SourceLoader>, include_path: Vec<PathBuf>) -> Self {
        let observer = |file: &Arc<SourceFile>| -> Box<dyn DocumentObserver> {
            Box::new(Structure(StructureChecker::new(Arc::clone(file))))
        };
        Self { loader: Loader::new(files).include_path(include_path).observer(Box::new(observer)) }
    }

    /// Adds the files it reads to an existing map, so that several checkers report together.
    #[must_use]
    pub fn sources_in(mut self, sources: Arc<SourceMap>) -> Self {
        self.loader = self.loader.sources_in(sources);
        self
    }

    /// The loader, for reading without checking.
    pub fn loader(&self) -> &Loader {
        &self.loader
    }

    /// The texts of all files read so far.
    pub fn sources(&self) -> &Arc<SourceMap> {
        self.loader.sources()
    }

    /// Loads and checks one file with everything it includes.
    pub fn check(&self, path: &Path) -> Checked {
        finish(self.loader.load(path))
    }

    /// Checks a text as if it had been read from `path`.
    pub fn check_text(&self, path: &Path, text: impl Into<Vec<u8>>) -> Checked {
        finish(self.loader.load_text(path, text))
    }
}

/// Does the same with many things on all cores; the result is in the order given.
pub fn in_parallel<I: Sync, T: Send>(items: &[I], each: impl Fn(&I) -> T + Send + Sync) -> Vec<T> {
    // One thing needs no threads, and starting them would take as long as checking a small file.
    if let [only] = items {
        return vec![each(only)];
    }
    items.par_iter().map(each).collect()
}

/// What libxml2 says about the root document of a model against an XML schema.
///
/// # Errors
/// [`LibxmlError`] where this build has no libxml2, or the schema or document cannot be read.
pub fn libxml_opinion(model: &Model, schema: &str) -> Result<Diagnostics, LibxmlError> {
    nml_check_schema::libxml::check(model.root().file(), schema)
}

fn finish(model: Model) -> Checked {
    let mut declared = None;
    let mut sink = Diagnostics::new();
    for (at, document) in model.documents().iter().enumerate() {
        let (structure, other): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            document.diagnostics.iter().partition(|d| d.rule.topic == Topic::Structure);
        sink.extend(other.into_iter().cloned());
        if document.kind == DocumentKind::Lems || structure.is_empty() {
            continue;
        }
        // Alone, a file is held against the document grammar; reached through another one it may use
        // what the types of the whole model declare.
        if at > 0 && document.kind == DocumentKind::NeuroMl {
            let declared = declared.get_or_insert_with(|| Arc::new(declare(&model)));
            sink.append(check_again(document, Arc::clone(declared)));
        } else {
            sink.extend(structure.into_iter().cloned());
        }
    }
    sink.extend(model.link_diagnostics().iter().cloned());
    nml_check_semantics::check(&model, &mut sink);
    Checked { diagnostics: sink.into_vec(), model }
}

/// Elements known beyond the document grammar: every component type in force, the names under which they
/// may stand inside others, and what LEMS allows inside a component type.
fn declare(model: &Model) -> Declared {
    let types = model.types();
    let mut declared = Declared::default();
    declared.elements.extend(nml_lems::COMPONENT_TYPE_ELEMENTS.iter().map(|&name| name.to_owned()));
    for name in types.names() {
        declared.elements.insert(name.to_owned());
        if let Some(id) = types.named(name) {
            declared
                .elements
                .extend(types.get(id).children.iter().map(|c| c.name.as_str().to_owned()));
        }
    }
    declared
}

fn check_again(document: &Document, declared: Arc<Declared>) -> Diagnostics {
    let mut checker = StructureChecker::new(Arc::clone(document.file())).declared(declared);
    // The text was read before: what is not well-formed has been told.
    let _ = nml_xml::read(document.file().text(), &mut checker);
    checker.finish().0
}
