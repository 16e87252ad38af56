//! The full step of membrane potentials.
//!
//! Cells that see each other's potential, through gap junctions or graded synapses, are moved twice.  The first step
//! takes all potentials as they were; the second takes everything in the middle between the two, and starts again from
//! where the first began.  With `E = exp(−h g/C)` for each cell and `W` the weights by which neighbours and leak pull at
//! it, the new potentials are
//!
//! ```text
//! V₁ = E V₀ + (1 − E) W V₀
//! V  = E V₀ + (1 − E) W (V₀ + V₁)/2
//! ```
//!
//! Rows of `W` have no negative number and sum to 1, and so do those of the whole: no potential leaves the range of what
//! pulls at it, whatever the step and the conductances, and what two equal cells differ by decays by exactly `E²`.  The
//! error is of second order.

use nml_flat::{Hop, KindId, NodeId, QuantityId};
use nml_kernel::passes::push_forward;
use nml_kernel::{Column, Value};

use super::compile::Compiler;
use super::substep::{depends, rosenbrock};
use crate::engine::cable::{Cable, Membrane};
use crate::engine::flow::{Definition, Place};
use crate::engine::phase::{Fault, Look, Phase};
use crate::engine::shape::Clock;
use crate::engine::stage::Stage;
use crate::engine::values::Version;

/// What moves, and from where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sweep {
    /// All potentials, from the beginning of the step.
    First,
    /// Those of cells that see each other, from there again.
    Second,
    /// Those of places without membrane, to where their neighbours put them in the middle of the step, or at the row.
    SettlingMiddle,
    SettlingRow,
}

impl Sweep {
    fn name(self) -> &'static str {
        match self {
            Self::First => "membrane",
            Self::Second => "membrane again",
            Self::SettlingMiddle => "ends in the middle",
            Self::SettlingRow => "ends",
        }
    }

    fn at(self) -> (Version, Clock) {
        match self {
            Self::First | Self::Second | Self::SettlingMiddle => (Version::Mid, Clock::Mid),
            Self::SettlingRow => (Version::Row, Clock::Row),
        }
    }

    fn settles(self) -> bool {
        matches!(self, Self::SettlingMiddle | Self::SettlingRow)
    }
}

/// How often places without membrane that see each other settle.  Each time what is missing shrinks to the part that the
/// conductance of their junction has in all that they have.
const ROUNDS: usize = 8;

impl Compiler<'_, '_> {
    /// Full step of all membrane potentials, all else as it is in the middle of the step.
    pub(super) fn membrane(&mut self) -> Result<Vec<Stage>, Fault> {
        let coupled = self.coupled();
        let mut held = vec![None; self.flat.kinds.len()];
        for (id, _) in self.flat.kind_ids().zip(&coupled).filter(|(_, coupled)| **coupled) {
            held[id.index()] = Some(self.shapes[id.index()].scratch("membrane start"));
        }
        let all = vec![true; coupled.len()];
        let mut stages = self.sweep(&all, Sweep::First, &held)?;
        if coupled.contains(&true) {
            self.put_in_the_middle(&held, &mut stages)?;
            stages.extend(self.settled(&coupled, Sweep::SettlingMiddle)?);
            stages.extend(self.sweep(&coupled, Sweep::Second, &held)?);
        }
        Ok(stages)
    }

    /// Places without membrane at which something is attached, at the row.
    pub(super) fn settle(&mut self) -> Result<Vec<Stage>, Fault> {
        let all = vec![true; self.flat.kinds.len()];
        self.settled(&all, Sweep::SettlingRow)
    }

    /// Places without membrane of some kinds, as often as is needed.
    fn settled(&mut self, kinds: &[bool], sweep: Sweep) -> Result<Vec<Stage>, Fault> {
        let due = self.flat.kind_ids().zip(kinds);
        let ends: Vec<bool> = due.map(|(id, due)| *due && self.flat.balances(id)).collect();
        if !ends.contains(&true) {
            return Ok(Vec::new());
        }
        let coupled = self.coupled().iter().zip(&ends).any(|(coupled, end)| *coupled && *end);
        let held = vec![None; ends.len()];
        let stages = self.sweep(&ends, sweep, &held)?;
        let rounds = if coupled { ROUNDS } else { 1 };
        Ok(std::iter::repeat_n(stages, rounds).flatten().collect())
    }

    /// By kind: whether its potential depends on that of another cell, or is such a potential.  Parts of a cell go
    /// together.
    fn coupled(&self) -> Vec<bool> {
        let flat = self.flat;
        let mut coupled = vec![false; flat.kinds.len()];
        for id in flat.kind_ids() {
            let Some(voltage) = self.states[id.index()].voltage else { continue };
            let mut seen = rustc_hash::FxHashSet::default();
            let mut open: Vec<(Place, bool)> =
                self.made_of(id, voltage).into_iter().map(|place| (place, false)).collect();
            while let Some((place, apart)) = open.pop() {
                if !seen.insert((place, apart)) {
                    continue;
                }
                if apart && self.states[place.0.index()].voltage == Some(place.1) {
                    coupled[id.index()] = true;
                    coupled[place.0.index()] = true;
                }
                let other = match self.flow.definition(place) {
                    Definition::View { hops, .. } => {
                        hops.iter().any(|hop| matches!(hop, Hop::Peer(_)))
                    }
                    _ => false,
                };
                self.flow.sources(place, |source, _| open.push((source, apart || other)));
            }
        }
        for at in 0..flat.trees.len() {
            let own = |id: &KindId| flat.kind(*id).tree.is_some_and(|tree| tree as usize == at);
            let parts: Vec<KindId> = flat.kind_ids().filter(own).collect();
            if parts.iter().any(|id| coupled[id.index()]) {
                for id in parts {
                    coupled[id.index()] = true;
                }
            }
        }
        coupled
    }

    /// Moves the potentials of some kinds from the beginning to the end of the step.
    fn sweep(
        &mut self,
        kinds: &[bool],
        sweep: Sweep,
        held: &[Option<Column>],
    ) -> Result<Vec<Stage>, Fault> {
        let (name, at) = (sweep.name(), sweep.at());
        let mut look = Look::new(name, at.0, at.1);
        let voltages = self.states.iter().zip(kinds);
        look.voltages = voltages.map(|(s, due)| s.voltage.filter(|_| *due)).collect();
        let voltages = look.voltages.clone();
        for (id, voltage) in self.flat.kind_ids().zip(&voltages) {
            if let Some(voltage) = voltage {
                look.used.extend(self.made_of(id, *voltage));
            }
        }
        let mut phase = Phase::new(self.flow, &mut self.shapes, &look)?;
        let mut cables: Vec<Vec<Membrane>> = vec![Vec::new(); self.flat.trees.len()];
        for (id, voltage) in self.flat.kind_ids().zip(&voltages) {
            let Some(voltage) = *voltage else { continue };
            let fault = |error| (id, NodeId::ROOT, error);
            let mut sums: Vec<(Column, Column)> = Vec::new();
            for (quantity, slope) in &phase.slopes[id.index()] {
                if let Some(fed) = phase.fed[id.index()].get(quantity) {
                    sums.push((*fed, *slope));
                }
            }
            sums.sort_unstable();
            let tree = self.flat.kind(id).tree;
            let mut values = self.values(name, id, &phase, at);
            let v = values.value(voltage).map_err(fault)?;
            let Some(mut f) = values.rate(voltage).map_err(fault)? else { continue };
            let one = values.b.constant(1.0);
            let mut seeds: Vec<(Value, Option<Value>)> = vec![(v, Some(one))];
            let alone = sums.is_empty();
            for (fed, slope) in sums {
                let seed = (values.b.load(fed), Some(values.b.load(slope)));
                seeds.push(seed);
            }
            let slope = push_forward(&mut values.b, &[f], &seeds)[0];
            let slope = slope.unwrap_or_else(|| values.b.constant(0.0));
            let linear = alone && !depends(&values.b, slope, v);
            let mut from = v;
            match (sweep, held[id.index()]) {
                (Sweep::First, Some(held)) => values.b.store(held, v),
                (Sweep::Second, Some(held)) => {
                    // As the straight line through the middle says it was at the beginning.
                    from = values.b.load(held);
                    let back = values.b.sub(from, v);
                    let change = values.b.mul(slope, back);
                    f = values.b.add(f, change);
                }
                _ => {}
            }
            if let Some(tree) = tree {
                let membrane = values.membrane(voltage, (f, slope));
                if sweep == Sweep::Second {
                    values.set(voltage, from);
                    values.store(Version::Row);
                }
                if let Some((membrane, entry)) = membrane.zip(values.finish()) {
                    cables[tree as usize].push(membrane);
                    phase.stages.push(Stage::Run { kind: id, entry });
                }
                continue;
            }
            let dt = values.clock(Clock::Dt);
            let new = rosenbrock(&mut values.b, (f, slope), from, dt, linear);
            values.set(voltage, new);
            values.store(Version::Row);
            if let Some(entry) = values.finish() {
                phase.stages.push(Stage::Run { kind: id, entry });
            }
        }
        for ((tree, mut moving), number) in self.flat.trees.iter().zip(cables).zip(0..) {
            if moving.is_empty() {
                continue;
            }
            if sweep.settles() {
                moving.extend(self.standing(number, &voltages));
                phase.stages.push(Stage::Cable(Cable::new(tree, moving).settling()));
            } else {
                phase.stages.push(Stage::Cable(Cable::new(tree, moving)));
            }
        }
        Ok(phase.stages)
    }

    /// The membranes of a tree that are only looked at.
    fn standing(&self, tree: u32, moving: &[Option<QuantityId>]) -> Vec<Membrane> {
        let parts = self.flat.kind_ids().filter(|id| self.flat.kind(*id).tree == Some(tree));
        let still = parts.filter(|id| moving[id.index()].is_none());
        let membrane = still.filter_map(|kind| {
            let v = self.shapes[kind.index()].row[self.states[kind.index()].voltage?.index()]?;
            Some(Membrane { kind, v, rate: v, slope: v })
        });
        membrane.collect()
    }

    /// Puts the potentials of those that see each other in the middle between the beginning and the end.
    fn put_in_the_middle(
        &mut self,
        held: &[Option<Column>],
        stages: &mut Vec<Stage>,
    ) -> Result<(), Fault> {
        let at = Sweep::Second.at();
        let phase = Phase::new(self.flow, &mut self.shapes, &Look::new("middle", at.0, at.1))?;
        for (id, held) in self.flat.kind_ids().zip(held) {
            let (Some(voltage), Some(held)) = (self.states[id.index()].voltage, *held) else {
                continue;
            };
            let mut values = self.values("membrane middle", id, &phase, at);
            let v = values.value(voltage).map_err(|error| (id, NodeId::ROOT, error))?;
            let from = values.b.load(held);
            let (sum, half) = (values.b.add(from, v), values.b.constant(0.5));
            let middle = values.b.mul(half, sum);
            values.set(voltage, middle);
            values.store(Version::Row);
            if let Some(entry) = values.finish() {
                stages.push(Stage::Run { kind: id, entry });
            }
        }
        Ok(())
    }
}
