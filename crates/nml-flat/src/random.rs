//! Where random numbers come from: the stream of each call of `random`, and the number of each instance.
//!
//! Both are the same however a model is flattened and whatever else is in it, so a run and an export, which flatten
//! in different ways, name the same numbers.

use std::collections::BTreeSet;

use nml_expr::{ExprId, Function, Node};
use nml_lems::{Action as LemsAction, Dynamics, List, Source, Text};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::build::Flattener;
use crate::flat::{Action, Flat, Formula, Kind, KindId, Value};
use crate::names::dynamics;

/// The seed where neither a file nor a person gives one.
pub const DEFAULT_SEED: u64 = 0x006E_6D6C;

/// Numbers of groups are below this, so that a group and a serial number fit into the 53 bits of a float.
const GROUPS: u32 = 1 << 21;

/// The numbers by which random streams tell the instances of a kind apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Numbers {
    /// Of all components of its name, below 2²¹: made from the name, the next free one where two names make the same.
    pub group: u32,
    /// By instance: its place among all instances of components of that name, in the order built.
    pub serials: Vec<u32>,
}

impl Numbers {
    /// The number of an instance: its serial number and, from the 33rd bit on, its group.
    pub fn id(&self, instance: usize) -> u64 {
        let serial = self.serials.get(instance).copied().unwrap_or(0);
        u64::from(serial) | (u64::from(self.group) << 32)
    }
}

/// The streams of a kind: a number for each call of `random`.
#[derive(Clone, Debug, Default)]
pub struct Streams(FxHashMap<(usize, usize), u16>);

impl Streams {
    /// Numbers all calls of a kind, in the order of its nodes; within a node in the order derived quantities, rates,
    /// start, conditions, events, then the same of every regime.
    ///
    /// Formulas are known by where they are: only those of this very kind have streams.
    pub fn of(kind: &Kind) -> Self {
        let mut streams = Self::default();
        for node in &kind.nodes {
            let dynamics = &node.dynamics;
            dynamics.derived.iter().for_each(|(_, made)| streams.value(made));
            dynamics.rates.iter().for_each(|(_, rate)| streams.formula(rate));
            dynamics.on_start.iter().for_each(|actions| streams.actions(actions));
            for (test, actions) in &dynamics.on_condition {
                streams.formula(test);
                streams.actions(actions);
            }
            dynamics.on_event.iter().for_each(|(_, actions)| streams.actions(actions));
            for regime in &dynamics.regimes {
                regime.derived.iter().for_each(|(_, made)| streams.value(made));
                regime.rates.iter().for_each(|(_, rate)| streams.formula(rate));
                regime.on_entry.iter().for_each(|actions| streams.actions(actions));
                for (test, actions) in &regime.on_condition {
                    streams.formula(test);
                    streams.actions(actions);
                }
                regime.on_event.iter().for_each(|(_, actions)| streams.actions(actions));
            }
        }
        streams
    }

    /// The stream of a call, a node of a formula of the kind.
    pub fn get(&self, formula: &Formula, node: ExprId) -> u16 {
        let site = (std::ptr::from_ref(formula).addr(), node.index());
        self.0.get(&site).copied().unwrap_or(u16::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn actions(&mut self, actions: &[Action]) {
        for action in actions {
            if let Action::Assign(_, formula) = action {
                self.formula(formula);
            }
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Formula(formula) => self.formula(formula),
            Value::Cases(cases) => {
                for (test, formula) in cases {
                    if let Some(test) = test {
                        self.formula(test);
                    }
                    self.formula(formula);
                }
            }
        }
    }

    fn formula(&mut self, formula: &Formula) {
        for (id, node) in formula.expr.nodes() {
            if matches!(node, Node::Call(Function::Random, _)) {
                let next = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
                self.0.insert((std::ptr::from_ref(formula).addr(), id.index()), next);
            }
        }
    }
}

/// Serial numbers, while instances are built.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// By kind that may draw: the numbers of its instances.
    serials: FxHashMap<KindId, Vec<u32>>,
    /// By name of a component: how many instances have a number.
    counts: FxHashMap<String, u32>,
}

impl Numbering {
    fn give(&mut self, kind: KindId, name: &str) {
        let Some(serials) = self.serials.get_mut(&kind) else { return };
        let count = match self.counts.get_mut(name) {
            Some(count) => count,
            None => self.counts.entry(name.to_owned()).or_default(),
        };
        serials.push(*count);
        *count = count.saturating_add(1);
    }
}

impl Flattener<'_> {
    /// Looks whether a kind whose nodes are there may draw; instances that it has already get their numbers.
    pub(crate) fn note_draws(&mut self, kind: KindId) {
        let mut nodes = self.flat.kind(kind).node_ids();
        let draws = nodes.any(|node| dynamics(self.made_from(kind, node)).into_iter().any(draws));
        if draws {
            self.numbering.serials.insert(kind, Vec::new());
            let Kind { name, parents, .. } = self.flat.kind(kind);
            for _ in parents {
                self.numbering.give(kind, name);
            }
        }
    }

    /// Gives the latest instance of a kind its number, if it may draw.
    pub(crate) fn number(&mut self, kind: KindId) {
        self.numbering.give(kind, &self.flat.kinds[kind.index()].name);
    }

    /// Gives all kinds that draw the numbers of their instances.
    pub(crate) fn numbers(&mut self) {
        let drawing = |flat: &Flat, id: &KindId| !Streams::of(flat.kind(*id)).is_empty();
        let kinds = self.flat.kind_ids();
        let kinds: Vec<KindId> = kinds.filter(|id| drawing(&self.flat, id)).collect();
        let names: BTreeSet<&str> =
            kinds.iter().map(|id| self.flat.kind(*id).name.as_str()).collect();
        let groups = groups(names);
        for id in kinds {
            let kind = &mut self.flat.kinds[id.index()];
            // Compartments are made in numbers, all at once.
            let given = self.numbering.serials.entry(id).or_default().len();
            for _ in given..kind.parents.len() {
                self.numbering.give(id, &kind.name);
            }
            let serials = self.numbering.serials.remove(&id).unwrap_or_default();
            let group = groups.get(&kind.name).copied().unwrap_or(0);
            kind.numbers = Some(Numbers { group, serials });
        }
    }
}

/// A number for each name (Fowler, Noll and Vo's hash, version 1a of 64 bits, folded); of two names with one the later
/// in the alphabet takes the next that is free.
fn groups(names: BTreeSet<&str>) -> FxHashMap<String, u32> {
    let mut taken = FxHashSet::default();
    let mut groups = FxHashMap::default();
    for name in names {
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        let folded = (hash ^ (hash >> 21) ^ (hash >> 42)) % u64::from(GROUPS);
        let mut group = u32::try_from(folded).unwrap_or(0);
        while taken.len() < GROUPS as usize && !taken.insert(group) {
            group = (group + 1) % GROUPS;
        }
        groups.insert(name.to_owned(), group);
    }
    groups
}

/// Whether the text of a behaviour calls `random`, or might.
fn draws(dynamics: &Dynamics) -> bool {
    let of_source = |source: &Source| matches!(source, Source::Value(text) if is_random(text));
    let of_actions = |actions: &List<LemsAction>| {
        actions.iter().any(|action| {
            matches!(action, LemsAction::StateAssignment { value, .. } if is_random(value))
        })
    };
    let cases = dynamics.conditional_derived_variables.iter().flat_map(|made| made.cases.iter());
    let mut cases = cases.map(|case| (&case.value, case.condition.as_ref()));
    dynamics.derived_variables.iter().any(|made| of_source(&made.source))
        || cases.any(|(value, test)| is_random(value) || test.is_some_and(is_random))
        || dynamics.time_derivatives.iter().any(|rate| is_random(&rate.value))
        || dynamics.on_start.iter().any(|start| of_actions(&start.actions))
        || dynamics.on_event.iter().any(|handler| of_actions(&handler.actions))
        || dynamics
            .on_condition
            .iter()
            .any(|handler| is_random(&handler.test) || of_actions(&handler.actions))
        || dynamics.regimes.iter().any(|regime| {
            regime.derived_variables.iter().any(|made| of_source(&made.source))
                || regime.time_derivatives.iter().any(|rate| is_random(&rate.value))
                || regime.on_start.iter().any(|start| of_actions(&start.actions))
                || regime.on_entry.iter().any(|entry| of_actions(&entry.actions))
                || regime.on_event.iter().any(|handler| of_actions(&handler.actions))
                || regime
                    .on_condition
                    .iter()
                    .any(|handler| is_random(&handler.test) || of_actions(&handler.actions))
        })
}

fn is_random(text: &Text) -> bool {
    text.contains("random")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_numbers_of_their_own() {
        let all = groups(BTreeSet::from(["pois", "poissonFiringSyn", "s"]));
        let alone = groups(BTreeSet::from(["pois"]));
        assert_eq!(all["pois"], alone["pois"]);
        let many: Vec<String> = (0..4000).map(|i| format!("source{i}")).collect();
        let many = groups(many.iter().map(String::as_str).collect());
        let distinct: FxHashSet<u32> = many.values().copied().collect();
        assert_eq!(distinct.len(), 4000);
        assert!(distinct.iter().all(|group| *group < GROUPS));
    }

    #[test]
    fn a_group_and_a_serial_number_fit_into_a_float() {
        let numbers = Numbers { group: GROUPS - 1, serials: vec![u32::MAX] };
        assert_eq!(numbers.id(0), (1 << 53) - 1);
    }
}
