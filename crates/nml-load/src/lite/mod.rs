//! Networks of `NeuroMLlite` (version 0.6): JSON that says how a network is made.
//!
//! The network is made as its own generator does it (`NetworkGenerator.py`), with the same random numbers in the same
//! order, so that places and random connections are the same to the last digit.  It becomes the text of a NeuroML
//! document that is read like any other one.  What is not carried out is a finding.

mod components;
mod network;
mod random;
mod value;

use std::path::Path;
use std::sync::Arc;

use nml_base::{Diagnostics, SourceFile, SourceMap, Span};
use nml_model::Document;
use nml_xml::{escape_text, escape_value};

use crate::document::{self, ObserverFactory};
use crate::rules;
use random::Random;
use value::Value;

/// What is random without a seed, as the generator has it.
const SEED: u64 = 1234;

/// The most cells, connections and inputs that a rule is carried out for.
const MAX_ROWS: usize = 2_000_000;

/// The most pairs of cells that a random rule goes through.
const MAX_PAIRS: usize = 50_000_000;

/// A network while it is made.
struct Maker<'v> {
    file: &'v SourceFile,
    root: &'v Value,
    parameters: &'v Value,
    random: Random,
    rows: usize,
    sink: &'v mut Diagnostics,
}

/// Reads a network; `None` where the text is something else.
pub(crate) fn read(
    path: &Path,
    file: &Arc<SourceFile>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Option<Document> {
    let whole: Value = serde_json::from_str(file.text()).ok()?;
    let [(id, root)] = whole.members() else { return None };
    let version = root.get("version").and_then(Value::text).unwrap_or("");
    if !version.starts_with("NeuroMLlite") {
        return None;
    }
    let mut sink = Diagnostics::new();
    let nothing = Value::Null;
    let seed = match root.get("seed") {
        Some(Value::Number(x)) => value::whole_part(x.abs()) as u64,
        _ => SEED,
    };
    let mut maker = Maker {
        file,
        root,
        parameters: root.get("parameters").unwrap_or(&nothing),
        random: Random::new(seed),
        rows: 0,
        sink: &mut sink,
    };
    let text = maker.document(id, seed);
    if sink.has_errors() {
        return Some(document::empty(path, Arc::clone(file), sink));
    }
    let text = nml_xml::layout::format(&text).unwrap_or(text);
    let made = sources.add_with_rows(path, text, Vec::new());
    Some(document::from_text(path, &made, observer, sink))
}

/// Members of a network that something is made of.
const KNOWN: [&str; 13] = [
    "version",
    "seed",
    "notes",
    "parameters",
    "temperature",
    "cells",
    "synapses",
    "input_sources",
    "regions",
    "populations",
    "projections",
    "inputs",
    "id",
];

impl Maker<'_> {
    fn document(&mut self, id: &str, seed: u64) -> String {
        self.only_known(id, self.root, &KNOWN);
        let network = self.network(id);
        let components = self.components();
        let id = escape_value(id);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<neuroml xmlns=\"{}\" id=\"{id}\">\n<notes>{}</notes>\n{components}{network}</neuroml>\n",
            nml_model::NEUROML2_NAMESPACE,
            escape_text(&format!("Made of a network of NeuroMLlite with the seed {seed}"))
        )
    }

    /// Tells the members of an object that nothing is made of.
    fn only_known(&mut self, of: &str, value: &Value, known: &[&str]) {
        for (name, value) in value.members() {
            if !known.contains(&name.as_str()) && value.is_set() {
                self.refuse(name, &format!("`{name}` of `{of}`"));
            }
        }
    }

    fn refuse(&mut self, near: &str, what: &str) {
        let span = self.place(near);
        self.sink.push(rules::unmapped_neuromllite(span, what));
    }

    /// Where a name or text stands first; the beginning where it does not.
    fn place(&self, name: &str) -> Span {
        let quoted = format!("\"{name}\"");
        let whole = self.file.span();
        match self.file.text().find(&quoted) {
            Some(at) => whole.sub(at, at + quoted.len()),
            None => whole.sub(0, self.file.text().chars().next().map_or(0, char::len_utf8)),
        }
    }

    /// The objects of a list of the network, with their ids.
    fn list(&self, name: &str) -> Vec<(String, Value)> {
        self.root.get(name).map_or_else(Vec::new, |list| list.members().to_vec())
    }

    /// A number, or the value of an expression; a finding where it is neither.
    fn number(&mut self, of: &str, name: &str, value: &Value) -> f64 {
        let found = value::evaluate(value, self.parameters, &mut self.random);
        found.unwrap_or_else(|| {
            let near = value.text().unwrap_or(name).to_owned();
            self.refuse(&near, &format!("the value of `{name}` of `{of}`"));
            0.0
        })
    }

    /// Counts rows; whether there may be more of them.
    fn row(&mut self, of: &str) -> bool {
        self.rows += 1;
        if self.rows == MAX_ROWS {
            self.refuse(of, &format!("more than {MAX_ROWS} cells, connections and inputs"));
        }
        self.rows < MAX_ROWS
    }
}
