//! Doing it, and the verdicts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use nml_base::{Diagnostic, Severity, SourceLoader, SourceMap};
use nml_omv::{Test, Verdict, evaluate};

use super::plan::{Planned, Todo, Work, plan};
use super::recording::{Capture, Needs, Recording};
use super::{
    ExperimentReport, Fault, Keep, Outcome, Progress, Skip, SuiteReport, TestOptions, TestReport,
};
use crate::simulate::{Prepared, Scheme, SimulateOptions, prepare};
use crate::{Checker, in_parallel};

/// What came of one thing to do.
struct Done {
    result: Result<Recording, Fault>,
    findings: Vec<Diagnostic>,
    seconds: f64,
}

/// Runs tests, on all cores; reports come in the order of `tests`.
pub fn run(
    tests: &[PathBuf],
    files: &Arc<dyn SourceLoader>,
    options: &TestOptions<'_>,
) -> SuiteReport {
    let sources = Arc::new(SourceMap::new());
    let (planned, work, left_out) = plan(tests, &**files, &sources, options);
    let checker = Checker::new(Arc::clone(files), options.include_path.to_vec())
        .sources_in(Arc::clone(&sources));
    let tell = |progress| {
        if let Some(listener) = options.progress {
            listener(progress);
        }
    };
    tell(Progress::Planned(work.len()));
    let done = in_parallel(&work, |work| {
        let started = Instant::now();
        let (result, findings) = match work {
            Work::Documents(paths) => check(&checker, paths),
            Work::Run { target, scheme, needs } => {
                simulate(&checker, target, *scheme, needs, options.keep)
            }
        };
        tell(Progress::Done);
        Done { result, findings, seconds: started.elapsed().as_secs_f64() }
    });
    let tests = planned.into_iter().map(|test| report(test, &done, &**files)).collect();
    SuiteReport { sources, tests, left_out }
}

/// A failure that is told by findings.
type Checked = (Result<Recording, Fault>, Vec<Diagnostic>);

fn check(checker: &Checker, paths: &[PathBuf]) -> Checked {
    let mut found = Vec::new();
    for path in paths {
        let checked = checker.check(path);
        found.extend(checked.diagnostics.into_iter().filter(|d| d.severity == Severity::Error));
    }
    let result = if found.is_empty() { Ok(Recording::default()) } else { Err(Fault::Invalid) };
    (result, found)
}

fn simulate(
    checker: &Checker,
    target: &Path,
    scheme: Scheme,
    needs: &Needs,
    keep: Option<&dyn Keep>,
) -> Checked {
    let model = checker.loader().load(target);
    // Tests are spread over the cores; a run of its own needs no more than one.
    let what = SimulateOptions { scheme, threads: 1, ..SimulateOptions::default() };
    let prepared = match prepare(&model, what) {
        Ok(prepared) => prepared,
        Err(found) => return (Err(Fault::Refused), found),
    };
    match record(&prepared, target, needs, keep) {
        Ok(recording) => (Ok(recording), Vec::new()),
        Err(why) => (Err(Fault::Stopped(why)), Vec::new()),
    }
}

fn record(
    prepared: &Prepared,
    target: &Path,
    needs: &Needs,
    keep: Option<&dyn Keep>,
) -> Result<Recording, String> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let mut recording = Recording::new(prepared, folder, needs);
    let begun = keep.map(|keep| keep.begin(target, prepared)).transpose();
    let mut kept = begun.map_err(|e| e.to_string())?;
    let ran = prepared.run(&mut Capture::new(&mut recording, prepared, kept.as_mut()));
    if let Some(kept) = kept {
        kept.finish().map_err(|e| e.to_string())?;
    }
    ran.map(|_| recording).map_err(|e| e.to_string())
}

fn report(planned: Planned, done: &[Done], files: &dyn SourceLoader) -> TestReport {
    let Planned { path, engine, test, mut findings, todo } = planned;
    let mut report = TestReport {
        path,
        engine,
        scheme: None,
        outcome: Outcome::Passed,
        findings: Vec::new(),
        experiments: Vec::new(),
        seconds: 0.0,
    };
    let number = match todo {
        Todo::Unusable => {
            report.outcome = Outcome::Failed(Fault::TestFile);
            report.findings = findings;
            return report;
        }
        Todo::Skip(skip) => {
            report.outcome = Outcome::Skipped(skip);
            report.findings = findings;
            return report;
        }
        Todo::Run(number, scheme) => {
            report.scheme = Some(scheme);
            number
        }
        Todo::Documents(number) => number,
    };
    let Some(done) = done.get(number) else { return report };
    report.seconds = done.seconds;
    findings.extend(done.findings.iter().cloned());
    report.findings = findings;
    match &done.result {
        Err(fault) => report.outcome = Outcome::Failed(fault.clone()),
        Ok(recording) => {
            report.experiments = test.map_or_else(Vec::new, |t| judge(t, recording, files));
            report.outcome = outcome(&report.experiments);
        }
    }
    report
}

fn judge(test: Test, recording: &Recording, files: &dyn SourceLoader) -> Vec<ExperimentReport> {
    let each = |experiment: nml_omv::Experiment| {
        let checks = experiment.checks.into_iter().map(|check| {
            let verdict = evaluate(&check, recording, files);
            (check, verdict)
        });
        ExperimentReport { name: experiment.name, checks: checks.collect() }
    };
    test.experiments.into_iter().map(each).collect()
}

fn outcome(experiments: &[ExperimentReport]) -> Outcome {
    let verdicts = || experiments.iter().flat_map(|e| &e.checks).map(|(_, verdict)| verdict);
    if verdicts().any(|v| matches!(v, Verdict::Failed(_))) {
        return Outcome::Failed(Fault::Checks);
    }
    let unsupported = verdicts().filter(|v| matches!(v, Verdict::Unsupported(_))).count();
    if unsupported > 0 && unsupported == verdicts().count() {
        return Outcome::Skipped(Skip::Unsupported);
    }
    Outcome::Passed
}
