//! What the tests share: forms written in memory, files of the corpus, stories of documents.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, MemoryLoader, OsLoader, SourceLoader};
use nml_codegen::{Artifacts, Origin};
use nml_codegen_neuroml::form;
use nml_load::Loader;
use nml_model::Model;
use nml_xml::{StartTag, Visitor};

/// Loads a file that is alone in the world.
pub(crate) fn load(name: &str, bytes: impl Into<Vec<u8>>) -> Model {
    let mut files = MemoryLoader::new();
    files.insert(name, bytes);
    Loader::new(Arc::new(files)).load(name.as_ref())
}

/// A model in a form, and what was told.
pub(crate) fn written(model: &Model, name: &str) -> (Option<Artifacts>, Vec<String>) {
    let origin = Origin { file: "cell.nml".to_owned(), version: "0".to_owned() };
    let mut sink = Diagnostics::new();
    let artifacts = form(name).and_then(|form| form.write(model, "cell", &origin, &mut sink));
    (artifacts, sink.iter().map(|d| d.message.clone()).collect())
}

/// The only file of a form.
pub(crate) fn one(model: &Model, name: &str) -> (String, Vec<u8>) {
    let (artifacts, found) = written(model, name);
    let artifacts = artifacts.unwrap_or_default();
    assert_eq!(artifacts.len(), 1, "{found:?}");
    artifacts
        .iter()
        .map(|(path, bytes)| (path.to_string_lossy().into_owned(), bytes.to_vec()))
        .next()
        .unwrap_or_default()
}

/// Files of the corpus with these endings; none where there is no corpus.
pub(crate) fn corpus(endings: &[&str]) -> Vec<PathBuf> {
    let root = std::env::var_os("NML_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    let (mut open, mut files) = (vec![root], Vec::new());
    let loader = OsLoader::default();
    while let Some(folder) = open.pop() {
        for name in loader.list(&folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|e| name.ends_with(e)) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What a document tells its readers, positions left out; nothing where it is not well-formed.
pub(crate) fn story(text: &str) -> Option<Vec<String>> {
    struct Teller(Vec<String>);
    impl Visitor for Teller {
        fn start(&mut self, tag: &StartTag<'_>) {
            self.0.push(format!("<{{{}}}{}", tag.namespace, tag.name));
            for a in tag.attributes {
                self.0.push(format!("{{{}}}{}={:?}", a.namespace, a.name, a.value));
            }
        }
        fn text(&mut self, text: &str, _: Range<usize>) {
            if !text.trim_ascii().is_empty() {
                self.0.push(text.to_owned());
            }
        }
        fn space(&mut self, _: &str, _: Range<usize>) {}
        fn end(&mut self, _: Range<usize>) {
            self.0.push(">".to_owned());
        }
    }
    let mut teller = Teller(Vec::new());
    nml_xml::read_stream(text, &mut teller).ok()?;
    Some(teller.0)
}
