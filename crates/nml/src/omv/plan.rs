//! What has to be done for a list of tests.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use nml_base::{Diagnostic, Severity, SourceLoader, SourceMap};
use nml_omv::{Engine, Reading, Role, Test, unusable};

use super::recording::Needs;
use super::targets::{expand, normal};
use super::{Skip, TestOptions};
use crate::simulate::Scheme;

/// A test and what it is waiting for.
pub(super) struct Planned {
    pub(super) path: PathBuf,
    pub(super) engine: Option<Engine>,
    pub(super) test: Option<Test>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) todo: Todo,
}

/// What a test is waiting for.
pub(super) enum Todo {
    /// Nothing: its files cannot be used.
    Unusable,
    /// Nothing: it is skipped.
    Skip(Skip),
    /// A run, by its number.
    Run(usize, Scheme),
    /// A verdict on documents, by its number.
    Documents(usize),
}

/// One thing to do, for one test or several.
pub(super) enum Work {
    /// Runs a file.
    Run { target: PathBuf, scheme: Scheme, needs: Needs },
    /// Checks documents.
    Documents(Vec<PathBuf>),
}

/// Reads all tests and finds out what to do; the last number is that of tests left out.
pub(super) fn plan(
    tests: &[PathBuf],
    files: &dyn SourceLoader,
    sources: &SourceMap,
    options: &TestOptions<'_>,
) -> (Vec<Planned>, Vec<Work>, usize) {
    let mut planned = Vec::new();
    let mut work = Vec::new();
    let mut runs: IndexMap<(PathBuf, Scheme), usize> = IndexMap::new();
    let mut left_out = 0;
    for path in tests {
        let Reading { engine, test, mut findings } = Test::read(path, files, sources);
        let wanted = |engine: Engine| {
            options.engines.iter().any(|name| name.eq_ignore_ascii_case(engine.name))
        };
        if !options.engines.is_empty() && engine.is_some_and(|engine| !wanted(engine)) {
            left_out += 1;
            continue;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let todo = match &test {
            None => Todo::Unusable,
            Some(test) => match role(test.engine, options.scheme) {
                Err(skip) => Todo::Skip(skip),
                Ok(None) => match documents(test, files, folder, &mut findings) {
                    Some(paths) => {
                        work.push(Work::Documents(paths));
                        Todo::Documents(work.len() - 1)
                    }
                    None => Todo::Unusable,
                },
                Ok(Some(scheme)) => match single(test, files, folder, &mut findings) {
                    Some(target) => {
                        let key = (files.canonical(&target), scheme);
                        let number = *runs.entry(key).or_insert_with(|| {
                            work.push(Work::Run { target, scheme, needs: Needs::default() });
                            work.len() - 1
                        });
                        if let Some(Work::Run { needs, .. }) = work.get_mut(number) {
                            need(needs, test);
                        }
                        Todo::Run(number, scheme)
                    }
                    None => Todo::Unusable,
                },
            },
        };
        planned.push(Planned { path: path.clone(), engine, test, findings, todo });
    }
    (planned, work, left_out)
}

/// What an engine asks for: a run under a scheme, a verdict on documents (`None`), or nothing we can do.
fn role(engine: Engine, scheme: Option<Scheme>) -> Result<Option<Scheme>, Skip> {
    match (engine.role, scheme) {
        (Role::Simulate(_) | Role::Convert(_), Some(scheme)) => Ok(Some(scheme)),
        (Role::Simulate(name), None) => match Scheme::named(name) {
            Some(scheme) => Ok(Some(scheme)),
            None => Err(Skip::NoScheme(name)),
        },
        (Role::Convert(_), None) => Err(Skip::Converted(engine)),
        (Role::Validate, _) => Ok(None),
        (Role::ValidateVersion1, _) => Err(Skip::Version1),
        (Role::Foreign, _) => Err(Skip::Foreign(engine)),
    }
}

/// Adds the columns a test reads.
fn need(needs: &mut Needs, test: &Test) {
    for check in test.experiments.iter().flat_map(|e| &e.checks) {
        for (path, columns) in check.observable.reads() {
            needs.entry(normal(path)).or_default().extend(columns);
        }
    }
}

/// The one file to run.
fn single(
    test: &Test,
    files: &dyn SourceLoader,
    folder: &Path,
    findings: &mut Vec<Diagnostic>,
) -> Option<PathBuf> {
    let mut found = documents(test, files, folder, findings)?;
    if found.len() > 1 {
        let span = test.targets.first().map_or(test.engine_span, |t| t.span);
        let count = found.len();
        findings.push(unusable(span, format!("`target` stands for {count} files, one can be run")));
        return None;
    }
    found.pop()
}

/// All files that the targets of a test stand for.  What stands for none is told; as for OMV it is an error
/// only where nothing else is left.
fn documents(
    test: &Test,
    files: &dyn SourceLoader,
    folder: &Path,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = Vec::new();
    let mut missing = Vec::new();
    for target in &test.targets {
        let mut found = expand(files, folder, &target.pattern);
        found.retain(|path| files.is_file(path));
        if found.is_empty() {
            let message = format!("there is no file `{}`", target.pattern);
            missing.push(unusable(target.span, message));
        }
        out.extend(found);
    }
    if !out.is_empty() {
        for finding in &mut missing {
            finding.severity = Severity::Warning;
        }
    }
    findings.append(&mut missing);
    (!out.is_empty()).then_some(out)
}
