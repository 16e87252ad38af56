//! The terminal view: source excerpts with the findings drawn into them.

mod excerpt;
mod summary;

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};
use nml_base::{Applicability, Diagnostic, FileId, Label, Severity};

use crate::fold::{Folded, fold_files};
use crate::text::{add, count, printable, shorten};
use crate::{Finding, Report};
use excerpt::Excerpt;

/// What the terminal can do.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
    /// How many findings alike are shown per file before the rest is counted.
    pub fold_after: usize,
    /// Whether only the summary is wanted.
    pub quiet: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Self { width: 100, color: false, unicode: true, fold_after: 3, quiet: false }
    }
}

impl Terminal {
    /// Columns really used: neither unreadably few nor a line across a whole wall.
    fn columns(&self) -> usize {
        self.width.clamp(40, 140)
    }

    /// A text in the colour of what is as it should be.
    pub fn good(&self, text: &str) -> String {
        self.paint(text, Style::Good)
    }

    /// A text in the colour of errors.
    pub fn bad(&self, text: &str) -> String {
        self.paint(text, Style::Error)
    }

    /// A text that stands back.
    pub fn dim(&self, text: &str) -> String {
        self.paint(text, Style::Dim)
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match style {
            Style::Error => "1;31",
            Style::Warning => "1;33",
            Style::Help => "36",
            Style::Good => "1;32",
            Style::Dim => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

#[derive(Clone, Copy)]
enum Style {
    Error,
    Warning,
    Help,
    Good,
    Dim,
}

/// Messages longer than this many characters lose their middle.
const LONGEST_MESSAGE: usize = 600;
/// Labels longer than this many characters lose their middle.
const LONGEST_LABEL: usize = 120;
/// More second places than this are counted instead of shown.
const MOST_PLACES: usize = 6;

pub(crate) fn render(report: &Report<'_>, terminal: &Terminal) -> String {
    let mut out = if terminal.quiet { String::new() } else { excerpts(report, terminal) };
    summary::write(&mut out, report, terminal);
    out
}

/// The findings alone, without a summary.
pub fn excerpts(report: &Report<'_>, terminal: &Terminal) -> String {
    let mut out = String::new();
    let handler = handler(terminal);
    for folded in fold_files(&report.findings, terminal.fold_after) {
        one(&mut out, report, &folded, terminal, &handler);
        out.push('\n');
    }
    out
}

fn handler(terminal: &Terminal) -> GraphicalReportHandler {
    let characters =
        if terminal.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if terminal.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(terminal.columns())
        .with_context_lines(1)
        .with_links(false)
        .without_cause_chain()
        .tab_width(4)
}

fn one(
    out: &mut String,
    report: &Report<'_>,
    folded: &Folded<'_>,
    terminal: &Terminal,
    handler: &GraphicalReportHandler,
) {
    let finding = folded.finding;
    let d = &finding.diagnostic;
    let (word, style) = match d.severity {
        Severity::Error => ("error", Style::Error),
        Severity::Warning => ("warning", Style::Warning),
    };
    let head = format!("{word} {}", d.rule.code);
    out.push_str(&terminal.paint(&head, style));
    out.push(' ');
    out.push_str(&terminal.paint(d.rule.name, Style::Dim));
    out.push('\n');

    for (index, (file, labels)) in by_file(d).into_iter().enumerate() {
        let message = if index == 0 { clean(&d.message, LONGEST_MESSAGE) } else { String::new() };
        let excerpt = report
            .sources
            .get(file)
            .map(|file| Excerpt::new(&file, &labels, terminal.columns(), terminal.unicode));
        let view = View { message, severity: d.severity, excerpt };
        if index == 0 {
            // Writing to a string cannot fail; a label that cannot be drawn is told in the text.
            let _ = handler.render_report(out, &view);
        } else {
            let mut text = String::new();
            let _ = handler.render_report(&mut text, &view);
            // The second file has no message of its own: only its excerpt is wanted.
            out.extend(text.split_inclusive('\n').skip(1));
        }
    }
    footer(out, finding, folded, terminal);
}

fn footer(out: &mut String, finding: &Finding, folded: &Folded<'_>, terminal: &Terminal) {
    let d = &finding.diagnostic;
    let hidden = d.secondary.len().saturating_sub(MOST_PLACES);
    if hidden > 0 {
        note(out, terminal, "note", &format!("{hidden} more such places are not shown"));
    }
    let safe = d.fix.as_ref().filter(|f| f.applicability == Applicability::Safe);
    if let Some(help) = d.help.as_ref().filter(|h| safe.is_none_or(|fix| fix.title != **h)) {
        note(out, terminal, "help", &clean(help, LONGEST_MESSAGE));
    }
    if let Some(fix) = &d.fix {
        let title = clean(&fix.title, LONGEST_MESSAGE);
        if fix.applicability == Applicability::Safe {
            note(out, terminal, "fix", &format!("{title} (`--fix` does it)"));
        } else if d.help.as_deref() != Some(fix.title.as_str()) {
            note(out, terminal, "help", &title);
        }
    }
    let dots = if terminal.unicode { "…" } else { "..." };
    if folded.more_files > 0 {
        let names: Vec<String> =
            folded.file_names.iter().map(|n| clean(n, LONGEST_LABEL)).collect();
        let rest = folded.more_files > names.len() as u64;
        let tail = if rest { format!(", {dots}") } else { String::new() };
        let files = count(folded.more_files, "more file");
        let text = format!("{dots} and the same in {files}: {}{tail}", names.join(", "));
        let options = textwrap::Options::new(terminal.columns()).break_words(false);
        let options = options.initial_indent("  ").subsequent_indent("    ");
        for line in textwrap::wrap(&text, options) {
            out.push_str(&terminal.paint(&line, Style::Dim));
            out.push('\n');
        }
    }
    if folded.more > 0 {
        let mut text = format!("  {dots} and {} more like this in this file", folded.more);
        if !folded.more_lines.is_empty() {
            let lines: Vec<String> = folded.more_lines.iter().map(u32::to_string).collect();
            let rest = folded.more > folded.more_lines.len() as u64;
            let word = if lines.len() == 1 && !rest { "line" } else { "lines" };
            let tail = if rest { format!(", {dots}") } else { String::new() };
            add(&mut text, format_args!(" ({word} {}{tail})", lines.join(", ")));
        }
        out.push_str(&terminal.paint(&text, Style::Dim));
        out.push('\n');
    }
}

/// `  help: …`, folded to the width with hanging indentation.
fn note(out: &mut String, terminal: &Terminal, word: &str, text: &str) {
    let first = format!("  {}: ", terminal.paint(word, Style::Help));
    let hang = " ".repeat(word.len() + 4);
    let first_width = word.len() + 4;
    let options = textwrap::Options::new(terminal.columns().saturating_sub(first_width).max(20))
        .break_words(false);
    for (i, line) in textwrap::wrap(text, options).iter().enumerate() {
        out.push_str(if i == 0 { &first } else { &hang });
        out.push_str(line);
        out.push('\n');
    }
}

fn clean(text: &str, limit: usize) -> String {
    printable(&shorten(text, limit))
}

/// The labels by file, the file of the primary one first, in the order they come.
fn by_file(d: &Diagnostic) -> Vec<(FileId, Vec<(&Label, bool)>)> {
    let mut files = vec![(d.primary.span.file, vec![(&d.primary, true)])];
    for label in d.secondary.iter().take(MOST_PLACES) {
        match files.iter_mut().find(|(file, _)| *file == label.span.file) {
            Some((_, labels)) => labels.push((label, false)),
            None => files.push((label.span.file, vec![(label, false)])),
        }
    }
    files
}

/// What miette is shown: one message and the excerpt of one file.
#[derive(Debug)]
struct View {
    message: String,
    severity: Severity,
    excerpt: Option<Excerpt>,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for View {}

impl miette::Diagnostic for View {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.excerpt.as_ref().map(|e| e as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(Excerpt::labels)
    }
}
