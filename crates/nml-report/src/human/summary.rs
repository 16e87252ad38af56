//! The last lines: the verdict, and what can be done next.

use super::{Style, Terminal};
use crate::Report;
use crate::text::{add, count, seconds};

pub(super) fn write(out: &mut String, report: &Report<'_>, terminal: &Terminal) {
    let s = &report.statistics;
    let time = s.elapsed.map(|t| format!(" ({})", seconds(t))).unwrap_or_default();
    if s.errors + s.warnings == 0 {
        let good = terminal.paint("no errors, no warnings", Style::Good);
        add(out, format_args!("{good} in {}{time}\n", count(s.files_checked, "file")));
    } else {
        let mut parts = Vec::new();
        if s.errors > 0 {
            parts.push(terminal.paint(&count(s.errors, "error"), Style::Error));
        }
        if s.warnings > 0 {
            parts.push(terminal.paint(&count(s.warnings, "warning"), Style::Warning));
        }
        let files = if s.errors > 0 {
            let of = count(s.files_checked, "file");
            if s.files_checked == 1 {
                format!("in {of}")
            } else {
                let verb = if s.files_with_errors == 1 { "has" } else { "have" };
                format!("; {} of {of} {verb} errors", s.files_with_errors)
            }
        } else {
            format!("in {}", count(s.files_checked, "file"))
        };
        let space = if files.starts_with(';') { "" } else { " " };
        add(out, format_args!("{}{space}{files}{time}\n", parts.join(" and ")));
        if s.errors == 0 && s.deny_warnings {
            out.push_str("warnings are denied, so this run fails\n");
        }
    }
    if s.known > 0 {
        let them = if s.known == 1 { "it" } else { "them" };
        let text = count(s.known, "known finding");
        add(out, format_args!("{text} not shown: the baseline lists {them}\n"));
    }
    if s.stale > 0 {
        let verb = if s.stale == 1 { "is" } else { "are" };
        let text = count(s.stale, "finding");
        add(
            out,
            format_args!(
                "{text} of the baseline {verb} gone: write it again with `--write-baseline`\n"
            ),
        );
    }
    if s.fixable > 0 {
        add(
            out,
            format_args!(
                "{} of these can be repaired by `--fix`; `--fix --diff` shows the changes first\n",
                s.fixable
            ),
        );
    }
    // A rule that fails the run is the better example.
    let worst = report.findings.iter().max_by_key(|f| {
        (f.diagnostic.severity, std::cmp::Reverse(f.diagnostic.primary.span.start))
    });
    if let (Some(finding), false) = (worst, terminal.quiet) {
        let code = finding.diagnostic.rule.code;
        add(out, format_args!("what a code means, with examples: `nml explain {code}`\n"));
    }
}
