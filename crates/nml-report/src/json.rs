//! One JSON object; `docs/report.schema.json` of this crate says what is in it.

use nml_base::{Applicability, Diagnostic, Label, Severity};
use serde::Serialize;

use crate::report::{Finding, Place, Report};

/// The version of the JSON layout; grows when a field changes its meaning or goes away, not when
/// one is added.
pub const FORMAT_VERSION: u32 = 1;

pub(crate) fn render(report: &Report<'_>) -> String {
    let s = &report.statistics;
    let output = Output {
        version: FORMAT_VERSION,
        tool: ToolOut { name: report.tool.name, version: report.tool.version },
        summary: Summary {
            errors: s.errors,
            warnings: s.warnings,
            files_checked: s.files_checked,
            files_with_errors: s.files_with_errors,
            fixable: s.fixable,
            known: s.known,
            stale: s.stale,
            failed: s.failed(),
            elapsed_ms: s.elapsed.map(|t| u64::try_from(t.as_millis()).unwrap_or(u64::MAX)),
        },
        files: report
            .files
            .iter()
            .map(|f| FileOut {
                file: &f.name,
                valid: f.errors == 0,
                errors: f.errors,
                warnings: f.warnings,
            })
            .collect(),
        findings: report.findings.iter().map(|f| FindingOut::new(report, f)).collect(),
    };
    // Serialisation of plain structs to a string has no way to fail.
    let mut text = serde_json::to_string_pretty(&output).unwrap_or_default();
    text.push('\n');
    text
}

pub(crate) fn severity(d: &Diagnostic) -> &'static str {
    match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    tool: ToolOut,
    summary: Summary,
    files: Vec<FileOut<'a>>,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize)]
struct ToolOut {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    errors: u64,
    warnings: u64,
    files_checked: u64,
    files_with_errors: u64,
    fixable: u64,
    known: u64,
    stale: u64,
    failed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    elapsed_ms: Option<u64>,
}

#[derive(Serialize)]
struct FileOut<'a> {
    file: &'a str,
    valid: bool,
    errors: u64,
    warnings: u64,
}

#[derive(Serialize)]
struct PlaceOut {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
}

impl From<&Place> for PlaceOut {
    fn from(p: &Place) -> Self {
        Self {
            file: p.file.clone(),
            line: p.start.line,
            column: p.start.column,
            end_line: p.end.line,
            end_column: p.end.column,
            start: p.span.start,
            end: p.span.end,
        }
    }
}

#[derive(Serialize)]
struct LabelOut<'a> {
    #[serde(flatten)]
    place: PlaceOut,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

#[derive(Serialize)]
struct EditOut<'a> {
    #[serde(flatten)]
    place: PlaceOut,
    replacement: &'a str,
}

#[derive(Serialize)]
struct FixOut<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditOut<'a>>,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    primary: LabelOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<&'a str>,
    secondary: Vec<LabelOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixOut<'a>>,
    repeats: u32,
}

impl<'a> FindingOut<'a> {
    fn new(report: &Report<'_>, finding: &'a Finding) -> Self {
        let d = &finding.diagnostic;
        let label = |l: &'a Label| LabelOut {
            place: PlaceOut::from(&report.place(l.span)),
            label: l.text.as_str(),
        };
        let fix = d.fix.as_ref().map(|fix| FixOut {
            title: &fix.title,
            applicability: match fix.applicability {
                Applicability::Safe => "safe",
                Applicability::Guess => "guess",
            },
            edits: fix
                .edits
                .iter()
                .map(|e| EditOut {
                    place: PlaceOut::from(&report.place(e.span)),
                    replacement: &e.replacement,
                })
                .collect(),
        });
        Self {
            code: d.rule.code,
            name: d.rule.name,
            severity: severity(d),
            message: &d.message,
            primary: label(&d.primary),
            inside: finding.inside.as_deref(),
            secondary: d.secondary.iter().map(label).collect(),
            help: d.help.as_deref(),
            fix,
            repeats: d.repeats,
        }
    }
}
