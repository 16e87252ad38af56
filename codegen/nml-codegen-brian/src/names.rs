//! Names of the variables of a kind.

use nml_codegen::Namer;
use nml_flat::{Kind, NodeId, QuantityId};
use nml_model::Model;
use rustc_hash::FxHashMap;

use crate::reserved;

/// By quantity its name; and a source of more.
#[derive(Debug)]
pub(crate) struct Names {
    given: Vec<String>,
    namer: Namer,
}

/// The name of a quantity with those of the nodes around it, the innermost `depth` that have one of their own.
fn long(model: &Model, kind: &Kind, q: QuantityId, depth: usize) -> String {
    let quantity = kind.quantity(q);
    let mut parts = vec![quantity.name.as_str()];
    let mut at = Some(quantity.node);
    let mut left = depth;
    while let Some(id) = at.filter(|id| *id != NodeId::ROOT) {
        let node = kind.node(id);
        if left == 0 {
            break;
        }
        parts.push(&node.name);
        // A part without an identifier is called as its place: `forwardRate` of what?
        if model.component(node.component).id().is_some() {
            left -= 1;
        }
        at = node.parent;
    }
    parts.reverse();
    parts.join("_")
}

impl Names {
    pub(crate) fn of(model: &Model, kind: &Kind) -> Self {
        let count = u32::try_from(kind.quantities.len()).unwrap_or(u32::MAX);
        let all: Vec<QuantityId> = (0..count).map(QuantityId).collect();
        let mut wishes: Vec<String> = all.iter().map(|q| long(model, kind, *q, 1)).collect();
        for depth in 2..6 {
            let mut times: FxHashMap<&str, u32> = FxHashMap::default();
            for wish in &wishes {
                *times.entry(wish).or_default() += 1;
            }
            let longer = |q: &QuantityId| {
                let again = times.get(wishes[q.index()].as_str()).is_some_and(|n| *n > 1);
                if again { long(model, kind, *q, depth) } else { wishes[q.index()].clone() }
            };
            wishes = all.iter().map(longer).collect();
        }
        let words = reserved::words();
        let mut namer = Namer::new(words.iter().map(String::as_str)).at_most(50);
        let given = wishes.iter().map(|wish| namer.give(&legal(wish))).collect();
        Self { given, namer }
    }

    /// The name of a quantity.
    pub(crate) fn get(&self, q: QuantityId) -> &str {
        &self.given[q.index()]
    }

    /// A name of its own.
    pub(crate) fn give(&mut self, wish: &str) -> String {
        self.namer.give(&legal(wish))
    }
}

/// Names that Brian reads as something else: the indices, and what ends like the sides of a synapse.
fn legal(wish: &str) -> String {
    match wish {
        "i" => "I".to_owned(),
        "j" => "J".to_owned(),
        _ if wish.ends_with("_pre") || wish.ends_with("_post") || wish.ends_with('_') => {
            format!("{wish}_x")
        }
        _ => wish.to_owned(),
    }
}
