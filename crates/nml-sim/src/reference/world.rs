//! The whole model as columns, and what evaluates it.

use nml_flat::{Flat, KindId, QuantityId, Reduce};
use nml_kernel::passes::{Options, eliminate_dead_code, optimize};
use nml_kernel::{Block, Column, Columns, Entry, Isa, Op, Program, RunContext, Tape};

use rustc_hash::FxHashSet;

use super::axial::Axial;
use super::compile::{Compiled, property};
use super::shape::{Place, Shape};
use crate::engine::flow::{Definition, Flow};

/// What counts as balanced where there is no membrane, V, and how often to try for it; synapses whose current is a
/// straight line of the potential take three times.
const BALANCED: f64 = 1e-15;
const MAX_BALANCE: usize = 100;

/// What an evaluation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// The rates of the states.
    Rates = 0,
    /// What the atoms would be now.
    Watch = 1,
    /// What is recorded, and what conditions dictate.
    Show = 2,
    /// Everything.
    All = 3,
}

const PURPOSES: [Purpose; 4] = [Purpose::Rates, Purpose::Watch, Purpose::Show, Purpose::All];

/// A column filled from other instances.
#[derive(Clone, Debug)]
struct Feed {
    kind: KindId,
    level: u32,
    column: Column,
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    One { source: (KindId, Place), instances: Vec<u32> },
    Members { op: Reduce, members: Vec<(KindId, Place)> },
}

#[derive(Clone, Debug)]
enum Stage {
    Feed(usize),
    Run(KindId, Entry),
}

/// A state that moves, and where it is in the vector of states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    pub(super) kind: KindId,
    pub(super) quantity: QuantityId,
    pub(super) column: Column,
    rate: Column,
    pub(super) start: usize,
}

/// Columns and programs of all kinds.
#[derive(Debug)]
pub(super) struct World<'f> {
    pub(super) flat: &'f Flat,
    pub(super) shapes: Vec<Shape<'f>>,
    pub(super) columns: Vec<Columns>,
    programs: Vec<Program>,
    tapes: Vec<Vec<Option<Tape>>>,
    feeds: Vec<Feed>,
    plans: [Vec<Stage>; 4],
    axial: Vec<Axial>,
    pub(super) moving: Vec<Moving>,
    pub(super) states: usize,
}

impl<'f> World<'f> {
    /// Puts compiled kinds together; `shown` are the places recorded.
    pub(super) fn new(
        flow: &Flow<'f>,
        compiled: Vec<Compiled<'f>>,
        shown: &[(KindId, Place)],
    ) -> Self {
        let flat: &'f Flat = flow.flat;
        let (mut shapes, mut builders, mut raw) = (Vec::new(), Vec::new(), Vec::new());
        for kind in compiled {
            shapes.push(kind.shape);
            builders.push(kind.program);
            raw.push(kind.blocks);
        }
        let feeds = feeds(flow, &shapes);
        let mut plans: [Vec<Stage>; 4] = Default::default();
        for purpose in PURPOSES {
            let mut blocks = raw.clone();
            let needed = match purpose {
                Purpose::All => None,
                _ => Some(prune(&mut blocks, &feeds, seeds(purpose, flow, &shapes, shown))),
            };
            let plan = &mut plans[purpose as usize];
            for level in 0..=flow.top() {
                for (at, feed) in feeds.iter().enumerate().filter(|(_, feed)| feed.level == level) {
                    let Column(column) = feed.column;
                    let needed = needed
                        .as_ref()
                        .is_none_or(|needed| needed[feed.kind.index()].contains(&column));
                    if needed {
                        plan.push(Stage::Feed(at));
                    }
                }
                for (id, blocks) in flat.kind_ids().zip(&mut blocks) {
                    let block = std::mem::take(&mut blocks[level as usize]);
                    if !block.stores.is_empty() {
                        plan.push(Stage::Run(id, builders[id.index()].add(block)));
                    }
                }
            }
        }
        let (mut programs, mut columns, mut tapes) = (Vec::new(), Vec::new(), Vec::new());
        // Products and sums are not fused: what is watched and what acts must agree to the last bit, in programs that
        // keep different parts of the same formulas.
        let options = Options { fuse_fma: false, ..Options::default() };
        let mut moving = Vec::new();
        let mut states = 0;
        for (id, builder) in flat.kind_ids().zip(builders) {
            let kind = flat.kind(id);
            let mut program = builder.finish();
            optimize(&mut program, options, |_, _| {});
            let mut own = Columns::new(&program, kind.parents.len());
            let shape = &shapes[id.index()];
            for (quantity, place) in kind.quantities.iter().zip(&shape.places) {
                if let (Some(values), Place::Column(column)) = (property(&quantity.role), *place) {
                    own.get_mut(column).copy_from_slice(values);
                }
            }
            own.pad();
            for (quantity, rate) in (0..).map(QuantityId).zip(&shape.rates) {
                // What has no membrane is where its neighbours put it.
                let balances = flat.balances(id) && quantity_is_potential(flat, id, quantity);
                if let (Some(rate), Place::Column(column), false) =
                    (*rate, shape.state(quantity), balances)
                {
                    moving.push(Moving { kind: id, quantity, column, rate, start: states });
                    states += kind.parents.len();
                }
            }
            tapes.push(vec![None; program.entries.len()]);
            programs.push(program);
            columns.push(own);
        }
        let axial = flat.trees.iter().map(|tree| Axial::new(flat, tree, &shapes)).collect();
        Self { flat, shapes, columns, programs, tapes, feeds, plans, axial, moving, states }
    }

    /// The number of instances of a kind.
    pub(super) fn count(&self, kind: KindId) -> usize {
        self.flat.kind(kind).parents.len()
    }

    /// Evaluates what a purpose asks for, from the columns of states and atoms.
    pub(super) fn evaluate(&mut self, purpose: Purpose, t: f64) {
        let axial = std::mem::take(&mut self.axial);
        for cells in axial.iter().filter(|cells| cells.has_ends()) {
            let mut before = Vec::new();
            for _ in 0..MAX_BALANCE {
                self.run(Purpose::Rates, t);
                if cells.balance(&mut self.columns, &mut before) <= BALANCED {
                    break;
                }
            }
        }
        self.axial = axial;
        self.run(purpose, t);
    }

    fn run(&mut self, purpose: Purpose, t: f64) {
        let plan = std::mem::take(&mut self.plans[purpose as usize]);
        for stage in &plan {
            match stage {
                Stage::Feed(at) => self.feed(*at, t),
                Stage::Run(kind, entry) => {
                    let (k, e) = (kind.index(), entry.0 as usize);
                    let program = &self.programs[k];
                    let tape = self.tapes[k][e]
                        .get_or_insert_with(|| Tape::compile(program, *entry, Isa::best()));
                    let uniforms = [t];
                    tape.run(&mut self.columns[k], &RunContext { seed: 0, uniforms: &uniforms });
                }
            }
        }
        self.plans[purpose as usize] = plan;
    }

    fn feed(&mut self, at: usize, t: f64) {
        let feed = &self.feeds[at];
        let mut columns = std::mem::take(&mut self.columns[feed.kind.index()]);
        let same = |kind: KindId| kind == feed.kind;
        match &feed.from {
            From::One { source: (kind, place), instances } => match *place {
                Place::Constant(value) => columns.get_mut(feed.column).fill(value),
                Place::Time => columns.get_mut(feed.column).fill(t),
                Place::Column(source) if same(*kind) => {
                    let from = columns.get(source);
                    let values: Vec<f64> = instances.iter().map(|&i| from[i as usize]).collect();
                    columns.get_mut(feed.column).copy_from_slice(&values);
                }
                Place::Column(source) => {
                    let from = self.columns[kind.index()].get(source);
                    for (to, &i) in columns.get_mut(feed.column).iter_mut().zip(instances) {
                        *to = from[i as usize];
                    }
                }
            },
            From::Members { op, members } => {
                let totals = columns.get_mut(feed.column);
                totals.fill(match op {
                    Reduce::Add => 0.0,
                    Reduce::Multiply => 1.0,
                });
                for &(member, place) in members {
                    let parents = &self.flat.kind(member).parents;
                    let mut bring = |home: u32, value: f64| match op {
                        Reduce::Add => totals[home as usize] += value,
                        Reduce::Multiply => totals[home as usize] *= value,
                    };
                    match place {
                        Place::Constant(value) => parents.iter().for_each(|&p| bring(p, value)),
                        Place::Time => parents.iter().for_each(|&p| bring(p, t)),
                        Place::Column(column) => {
                            let values = self.columns[member.index()].get(column);
                            parents.iter().zip(values).for_each(|(&p, &value)| bring(p, value));
                        }
                    }
                }
            }
        }
        self.columns[feed.kind.index()] = columns;
    }

    /// Writes a vector of states to the columns.
    pub(super) fn put(&mut self, y: &[f64]) {
        for moving in &self.moving {
            let column = self.columns[moving.kind.index()].get_mut(moving.column);
            let end = moving.start + column.len();
            column.copy_from_slice(&y[moving.start..end]);
        }
    }

    /// Reads the vector of states from the columns.
    pub(super) fn take(&self, y: &mut [f64]) {
        for moving in &self.moving {
            let column = self.columns[moving.kind.index()].get(moving.column);
            y[moving.start..moving.start + column.len()].copy_from_slice(column);
        }
    }

    /// What lies at a place.
    pub(super) fn read(&self, kind: KindId, place: Place, lane: usize, t: f64) -> f64 {
        match place {
            Place::Constant(value) => value,
            Place::Column(column) => self.columns[kind.index()].get(column)[lane],
            Place::Time => t,
        }
    }

    /// Whether any atom would now be something else.
    pub(super) fn has_jumped(&self) -> bool {
        self.shapes.iter().zip(&self.columns).any(|(shape, columns)| {
            shape.atoms.iter().any(|atom| {
                let both = columns.get(atom.live).iter().zip(columns.get(atom.frozen));
                both.into_iter().any(|(live, frozen)| live.to_bits() != frozen.to_bits())
            })
        })
    }

    /// Makes all atoms what they would be now.
    pub(super) fn thaw(&mut self) {
        for (shape, columns) in self.shapes.iter().zip(&mut self.columns) {
            for atom in &shape.atoms {
                let live = columns.get(atom.live).to_vec();
                columns.get_mut(atom.frozen).copy_from_slice(&live);
            }
        }
    }
}

impl super::dop853::System for World<'_> {
    fn rates(&mut self, t: f64, y: &[f64], out: &mut [f64]) {
        self.put(y);
        self.evaluate(Purpose::Rates, t);
        for cells in &mut self.axial {
            cells.flow(&mut self.columns);
        }
        for moving in &self.moving {
            let rates = self.columns[moving.kind.index()].get(moving.rate);
            out[moving.start..moving.start + rates.len()].copy_from_slice(rates);
        }
    }
}

/// Whether a quantity is the membrane potential: in the root node, and a voltage.
fn quantity_is_potential(flat: &Flat, kind: KindId, quantity: QuantityId) -> bool {
    let quantity = flat.kind(kind).quantity(quantity);
    quantity.node == nml_flat::NodeId::ROOT && quantity.dimension.as_deref() == Some("voltage")
}

fn feeds(flow: &Flow<'_>, shapes: &[Shape<'_>]) -> Vec<Feed> {
    let flat = flow.flat;
    let place = |kind: KindId, seen| (kind, shapes[kind.index()].seen(flat.kind(kind), seen));
    let mut feeds = Vec::new();
    for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
        let shape = &shapes[id.index()];
        for (at, _) in (0..).map(QuantityId).zip(&kind.quantities) {
            let level = flow.level((id, at));
            let (column, from) = match flow.definition((id, at)) {
                Definition::View { hops, kind: source, seen } if !hops.is_empty() => {
                    let Place::Column(column) = shape.places[at.index()] else { continue };
                    let instances = (0..kind.count())
                        .map(|from| flat.walk(id, from, hops).map_or(0, |(_, found)| found))
                        .collect();
                    (column, From::One { source: place(*source, *seen), instances })
                }
                Definition::Reduce { op, members, .. } => {
                    let Some(column) = shape.fed[at.index()] else { continue };
                    let members = members.iter().map(|&(member, seen)| place(member, seen));
                    (column, From::Members { op: *op, members: members.collect() })
                }
                _ => continue,
            };
            feeds.push(Feed { kind: id, level, column, from });
        }
    }
    feeds
}

/// The columns a purpose is about.
fn seeds(
    purpose: Purpose,
    flow: &Flow<'_>,
    shapes: &[Shape<'_>],
    shown: &[(KindId, Place)],
) -> Vec<Vec<u32>> {
    let mut seeds: Vec<Vec<u32>> = shapes
        .iter()
        .map(|shape| match purpose {
            Purpose::Rates => shape.rates.iter().flatten().map(|c| c.0).collect(),
            Purpose::Watch => {
                let atoms = shape.atoms.iter();
                atoms.flat_map(|a| std::iter::once(a.live.0).chain(a.gap.map(|g| g.0))).collect()
            }
            Purpose::Show | Purpose::All => Vec::new(),
        })
        .collect();
    if purpose == Purpose::Show {
        for (id, shape) in flow.flat.kind_ids().zip(shapes) {
            for (place, memory) in shape.places.iter().zip(&shape.memory) {
                if let (Place::Column(column), Some(_)) = (place, memory) {
                    seeds[id.index()].push(column.0);
                }
            }
        }
        for (kind, place) in shown {
            if let Place::Column(column) = place {
                seeds[kind.index()].push(column.0);
            }
        }
    }
    seeds
}

/// Removes what does not serve the `needed` columns; gives all columns that do.
fn prune(
    blocks: &mut [Vec<Block>],
    feeds: &[Feed],
    mut needed: Vec<Vec<u32>>,
) -> Vec<FxHashSet<u32>> {
    let mut found: Vec<FxHashSet<u32>> =
        needed.iter_mut().map(|list| list.drain(..).collect()).collect();
    let whole: Vec<Vec<Block>> = blocks.to_vec();
    loop {
        let before: usize = found.iter().map(FxHashSet::len).sum();
        for (kind, levels) in whole.iter().enumerate() {
            for (level, block) in levels.iter().enumerate() {
                let mut block = block.clone();
                block.stores.retain(|store| found[kind].contains(&store.column.0));
                let block = eliminate_dead_code(&block);
                for op in &block.ops {
                    if let Op::Load(column) = op {
                        found[kind].insert(column.0);
                    }
                }
                blocks[kind][level] = block;
            }
        }
        for feed in feeds {
            if !found[feed.kind.index()].contains(&feed.column.0) {
                continue;
            }
            let sources = match &feed.from {
                From::One { source, .. } => std::slice::from_ref(source),
                From::Members { members, .. } => members,
            };
            for (kind, place) in sources {
                if let Place::Column(column) = place {
                    found[kind.index()].insert(column.0);
                }
            }
        }
        if found.iter().map(FxHashSet::len).sum::<usize>() == before {
            return found;
        }
    }
}
