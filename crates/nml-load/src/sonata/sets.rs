//! Node sets: which nodes a part of the simulation is about.
//!
//! Source: the SONATA developer guide, "Node sets file".

use std::collections::BTreeSet;

use nml_base::Span;

use super::desk::Desk;
use super::json::{Kind, Value};
use super::nodes::Nodes;

/// How deep sets may be made of sets.
const DEEPEST: usize = 32;

/// The sets by name.
#[derive(Debug, Default)]
pub(super) struct Sets {
    root: Option<Value>,
}

/// Nodes as pairs of a population (an index) and a row.
pub(super) type Selected = BTreeSet<(usize, u32)>;

impl Sets {
    /// The sets of a file.
    pub(super) fn new(root: Option<Value>) -> Self {
        Self { root }
    }

    /// The nodes that a value stands for: the name of a set, a list of such, conditions, or numbers of nodes.
    pub(super) fn select(&self, desk: &mut Desk<'_>, value: &Value, all: &[Nodes]) -> Selected {
        let mut found = Selected::new();
        self.add(desk, value, all, 0, &mut found);
        found
    }

    fn add(
        &self,
        desk: &mut Desk<'_>,
        value: &Value,
        all: &[Nodes],
        depth: usize,
        found: &mut Selected,
    ) {
        if depth > DEEPEST {
            desk.bad(value.span, "node sets are made of each other", "remove the circle");
            return;
        }
        match &value.kind {
            Kind::Text(name) => self.named(desk, (name, value.span), all, depth, found),
            Kind::List(values) => {
                for value in values {
                    self.add(desk, value, all, depth + 1, found);
                }
            }
            Kind::Object(_) => conditions(desk, value, all, found),
            Kind::Number(_) => {
                for (at, nodes) in all.iter().enumerate() {
                    let row = value.number().and_then(super::columns::whole);
                    found.extend(row.and_then(|id| nodes.row(id)).map(|row| (at, row)));
                }
            }
            Kind::Null | Kind::Bool(_) => {
                let message = format!("{} is no node set", value.what());
                desk.bad(value.span, message, "name a node set, or write conditions");
            }
        }
    }

    fn named(
        &self,
        desk: &mut Desk<'_>,
        (name, span): (&str, Span),
        all: &[Nodes],
        depth: usize,
        found: &mut Selected,
    ) {
        if let Some(set) = self.root.as_ref().and_then(|root| root.get(name)) {
            return self.add(desk, set, all, depth + 1, found);
        }
        let populations = all
            .iter()
            .enumerate()
            .filter(|(_, nodes)| nodes.name == name || matches!(name, "all" | "All"));
        let mut any = false;
        for (at, nodes) in populations {
            any = true;
            found.extend((0..).take(nodes.ids.len()).map(|row| (at, row)));
        }
        if !any {
            let known = self.root.iter().flat_map(Value::members).map(|(name, ..)| name.as_str());
            let near = nml_base::nearest(name, known).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "add it to the file of node sets".to_owned());
            desk.bad(span, format!("there is no node set `{name}`"), &help);
        }
    }
}

/// The nodes for which all members of an object hold.
fn conditions(desk: &mut Desk<'_>, set: &Value, all: &[Nodes], found: &mut Selected) {
    let mut known = vec![false; set.members().len()];
    for (at, nodes) in all.iter().enumerate() {
        let mut rows: Vec<u32> = (0..).take(nodes.ids.len()).collect();
        for ((name, span, wanted), known) in set.members().iter().zip(&mut known) {
            let of_types = nodes.types().columns().iter().any(|column| column == name);
            let built_in = matches!(name.as_str(), "population" | "node_id" | "node_type_id");
            *known |= of_types || built_in || nodes.has(name);
            if wanted.list().iter().any(|value| matches!(value.kind, Kind::Object(_))) {
                if at == 0 {
                    let message = format!("comparisons as for `{name}` are not read");
                    desk.bad(*span, message, "write a value or a list of values");
                }
                rows.clear();
            }
            rows.retain(|&row| holds(nodes, row as usize, name, wanted));
        }
        found.extend(rows.into_iter().map(|row| (at, row)));
    }
    for ((name, span, _), known) in set.members().iter().zip(known) {
        if !known {
            let message = format!("no node has an attribute `{name}`");
            desk.bad(*span, message, "take a column of the types or of the nodes");
        }
    }
}

fn holds(nodes: &Nodes, row: usize, name: &str, wanted: &Value) -> bool {
    let number = |x: f64| wanted.list().iter().any(|value| value.number() == Some(x));
    match name {
        "population" => wanted.list().iter().any(|v| v.text() == Some(nodes.name.as_str())),
        "node_id" => number(f64::from(nodes.ids[row])),
        "node_type_id" => number(f64::from(nodes.type_ids[row])),
        _ => {
            if let Some(x) = nodes.number(row, name) {
                return number(x);
            }
            let Some((text, _)) = nodes.ty(row).and_then(|ty| ty.get(name)) else { return false };
            let same = |value: &Value| match value.text() {
                Some(wanted) => wanted == text,
                None => value.number().is_some() && value.number() == text.parse().ok(),
            };
            wanted.list().iter().any(same)
        }
    }
}
