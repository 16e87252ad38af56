//! Reading keys off YAML maps, with a finding for everything that does not fit.

use std::rc::Rc;

use nml_base::{Diagnostic, Diagnostics, Span, nearest};

use crate::rules;
use crate::yaml::{Node, Value};

/// A map whose keys are taken one after the other; what is left over at the end is told.
#[derive(Debug)]
pub(crate) struct Fields {
    pairs: Rc<Vec<(Node, Node)>>,
    taken: Vec<bool>,
    span: Span,
    known: Vec<&'static str>,
}

/// A finding that keeps the test from being used.
pub fn unusable(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&rules::UNUSABLE_TEST, span, message)
}

impl Fields {
    /// `None`, and a finding, where the value is no map.
    pub(crate) fn of(node: &Node, what: &str, sink: &mut Diagnostics) -> Option<Self> {
        let Value::Map(pairs) = &node.value else {
            sink.push(unusable(node.span, format!("{what} should be a map of keys and values")));
            return None;
        };
        for (i, (key, _)) in pairs.iter().enumerate() {
            let same = |(other, _): &&(Node, Node)| {
                scalar(other).is_some() && scalar(other) == scalar(key)
            };
            if let Some((first, _)) = pairs[..i].iter().find(same) {
                let name = scalar(key).unwrap_or("");
                sink.push(
                    unusable(key.span, format!("`{name}` is given twice"))
                        .also(first.span, "here first"),
                );
            }
        }
        let taken = vec![false; pairs.len()];
        Some(Self { pairs: Rc::clone(pairs), taken, span: node.span, known: Vec::new() })
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The value of a key that may be missing.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let at = self.pairs.iter().position(|(k, _)| scalar(k) == Some(key))?;
        self.taken[at] = true;
        Some(self.pairs[at].1.clone())
    }

    /// The value of a key that has to be there.
    pub(crate) fn need(&mut self, key: &'static str, sink: &mut Diagnostics) -> Option<Node> {
        let found = self.get(key).filter(|node| !matches!(node.value, Value::Null));
        if found.is_none() {
            let near = self.left().find(|(k, _)| nearest(k, [key]).is_some());
            let span = near.map_or_else(|| start(self.span), |(_, node)| node.span);
            let help = near.map(|(k, _)| format!("should `{k}` be `{key}`?"));
            sink.push(unusable(span, format!("`{key}` is missing")).maybe_help(help));
        }
        found
    }

    fn left(&self) -> impl Iterator<Item = (&str, &Node)> {
        let pairs = self.pairs.iter().zip(&self.taken);
        pairs.filter(|(_, taken)| !**taken).filter_map(|((k, _), _)| Some((scalar(k)?, k)))
    }

    /// All keys not taken so far, with their values; they count as taken.
    pub(crate) fn rest(&mut self) -> Vec<(String, Node, Node)> {
        let mut out = Vec::new();
        for ((key, value), taken) in self.pairs.iter().zip(&mut self.taken) {
            if !std::mem::replace(taken, true) {
                out.push((scalar(key).unwrap_or("").to_owned(), key.clone(), value.clone()));
            }
        }
        out
    }

    /// Tells the keys that nobody asked for.
    pub(crate) fn finish(self, sink: &mut Diagnostics) {
        for (key, node) in self.left() {
            let near = nearest(key, self.known.iter().copied());
            sink.push(
                Diagnostic::new(
                    &rules::UNKNOWN_TEST_KEY,
                    node.span,
                    format!("the key `{key}` means nothing here"),
                )
                .maybe_help(near.map(|name| format!("did you mean `{name}`?"))),
            );
        }
    }
}

/// The first place of a longer one.
fn start(span: Span) -> Span {
    Span::new(span.file, span.start, span.start)
}

/// The text of a scalar.
pub(crate) fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(text) => Some(text),
        _ => None,
    }
}

/// The text of a scalar, or a finding.
pub(crate) fn text(node: &Node, what: &str, sink: &mut Diagnostics) -> Option<String> {
    let found = scalar(node);
    if found.is_none() {
        sink.push(unusable(node.span, format!("{what} should be a text")));
    }
    found.map(str::to_owned)
}

/// A number, however it is written: `1e-11` is a text for YAML 1.1 and a number for the formulas that use it.
pub(crate) fn number(node: &Node, what: &str, sink: &mut Diagnostics) -> Option<f64> {
    let read = scalar(node).and_then(|text| match text {
        ".inf" | "+.inf" => Some(f64::INFINITY),
        "-.inf" => Some(f64::NEG_INFINITY),
        ".nan" => Some(f64::NAN),
        other => other.trim().parse().ok(),
    });
    if read.is_none() {
        sink.push(unusable(node.span, format!("{what} should be a number")));
    }
    read
}

/// A whole number from 0.
pub(crate) fn count(node: &Node, what: &str, sink: &mut Diagnostics) -> Option<usize> {
    let read = scalar(node).and_then(|text| text.trim().parse().ok());
    if read.is_none() {
        sink.push(unusable(node.span, format!("{what} should be a whole number from 0")));
    }
    read
}

/// The items of a list; a single value counts as a list of one.
pub(crate) fn items(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::List(list) => list.to_vec(),
        _ => vec![node.clone()],
    }
}

/// A list of numbers; a single one counts as a list of one.
pub(crate) fn numbers(node: &Node, what: &str, sink: &mut Diagnostics) -> Option<Vec<f64>> {
    let each = format!("each value of {what}");
    items(node).iter().map(|item| number(item, &each, sink)).collect()
}
