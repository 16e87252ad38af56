//! What happens at one instant.

use nml_expr::{Function, Node};
use nml_flat::{Action, Formula, KindId, NodeId, Operand, QuantityId, Role};
use nml_kernel::random;

use super::machine::Machine;
use super::shape::{Place, Test};
use super::wires::End;
use super::world::Purpose;
use crate::RunError;
use crate::record::EventRow;

/// How far events within one instance, or transitions, may set each other off.
const MAX_CHAIN: usize = 32;

/// How many events may arrive at one instant, and how often conditions may act at it.
const MAX_STORM: u64 = 1 << 20;
const MAX_ROUNDS: u64 = 10_000;

/// How often a condition may act again at once before what it sets comes to rest.
const MAX_BOUNCES: u32 = 3;

/// A condition's past, for one instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    /// Whether it has acted and held since.
    pub(super) holds: bool,
    /// When it acted last.
    last: f64,
    /// How often it acted at once after it had acted.
    bounces: u32,
}

impl Default for Past {
    fn default() -> Self {
        Self { holds: false, last: f64::NEG_INFINITY, bounces: 0 }
    }
}

impl Machine<'_> {
    /// The value of a formula of an instance; random numbers are the next ones of their streams.
    pub(super) fn value(&mut self, (kind, lane): (KindId, usize), formula: &Formula) -> f64 {
        let (world, t) = (&self.world, self.t);
        let places = &world.shapes[kind.index()].places;
        let operands: Vec<f64> = formula
            .operands
            .iter()
            .map(|operand| match operand {
                Operand::Time => t,
                Operand::Constant(value) => *value,
                Operand::Quantity(q) => world.read(kind, places[q.index()], lane, t),
            })
            .collect();
        let numbers = world.flat.kind(kind).numbers.as_ref();
        let id = numbers.map_or(0, |numbers| numbers.id(lane)) as f64;
        let (seed, dice) = (self.seed, &mut self.dice[kind.index()]);
        let random = |node: &(_, Node)| matches!(node.1, Node::Call(Function::Random, _));
        let mut sites = formula.expr.nodes().filter(random);
        let drawn = || {
            let Some((site, _)) = sites.next() else { return 0.0 };
            let (stream, count) = dice.next(formula, site, lane);
            random::draw(seed, stream, id, count)
        };
        formula.expr.eval_with(&operands, drawn).number()
    }

    /// Lets everything that happens at this instant happen; the columns hold the states of now.
    ///
    /// This is what a grid does in the limit of small steps: conditions act as long as they hold and change something.
    pub(super) fn settle(&mut self) -> Result<(), RunError> {
        self.keep_dictated();
        let mut rounds = 0;
        let mut arrived = 0;
        loop {
            self.refresh()?;
            self.release()?;
            let mut busy = self.deliver(&mut arrived)?;
            busy |= self.conditions()?;
            busy |= self.deliver(&mut arrived)?;
            if !busy {
                break;
            }
            rounds += 1;
            if rounds > MAX_ROUNDS {
                return Err(self.storm());
            }
        }
        self.check_holding()
    }

    fn storm(&self) -> RunError {
        RunError::EventStorm { time: self.t }
    }

    /// States remember what conditions dictated up to now.
    fn keep_dictated(&mut self) {
        let any = self.world.shapes.iter().any(|shape| shape.memory.iter().any(Option::is_some));
        if !any || !self.began {
            return;
        }
        self.world.evaluate(Purpose::Show, self.t);
        for (shape, columns) in self.world.shapes.iter().zip(&mut self.world.columns) {
            for (place, memory) in shape.places.iter().zip(&shape.memory) {
                if let (Place::Column(value), Some(memory)) = (place, memory) {
                    let value = columns.get(*value).to_vec();
                    columns.get_mut(*memory).copy_from_slice(&value);
                }
            }
        }
    }

    /// Computes everything anew, until no comparison changes its outcome any more.
    pub(super) fn refresh(&mut self) -> Result<(), RunError> {
        for _ in 0..MAX_ROUNDS {
            self.world.evaluate(Purpose::All, self.t);
            if !self.world.has_jumped() {
                self.stale = false;
                return Ok(());
            }
            self.world.thaw();
        }
        Err(self.storm())
    }

    /// States at rest whose rates have turned move on.
    fn release(&mut self) -> Result<(), RunError> {
        let mut any = false;
        for (shape, columns) in self.world.shapes.iter().zip(&mut self.world.columns) {
            for (pin, falls) in shape.pins.iter().zip(&shape.falls) {
                let (Some(pin), Some(falls)) = (*pin, *falls) else { continue };
                let falls = columns.get(falls).to_vec();
                for (pin, falls) in columns.get_mut(pin).iter_mut().zip(falls) {
                    if *pin != 0.0 && (*pin == 1.0) != (falls == 1.0) {
                        *pin = 0.0;
                        any = true;
                    }
                }
            }
        }
        if any { self.refresh() } else { Ok(()) }
    }

    /// Delivers what is due, in order, with all that comes of it without delay.
    fn deliver(&mut self, arrived: &mut u64) -> Result<bool, RunError> {
        let mut any = false;
        while let Some(end) = self.wires.take(self.t) {
            any = true;
            *arrived += 1;
            self.report.events += 1;
            if *arrived > MAX_STORM {
                return Err(self.storm());
            }
            self.receive((end.kind, end.instance as usize), end.node, end.port, 0)?;
        }
        Ok(any)
    }

    /// Lets conditions act; says whether any did.
    fn conditions(&mut self) -> Result<bool, RunError> {
        let mut any = false;
        for id in self.world.flat.kind_ids() {
            for at in 0..self.world.shapes[id.index()].tests.len() {
                let test = self.world.shapes[id.index()].tests[at];
                for lane in 0..self.world.count(id) {
                    if self.stale {
                        self.refresh()?;
                    }
                    let holds = self.world.columns[id.index()].get(test.truth)[lane] > 0.5;
                    let past = &mut self.past[id.index()][at][lane];
                    let held = std::mem::replace(&mut past.holds, holds);
                    if holds {
                        any |= self.condition((id, lane), at, test, held)?;
                    }
                }
            }
        }
        Ok(any)
    }

    /// A condition acts when it begins to hold, and again as long as that changes something.
    fn condition(
        &mut self,
        who: (KindId, usize),
        at: usize,
        test: Test<'_>,
        held: bool,
    ) -> Result<bool, RunError> {
        let changed = self.assign(who, test.actions);
        if held && !changed {
            return Ok(false);
        }
        let (t, near) = (self.t, 1e-9 * self.step);
        let past = &mut self.past[who.0.index()][at][who.1];
        let again = t - past.last <= near;
        past.last = t;
        past.bounces = if again { past.bounces + 1 } else { 0 };
        let bounces = past.bounces;
        if bounces >= MAX_BOUNCES && test.quiet {
            self.rest(who, test)?;
        }
        if u64::from(bounces) > MAX_ROUNDS {
            return Err(self.storm());
        }
        self.follow(who, test.node, test.actions, 0)?;
        Ok(true)
    }

    /// What a condition sets back again and again comes to rest until its rate turns.
    fn rest(&mut self, (kind, lane): (KindId, usize), test: Test<'_>) -> Result<(), RunError> {
        self.refresh()?;
        for quantity in super::shape::assigned(test.actions) {
            let shape = &self.world.shapes[kind.index()];
            let (pin, falls) = (shape.pins[quantity.index()], shape.falls[quantity.index()]);
            if let (Some(pin), Some(falls)) = (pin, falls) {
                let columns = &mut self.world.columns[kind.index()];
                let falls = columns.get(falls)[lane] == 1.0;
                columns.get_mut(pin)[lane] = if falls { 1.0 } else { 2.0 };
                self.stale = true;
            }
        }
        Ok(())
    }

    /// A condition that still holds must not set anything that moves on by itself, nor to a value that moves: then there
    /// is no limit of small steps.
    fn check_holding(&self) -> Result<(), RunError> {
        for (id, kind) in self.world.flat.kind_ids().zip(&self.world.flat.kinds) {
            let shape = &self.world.shapes[id.index()];
            for (at, test) in shape.tests.iter().enumerate() {
                for action in test.actions {
                    let Action::Assign(quantity, formula) = action else { continue };
                    let q = quantity.index();
                    let moves = formula.operands.iter().any(|operand| self.moves(id, *operand));
                    if shape.memory[q].is_some() || (!moves && shape.rates[q].is_none()) {
                        continue;
                    }
                    for lane in 0..self.world.count(id) {
                        if !self.past[id.index()][at][lane].holds {
                            continue;
                        }
                        let drifts = shape.rates[q].is_some_and(|rate| {
                            self.world.columns[id.index()].get(rate)[lane] != 0.0
                        });
                        if moves || drifts {
                            return Err(RunError::NoLimit {
                                condition: test.formula.expr.to_string(),
                                quantity: kind.quantity(*quantity).name.clone(),
                                node: kind.path(test.node),
                                time: self.t,
                            });
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn moves(&self, kind: KindId, operand: Operand) -> bool {
        match operand {
            Operand::Time => true,
            Operand::Constant(_) => false,
            Operand::Quantity(q) => {
                self.changes[kind.index()][q.index()] > super::freeze::Change::Never
            }
        }
    }

    /// Carries out the assignments of a handler; says whether a state has changed.
    ///
    /// They see states as the ones before left them, and all else as it was before the handler.
    pub(super) fn assign(&mut self, who: (KindId, usize), actions: &[Action]) -> bool {
        let (k, lane) = (who.0.index(), who.1);
        let mut changed = false;
        for action in actions {
            let Action::Assign(quantity, formula) = action else { continue };
            // What conditions dictate follows from them.
            if self.world.shapes[k].memory[quantity.index()].is_some() && self.began {
                continue;
            }
            let value = self.value(who, formula);
            if let Place::Column(column) = self.world.shapes[k].state(*quantity) {
                let old = &mut self.world.columns[k].get_mut(column)[lane];
                changed |= old.to_bits() != value.to_bits();
                *old = value;
            }
        }
        self.stale |= changed;
        changed
    }

    /// Sends the events of a handler and makes its transition.
    pub(super) fn follow(
        &mut self,
        (kind, lane): (KindId, usize),
        node: NodeId,
        actions: &[Action],
        depth: usize,
    ) -> Result<(), RunError> {
        if depth > MAX_CHAIN {
            return Err(self.storm());
        }
        for action in actions {
            if let Action::Send(port) = action {
                self.send((kind, lane), node, *port, depth + 1)?;
            }
        }
        let flat = self.world.flat;
        for action in actions {
            let Action::Enter(regime) = action else { continue };
            let Some(column) = self.world.shapes[kind.index()].regimes[node.index()] else {
                continue;
            };
            self.world.columns[kind.index()].get_mut(column)[lane] = f64::from(*regime);
            self.stale = true;
            for actions in &flat.kind(kind).node(node).dynamics.regimes[*regime as usize].on_entry {
                self.handle((kind, lane), node, actions, depth + 1)?;
            }
        }
        Ok(())
    }

    /// Does what a handler says: assignments, then events, then the transition.
    pub(super) fn handle(
        &mut self,
        who: (KindId, usize),
        node: NodeId,
        actions: &[Action],
        depth: usize,
    ) -> Result<(), RunError> {
        if self.stale && self.reads_derived(who.0, actions) {
            self.refresh()?;
        }
        self.assign(who, actions);
        self.follow(who, node, actions, depth)
    }

    fn reads_derived(&self, kind: KindId, actions: &[Action]) -> bool {
        let derived = |quantity: QuantityId| {
            let role = &self.world.flat.kind(kind).quantity(quantity).role;
            let given = matches!(role, Role::Parameter(_) | Role::Property(_) | Role::State);
            !given || self.world.shapes[kind.index()].memory[quantity.index()].is_some()
        };
        actions.iter().any(|action| match action {
            Action::Assign(_, formula) => formula
                .operands
                .iter()
                .any(|operand| matches!(operand, Operand::Quantity(q) if derived(*q))),
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    fn send(
        &mut self,
        who: (KindId, usize),
        node: NodeId,
        port: u32,
        depth: usize,
    ) -> Result<(), RunError> {
        let flat = self.world.flat;
        for wire in flat.kind(who.0).wires.iter().filter(|wire| wire.from == (node, port)) {
            self.receive(who, wire.to.0, wire.to.1, depth)?;
        }
        let instance = u32::try_from(who.1).unwrap_or(u32::MAX);
        let from = End { kind: who.0, instance, node, port };
        let (events, time) = (&mut self.events, self.t);
        self.wires.send(from, time, |output, port| events[output].push(EventRow { time, port }));
        Ok(())
    }

    /// What an event does: the node's own handler, then that of the active regime.
    fn receive(
        &mut self,
        who: (KindId, usize),
        node: NodeId,
        port: u32,
        depth: usize,
    ) -> Result<(), RunError> {
        let dynamics = &self.world.flat.kind(who.0).node(node).dynamics;
        let active = self.world.shapes[who.0.index()].regimes[node.index()]
            .map(|column| self.world.columns[who.0.index()].get(column)[who.1]);
        // Of several handlers for one port the last counts.
        let own = dynamics.on_event.iter().rev().find(|(known, _)| *known == port);
        if let Some((_, actions)) = own {
            self.handle(who, node, actions, depth)?;
        }
        let regimes = dynamics.regimes.iter().enumerate();
        for (_, regime) in regimes.filter(|(at, _)| active == Some(*at as f64)) {
            let handler = regime.on_event.iter().rev().find(|(known, _)| *known == port);
            if let Some((_, actions)) = handler {
                self.handle(who, node, actions, depth)?;
            }
        }
        Ok(())
    }
}
