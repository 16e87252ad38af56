//! All that one look at the right-hand sides needs: feeds and entries, level by level.

use nml_flat::{KindId, NodeId, QuantityId, Reduce, Role, Seen};
use nml_kernel::passes::push_forward;
use nml_kernel::{Column, Value};

use super::flow::{Definition, Flow, Place};
use super::formula::Untranslatable;
use super::markov::{Markov, Move};
use super::shape::{Clock, Shape};
use super::stage::{Source, Stage, instances};
use super::values::{ByQuantity, Values, Version};

/// Where something is that cannot be compiled.
pub(crate) type Fault = (KindId, NodeId, Untranslatable);

/// A look at quantities at one moment.
///
/// Its stages bring into columns what passes between kinds and what was asked to be shown.  What a kind computes
/// for itself is left to the entries that use it, which read `fed`.
#[derive(Debug, Default)]
pub(crate) struct Phase {
    /// Gathers, sums and entries, in order.
    pub(crate) stages: Vec<Stage>,
    /// By kind: the columns with what comes from other kinds.
    pub(crate) fed: Vec<ByQuantity>,
    /// By kind: the columns with what is shown to others.
    pub(crate) shown: Vec<ByQuantity>,
    /// By kind: the columns with the derivatives of fed sums by the voltage of the kind.
    pub(crate) slopes: Vec<ByQuantity>,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub(crate) name: &'static str,
    pub(crate) version: Version,
    pub(crate) clock: Clock,
    /// Quantities that entries of their own kind will use.
    pub(crate) used: Vec<Place>,
    /// Quantities that are to lie in columns.
    pub(crate) shown: Vec<Place>,
    /// By kind, the voltage by which sums over members are to be differentiated as well.
    pub(crate) voltages: Vec<Option<QuantityId>>,
}

impl Look {
    /// At nothing yet.
    pub(crate) fn new(name: &'static str, version: Version, clock: Clock) -> Self {
        Self { name, version, clock, used: Vec::new(), shown: Vec::new(), voltages: Vec::new() }
    }
}

/// Where a quantity lies at a look.
pub(crate) fn source_of(
    flow: &Flow<'_>,
    shapes: &[Shape],
    shown: &[ByQuantity],
    version: Version,
    clock: Clock,
    (kind, seen): (KindId, Seen),
) -> Source {
    let Some(quantity) = flow.seen(kind, seen) else {
        return if seen == Seen::Time {
            Source::Clock(clock as usize)
        } else {
            Source::Constant(0.0)
        };
    };
    if let Some(column) = shown[kind.index()].get(&quantity) {
        return Source::Column(*column);
    }
    if let Role::Parameter(value) = flow.flat.kind(kind).quantity(quantity).role {
        return Source::Constant(value);
    }
    let shape = &shapes[kind.index()];
    let columns = match version {
        Version::Row => &shape.row,
        Version::Mid => &shape.mid,
    };
    columns[quantity.index()].map_or(Source::Constant(0.0), Source::Column)
}

/// Whether a quantity lies in a column without a look.
pub(crate) fn lies(flow: &Flow<'_>, place: Place) -> bool {
    matches!(flow.definition(place), Definition::Given)
}

impl Phase {
    /// Plans a look.
    pub(crate) fn new(flow: &Flow<'_>, shapes: &mut [Shape], look: &Look) -> Result<Self, Fault> {
        let flat = flow.flat;
        let mut needed: Vec<Vec<bool>> =
            flat.kinds.iter().map(|kind| vec![false; kind.quantities.len()]).collect();
        for (kind, quantity) in look.used.iter().chain(&look.shown) {
            needed[kind.index()][quantity.index()] = true;
        }
        flow.close(&mut needed);
        let mut phase = Self {
            stages: Vec::new(),
            fed: vec![ByQuantity::default(); flat.kinds.len()],
            shown: vec![ByQuantity::default(); flat.kinds.len()],
            slopes: vec![ByQuantity::default(); flat.kinds.len()],
        };
        // What others read has to be shown, in the order of kinds and quantities.
        let mut shown: Vec<Place> = look.shown.clone();
        for place in marked(&needed) {
            match flow.definition(place) {
                Definition::View { hops, kind, seen } if !hops.is_empty() => {
                    shown.extend(flow.seen(*kind, *seen).map(|quantity| (*kind, quantity)));
                }
                Definition::Reduce { members, .. } => {
                    let seen = members.iter();
                    shown.extend(seen.filter_map(|(k, s)| flow.seen(*k, *s).map(|q| (*k, q))));
                }
                _ => {}
            }
        }
        shown.retain(|place| !lies(flow, *place));
        shown.sort_unstable();
        shown.dedup();
        for &(kind, quantity) in &shown {
            let name = &flat.kind(kind).quantity(quantity).name;
            let shape = &mut shapes[kind.index()];
            // What starts a state goes where the state lies.
            let own = match flow.definition((kind, quantity)) {
                Definition::Started(_) | Definition::Steady { .. } => shape.row[quantity.index()],
                _ => None,
            };
            let column = own.unwrap_or_else(|| shape.scratch(&format!("{name} ({})", look.name)));
            phase.shown[kind.index()].insert(quantity, column);
        }
        let top = marked(&needed).map(|place| flow.level(place)).max().unwrap_or(0);
        for level in 0..=top {
            phase.rest(flow, shapes, look, marked(&needed).filter(|p| flow.level(*p) == level));
            for place in marked(&needed) {
                if flow.level(place) == level && flow.definition(place).is_fed() {
                    phase.feed(flow, shapes, look, place);
                }
            }
            for id in flat.kind_ids() {
                let due = shown.iter().filter(|(k, q)| *k == id && flow.level((*k, *q)) == level);
                let due: Vec<QuantityId> = due
                    .filter(|place| !matches!(flow.definition(**place), Definition::Steady { .. }))
                    .map(|(_, quantity)| *quantity)
                    .collect();
                if !due.is_empty() {
                    phase.show(flow, shapes, look, id, &due)?;
                }
            }
        }
        Ok(phase)
    }

    /// Adds the stages that bring Markov schemes to rest.
    fn rest(
        &mut self,
        flow: &Flow<'_>,
        shapes: &[Shape],
        look: &Look,
        places: impl Iterator<Item = Place>,
    ) {
        let mut done = Vec::new();
        for (kind, quantity) in places {
            let Definition::Steady { node, scheme } = *flow.definition((kind, quantity)) else {
                continue;
            };
            if done.contains(&(kind, node, scheme)) {
                continue;
            }
            done.push((kind, node, scheme));
            let of = &flow.flat.kind(kind).node(node).dynamics.schemes[scheme];
            let row = &shapes[kind.index()].row;
            let columns: Vec<Column> = of.states.iter().filter_map(|s| row[s.index()]).collect();
            let source =
                |seen| source_of(flow, shapes, &self.shown, look.version, look.clock, (kind, seen));
            let ends = (columns.clone(), columns);
            let path = flow.flat.kind(kind).path(node);
            let rest = Markov::new((kind, path), of, ends, source, Move::Rest);
            self.stages.push(Stage::Markov(rest));
        }
    }

    /// Adds the stage that fills a quantity from other kinds.
    fn feed(&mut self, flow: &Flow<'_>, shapes: &mut [Shape], look: &Look, place: Place) {
        let (kind, quantity) = place;
        let name = format!("{} ({})", flow.flat.kind(kind).quantity(quantity).name, look.name);
        let column = shapes[kind.index()].scratch(&name);
        self.fed[kind.index()].insert(quantity, column);
        let source = |of| source_of(flow, shapes, &self.shown, look.version, look.clock, of);
        match flow.definition(place) {
            Definition::View { hops, kind: from, seen } => {
                let (from, instances) =
                    ((*from, source((*from, *seen))), instances(flow.flat, kind, hops));
                self.stages.push(Stage::Gather { kind, column, from, instances });
            }
            Definition::Reduce { op, members, .. } => {
                let op = *op;
                let sources = members.iter().map(|&(m, seen)| (m, source((m, seen)))).collect();
                self.stages.push(Stage::Reduce { kind, column, op, members: sources });
                let slopes: Vec<(KindId, Source)> = members
                    .iter()
                    .filter_map(|&(m, seen)| {
                        let quantity = flow.seen(m, seen)?;
                        let slope = self.slopes[m.index()].get(&quantity)?;
                        Some((m, Source::Column(*slope)))
                    })
                    .collect();
                let wanted = look.voltages.get(kind.index()).is_some_and(Option::is_some);
                if wanted && op == Reduce::Add && !slopes.is_empty() {
                    let column = shapes[kind.index()].scratch(&format!("{name} (slope)"));
                    self.slopes[kind.index()].insert(quantity, column);
                    self.stages.push(Stage::Reduce { kind, column, op, members: slopes });
                }
            }
            _ => {}
        }
    }

    /// Adds the entry that shows quantities of one level.
    fn show(
        &mut self,
        flow: &Flow<'_>,
        shapes: &mut [Shape],
        look: &Look,
        kind: KindId,
        due: &[QuantityId],
    ) -> Result<(), Fault> {
        let fed = self.fed[kind.index()].clone();
        // Feeds that are the voltage of the home.
        let home = flow.flat.kind(kind).home.map(|home| home.kind);
        let voltage = home.and_then(|home| look.voltages.get(home.index()).copied().flatten());
        let is_voltage = |quantity: QuantityId| match flow.definition((kind, quantity)) {
            Definition::View { hops, kind: from, seen } => {
                hops.len() == 1
                    && hops[0] == nml_flat::Hop::Parent
                    && Some(*from) == home
                    && voltage.is_some()
                    && flow.seen(*from, *seen) == voltage
            }
            _ => false,
        };
        let mut seeds: Vec<QuantityId> = fed.keys().copied().filter(|q| is_voltage(*q)).collect();
        seeds.sort_unstable();
        let slopes: Vec<Option<Column>> = due
            .iter()
            .map(|quantity| {
                let name = &flow.flat.kind(kind).quantity(*quantity).name;
                let any = !seeds.is_empty();
                any.then(|| shapes[kind.index()].scratch(&format!("{name} (slope)")))
            })
            .collect();
        let shape = &mut shapes[kind.index()];
        let at = (look.version, look.clock);
        let mut values = Values::new(look.name, flow, kind, shape, &fed, at);
        let mut made: Vec<Value> = Vec::new();
        for &quantity in due {
            let node = flow.flat.kind(kind).quantity(quantity).node;
            let value = values.value(quantity).map_err(|error| (kind, node, error))?;
            values.b.store(self.shown[kind.index()][&quantity], value);
            made.push(value);
        }
        if !seeds.is_empty() {
            let one = values.b.constant(1.0);
            let loads: Vec<(Value, Option<Value>)> =
                seeds.iter().map(|seed| (values.b.load(fed[seed]), Some(one))).collect();
            let found = push_forward(&mut values.b, &made, &loads);
            for ((slope, column), quantity) in found.into_iter().zip(slopes).zip(due) {
                if let (Some(slope), Some(column)) = (slope, column) {
                    values.b.store(column, slope);
                    self.slopes[kind.index()].insert(*quantity, column);
                }
            }
        }
        if let Some(entry) = values.finish() {
            self.stages.push(Stage::Run { kind, entry });
        }
        Ok(())
    }
}

/// All marked quantities, in order.
fn marked(needed: &[Vec<bool>]) -> impl Iterator<Item = Place> {
    needed.iter().zip(0..).flat_map(|(of_kind, kind)| {
        let marked = of_kind.iter().zip(0..).filter(|(needed, _)| **needed);
        marked.map(move |(_, at)| (KindId(kind), QuantityId(at)))
    })
}
