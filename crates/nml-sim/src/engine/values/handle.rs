//! What conditions and events do: assignments, events sent on, transitions.

use nml_flat::{Action, Formula, NodeId, QuantityId};
use nml_kernel::{Column, CompareOp, Value};

use super::{MAX_CHAIN, Values, assignments, inside_out};
use crate::engine::flow::Definition;
use crate::engine::formula::{Untranslatable, formula};

impl Values<'_, '_> {
    /// Lets all conditions of all nodes act, children before the nodes around them.
    pub(crate) fn conditions(&mut self) -> Result<(), (NodeId, Untranslatable)> {
        self.handling = true;
        for node in inside_out(self.here()) {
            self.conditions_of(node).map_err(|error| (node, error))?;
        }
        Ok(())
    }

    fn conditions_of(&mut self, node: NodeId) -> Result<(), Untranslatable> {
        let dynamics = &self.here().node(node).dynamics;
        for (test, actions) in &dynamics.on_condition {
            if self.only_hold(actions) {
                for (quantity, _) in assignments(actions) {
                    let value = self.value(quantity)?;
                    self.set(quantity, value);
                }
                continue;
            }
            let holds = self.test(test, None)?;
            self.handle(node, actions, Some(holds))?;
        }
        // The regime active before any of them acts is the one whose conditions are looked at.
        let active: Vec<Option<Value>> =
            (0..dynamics.regimes.len()).map(|regime| self.is_active(node, regime)).collect();
        for (regime, active) in dynamics.regimes.iter().zip(active) {
            let Some(active) = active else { continue };
            for (test, actions) in &regime.on_condition {
                let holds = self.test(test, Some(active))?;
                let holds = self.b.and(active, holds);
                self.handle(node, actions, Some(holds))?;
            }
        }
        Ok(())
    }

    /// Lets conditions see time that part of a step ahead of the clock: whether one on time holds at its row must not
    /// hang on the rounding of products of the step, nor on `.gt.` or `.geq.`.
    pub(crate) fn see_ahead(&mut self, grace: f64) {
        self.grace = grace;
    }

    /// Whether a condition holds.
    fn test(&mut self, test: &Formula, mask: Option<Value>) -> Result<Value, Untranslatable> {
        // What it is made of is of the row itself.
        self.prepare(test)?;
        self.testing = true;
        let holds = formula(self, test, mask);
        self.testing = false;
        holds
    }

    /// Whether actions do nothing but set states to what they are made of.
    fn only_hold(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| match action {
            Action::Assign(quantity, _) => {
                matches!(self.flow.definition((self.kind, *quantity)), Definition::Held(_))
            }
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    /// What is done on entry to the regimes that are active at the start.
    pub(crate) fn enter_first(&mut self) -> Result<(), (NodeId, Untranslatable)> {
        self.handling = true;
        for node in inside_out(self.here()) {
            let regimes = &self.here().node(node).dynamics.regimes;
            let first = regimes.iter().position(|regime| regime.initial).unwrap_or(0);
            for actions in regimes.get(first).map_or(&[][..], |regime| &regime.on_entry) {
                self.handle(node, actions, None).map_err(|error| (node, error))?;
            }
        }
        Ok(())
    }

    /// Takes an event from outside.
    pub(crate) fn event(&mut self, node: NodeId, port: u32) -> Result<(), Untranslatable> {
        self.handling = true;
        self.receive(node, port, None, 0)
    }

    /// Takes as many events at once as a column says, or their summed weights, and sets it back to 0.  For handlers
    /// that do nothing but add to states, see [`nml_flat::Kind::adds_up_events`].
    pub(crate) fn events(
        &mut self,
        node: NodeId,
        port: u32,
        amount: Column,
    ) -> Result<(), Untranslatable> {
        self.handling = true;
        let (zero, one) = (self.b.constant(0.0), self.b.constant(1.0));
        let many = self.b.load(amount);
        if let Some(weight) = self.here().weight {
            self.known[weight.index()] = Some(one);
        }
        let any = self.b.compare(CompareOp::Ne, many, zero);
        let dynamics = &self.here().node(node).dynamics;
        let own = dynamics.on_event.iter().rev().find(|(known, _)| *known == port);
        let mut handlers: Vec<(Value, &[Action])> = Vec::new();
        handlers.extend(own.map(|(_, actions)| (any, &**actions)));
        for (at, regime) in dynamics.regimes.iter().enumerate() {
            let handler = regime.on_event.iter().rev().find(|(known, _)| *known == port);
            if let (Some((_, actions)), Some(active)) = (handler, self.is_active(node, at)) {
                handlers.push((self.b.and(active, any), actions));
            }
        }
        for (mask, actions) in handlers {
            for (state, set) in assignments(actions) {
                self.prepare(set)?;
                let old = self.value(state)?;
                // A state plus something, at 0, is that something.
                self.known[state.index()] = Some(zero);
                let step = formula(self, set, None)?;
                let change = self.b.mul(many, step);
                let new = self.b.add(old, change);
                let new = self.b.select(mask, new, old);
                self.known[state.index()] = Some(old);
                self.set_quietly(state, new);
            }
        }
        self.settle();
        self.b.store(amount, zero);
        Ok(())
    }

    fn handle(
        &mut self,
        node: NodeId,
        actions: &[Action],
        mask: Option<Value>,
    ) -> Result<(), Untranslatable> {
        self.act(node, actions, mask, 0)
    }

    /// Does what a handler says, where the mask holds: assignments, then events, then the transition.
    ///
    /// Assignments see states as the ones before left them, and all else as it was before the handler.
    fn act(
        &mut self,
        node: NodeId,
        actions: &[Action],
        mask: Option<Value>,
        depth: usize,
    ) -> Result<(), Untranslatable> {
        if depth > MAX_CHAIN {
            let what =
                "events or transitions that set each other off without end are not simulated";
            return Err(Untranslatable(what.to_owned()));
        }
        let assigned: Vec<(QuantityId, &Formula)> = assignments(actions).collect();
        for (_, formula) in &assigned {
            for operand in &formula.operands {
                if let nml_flat::Operand::Quantity(quantity) = operand {
                    self.value(*quantity)?;
                }
            }
        }
        for (quantity, set) in assigned {
            let value = formula(self, set, mask)?;
            let value = match mask {
                None => value,
                Some(mask) => {
                    let old = self.value(quantity)?;
                    self.b.select(mask, value, old)
                }
            };
            self.set_quietly(quantity, value);
        }
        self.settle();
        for action in actions {
            if let Action::Send(port) = action {
                self.send(node, *port, mask, depth + 1)?;
            }
        }
        let entered = actions.iter().find_map(|action| match action {
            Action::Enter(regime) => Some(*regime),
            _ => None,
        });
        if let (Some(regime), Some(column)) = (entered, self.shape.regimes[node.index()]) {
            let index = self.b.constant(f64::from(regime));
            match mask {
                Some(mask) => self.b.store_where(mask, column, index),
                None => self.b.store(column, index),
            }
            self.forget_made(node);
            for actions in &self.here().node(node).dynamics.regimes[regime as usize].on_entry {
                self.act(node, actions, mask, depth + 1)?;
            }
        }
        Ok(())
    }

    /// Forgets what regimes of a node make.
    fn forget_made(&mut self, node: NodeId) {
        let regimes = &self.here().node(node).dynamics.regimes;
        let made: Vec<QuantityId> = regimes
            .iter()
            .flat_map(|regime| regime.derived.iter().map(|(made, _)| *made))
            .collect();
        for made in made {
            self.known[made.index()] = None;
            self.stale.push(made);
        }
        self.settle();
    }

    fn send(
        &mut self,
        node: NodeId,
        port: u32,
        mask: Option<Value>,
        depth: usize,
    ) -> Result<(), Untranslatable> {
        for wire in self.here().wires.iter().filter(|wire| wire.from == (node, port)) {
            self.receive(wire.to.0, wire.to.1, mask, depth)?;
        }
        let found = self.shape.sent.iter().position(|(outlet, _)| *outlet == (node, port));
        if let Some(at) = found {
            let (zero, one) = (self.b.constant(0.0), self.b.constant(1.0));
            let more = mask.map_or(one, |mask| self.b.select(mask, one, zero));
            self.sent[at] = Some(self.sent[at].map_or(more, |before| self.b.add(before, more)));
        }
        Ok(())
    }

    /// What an event does: the node's own handler, then that of the active regime.
    fn receive(
        &mut self,
        node: NodeId,
        port: u32,
        mask: Option<Value>,
        depth: usize,
    ) -> Result<(), Untranslatable> {
        let dynamics = &self.here().node(node).dynamics;
        // Of several handlers for one port the last counts.
        let own = dynamics.on_event.iter().rev().find(|(known, _)| *known == port);
        if let Some((_, actions)) = own {
            self.act(node, actions, mask, depth)?;
        }
        let active: Vec<Option<Value>> =
            (0..dynamics.regimes.len()).map(|regime| self.is_active(node, regime)).collect();
        for (regime, active) in dynamics.regimes.iter().zip(active) {
            let handler = regime.on_event.iter().rev().find(|(known, _)| *known == port);
            if let (Some((_, actions)), Some(active)) = (handler, active) {
                let here = mask.map_or(active, |mask| self.b.and(mask, active));
                self.act(node, actions, Some(here), depth)?;
            }
        }
        Ok(())
    }
}
