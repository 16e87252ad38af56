//! The report for people.

use std::fmt::Write as _;
use std::time::Duration;

use nml::omv::{Fault, Outcome, SuiteReport, TestReport, Verdict};
use nml_base::Diagnostic;
use nml_report::{CheckedFile, Report, Terminal, Tool, excerpts, printable, seconds};

use super::Tally;
use super::words::{describe, number, round, shown};

pub(super) fn render(report: &SuiteReport, tally: &Tally, terminal: &Terminal) -> String {
    let mut out = String::new();
    for test in &report.tests {
        if !terminal.quiet || matches!(test.outcome, Outcome::Failed(_)) {
            one(&mut out, report, test, terminal);
        }
    }
    out.push_str(&summary(tally, terminal));
    out.push('\n');
    out
}

/// The last line: how many came to what, and how long it took.
pub(super) fn summary(tally: &Tally, terminal: &Terminal) -> String {
    let mut parts = vec![format!("{} passed", tally.passed)];
    if tally.failed > 0 {
        parts.push(terminal.bad(&format!("{} failed", tally.failed)));
    } else if tally.passed > 0 {
        parts[0] = terminal.good(&parts[0]);
    }
    if tally.skipped > 0 {
        let reasons: Vec<String> =
            tally.reasons.iter().map(|(reason, number)| format!("{number} {reason}")).collect();
        parts.push(format!("{} skipped ({})", tally.skipped, reasons.join(", ")));
    }
    if tally.left_out > 0 {
        parts.push(format!("{} of other engines left out", tally.left_out));
    }
    format!("{}; {}", parts.join(", "), seconds(tally.elapsed))
}

fn one(out: &mut String, report: &SuiteReport, test: &TestReport, terminal: &Terminal) {
    let (word, note) = match &test.outcome {
        Outcome::Passed => (terminal.good("passed"), said(test)),
        Outcome::Failed(fault) => (terminal.bad("FAILED"), because(fault, test)),
        Outcome::Skipped(skip) => (terminal.dim("skipped"), terminal.dim(&skip.to_string())),
    };
    // Writing to a string does not fail.
    let _ = writeln!(out, "{word} {}  {note}", printable(&shown(&test.path)));
    for experiment in &test.experiments {
        for (check, verdict) in &experiment.checks {
            let name = printable(&experiment.name);
            match verdict {
                Verdict::Passed { .. } => {}
                Verdict::Unsupported(what) => {
                    let _ = writeln!(
                        out,
                        "  {name}, {what}: not looked at, only a live simulator can tell"
                    );
                }
                Verdict::Failed(failure) => {
                    let lines = describe(check, failure).join("\n    ");
                    let _ = writeln!(out, "  {name}, {}: {}", check.name, printable(&lines));
                }
            }
        }
    }
    if !test.findings.is_empty() {
        findings(out, report, test, terminal);
    }
}

/// What there is to say of a test that passed.
fn said(test: &TestReport) -> String {
    let checks = || test.experiments.iter().flat_map(|e| &e.checks);
    let scheme = test.scheme.map_or("documents checked", |scheme| scheme.name());
    let mut text = scheme.to_owned();
    if checks().count() > 0 {
        let closest = checks()
            .filter_map(|(check, verdict)| match verdict {
                Verdict::Passed { error: Some(error) } if check.tolerance > 0.0 => {
                    Some((error / check.tolerance, *error, check.tolerance))
                }
                _ => None,
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let count = checks().count();
        let _ = write!(text, ", {count} {}", if count == 1 { "check" } else { "checks" });
        if let Some((_, error, tolerance)) = closest {
            let _ = write!(
                text,
                ", off by at most {} (allowed {})",
                number(round(error)),
                number(round(tolerance))
            );
        }
    }
    let _ = write!(text, ", {}", seconds(Duration::from_secs_f64(test.seconds)));
    text
}

fn because(fault: &Fault, test: &TestReport) -> String {
    let scheme = test.scheme.map_or("", |scheme| scheme.name());
    match fault {
        Fault::TestFile => "the test cannot be used".to_owned(),
        Fault::Refused => format!("{scheme}, the model cannot be run"),
        Fault::Invalid => "a document is not valid".to_owned(),
        Fault::Stopped(why) => format!("{scheme}, the run stopped: {}", printable(why)),
        Fault::Checks => {
            let verdicts = || test.experiments.iter().flat_map(|e| &e.checks).map(|(_, v)| v);
            let failed = verdicts().filter(|v| matches!(v, Verdict::Failed(_))).count();
            format!("{scheme}, {failed} of {} checks", verdicts().count())
        }
    }
}

fn findings(out: &mut String, report: &SuiteReport, test: &TestReport, terminal: &Terminal) {
    let tool = Tool { name: "nml", version: env!("CARGO_PKG_VERSION") };
    let files = vec![CheckedFile { name: shown(&test.path), diagnostics: test.findings.clone() }];
    let found = Report::new(&report.sources, tool, files, |_: &Diagnostic| false);
    out.push_str(&excerpts(&found, terminal));
}
