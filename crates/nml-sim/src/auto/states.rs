//! Which states move together, and in which order.

use nml_flat::{KindId, NodeId, QuantityId, Role};

use crate::engine::flow::{Definition, Flow};

/// The states of a kind that have rates.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    /// The membrane potential: the first state of dimension voltage in the root node.
    pub(super) voltage: Option<QuantityId>,
    /// All others, each after those it is made of as far as there is no circle.
    pub(super) others: Vec<QuantityId>,
    /// Markov schemes: node and index there.
    pub(super) schemes: Vec<(NodeId, usize)>,
}

impl States {
    pub(super) fn new(flow: &Flow<'_>, id: KindId) -> Self {
        let kind = flow.flat.kind(id);
        let mut states = Self::default();
        let mut moving = vec![false; kind.quantities.len()];
        for (node, at) in kind.node_ids().zip(&kind.nodes) {
            let dynamics = &at.dynamics;
            let regimes = dynamics.regimes.iter().flat_map(|regime| &regime.rates);
            for (quantity, _) in dynamics.rates.iter().chain(regimes) {
                moving[quantity.index()] = kind.quantity(*quantity).role == Role::State;
            }
            states.schemes.extend((0..dynamics.schemes.len()).map(|scheme| (node, scheme)));
        }
        let is_voltage = |quantity: &QuantityId| {
            let quantity = kind.quantity(*quantity);
            quantity.node == NodeId::ROOT && quantity.dimension.as_deref() == Some("voltage")
        };
        let all = || (0..).zip(&moving).filter(|(_, moving)| **moving).map(|(q, _)| QuantityId(q));
        states.voltage = all().find(is_voltage);
        states.others = in_order(flow, id, &moving, all().collect());
        states.others.retain(|state| Some(*state) != states.voltage);
        // Other voltages come last: next to the first.
        let (voltages, rest): (Vec<_>, Vec<_>) = states.others.iter().partition(|q| is_voltage(q));
        states.others = rest;
        states.others.extend(voltages);
        states
    }

    /// Whether a state has a value of its own in the middle of a step.
    pub(super) fn moves(&self, flow: &Flow<'_>, id: KindId, quantity: QuantityId) -> bool {
        let in_scheme = || {
            self.schemes.iter().any(|&(node, scheme)| {
                let schemes = &flow.flat.kind(id).node(node).dynamics.schemes;
                schemes[scheme].states.contains(&quantity)
            })
        };
        self.others.contains(&quantity) || in_scheme()
    }
}

/// States depth first along what their rates are made of, without recursion.
fn in_order(
    flow: &Flow<'_>,
    id: KindId,
    moving: &[bool],
    states: Vec<QuantityId>,
) -> Vec<QuantityId> {
    let kind = flow.flat.kind(id);
    let mut seen = vec![false; kind.quantities.len()];
    let mut order = Vec::new();
    for state in states {
        let mut open = vec![(state, false)];
        while let Some((at, done)) = open.pop() {
            if done {
                if moving[at.index()] {
                    order.push(at);
                }
                continue;
            }
            if std::mem::replace(&mut seen[at.index()], true) {
                continue;
            }
            open.push((at, true));
            if moving[at.index()] && matches!(flow.definition((id, at)), Definition::Given) {
                let dynamics = &kind.node(kind.quantity(at).node).dynamics;
                let regimes = dynamics.regimes.iter().flat_map(|regime| &regime.rates);
                for (of, rate) in dynamics.rates.iter().chain(regimes) {
                    if *of == at {
                        for operand in rate.operands.iter().rev() {
                            if let nml_flat::Operand::Quantity(quantity) = operand {
                                open.push((*quantity, false));
                            }
                        }
                    }
                }
            } else {
                flow.sources((id, at), |source, apart| {
                    if apart == 0 {
                        open.push((source.1, false));
                    }
                });
            }
        }
    }
    order
}
