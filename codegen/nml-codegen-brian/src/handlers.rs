//! Events, conditions and regimes: what handlers do.

use nml_flat::{Action, NodeId, QuantityId};
use nml_units::Dimension;

use crate::expression::From;
use crate::group::Group;
use crate::resolve::{Problem, Symbol};

/// How long a chain of events and transitions within one instance may be.
const LONGEST_CHAIN: usize = 32;

/// `target = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) target: String,
    pub(crate) value: String,
}

/// A condition with what follows.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) test: String,
    pub(crate) actions: Vec<Assignment>,
    /// The ports through which events leave.
    pub(crate) sends: Vec<(NodeId, u32)>,
    /// Whether it reads what a condition before it sets.
    pub(crate) late: bool,
}

/// What a handler does, in the making.
#[derive(Debug, Default)]
struct Done {
    actions: Vec<Assignment>,
    sends: Vec<(NodeId, u32)>,
    assigned: Vec<QuantityId>,
}

impl Done {
    fn set(&mut self, target: String, value: String, place: Place<'_>) {
        let value = match place.guard {
            Some(guard) => format!("select({guard}, {value}, {target})"),
            None => value,
        };
        self.actions.push(Assignment { target, value });
    }
}

/// Where a handler acts.
#[derive(Clone, Copy, Debug)]
struct Place<'g> {
    /// Under what condition, beyond that of the handler.
    guard: Option<&'g str>,
    from: From,
    depth: usize,
}

impl Group<'_> {
    /// Conditions and ports, in the order in which they act.
    pub(crate) fn handlers(&mut self) -> Result<(), Problem> {
        // What is inside acts before what is around it.
        let nodes: Vec<NodeId> = self.kind().node_ids().collect();
        let mut assigned: Vec<QuantityId> = Vec::new();
        for &node in nodes.iter().rev() {
            let dynamics = &self.kind().node(node).dynamics;
            let plain = dynamics.on_condition.iter().map(|c| (None, c));
            let regimes = (0..).zip(&dynamics.regimes);
            let inner = regimes
                .flat_map(|(at, r): (u32, _)| r.on_condition.iter().map(move |c| (Some(at), c)));
            for (regime, (test, actions)) in plain.chain(inner) {
                let mut text = self.formula(test, Dimension::NONE, From::Own)?;
                if let (Some(at), Some(name)) = (regime, self.regimes.get(&node)) {
                    text = format!("({name} == {at}) and ({text})");
                }
                let mut done = Done::default();
                let place = Place { guard: None, from: From::Own, depth: 0 };
                self.actions(node, actions, place, &mut done)?;
                let reads = self.closure(test)?;
                // Which regime is active is asked before anything acts.
                let late = regime.is_none() && reads.iter().any(|q| assigned.contains(q));
                assigned.extend(&done.assigned);
                let Done { actions, sends, .. } = done;
                self.conditions.push(Condition { test: text, actions, sends, late });
            }
        }
        let count = self.kind().node(NodeId::ROOT).ports_in.len();
        for port in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            let from = if self.attached { From::Own } else { From::Synapse };
            let mut done = Done::default();
            let place = Place { guard: None, from, depth: 0 };
            self.arrives(NodeId::ROOT, port, place, &mut done)?;
            let comes = self.world.flat.wires.iter();
            let comes = comes.filter(|table| table.to == (self.id, NodeId::ROOT, port));
            let passed = done.sends.iter().find(|(node, port)| self.leaves(*node, *port));
            if let Some((node, _)) =
                passed.filter(|_| comes.map(nml_flat::WireTable::len).sum::<usize>() > 0)
            {
                let what = "an event that is passed on at once";
                return Err(self.world.problem(self.id, *node, what));
            }
            self.ports.push(done.actions);
        }
        Ok(())
    }

    /// The quantities of the same instance that a condition depends on.
    fn closure(&self, formula: &nml_flat::Formula) -> Result<Vec<QuantityId>, Problem> {
        let mut open = self.own(formula)?;
        let mut found: Vec<QuantityId> = Vec::new();
        while let Some(q) = open.pop() {
            if found.contains(&q) {
                continue;
            }
            found.push(q);
            let node = self.kind().quantity(q).node;
            let dynamics = &self.kind().node(node).dynamics;
            for (_, value) in dynamics.derived.iter().filter(|(known, _)| *known == q) {
                let formulas: Vec<_> = match value {
                    nml_flat::Value::Formula(formula) => vec![formula],
                    nml_flat::Value::Cases(cases) => {
                        cases.iter().flat_map(|(c, f)| c.iter().chain([f])).collect()
                    }
                };
                for formula in formulas {
                    open.extend(self.own(formula)?);
                }
            }
        }
        Ok(found)
    }

    fn actions(
        &mut self,
        node: NodeId,
        actions: &[Action],
        place: Place<'_>,
        done: &mut Done,
    ) -> Result<(), Problem> {
        if place.depth > LONGEST_CHAIN {
            let what = "a chain of events within one component that does not end";
            return Err(self.world.problem(self.id, node, what));
        }
        let mut rest: Vec<Assignment> = Vec::new();
        for action in actions {
            match action {
                Action::Assign(q, formula) => {
                    let dimension = self.dimension(*q);
                    let mut value = self.formula(formula, dimension, place.from)?;
                    // Derived variables are those from before the handler.
                    if !rest.is_empty() || !done.actions.is_empty() {
                        for read in self.own(formula)? {
                            if self.is_computed(read) {
                                value = self.before(read, &value, place.from, done);
                            }
                        }
                    }
                    let symbol = self.world.quantity(self.id, *q)?;
                    if !matches!(symbol, Symbol::Own(_)) {
                        let what = "an assignment to what belongs to another component";
                        return Err(self.world.problem_of(self.id, *q, what));
                    }
                    let target = self.symbol(&symbol, place.from)?;
                    done.assigned.push(*q);
                    rest.push(Assignment { target, value });
                }
                Action::Send(port) => {
                    for Assignment { target, value } in rest.drain(..) {
                        done.set(target, value, place);
                    }
                    if place.guard.is_some() && self.leaves(node, *port) {
                        let what = "an event that is passed on at once";
                        return Err(self.world.problem(self.id, node, what));
                    }
                    done.sends.push((node, *port));
                    let wires = self.kind().wires.iter();
                    let inner: Vec<_> =
                        wires.filter(|w| w.from == (node, *port)).map(|w| w.to).collect();
                    let inside = Place { depth: place.depth + 1, ..place };
                    for (to, port) in inner {
                        self.arrives(to, port, inside, done)?;
                    }
                }
                Action::Enter(regime) => {
                    for Assignment { target, value } in rest.drain(..) {
                        done.set(target, value, place);
                    }
                    let inside = Place { depth: place.depth + 1, ..place };
                    self.enter(node, *regime, inside, done)?;
                }
            }
        }
        for Assignment { target, value } in rest {
            done.set(target, value, place);
        }
        Ok(())
    }

    fn is_computed(&self, q: QuantityId) -> bool {
        use nml_flat::Role;
        let role = &self.kind().quantity(q).role;
        matches!(role, Role::Derived | Role::Requirement | Role::Selected)
    }

    /// Keeps a derived variable as it is before the handler; answers the value with the copy in its place.
    fn before(&self, q: QuantityId, value: &str, from: From, done: &mut Done) -> String {
        let mut name = self.names.get(q).to_owned();
        if from == From::Synapse {
            name.push_str("_post");
        }
        let copy = format!("{}_before", self.names.get(q));
        if !done.actions.iter().any(|a| a.target == copy) {
            let keep = Assignment { target: copy.clone(), value: name.clone() };
            done.actions.insert(0, keep);
        }
        replaced(value, &name, &copy)
    }

    /// Whether anything outside hears a port.
    fn leaves(&self, node: NodeId, port: u32) -> bool {
        let from = (self.id, node, port);
        self.heard.contains(&(node, port))
            || self.world.flat.wires.iter().any(|table| table.from == from && !table.is_empty())
    }

    /// What an event does that comes in at a port of a node.
    fn arrives(
        &mut self,
        node: NodeId,
        port: u32,
        place: Place<'_>,
        done: &mut Done,
    ) -> Result<(), Problem> {
        let kind = self.kind();
        let dynamics = &kind.node(node).dynamics;
        let mut acts = false;
        for (_, actions) in dynamics.on_event.iter().filter(|(at, _)| *at == port) {
            acts = true;
            self.actions(node, actions, place, done)?;
        }
        let mut was: Option<String> = None;
        for (at, regime) in dynamics.regimes.iter().enumerate() {
            for (_, actions) in regime.on_event.iter().filter(|(known, _)| *known == port) {
                acts = true;
                let name = self.regimes.get(&node).cloned().unwrap_or_default();
                let known = was.get_or_insert_with(|| {
                    let mut own = name.clone();
                    if place.from == From::Synapse {
                        own.push_str("_post");
                    }
                    let copy = format!("{name}_before");
                    done.actions.push(Assignment { target: copy.clone(), value: own });
                    copy
                });
                let guard = match place.guard {
                    Some(outer) => format!("({outer}) and ({known} == {at})"),
                    None => format!("{known} == {at}"),
                };
                let inside = Place { guard: Some(&guard), ..place };
                self.actions(node, actions, inside, done)?;
            }
        }
        // What comes in may go on to the parts inside, where nothing acts on it.
        if !acts && kind.node(node).ports_out.is_empty() {
            let wires = kind.wires.iter().filter(|wire| wire.from == (node, port));
            let onward: Vec<_> = wires.map(|wire| wire.to).collect();
            let inside = Place { depth: place.depth + 1, ..place };
            if inside.depth > LONGEST_CHAIN {
                let what = "a chain of events within one component that does not end";
                return Err(self.world.problem(self.id, node, what));
            }
            for (to, port) in onward {
                self.arrives(to, port, inside, done)?;
            }
        }
        Ok(())
    }

    fn enter(
        &mut self,
        node: NodeId,
        regime: u32,
        place: Place<'_>,
        done: &mut Done,
    ) -> Result<(), Problem> {
        let mut name = self.regimes.get(&node).cloned().unwrap_or_default();
        if place.from == From::Synapse {
            name.push_str("_post");
        }
        done.set(name, regime.to_string(), place);
        if let Some(entered) = self.kind().node(node).dynamics.regimes.get(regime as usize) {
            for actions in &entered.on_entry {
                self.actions(node, actions, place, done)?;
            }
        }
        Ok(())
    }

    /// What `OnEntry` of the regimes at the start does.
    pub(crate) fn enter_first(&mut self) -> Result<Vec<Assignment>, Problem> {
        let mut done = Done::default();
        let nodes: Vec<NodeId> = self.kind().node_ids().collect();
        for &node in nodes.iter().rev() {
            let all = &self.kind().node(node).dynamics.regimes;
            if all.is_empty() {
                continue;
            }
            let first = all.iter().position(|regime| regime.initial).unwrap_or(0);
            let place = Place { guard: None, from: From::Own, depth: 0 };
            self.enter(node, u32::try_from(first).unwrap_or(0), place, &mut done)?;
        }
        if let Some((node, _)) = done.sends.first().copied() {
            let what = "an event that is sent at the start";
            return Err(self.world.problem(self.id, node, what));
        }
        Ok(done.actions)
    }
}

/// A text with a name replaced wherever it stands by itself.
pub(crate) fn replaced(text: &str, name: &str, by: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let whole = !before.ends_with(part) && !after.starts_with(part);
        out.push_str(before);
        out.push_str(if whole { by } else { name });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_replaced() {
        assert_eq!(replaced("a*(ab + a_b) - a", "a", "c"), "c*(ab + a_b) - c");
    }
}
