//! Quantities of one kind within one block.

mod handle;

use std::collections::BTreeMap;

use nml_expr::ExprId;
use nml_flat::{Action, Formula, Kind, KindId, NodeId, QuantityId, Reduce, Role, Seen};
use nml_kernel::{BlockBuilder, Column, CompareOp, Entry, Value};

use super::cable::Membrane;
use super::flow::{Definition, Flow};
use super::formula::{Scope, Untranslatable, by_regime, formula};
use super::shape::{Clock, Shape};

/// How far events within one instance, or transitions, may set each other off.
const MAX_CHAIN: usize = 32;

/// Columns by quantity.
pub(crate) type ByQuantity = BTreeMap<QuantityId, Column>;

/// Which columns states are read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    Row,
    Mid,
}

/// The values of a kind's quantities in a block that is being built.
///
/// Each is computed when it is first asked for, and anew after a state that it is made of has changed.
pub(crate) struct Values<'a, 'f> {
    pub(crate) b: BlockBuilder,
    flow: &'a Flow<'f>,
    kind: KindId,
    shape: &'a mut Shape,
    fed: &'a ByQuantity,
    from: Version,
    clock: Clock,
    known: Vec<Option<Value>>,
    /// States set in this block.
    set: Vec<QuantityId>,
    /// States set since what is made of them was last forgotten.
    stale: Vec<QuantityId>,
    /// Whether a handler is at work: random numbers are then drawn one after the other.
    handling: bool,
    /// By what part of a step conditions see time ahead of the clock.
    grace: f64,
    /// Whether a condition is being tested.
    testing: bool,
    sent: Vec<Option<Value>>,
}

impl<'a, 'f> Values<'a, 'f> {
    /// A block in which states come from the columns of a version, and what other kinds give from `fed`.
    pub(crate) fn new(
        name: &str,
        flow: &'a Flow<'f>,
        kind: KindId,
        shape: &'a mut Shape,
        fed: &'a ByQuantity,
        (from, clock): (Version, Clock),
    ) -> Self {
        let known = vec![None; flow.flat.kind(kind).quantities.len()];
        let sent = vec![None; shape.sent.len()];
        Self {
            b: BlockBuilder::new(name),
            flow,
            kind,
            shape,
            fed,
            from,
            clock,
            known,
            set: Vec::new(),
            stale: Vec::new(),
            handling: false,
            grace: 0.0,
            testing: false,
            sent,
        }
    }

    fn here(&self) -> &'f Kind {
        self.flow.flat.kind(self.kind)
    }

    /// What a clock shows.
    pub(crate) fn clock(&mut self, clock: Clock) -> Value {
        self.b.uniform(clock.uniform())
    }

    /// The value of a quantity.
    pub(crate) fn value(&mut self, quantity: QuantityId) -> Result<Value, Untranslatable> {
        let mut open = vec![quantity];
        while let Some(&at) = open.last() {
            if self.known[at.index()].is_some() {
                open.pop();
                continue;
            }
            let before = open.len();
            let known = &self.known;
            self.flow.sources((self.kind, at), |source, apart| {
                if apart == 0 && known[source.1.index()].is_none() {
                    open.push(source.1);
                }
            });
            if open.len() == before {
                open.pop();
                let made = self.make(at)?;
                self.known[at.index()] = Some(made);
            }
        }
        self.known[quantity.index()].ok_or_else(|| Untranslatable("a circle".to_owned()))
    }

    /// What is seen under a name.
    pub(crate) fn seen(&mut self, seen: Seen) -> Result<Value, Untranslatable> {
        match self.flow.seen(self.kind, seen) {
            Some(quantity) => self.value(quantity),
            None if seen == Seen::Time => Ok(self.clock(self.clock)),
            None => Ok(self.b.constant(0.0)),
        }
    }

    /// The value of a formula, as of now.
    pub(crate) fn formula(
        &mut self,
        of: &Formula,
        mask: Option<Value>,
    ) -> Result<Value, Untranslatable> {
        self.prepare(of)?;
        formula(self, of, mask)
    }

    /// Computes what a formula is made of.
    fn prepare(&mut self, of: &Formula) -> Result<(), Untranslatable> {
        for operand in &of.operands {
            if let nml_flat::Operand::Quantity(quantity) = operand {
                self.value(*quantity)?;
            }
        }
        Ok(())
    }

    /// Makes a quantity whose sources are known.
    fn make(&mut self, at: QuantityId) -> Result<Value, Untranslatable> {
        // What a handler reads is as it is for everybody in this step.
        let handling = std::mem::replace(&mut self.handling, false);
        let made = self.made(at);
        self.handling = handling;
        made
    }

    fn made(&mut self, at: QuantityId) -> Result<Value, Untranslatable> {
        let flow = self.flow;
        let definition = flow.definition((self.kind, at));
        if definition.is_fed() && !matches!(definition, Definition::Reduce { .. }) {
            return Ok(self.fed(at));
        }
        match definition {
            Definition::Given | Definition::Steady { .. } => Ok(self.given(at)),
            Definition::View { seen, .. } => self.seen(*seen),
            Definition::Reduce { op, inside, members } => {
                let mut total = match (members.is_empty(), op) {
                    (false, _) => self.fed(at),
                    (true, Reduce::Add) => self.b.constant(0.0),
                    (true, Reduce::Multiply) => self.b.constant(1.0),
                };
                for seen in *inside {
                    let term = self.seen(*seen)?;
                    total = match op {
                        Reduce::Add => self.b.add(total, term),
                        Reduce::Multiply => self.b.mul(total, term),
                    };
                }
                Ok(total)
            }
            Definition::Made { node, base, regimes } => {
                by_regime(self, *base, regimes, |this, regime| this.is_active(*node, regime))
            }
            Definition::Held(cases) => {
                let mut value = self.given(at);
                for (test, set) in cases {
                    let holds = formula(self, test, None)?;
                    let set = formula(self, set, Some(holds))?;
                    value = self.b.select(holds, set, value);
                }
                Ok(value)
            }
            Definition::Started(start) => formula(self, start, None),
        }
    }

    fn fed(&mut self, at: QuantityId) -> Value {
        match self.fed.get(&at) {
            Some(column) => self.b.load(*column),
            // Only what a phase has asked for is fed.
            None => self.b.constant(f64::NAN),
        }
    }

    fn given(&mut self, at: QuantityId) -> Value {
        if let Role::Parameter(value) = self.here().quantity(at).role {
            return self.b.constant(value);
        }
        let columns = match self.from {
            Version::Row => &self.shape.row,
            Version::Mid => &self.shape.mid,
        };
        match columns[at.index()] {
            Some(column) => self.b.load(column),
            None => self.b.constant(0.0),
        }
    }

    /// Gives a state a new value; what is made of it is computed anew.
    pub(crate) fn set(&mut self, state: QuantityId, value: Value) {
        self.set_quietly(state, value);
        self.settle();
    }

    /// The values of all states set in this block but one.
    pub(crate) fn moved(&self, but: QuantityId) -> Vec<Value> {
        let set = self.set.iter().filter(|state| **state != but);
        set.filter_map(|state| self.known[state.index()]).collect()
    }

    /// Gives a state a new value that what is already computed does not see before [`settle`](Self::settle).
    fn set_quietly(&mut self, state: QuantityId, value: Value) {
        self.known[state.index()] = Some(value);
        self.stale.push(state);
        if !self.set.contains(&state) {
            self.set.push(state);
        }
    }

    /// Forgets what is made of states that have changed.
    fn settle(&mut self) {
        let mut open = std::mem::take(&mut self.stale);
        while let Some(changed) = open.pop() {
            for &user in self.flow.users((self.kind, changed)) {
                // A state that conditions hold is what they set it to.
                let kept = self.set.contains(&user);
                if !kept && self.known[user.index()].take().is_some() {
                    open.push(user);
                }
            }
        }
    }

    /// Whether a regime is the active one.
    pub(crate) fn is_active(&mut self, node: NodeId, regime: usize) -> Option<Value> {
        let column = self.shape.regimes[node.index()]?;
        let (active, this) = (self.b.load(column), self.b.constant(regime as f64));
        Some(self.b.compare(CompareOp::Eq, active, this))
    }

    /// The rate of change of a state: that of the node, and that of the active regime.
    pub(crate) fn rate(&mut self, state: QuantityId) -> Result<Option<Value>, Untranslatable> {
        let node = self.here().quantity(state).node;
        let dynamics = &self.here().node(node).dynamics;
        let mut total = None;
        for (of, rate) in &dynamics.rates {
            if *of == state {
                let rate = self.formula(rate, None)?;
                total = Some(total.map_or(rate, |total| self.b.add(total, rate)));
            }
        }
        for (at, regime) in dynamics.regimes.iter().enumerate() {
            for (of, rate) in &regime.rates {
                let active = if *of == state { self.is_active(node, at) } else { None };
                if let Some(active) = active {
                    let (rate, zero) = (self.formula(rate, None)?, self.b.constant(0.0));
                    let rate = self.b.select(active, rate, zero);
                    total = Some(total.map_or(rate, |total| self.b.add(total, rate)));
                }
            }
        }
        Ok(total)
    }

    /// Stores the states set so far in the columns of a version, and what was sent.
    pub(crate) fn store(&mut self, to: Version) {
        for state in std::mem::take(&mut self.set) {
            let columns = match to {
                Version::Row => &self.shape.row,
                Version::Mid => &self.shape.mid,
            };
            if let (Some(column), Some(value)) = (columns[state.index()], self.known[state.index()])
            {
                self.b.store(column, value);
            }
        }
    }

    /// Stores the rate of a potential and its derivative for the cable to move it; none if it lies nowhere.
    pub(crate) fn membrane(
        &mut self,
        v: QuantityId,
        (f, slope): (Value, Value),
    ) -> Option<Membrane> {
        let membrane = Membrane {
            kind: self.kind,
            v: self.shape.row[v.index()]?,
            rate: self.shape.scratch("membrane rate"),
            slope: self.shape.scratch("membrane slope"),
        };
        self.b.store(membrane.rate, f);
        self.b.store(membrane.slope, slope);
        Some(membrane)
    }

    /// Stores how many events were sent from each port that sends any; the reader sets them back.
    pub(crate) fn store_sent(&mut self) {
        for at in 0..self.sent.len() {
            if let Some(sent) = self.sent[at].take() {
                self.b.store(self.shape.sent[at].1, sent);
            }
        }
    }

    /// Finishes the block; none if it does nothing.
    pub(crate) fn finish(self) -> Option<Entry> {
        let block = self.b.finish();
        (!block.stores.is_empty()).then(|| self.shape.add(block))
    }
}

impl Scope for Values<'_, '_> {
    fn block(&mut self) -> &mut BlockBuilder {
        &mut self.b
    }

    fn time(&mut self) -> Value {
        let time = self.clock(self.clock);
        if !(self.testing && self.grace > 0.0) {
            return time;
        }
        let (dt, grace) = (self.clock(Clock::Dt), self.b.constant(self.grace));
        let ahead = self.b.mul(dt, grace);
        self.b.add(time, ahead)
    }

    fn quantity(&mut self, quantity: QuantityId) -> Value {
        match self.known[quantity.index()] {
            Some(value) => value,
            // Sources are made before what is made of them.
            None => self.given(quantity),
        }
    }

    /// In a handler the next number of the site, else the site's number of this step.
    fn random(&mut self, (formula, node): (&Formula, ExprId), mask: Option<Value>) -> Value {
        let stream = self.shape.stream(formula, node);
        let id = self.shape.id();
        let id = self.b.load(id);
        if !self.handling {
            let step = self.clock(Clock::Step);
            return self.b.random(stream, id, step);
        }
        let counter = self.shape.draws(stream);
        let (count, one) = (self.b.load(counter), self.b.constant(1.0));
        let next = self.b.add(count, one);
        match mask {
            Some(mask) => self.b.store_where(mask, counter, next),
            None => self.b.store(counter, next),
        }
        self.b.random(stream, id, count)
    }
}

fn assignments(actions: &[Action]) -> impl Iterator<Item = (QuantityId, &Formula)> {
    actions.iter().filter_map(|action| match action {
        Action::Assign(quantity, formula) => Some((*quantity, formula)),
        Action::Send(_) | Action::Enter(_) => None,
    })
}

/// The nodes of a kind, children before the nodes around them.
pub(crate) fn inside_out(kind: &Kind) -> Vec<NodeId> {
    let mut done = Vec::new();
    let mut open = vec![(NodeId::ROOT, false)];
    while let Some((node, seen)) = open.pop() {
        if seen {
            done.push(node);
        } else {
            open.push((node, true));
            let children: Vec<NodeId> = kind.node(node).children().collect();
            open.extend(children.into_iter().rev().map(|child| (child, false)));
        }
    }
    done
}
