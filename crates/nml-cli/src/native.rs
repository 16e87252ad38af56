//! The checker of this program behind the door of [`Checker`].

use std::path::PathBuf;
use std::sync::Arc;

use nml::Checked;
use nml_base::{Diagnostics, LoadError, OsLoader, SourceLoader, SourceMap};

use crate::check::{CheckError, CheckOutcome, CheckRequest, Checker, FileOutcome, Input};
use crate::{Progress, Xsd};

/// Checks with the library `nml` and the files of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Native;

/// One model to check: a file, or one of an archive.
struct Job<'r> {
    input: usize,
    path: PathBuf,
    bytes: Option<&'r [u8]>,
    checker: Arc<nml::Checker>,
}

impl Checker for Native {
    fn check(
        &self,
        request: &CheckRequest,
        progress: &Progress,
    ) -> Result<CheckOutcome, CheckError> {
        let files: Arc<dyn SourceLoader> = Arc::new(OsLoader::default());
        let schema = match &request.xsd {
            None => None,
            Some(Xsd::BuiltIn) => Some(nml::XSD.to_owned()),
            Some(Xsd::File(path)) => Some(read_schema(&*files, path)?),
        };
        let sources = Arc::new(SourceMap::new());
        let mut outcome = CheckOutcome { sources: Arc::clone(&sources), ..CheckOutcome::default() };
        let jobs = jobs(request, &files, &sources, &mut outcome.unreadable);
        let done = nml::in_parallel(&jobs, |job| {
            let result = check_one(job, schema.as_deref());
            progress.tick();
            result
        });
        for (job, result) in jobs.iter().zip(done) {
            match result? {
                Ok(diagnostics) => outcome.files.push(FileOutcome {
                    input: job.input,
                    name: shown(&job.path),
                    diagnostics,
                }),
                Err(error) => outcome.unreadable.push(error),
            }
        }
        Ok(outcome)
    }
}

fn read_schema(files: &dyn SourceLoader, path: &std::path::Path) -> Result<String, CheckError> {
    let bytes = files.read(path).map_err(|e| CheckError(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| CheckError(format!("{} is not UTF-8", path.display())))
}

/// The name a file is reported under, the same as that of its source.
fn shown(path: &std::path::Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn jobs<'r>(
    request: &'r CheckRequest,
    files: &Arc<dyn SourceLoader>,
    sources: &Arc<SourceMap>,
    unreadable: &mut Vec<LoadError>,
) -> Vec<Job<'r>> {
    let mut checkers: Vec<(&[PathBuf], Arc<nml::Checker>)> = Vec::new();
    let mut jobs = Vec::new();
    for (input, Input { path, bytes, include_path }) in request.files.iter().enumerate() {
        let known = checkers.iter().find(|(folders, _)| *folders == include_path.as_slice());
        let checker = if let Some((_, checker)) = known {
            Arc::clone(checker)
        } else {
            let made = nml::Checker::new(Arc::clone(files), include_path.clone());
            let made = Arc::new(made.sources_in(Arc::clone(sources)));
            checkers.push((include_path, Arc::clone(&made)));
            made
        };
        if bytes.is_none() && nml::is_archive(path) {
            match checker.loader().files().models_in(path) {
                Ok(models) => jobs.extend(models.into_iter().map(|path| Job {
                    input,
                    path,
                    bytes: None,
                    checker: Arc::clone(&checker),
                })),
                Err(error) => unreadable.push(error),
            }
        } else {
            jobs.push(Job { input, path: path.clone(), bytes: bytes.as_deref(), checker });
        }
    }
    jobs
}

type Outcome = Result<Result<Diagnostics, LoadError>, CheckError>;

fn check_one(job: &Job<'_>, schema: Option<&str>) -> Outcome {
    let Checked { model, diagnostics } = match job.bytes {
        Some(bytes) => job.checker.check_text(&job.path, bytes),
        None => job.checker.check(&job.path),
    };
    if let Some(error) = &model.root().unreadable {
        return Ok(Err(error.clone()));
    }
    let mut sink: Diagnostics = diagnostics.into_iter().collect();
    if let Some(schema) = schema {
        match nml::libxml_opinion(&model, schema) {
            Ok(found) => sink.append(found),
            // What libxml2 cannot read at all has been told by our own reader.
            Err(nml::LibxmlError::Malformed(_)) => {}
            Err(error) => return Err(CheckError(error.to_string())),
        }
    }
    Ok(Ok(sink))
}
