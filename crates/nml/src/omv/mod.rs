//! Tests that come with a model: `.omt` and `.mep` files to verdicts.
//!
//! A test names an engine, and that chooses what is done here: a LEMS file is run under the scheme whose numbers
//! are nearest to the engine's, documents are checked, and what belongs to another simulator is skipped, with
//! the reason.  Tests of the same file under the same scheme share one run.  What a test reads in the files of a
//! run is taken as those files would hold it, digit for digit, but nothing is written unless [`Keep`] asks.

mod plan;
mod recording;
mod run;
mod targets;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, SourceMap};
pub use nml_omv::{
    Check, DataError, ENGINES, Engine, Expected, Failure, Mismatch, Observable, Role, Verdict,
    Worst,
};

use crate::simulate::{Prepared, Scheme, Sink, SinkError};
pub use run::run;

/// What is run, and how.
#[derive(Clone, Copy, Default)]
pub struct TestOptions<'a> {
    /// The scheme for every test of a LEMS file, whatever its engine.
    pub scheme: Option<Scheme>,
    /// Only tests of these engines, whatever the case of their letters; empty for all.
    pub engines: &'a [String],
    /// Folders searched for included files.
    pub include_path: &'a [PathBuf],
    /// Takes the files that runs write.
    pub keep: Option<&'a dyn Keep>,
    /// Called with the number of runs before the first, then after each.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
}

impl std::fmt::Debug for TestOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { scheme, engines, .. } = self;
        f.debug_struct("TestOptions")
            .field("scheme", scheme)
            .field("engines", engines)
            .finish_non_exhaustive()
    }
}

/// How far the tests have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// So many runs and checks will be made.
    Planned(usize),
    /// One is done.
    Done,
}

/// Takes the files that runs write.
pub trait Keep: Sync {
    /// A run of the file `target` begins.
    ///
    /// # Errors
    /// [`SinkError`] where its files cannot be written.
    fn begin(&self, target: &Path, prepared: &Prepared) -> Result<Box<dyn KeptRun>, SinkError>;
}

/// The files of one run, which take its results.
pub trait KeptRun: Sink {
    /// The files are complete, or as far as the run came.
    ///
    /// # Errors
    /// [`SinkError`] where they cannot be written.
    fn finish(self: Box<Self>) -> Result<(), SinkError>;
}

/// What came of all tests.
#[derive(Debug)]
pub struct SuiteReport {
    /// The texts that findings point into.
    pub sources: Arc<SourceMap>,
    /// Each test, in the order given.
    pub tests: Vec<TestReport>,
    /// How many tests were left out because of their engine.
    pub left_out: usize,
}

/// What came of a test.
#[derive(Clone, Debug)]
pub struct TestReport {
    /// The `.omt` file.
    pub path: PathBuf,
    /// The engine it names, where that could be read.
    pub engine: Option<Engine>,
    /// The scheme it was run under.
    pub scheme: Option<Scheme>,
    /// The result.
    pub outcome: Outcome,
    /// What was found in its files, in the model, or in the documents it checks.
    pub findings: Vec<Diagnostic>,
    /// What was observed.
    pub experiments: Vec<ExperimentReport>,
    /// How long its run took, which it may share with other tests.
    pub seconds: f64,
}

/// What came of an experiment.
#[derive(Clone, Debug)]
pub struct ExperimentReport {
    /// Its name.
    pub name: String,
    /// Each check.
    pub checks: Vec<(Check, Verdict)>,
}

/// The result of a test.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// As expected.
    Passed,
    /// Not as expected.
    Failed(Fault),
    /// Not run.
    Skipped(Skip),
}

/// Why a test failed.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// Its files cannot be used; the findings say why.
    TestFile,
    /// The model cannot be run; the findings say why.
    Refused,
    /// A document is not valid; the findings say why.
    Invalid,
    /// The run stopped before its end.
    Stopped(String),
    /// Something observed is not as expected.
    Checks,
}

/// Why a test was not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Skip {
    /// Its engine is another simulator.
    Foreign(Engine),
    /// Its engine converts the model for another simulator, whose steps no scheme here follows.
    Converted(Engine),
    /// The scheme it needs is not in this build.
    NoScheme(&'static str),
    /// It is about NeuroML version 1.
    Version1,
    /// All it asks for can only be asked of a live simulator.
    Unsupported,
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign(engine) | Self::Converted(engine) => {
                write!(f, "for engine {}", engine.name)
            }
            Self::NoScheme(name) => write!(f, "scheme `{name}` not available"),
            Self::Version1 => f.write_str("NeuroML version 1"),
            Self::Unsupported => f.write_str("only a live simulator can tell"),
        }
    }
}
