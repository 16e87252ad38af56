//! What the tests share: forms written in memory.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::sync::Arc;

use nml_base::{Diagnostics, MemoryLoader};
use nml_codegen::{Artifacts, Origin};
use nml_codegen_neuroml::form;
use nml_load::Loader;
use nml_model::Model;

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
