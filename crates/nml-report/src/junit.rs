//! JUnit XML: one test case per file asked for; it fails if the file has an error.

use nml_base::Severity;

use crate::report::{Finding, Report};
use crate::text::{add, count};

pub(crate) fn render(report: &Report<'_>) -> String {
    let s = &report.statistics;
    let time = s.elapsed.map(|t| format!(" time=\"{:.3}\"", t.as_secs_f64())).unwrap_or_default();
    let failing = |f: &&crate::FileSummary| f.errors > 0 || (s.deny_warnings && f.warnings > 0);
    let failures = report.files.iter().filter(failing).count();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", report.files.len());
    let name = escape(report.tool.name);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    add(&mut out, format_args!("<testsuites name=\"{name}\" {counts}{time}>\n"));
    add(&mut out, format_args!("  <testsuite name=\"validate\" {counts}{time}>\n"));
    for file in &report.files {
        let case = format!("name=\"{}\" classname=\"validate\"", escape(&file.name));
        let findings: Vec<&Finding> =
            file.findings.iter().filter_map(|&i| report.findings.get(i)).collect();
        if findings.is_empty() {
            add(&mut out, format_args!("    <testcase {case}/>\n"));
            continue;
        }
        add(&mut out, format_args!("    <testcase {case}>\n"));
        let all: String = findings.iter().map(|f| line(f)).collect();
        if failing(&file) {
            let message =
                format!("{}, {}", count(file.errors, "error"), count(file.warnings, "warning"));
            let worst = findings.iter().max_by_key(|f| f.diagnostic.severity);
            let code = worst.map_or("", |f| f.diagnostic.rule.code);
            add(
                &mut out,
                format_args!(
                    "      <failure message=\"{message}\" type=\"{code}\">{}</failure>\n",
                    escape(&all)
                ),
            );
        } else {
            add(&mut out, format_args!("      <system-out>{}</system-out>\n", escape(&all)));
        }
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn line(finding: &Finding) -> String {
    let d = &finding.diagnostic;
    let word = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = &finding.place;
    let mut text = format!(
        "{}:{}: {word} {} {}: {}\n",
        place.file, place.start, d.rule.code, d.rule.name, d.message
    );
    if let Some(help) = &d.help {
        add(&mut text, format_args!("  help: {help}\n"));
    }
    if d.repeats > 0 {
        add(&mut text, format_args!("  … and {} more like this\n", d.repeats));
    }
    text
}

/// Escapes text for XML 1.0; characters XML does not allow at all are replaced.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
