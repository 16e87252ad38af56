//! Workflow commands of GitHub Actions: each finding becomes an annotation on its line.

use nml_base::Severity;

use crate::fold::fold;
use crate::report::Report;
use crate::text::{add, count};

/// GitHub shows only a handful of annotations per step, so repeats are counted.
const FOLD_AFTER: usize = 3;

pub(crate) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for folded in fold(&report.findings, FOLD_AFTER) {
        let finding = folded.finding;
        let d = &finding.diagnostic;
        let place = &finding.place;
        let command = match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        add(
            &mut out,
            format_args!(
                "::{command} file={},line={},endLine={}",
                property(&place.file),
                place.start.line,
                place.end.line,
            ),
        );
        if place.start.line == place.end.line {
            // Columns are refused for annotations over several lines.
            add(
                &mut out,
                format_args!(",col={},endColumn={}", place.start.column, place.end.column),
            );
        }
        let title = format!("{} {}", d.rule.code, d.rule.name);
        let mut text = d.message.clone();
        for label in std::iter::once(&d.primary).chain(&d.secondary) {
            if !label.text.is_empty() {
                let at = report.place(label.span);
                add(&mut text, format_args!("\n{}:{}: {}", at.file, at.start, label.text));
            }
        }
        if let Some(help) = &d.help {
            add(&mut text, format_args!("\nhelp: {help}"));
        }
        if folded.more > 0 {
            add(&mut text, format_args!("\n… and {} more like this in this file", folded.more));
        }
        add(&mut out, format_args!(",title={}::{}\n", property(&title), data(&text)));
    }
    let s = &report.statistics;
    add(
        &mut out,
        format_args!(
            "{}, {} in {}\n",
            count(s.errors, "error"),
            count(s.warnings, "warning"),
            count(s.files_checked, "file")
        ),
    );
    out
}

/// The text of a command, escaped as the runner's `toolkit` undoes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
