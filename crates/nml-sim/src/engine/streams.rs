//! Which stream a call of `random` draws from: the same in every scheme.

use nml_expr::{Function, Node};
use nml_flat::{Action, Formula, Kind, Value};
use rustc_hash::FxHashMap;

/// The streams of a kind, by the address of a formula and the place of the call in it.
pub(crate) type Streams = FxHashMap<(usize, usize), u16>;

/// The stream of a call.
pub(crate) fn stream(streams: &Streams, formula: &Formula, node: usize) -> u16 {
    let site = (std::ptr::from_ref(formula).addr(), node);
    streams.get(&site).copied().unwrap_or(u16::MAX)
}

/// Numbers all calls of a kind, in the order of its nodes; within a node in the order derived quantities, rates,
/// start, conditions, events, then the same of every regime.
pub(crate) fn streams(kind: &Kind) -> Streams {
    let mut streams = Streams::default();
    for node in &kind.nodes {
        let dynamics = &node.dynamics;
        dynamics.derived.iter().for_each(|(_, made)| of_value(&mut streams, made));
        dynamics.rates.iter().for_each(|(_, rate)| add(&mut streams, rate));
        dynamics.on_start.iter().for_each(|actions| of_actions(&mut streams, actions));
        for (test, actions) in &dynamics.on_condition {
            add(&mut streams, test);
            of_actions(&mut streams, actions);
        }
        dynamics.on_event.iter().for_each(|(_, actions)| of_actions(&mut streams, actions));
        for regime in &dynamics.regimes {
            regime.derived.iter().for_each(|(_, made)| of_value(&mut streams, made));
            regime.rates.iter().for_each(|(_, rate)| add(&mut streams, rate));
            regime.on_entry.iter().for_each(|actions| of_actions(&mut streams, actions));
            for (test, actions) in &regime.on_condition {
                add(&mut streams, test);
                of_actions(&mut streams, actions);
            }
            regime.on_event.iter().for_each(|(_, actions)| of_actions(&mut streams, actions));
        }
    }
    streams
}

fn of_actions(streams: &mut Streams, actions: &[Action]) {
    for action in actions {
        if let Action::Assign(_, formula) = action {
            add(streams, formula);
        }
    }
}

fn of_value(streams: &mut Streams, value: &Value) {
    match value {
        Value::Formula(formula) => add(streams, formula),
        Value::Cases(cases) => {
            for (test, formula) in cases {
                if let Some(test) = test {
                    add(streams, test);
                }
                add(streams, formula);
            }
        }
    }
}

fn add(streams: &mut Streams, formula: &Formula) {
    for (id, node) in formula.expr.nodes() {
        if matches!(node, Node::Call(Function::Random, _)) {
            let next = u16::try_from(streams.len()).unwrap_or(u16::MAX);
            streams.insert((std::ptr::from_ref(formula).addr(), id.index()), next);
        }
    }
}
