//! Diagnostics as data; rendering lives in `nml-report`.

use crate::{Level, Rule, Span};

/// How bad a finding is in this run, after configuration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Does not change the verdict.
    Warning,
    /// Makes the model invalid.
    Error,
}

/// A place with a few words on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// One replacement in one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The text to be replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// Whether a fix may be applied without a person looking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applicability {
    /// The meaning of the model is certain and unchanged: `--fix` applies it.
    Safe,
    /// A good guess: shown as help only.
    Guess,
}

/// A repair of the source text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the repair does, as an order: "move `notes` before `property`".
    pub title: String,
    /// Replacements; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether `--fix` applies it.
    pub applicability: Applicability,
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How bad it is in this run.
    pub severity: Severity,
    /// What is wrong, with the values; one sentence, lower case, no full stop.
    pub message: String,
    /// The smallest place at fault, mostly one attribute value.
    pub primary: Label,
    /// What it conflicts with.
    pub secondary: Vec<Label>,
    /// One concrete thing to do.
    pub help: Option<String>,
    /// A repair, where there is one.
    pub fix: Option<Fix>,
    /// How many equal findings elsewhere were folded into this one.
    pub repeats: u32,
}

impl Diagnostic {
    /// A finding of `rule` at `span`, at the rule's default level.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        let severity = match rule.default_level {
            Level::Error => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        };
        let primary = Label { span, text: String::new() };
        Self {
            rule,
            severity,
            message: clipped(message.into()),
            primary,
            secondary: Vec::new(),
            help: None,
            fix: None,
            repeats: 0,
        }
    }

    /// Words for the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = clipped(text.into());
        self
    }

    /// A second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: clipped(text.into()) });
        self
    }

    /// One thing to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(clipped(text.into()));
        self
    }

    /// One thing to do, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.map(clipped).or(self.help);
        self
    }

    /// A repair.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Longer messages, labels and help lose their middle.
const MAX_TEXT_BYTES: usize = 4000;

/// Values of a file go into messages, and a value can be as long as a file.
fn clipped(text: String) -> String {
    if text.len() <= MAX_TEXT_BYTES {
        return text;
    }
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let head = (0..=MAX_TEXT_BYTES / 2).rev().find(boundary).unwrap_or(0);
    let tail = (text.len() - MAX_TEXT_BYTES / 2..text.len()).find(boundary).unwrap_or(text.len());
    format!("{} … {}", &text[..head], &text[tail..])
}

/// A growing list of findings; every stage takes one and adds to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds all findings of another list.
    pub fn append(&mut self, mut other: Self) {
        self.items.append(&mut other.items);
    }

    /// The findings in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// The number of findings.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether one of them makes the model invalid.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// The findings as a vector.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.items
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.items.extend(iter);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(iter: T) -> Self {
        Self { items: iter.into_iter().collect() }
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileId, Topic};

    static RULE: Rule = Rule {
        code: "NML0000",
        name: "r",
        topic: Topic::Files,
        default_level: Level::Error,
        summary: "",
        page: "",
    };

    #[test]
    fn a_value_as_long_as_a_file_does_not_fill_a_message() {
        let value = "µ".repeat(1_000_000);
        let d = Diagnostic::new(&RULE, Span::new(FileId(0), 0, 0), format!("bad `{value}`"))
            .label(value.clone())
            .help(value);
        assert!(d.message.len() < 5000 && d.message.starts_with("bad `µµ"));
        assert!(d.message.ends_with("µ`") && d.primary.text.len() < 5000);
        assert!(d.help.is_some_and(|h| h.len() < 5000));
    }
}
