//! JUnit XML: one test case per test file.

use std::fmt::Write as _;

use nml::omv::{Fault, Outcome, SuiteReport, TestReport, Verdict};
use nml_report::escape_xml as escape;

use super::Tally;
use super::json::place;
use super::words::{describe, shown};

pub(super) fn render(report: &SuiteReport, tally: &Tally) -> String {
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3}\"",
        report.tests.len(),
        tally.failed,
        tally.skipped,
        tally.elapsed.as_secs_f64()
    );
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string does not fail.
    let _ = writeln!(out, "<testsuites name=\"nml\" {counts}>");
    let _ = writeln!(out, "  <testsuite name=\"test\" {counts}>");
    for test in &report.tests {
        let name = escape(&shown(&test.path));
        let class = test.engine.map_or("unknown", |engine| engine.name);
        let case = format!("name=\"{name}\" classname=\"{class}\" time=\"{:.3}\"", test.seconds);
        let _ = match &test.outcome {
            Outcome::Passed => writeln!(out, "    <testcase {case}/>"),
            Outcome::Skipped(skip) => writeln!(
                out,
                "    <testcase {case}>\n      <skipped message=\"{}\"/>\n    </testcase>",
                escape(&skip.to_string())
            ),
            Outcome::Failed(fault) => writeln!(
                out,
                "    <testcase {case}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
                escape(word(fault)),
                escape(&details(report, test, fault))
            ),
        };
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn word(fault: &Fault) -> &'static str {
    match fault {
        Fault::TestFile => "the test cannot be used",
        Fault::Refused => "the model cannot be run",
        Fault::Invalid => "a document is not valid",
        Fault::Stopped(_) => "the run stopped",
        Fault::Checks => "not as expected",
    }
}

fn details(report: &SuiteReport, test: &TestReport, fault: &Fault) -> String {
    let mut out = String::new();
    if let Fault::Stopped(why) = fault {
        let _ = writeln!(out, "{why}");
    }
    for experiment in &test.experiments {
        for (check, verdict) in &experiment.checks {
            if let Verdict::Failed(failure) = verdict {
                let lines = describe(check, failure).join("\n  ");
                let _ = writeln!(out, "{}, {}: {lines}", experiment.name, check.name);
            }
        }
    }
    for finding in &test.findings {
        let (file, at) = place(report, finding);
        let (rule, message) = (finding.rule, &finding.message);
        let _ = writeln!(out, "{file}:{at}: {} {}: {message}", rule.code, rule.name);
    }
    out
}
