//! The door to the checker.

use std::path::PathBuf;
use std::sync::Arc;

use nml_base::{Diagnostics, LoadError, SourceMap};

use crate::args::Xsd;
use crate::progress::Progress;

/// One file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file, as it is to be named.
    pub path: PathBuf,
    /// Its bytes, where they do not come from the file system.
    pub bytes: Option<Vec<u8>>,
    /// Folders searched for its included files, in this order.
    pub include_path: Vec<PathBuf>,
}

/// What to check and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRequest {
    /// The files, each named once.
    pub files: Vec<Input>,
    /// Whether libxml2 is asked for a second opinion.
    pub xsd: Option<Xsd>,
}

/// What was found through one file, or through one model of an archive.
#[derive(Clone, Debug)]
pub struct FileOutcome {
    /// Index into [`CheckRequest::files`].
    pub input: usize,
    /// The name to report it under.
    pub name: String,
    /// All findings, those in included files as well, at the levels of the rules themselves.
    pub diagnostics: Diagnostics,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckOutcome {
    /// The texts the findings point into.
    pub sources: Arc<SourceMap>,
    /// At least one per input that could be read.
    pub files: Vec<FileOutcome>,
    /// Inputs that could not be read.
    pub unreadable: Vec<LoadError>,
}

/// A request that cannot be met by this build or on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CheckError(pub String);

/// Checks models.
pub trait Checker {
    /// Checks every file of the request; calls [`Progress::tick`] after each.
    ///
    /// # Errors
    /// [`CheckError`] when the request as a whole cannot be met.
    fn check(
        &self,
        request: &CheckRequest,
        progress: &Progress,
    ) -> Result<CheckOutcome, CheckError>;
}

impl<F> Checker for F
where
    F: Fn(&CheckRequest, &Progress) -> Result<CheckOutcome, CheckError>,
{
    fn check(
        &self,
        request: &CheckRequest,
        progress: &Progress,
    ) -> Result<CheckOutcome, CheckError> {
        self(request, progress)
    }
}
