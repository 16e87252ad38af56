//! The findings of a run, sorted and counted.

use std::time::Duration;

use nml_base::{Diagnostic, LineColumn, Severity, SourceFile, SourceMap, Span};
use rustc_hash::FxHashMap;

/// One file that was asked for, with everything found through it (its includes as well).
#[derive(Clone, Debug)]
pub struct CheckedFile {
    /// The file as it was named.
    pub name: String,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a span lies, as people count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name, with `/` between its parts.
    pub file: String,
    /// The first character.
    pub start: LineColumn,
    /// One past the last character.
    pub end: LineColumn,
    /// The bytes.
    pub span: Span,
}

impl Place {
    pub(crate) fn of(sources: &SourceMap, span: Span) -> Self {
        match sources.get(span.file) {
            Some(file) => Self {
                file: file.name(),
                start: file.line_column(span.start),
                end: file.line_column(span.end.max(span.start)),
                span,
            },
            None => Self {
                file: "(unknown file)".to_owned(),
                start: LineColumn { line: 1, column: 1 },
                end: LineColumn { line: 1, column: 1 },
                span,
            },
        }
    }
}

/// One finding with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The finding as the checker made it, at its severity in this run.
    pub diagnostic: Diagnostic,
    /// Where it is.
    pub place: Place,
    /// The element it lies in, in words of the file (`neuroml/cell[@id=pyr]`), where known.
    pub inside: Option<String>,
}

/// The result for one file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSummary {
    /// The file as it was named.
    pub name: String,
    /// Its findings: indices into [`Report::findings`], ascending.
    pub findings: Vec<usize>,
    /// Errors found through it.
    pub errors: u64,
    /// Warnings found through it.
    pub warnings: u64,
}

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Findings that make a model invalid.
    pub errors: u64,
    /// Other findings.
    pub warnings: u64,
    /// Files asked for.
    pub files_checked: u64,
    /// Files asked for that have an error, in themselves or in what they include.
    pub files_with_errors: u64,
    /// Findings with a repair that `--fix` applies.
    pub fixable: u64,
    /// Findings not shown because the baseline lists them.
    pub known: u64,
    /// Findings the baseline lists that are gone.
    pub stale: u64,
    /// Whether warnings fail the run as well.
    pub deny_warnings: bool,
    /// Wall-clock time, where it is to be shown.
    pub elapsed: Option<Duration>,
}

impl Statistics {
    /// Whether the run failed: an error, or a warning where warnings are denied.
    pub fn failed(&self) -> bool {
        self.errors > 0 || (self.deny_warnings && self.warnings > 0)
    }
}

/// The program that made the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// All findings of a run, each once, sorted by file name, offset and code.
#[derive(Debug)]
pub struct Report<'a> {
    /// The texts the findings point into.
    pub sources: &'a SourceMap,
    /// The program that made it.
    pub tool: Tool,
    /// The findings.
    pub findings: Vec<Finding>,
    /// The files asked for, sorted by name.
    pub files: Vec<FileSummary>,
    /// The counts.
    pub statistics: Statistics,
}

/// Finds the element around an offset, for [`Report::locate`].
pub type Locator<'a> = dyn Fn(&SourceFile, u32) -> Option<String> + 'a;

impl<'a> Report<'a> {
    /// Sorts and counts; a finding reached through several files is listed once, at its worst.
    /// Findings for which `known` answers true are counted as known and left out.
    pub fn new(
        sources: &'a SourceMap,
        tool: Tool,
        mut checked: Vec<CheckedFile>,
        mut known: impl FnMut(&Diagnostic) -> bool,
    ) -> Self {
        checked.sort_by(|a, b| a.name.cmp(&b.name));
        let mut all: Vec<(Finding, Vec<usize>)> = Vec::new();
        let mut seen: FxHashMap<(String, u32, u32, &'static str, String), usize> =
            FxHashMap::default();
        for (root, file) in checked.iter().enumerate() {
            for diagnostic in &file.diagnostics {
                let span = diagnostic.primary.span;
                let place = Place::of(sources, span);
                let key = (
                    place.file.clone(),
                    span.start,
                    span.end,
                    diagnostic.rule.code,
                    diagnostic.message.clone(),
                );
                if let Some(&at) = seen.get(&key) {
                    let (first, roots) = &mut all[at];
                    first.diagnostic.severity = first.diagnostic.severity.max(diagnostic.severity);
                    first.diagnostic.repeats = first.diagnostic.repeats.max(diagnostic.repeats);
                    if roots.last() != Some(&root) {
                        roots.push(root);
                    }
                } else {
                    seen.insert(key, all.len());
                    let diagnostic = diagnostic.clone();
                    all.push((Finding { diagnostic, place, inside: None }, vec![root]));
                }
            }
        }
        all.sort_by(|(a, _), (b, _)| sort_key(a).cmp(&sort_key(b)));

        let mut files: Vec<FileSummary> = checked
            .into_iter()
            .map(|f| FileSummary { name: f.name, findings: Vec::new(), errors: 0, warnings: 0 })
            .collect();
        let mut statistics =
            Statistics { files_checked: files.len() as u64, ..Statistics::default() };
        let mut findings = Vec::with_capacity(all.len());
        for (mut finding, roots) in all {
            told_by_row(sources, &mut finding);
            let count = 1 + u64::from(finding.diagnostic.repeats);
            if known(&finding.diagnostic) {
                statistics.known += count;
                continue;
            }
            let index = findings.len();
            let error = finding.diagnostic.severity == Severity::Error;
            *(if error { &mut statistics.errors } else { &mut statistics.warnings }) += count;
            statistics.fixable += u64::from(crate::fix::is_safe(&finding.diagnostic));
            for root in roots {
                let file = &mut files[root];
                file.findings.push(index);
                *(if error { &mut file.errors } else { &mut file.warnings }) += count;
            }
            findings.push(finding);
        }
        statistics.files_with_errors = files.iter().filter(|f| f.errors > 0).count() as u64;
        Self { sources, tool, findings, files, statistics }
    }

    /// Fills in [`Finding::inside`].
    pub fn locate(&mut self, locator: &Locator<'_>) {
        for finding in &mut self.findings {
            let span = finding.diagnostic.primary.span;
            finding.inside =
                self.sources.get(span.file).and_then(|file| locator(&file, span.start));
        }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place::of(self.sources, span)
    }
}

/// A finding about a row of a binary file says which one, and points at what stands for its data set; what
/// would repair such a file is told, not done.
fn told_by_row(sources: &SourceMap, finding: &mut Finding) {
    let place = |span: Span| {
        let file = sources.get(span.file)?;
        let (block, row, home) = file.row_at(span.start)?;
        Some((format!("row {row} (from 0) of `{}`", block.name), home))
    };
    let diagnostic = &mut finding.diagnostic;
    let binary = |span: Span| sources.get(span.file).is_some_and(|file| file.is_binary());
    if let Some(fix) = diagnostic.fix.take_if(|fix| fix.edits.iter().any(|e| binary(e.span))) {
        diagnostic.help = diagnostic.help.take().or(Some(fix.title));
    }
    if let Some((row, home)) = place(diagnostic.primary.span) {
        diagnostic.message = format!("{row}: {}", diagnostic.message);
        diagnostic.primary.span = home;
        finding.place = Place::of(sources, home);
    }
    for label in &mut diagnostic.secondary {
        if let Some((row, home)) = place(label.span) {
            label.text = if label.text.is_empty() { row } else { format!("{row}: {}", label.text) };
            label.span = home;
        }
    }
}

fn sort_key(f: &Finding) -> (&str, u32, &str, u32, &str) {
    let span = f.diagnostic.primary.span;
    (&f.place.file, span.start, f.diagnostic.rule.code, span.end, &f.diagnostic.message)
}
