//! Files to findings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, Severity, SourceLoader, SourceMap};
use nml_load::Loader;
use nml_model::Model;
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

impl Checker {
    /// A checker that reads through `files` and looks for includes in `include_path` as well.
    pub fn new(files: Arc<dyn SourceLoader>, include_path: Vec<PathBuf>) -> Self {
        Self { loader: Loader::new(files).include_path(include_path) }
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
        self.finish(self.loader.load(path))
    }

    /// Checks a text as if it had been read from `path`.
    pub fn check_text(&self, path: &Path, text: impl Into<Vec<u8>>) -> Checked {
        self.finish(self.loader.load_text(path, text))
    }

    /// Checks many files in parallel; the result is in the order given.
    ///
    /// `each` turns a checked model into what is to be kept of it, so that thousands of models need not
    /// be held at once.
    pub fn check_all<T: Send>(
        &self,
        paths: &[PathBuf],
        each: impl Fn(&Path, Checked) -> T + Sync,
    ) -> Vec<T> {
        paths.par_iter().map(|path| each(path, self.check(path))).collect()
    }

    fn finish(&self, model: Model) -> Checked {
        let mut sink: Diagnostics = model.diagnostics().cloned().collect();
        nml_check_semantics::check(&model, &mut sink);
        Checked { diagnostics: sink.into_vec(), model }
    }
}
