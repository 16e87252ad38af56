//! One JSON object.

use nml::omv::{Check, Failure, Fault, Outcome, SuiteReport, TestReport, Verdict};
use nml_base::{Diagnostic, LineColumn, Severity};
use serde::Serialize;

use super::Tally;
use super::words::{describe, shown};

/// The version of the layout; grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Out<'r> {
    version: u32,
    tool: Tool,
    summary: Summary<'r>,
    tests: Vec<TestOut<'r>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary<'r> {
    passed: usize,
    failed: usize,
    skipped: usize,
    skipped_because: Vec<Reason<'r>>,
    left_out: usize,
    seconds: f64,
}

#[derive(Serialize)]
struct Reason<'r> {
    reason: &'r str,
    tests: usize,
}

#[derive(Serialize)]
struct TestOut<'r> {
    file: String,
    engine: Option<&'static str>,
    scheme: Option<&'static str>,
    outcome: &'static str,
    reason: Option<String>,
    seconds: f64,
    experiments: Vec<ExperimentOut<'r>>,
    findings: Vec<FindingOut<'r>>,
}

#[derive(Serialize)]
struct ExperimentOut<'r> {
    name: &'r str,
    checks: Vec<CheckOut<'r>>,
}

/// A check; what is not finite becomes `null`.
#[derive(Serialize)]
struct CheckOut<'r> {
    observable: &'static str,
    outcome: &'static str,
    tolerance: f64,
    /// The largest relative difference.
    error: Option<f64>,
    message: Option<String>,
    observed: Option<&'r [f64]>,
    expected: Option<&'r [f64]>,
    /// Which value is furthest off, from 0.
    worst: Option<usize>,
    passing_tolerance: Option<f64>,
}

#[derive(Serialize)]
struct FindingOut<'r> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    file: String,
    line: u32,
    column: u32,
    message: &'r str,
    help: Option<&'r str>,
}

pub(super) fn render(report: &SuiteReport, tally: &Tally) -> String {
    let reasons = tally.reasons.iter().map(|(reason, tests)| Reason { reason, tests: *tests });
    let out = Out {
        version: VERSION,
        tool: Tool { name: "nml", version: env!("CARGO_PKG_VERSION") },
        summary: Summary {
            passed: tally.passed,
            failed: tally.failed,
            skipped: tally.skipped,
            skipped_because: reasons.collect(),
            left_out: tally.left_out,
            seconds: tally.elapsed.as_secs_f64(),
        },
        tests: report.tests.iter().map(|test| test_out(report, test)).collect(),
    };
    // Plain structs have no way to fail.
    let mut text = serde_json::to_string_pretty(&out).unwrap_or_default();
    text.push('\n');
    text
}

fn test_out<'r>(report: &'r SuiteReport, test: &'r TestReport) -> TestOut<'r> {
    let (outcome, reason) = match &test.outcome {
        Outcome::Passed => ("passed", None),
        Outcome::Failed(fault) => ("failed", Some(fault_word(fault))),
        Outcome::Skipped(skip) => ("skipped", Some(skip.to_string())),
    };
    let experiments = test.experiments.iter().map(|experiment| ExperimentOut {
        name: &experiment.name,
        checks: experiment
            .checks
            .iter()
            .map(|(check, verdict)| check_out(check, verdict))
            .collect(),
    });
    TestOut {
        file: shown(&test.path),
        engine: test.engine.map(|engine| engine.name),
        scheme: test.scheme.map(nml::simulate::Scheme::name),
        outcome,
        reason,
        seconds: test.seconds,
        experiments: experiments.collect(),
        findings: test.findings.iter().map(|finding| finding_out(report, finding)).collect(),
    }
}

fn fault_word(fault: &Fault) -> String {
    match fault {
        Fault::TestFile => "test file".to_owned(),
        Fault::Refused => "refused".to_owned(),
        Fault::Invalid => "invalid".to_owned(),
        Fault::Stopped(why) => format!("stopped: {why}"),
        Fault::Checks => "checks".to_owned(),
    }
}

fn check_out<'r>(check: &'r Check, verdict: &'r Verdict) -> CheckOut<'r> {
    let mut out = CheckOut {
        observable: check.name,
        outcome: "passed",
        tolerance: check.tolerance,
        error: None,
        message: None,
        observed: None,
        expected: None,
        worst: None,
        passing_tolerance: None,
    };
    match verdict {
        Verdict::Passed { error } => out.error = *error,
        Verdict::Unsupported(_) => out.outcome = "not supported",
        Verdict::Failed(failure) => {
            out.outcome = "failed";
            out.message = Some(describe(check, failure).join("; "));
            if let Failure::Mismatch(mismatch) = failure {
                out.observed = Some(&mismatch.observed);
                out.expected = Some(&mismatch.expected);
                out.error = mismatch.worst.map(|worst| worst.error);
                out.worst = mismatch.worst.map(|worst| worst.index);
                out.passing_tolerance = mismatch.passing;
            }
        }
    }
    out
}

/// The file and place of a finding.
pub(super) fn place(report: &SuiteReport, finding: &Diagnostic) -> (String, LineColumn) {
    let span = finding.primary.span;
    report.sources.get(span.file).map_or_else(
        || (String::new(), LineColumn { line: 1, column: 1 }),
        |file| (file.name(), file.line_column(span.start)),
    )
}

fn finding_out<'r>(report: &SuiteReport, finding: &'r Diagnostic) -> FindingOut<'r> {
    let (file, at) = place(report, finding);
    FindingOut {
        code: finding.rule.code,
        rule: finding.rule.name,
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file,
        line: at.line,
        column: at.column,
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}
