//! One kind to a program.

use nml_flat::{
    Action, Flat, Formula, Hop, Kind, KindId, NodeId, QuantityId, Reduce, Role, Seen, Selection,
    View,
};
use nml_kernel::{
    BlockBuilder, Column, ColumnRole, CompareOp, Entry, Program, ProgramBuilder, Value,
};

use super::simultaneous::integrate;
use crate::emit::{Draws, Emitter, Untranslatable};
use crate::engine::formula::derived;
use crate::engine::shape::Ports;
use crate::layout::{Layout, Place};

/// A column that is filled from other instances before an entry runs.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    pub(crate) column: Column,
    pub(crate) from: Source,
}

/// What fills a [`Feed`].
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// One quantity of an instance reached by hops.
    View { hops: Vec<Hop>, kind: KindId, seen: Seen },
    /// A sum or product over members.
    Members { op: Reduce, members: Vec<(KindId, Seen)> },
}

/// One part of an advance.
#[derive(Clone, Debug)]
pub(crate) enum Stage {
    /// A straight-line program.
    Run(Entry),
    /// A Markov scheme: node, and index into its schemes.
    Scheme(NodeId, usize),
}

/// A kind, compiled.
#[derive(Debug)]
pub(crate) struct KindProgram {
    pub(crate) program: Program,
    pub(crate) layout: Layout,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) advance: Vec<Stage>,
    /// By node: initialisation without and with derived variables.
    pub(crate) init: Vec<[Entry; 2]>,
    /// By node and port: what an event from outside does.
    pub(crate) events: Vec<((NodeId, u32), Entry)>,
    pub(crate) draws: Draws,
}

/// How far events within one instance may set each other off.
const MAX_CHAIN: usize = 32;

struct Compiler<'f> {
    kind: &'f Kind,
    layout: &'f Layout,
    program: ProgramBuilder,
    draws: Draws,
    feeds: Vec<Feed>,
    /// The column of a fed requirement or selection.
    fed: Vec<Option<Column>>,
}

pub(crate) fn compile(
    flat: &Flat,
    id: KindId,
    ports: &Ports,
) -> Result<KindProgram, (NodeId, Untranslatable)> {
    let kind = flat.kind(id);
    let mut program = ProgramBuilder::new();
    let layout = Layout::new(flat, id, &ports.outlets, true, &mut program);
    let mut compiler = Compiler {
        kind,
        layout: &layout,
        program,
        draws: Draws::default(),
        feeds: Vec::new(),
        fed: vec![None; kind.quantities.len()],
    };
    compiler.find_feeds();
    let advance = compiler.advance()?;
    let fed = compiler.fed.clone();
    let mut init = Vec::new();
    for node in kind.node_ids() {
        let mut one = |full| {
            let mut e = compiler.emitter(if full { "init" } else { "init bare" });
            initialize(&mut e, kind, node, full, &fed).map_err(|error| (node, error))?;
            let block = e.b.finish();
            Ok(compiler.program.add(block))
        };
        init.push([one(false)?, one(true)?]);
    }
    let mut events = Vec::new();
    for &(node, port) in &ports.inlets {
        let mut e = compiler.emitter("event");
        receive(&mut e, kind, node, port, None, 0).map_err(|e| (node, e))?;
        let block = e.b.finish();
        events.push(((node, port), compiler.program.add(block)));
    }
    let Compiler { program, draws, feeds, .. } = compiler;
    Ok(KindProgram { program: program.finish(), layout, feeds, advance, init, events, draws })
}

impl Compiler<'_> {
    fn emitter(&mut self, name: &str) -> Emitter<'_> {
        Emitter {
            b: BlockBuilder::new(name),
            layout: self.layout,
            program: &mut self.program,
            draws: &mut self.draws,
            sites: 0,
            time: None,
        }
    }

    fn find_feeds(&mut self) {
        for node in self.kind.node_ids() {
            let dynamics = &self.kind.node(node).dynamics;
            for (quantity, view) in &dynamics.requirements {
                if !view.hops.is_empty() {
                    let (hops, kind, seen) = (view.hops.clone(), view.kind, view.seen);
                    self.feed(*quantity, Source::View { hops, kind, seen });
                }
            }
            for (quantity, selection) in &dynamics.selected {
                match selection {
                    Selection::One(view) if !view.hops.is_empty() => {
                        let (hops, kind, seen) = (view.hops.clone(), view.kind, view.seen);
                        self.feed(*quantity, Source::View { hops, kind, seen });
                    }
                    Selection::Reduce { op, members, .. } if !members.is_empty() => {
                        let (op, members) = (*op, members.clone());
                        self.feed(*quantity, Source::Members { op, members });
                    }
                    Selection::One(_) | Selection::Reduce { .. } => {}
                }
            }
        }
    }

    fn feed(&mut self, quantity: QuantityId, from: Source) {
        let name = format!("{} (from outside)", self.kind.quantity(quantity).name);
        let column = self.program.column(name, ColumnRole::Input);
        self.fed[quantity.index()] = Some(column);
        self.feeds.push(Feed { column, from });
    }

    /// The whole kind: children before the nodes around them, cut where a Markov scheme has its turn.
    fn advance(&mut self) -> Result<Vec<Stage>, (NodeId, Untranslatable)> {
        let mut stages = Vec::new();
        let kind = self.kind;
        let fed = self.fed.clone();
        let mut e = self.emitter("advance");
        // Nodes in the order they advance, without recursion: children first, then the node.
        let mut open = vec![(NodeId::ROOT, false)];
        let mut done = Vec::new();
        while let Some((node, seen)) = open.pop() {
            if kind.node(node).dynamics.simultaneous {
                integrate(&mut e, kind, node, &fed).map_err(|error| (node, error))?;
                continue;
            }
            if !seen {
                open.push((node, true));
                let children: Vec<NodeId> = kind.node(node).children().collect();
                open.extend(children.into_iter().rev().map(|child| (child, false)));
                continue;
            }
            for scheme in 0..kind.node(node).dynamics.schemes.len() {
                let block = std::mem::take(&mut e.b).finish();
                done.push(Some(block));
                done.push(None);
                stages.push((node, scheme));
                e.b = BlockBuilder::new("advance");
            }
            step(&mut e, kind, node, &fed).map_err(|error| (node, error))?;
        }
        let last = e.b.finish();
        done.push(Some(last));
        let mut schemes = stages.into_iter();
        let mut all = Vec::new();
        for part in done {
            match part {
                Some(block) => all.push(Stage::Run(self.program.add(block))),
                None => all.extend(schemes.next().map(|(node, at)| Stage::Scheme(node, at))),
            }
        }
        Ok(all)
    }
}

/// Copies what the node requires.
fn require(e: &mut Emitter<'_>, kind: &Kind, node: NodeId, fed: &[Option<Column>]) {
    for (quantity, view) in &kind.node(node).dynamics.requirements {
        one(e, *quantity, view, fed);
    }
}

/// Copies one quantity seen elsewhere.
pub(super) fn one(e: &mut Emitter<'_>, quantity: QuantityId, view: &View, fed: &[Option<Column>]) {
    let fed = fed[quantity.index()].map(Place::Column);
    let place = fed.unwrap_or_else(|| e.layout.seen(view.seen));
    let value = e.load(place);
    let place = e.layout.quantity(quantity);
    e.store(place, value);
}

/// Computes what is derived: first what is selected, then expressions, each in the order written.
fn derive(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    fed: &[Option<Column>],
) -> Result<(), Untranslatable> {
    let dynamics = &kind.node(node).dynamics;
    for (quantity, selection) in &dynamics.selected {
        select(e, *quantity, selection, fed);
    }
    for (quantity, made) in &dynamics.derived {
        let value = derived(e, made, None)?;
        let place = e.layout.quantity(*quantity);
        e.store(place, value);
    }
    Ok(())
}

/// Brings one selected quantity together.
pub(super) fn select(
    e: &mut Emitter<'_>,
    quantity: QuantityId,
    selection: &Selection,
    fed: &[Option<Column>],
) {
    let (op, inside) = match selection {
        Selection::One(view) => return one(e, quantity, view, fed),
        Selection::Reduce { op, inside, .. } => (op, inside),
    };
    let mut total = match (fed[quantity.index()], op) {
        (Some(column), _) => e.b.load(column),
        (None, Reduce::Add) => e.b.constant(0.0),
        (None, Reduce::Multiply) => e.b.constant(1.0),
    };
    for seen in inside {
        let place = e.layout.seen(*seen);
        let term = e.load(place);
        total = match op {
            Reduce::Add => e.b.add(total, term),
            Reduce::Multiply => e.b.mul(total, term),
        };
    }
    let place = e.layout.quantity(quantity);
    e.store(place, total);
}

/// Lets others see the values of now.
pub(super) fn show(e: &mut Emitter<'_>, kind: &Kind, node: NodeId) {
    for (exposure, at) in kind.exposures.iter().zip(0..) {
        if exposure.node != node {
            continue;
        }
        let Some(quantity) = exposure.quantity else { continue };
        let (from, to) =
            (e.layout.quantity(quantity), e.layout.seen(Seen::Exposure(nml_flat::ExposureId(at))));
        if from != to {
            let value = e.load(from);
            e.store(to, value);
        }
    }
}

/// Initialises one node (`StateType.initialize`).
fn initialize(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    full: bool,
    fed: &[Option<Column>],
) -> Result<(), Untranslatable> {
    require(e, kind, node, fed);
    if full {
        derive(e, kind, node, fed)?;
    }
    let dynamics = &kind.node(node).dynamics;
    for _ in 0..starts(kind, node) {
        for actions in &dynamics.on_start {
            act(e, kind, node, actions, None, false, 0)?;
        }
    }
    for regime in 0..dynamics.regimes.len() {
        let Some(active) = is_active(e, node, regime) else { continue };
        for actions in &dynamics.regimes[regime].on_entry {
            act(e, kind, node, actions, Some(active), true, 0)?;
        }
    }
    show(e, kind, node);
    Ok(())
}

/// How often `OnStart` runs each time a node is initialised.
///
/// The reference copies the types of what is built (`StateType.makeShallowCopy`), and the copy has the initial
/// blocks twice.  Members of lists, and both ends of a tunnel, are made from the originals.  It shows where
/// random numbers are drawn.
fn starts(kind: &Kind, node: NodeId) -> usize {
    let mut at = node;
    while let Some(parent) = kind.node(at).parent {
        if !kind.node(parent).singles.contains(&at) {
            return 1;
        }
        at = parent;
    }
    if kind.peers.is_empty() { 2 } else { 1 }
}

/// Whether a regime is the active one.
fn is_active(e: &mut Emitter<'_>, node: NodeId, regime: usize) -> Option<Value> {
    let column = e.layout.regimes[node.index()]?;
    let (active, this) = (e.b.load(column), e.b.constant(regime as f64));
    Some(e.b.compare(CompareOp::Eq, active, this))
}

/// Advances one node by a step (`StateType.eulerAdvance`, then `ComponentRegime.advance`).
fn step(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    fed: &[Option<Column>],
) -> Result<(), Untranslatable> {
    require(e, kind, node, fed);
    derive(e, kind, node, fed)?;
    let dynamics = &kind.node(node).dynamics;
    let dt = e.b.uniform(e.layout.dt);
    let mut rates = Vec::new();
    for (quantity, formula) in &dynamics.rates {
        rates.push((*quantity, e.formula(formula, None)?));
    }
    for (quantity, rate) in rates {
        let place = e.layout.quantity(quantity);
        let old = e.load(place);
        let change = e.b.mul(dt, rate);
        let new = e.b.add(old, change);
        e.store(place, new);
    }
    react(e, kind, node)
}

/// What follows the rates: conditions, what others see, the active regime.
pub(super) fn react(e: &mut Emitter<'_>, kind: &Kind, node: NodeId) -> Result<(), Untranslatable> {
    let dynamics = &kind.node(node).dynamics;
    let dt = e.b.uniform(e.layout.dt);
    for (test, actions) in &dynamics.on_condition {
        let holds = e.formula(test, None)?;
        act(e, kind, node, actions, Some(holds), false, 0)?;
    }
    show(e, kind, node);
    // The regime active before any of them acts is the one that advances.
    let active: Vec<Option<Value>> =
        (0..dynamics.regimes.len()).map(|regime| is_active(e, node, regime)).collect();
    for (regime, active) in dynamics.regimes.iter().zip(active) {
        for (quantity, made) in &regime.derived {
            let value = derived(e, made, active)?;
            let place = e.layout.quantity(*quantity);
            e.store_where(active, place, value);
        }
        for (quantity, formula) in &regime.rates {
            let rate = e.formula(formula, active)?;
            let place = e.layout.quantity(*quantity);
            let old = e.load(place);
            let change = e.b.mul(dt, rate);
            let new = e.b.add(old, change);
            e.store_where(active, place, new);
        }
        for (test, actions) in &regime.on_condition {
            let holds = e.formula(test, active)?;
            let holds = e.both(active, holds);
            act(e, kind, node, actions, Some(holds), true, 0)?;
        }
    }
    Ok(())
}

/// Does what a handler says, where the mask holds: assignments, then events, then the transition.
fn act(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    actions: &[Action],
    mask: Option<Value>,
    in_regime: bool,
    depth: usize,
) -> Result<(), Untranslatable> {
    if depth > MAX_CHAIN {
        let what = "events or transitions that set each other off without end are not simulated";
        return Err(Untranslatable(what.to_owned()));
    }
    let assign = |e: &mut Emitter<'_>, quantity, formula: &Formula| {
        let value = e.formula(formula, mask)?;
        let place = e.layout.quantity(quantity);
        e.store_where(mask, place, value);
        Ok(())
    };
    for action in actions {
        if let Action::Assign(quantity, formula) = action {
            assign(e, *quantity, formula)?;
        }
    }
    for action in actions {
        if let Action::Send(port) = action {
            send(e, kind, node, *port, mask, depth + 1)?;
        }
    }
    // Outside of regimes the reference interpreter takes no notice of transitions.
    let entered = actions.iter().find_map(|action| match action {
        Action::Enter(regime) if in_regime => Some(*regime),
        _ => None,
    });
    if let (Some(regime), Some(column)) = (entered, e.layout.regimes[node.index()]) {
        let index = e.b.constant(f64::from(regime));
        e.store_where(mask, Place::Column(column), index);
        for actions in &kind.node(node).dynamics.regimes[regime as usize].on_entry {
            act(e, kind, node, actions, mask, true, depth + 1)?;
        }
    }
    Ok(())
}

fn send(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    port: u32,
    mask: Option<Value>,
    depth: usize,
) -> Result<(), Untranslatable> {
    for wire in kind.wires.iter().filter(|wire| wire.from == (node, port)) {
        receive(e, kind, wire.to.0, wire.to.1, mask, depth)?;
    }
    let counters = &e.layout.counters;
    if let Some(&(_, column)) = counters.iter().find(|(outlet, _)| *outlet == (node, port)) {
        e.count(column, mask);
    }
    Ok(())
}

/// What an event does: the node's own handler, then that of the active regime (`InPort.receive`).
fn receive(
    e: &mut Emitter<'_>,
    kind: &Kind,
    node: NodeId,
    port: u32,
    mask: Option<Value>,
    depth: usize,
) -> Result<(), Untranslatable> {
    let dynamics = &kind.node(node).dynamics;
    // Of several handlers for one port the last counts.
    if let Some((_, actions)) = dynamics.on_event.iter().rev().find(|(known, _)| *known == port) {
        act(e, kind, node, actions, mask, false, depth)?;
    }
    let active: Vec<Option<Value>> =
        (0..dynamics.regimes.len()).map(|regime| is_active(e, node, regime)).collect();
    for (regime, active) in dynamics.regimes.iter().zip(active) {
        let handler = regime.on_event.iter().rev().find(|(known, _)| *known == port);
        if let (Some((_, actions)), Some(active)) = (handler, active) {
            let here = e.both(mask, active);
            act(e, kind, node, actions, Some(here), true, depth)?;
        }
    }
    Ok(())
}

/// Whether any formula of a kind draws random numbers.
pub(crate) fn is_random(kind: &KindProgram) -> bool {
    kind.draws.count.is_some()
}

/// The initial value of a quantity's column.
pub(crate) fn initial(role: &Role) -> Option<&[f64]> {
    match role {
        Role::Property(values) => Some(values),
        _ => None,
    }
}
