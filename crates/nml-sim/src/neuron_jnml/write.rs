//! One mechanism to a program: what the exporter writes into a file of NEURON's mechanism language.
//!
//! Variables are columns, so a statement that reads what is only written further down sees the value of the
//! time before, as it does in NEURON.

use nml_flat::{
    Action, Flat, Formula, Kind, KindId, NodeId, QuantityId, Reduce, Role, Seen, Selection,
    Value as Made, View,
};
use nml_kernel::{
    BlockBuilder, Column, ColumnRole, CompareOp, Entry, Program, ProgramBuilder, UnaryOp, Value,
};

use super::numbers;
use super::sort::{Current, Sort};
use crate::emit::{Draws, Emitter, Untranslatable};
use crate::layout::{Layout, Place};

/// A condition that is watched between steps.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// Left side minus right side: above 0 where the condition holds.
    pub(super) value: Column,
    /// What is done when it begins to hold.
    pub(super) handler: Entry,
    /// Whether an event is sent then, and only this condition watched from there on.
    pub(super) sends: bool,
}

/// A mechanism, compiled.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) program: Program,
    pub(super) layout: Layout,
    pub(super) draws: Draws,
    /// The membrane potential (mV), filled in before every entry.
    pub(super) v: Column,
    /// The potential on the other side of a junction (mV).
    pub(super) peer: Option<Column>,
    /// What a channel or point process computes: mA/cm² or nA.
    pub(super) current: Option<Column>,
    /// Of a channel: greatest conductance, reversal, conductance of now, current of now with jLEMS's sign.
    pub(super) gmax: Column,
    pub(super) reversal: Column,
    pub(super) gion: Column,
    pub(super) shown_current: Column,
    /// Concentrations (mM) and, of a pool, the ion's current (mA/cm²) and the area (µm²).
    pub(super) inside: Column,
    pub(super) outside: Column,
    pub(super) ion_current: Column,
    pub(super) area: Column,
    pub(super) shift: Column,
    pub(super) init: Entry,
    pub(super) start: Entry,
    /// The current phase.
    pub(super) breakpoint: Entry,
    /// The state phase, where there is one.
    pub(super) state: Option<Entry>,
    /// For Markov schemes: derived values alone.
    pub(super) rates: Option<Entry>,
    /// What an event from outside does.
    pub(super) receive: Option<Entry>,
    /// What is done at the start of the run, after the initial values; `None` where nothing waits for it.
    pub(super) first: Option<Entry>,
    /// The values of all watched conditions.
    pub(super) watched: Option<Entry>,
    pub(super) watches: Vec<Watch>,
}

/// What the exporter knows besides the component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) sort: Sort,
    /// Whether it stands for a member of a population, whose parameters the script sets.
    pub(super) of_population: bool,
    /// Kelvin, as `celsius + 273.15` gives it.
    pub(super) temperature: f64,
}

/// Whether a rate changes a state that NEURON keeps itself: the potential.
fn is_potential(kind: &Kind, quantity: QuantityId) -> bool {
    let it = kind.quantity(quantity);
    it.name == "v" && it.role == Role::State
}

/// Compiles a mechanism; else the node at fault.
pub(super) fn write(
    flat: &Flat,
    id: KindId,
    root: NodeId,
    setting: Setting,
) -> Result<Written, (NodeId, Untranslatable)> {
    Writer::new(flat, id, root, setting)?.write()
}

struct Writer<'f> {
    kind: &'f Kind,
    root: NodeId,
    setting: Setting,
    /// The nodes of the mechanism, each before its children.
    nodes: Vec<NodeId>,
    program: ProgramBuilder,
    draws: Draws,
    layout: Layout,
    v: Column,
    /// The rate of the potential, negative.
    v_rate: Column,
    peer: Option<Column>,
    scratch: [Column; 9],
}

const GMAX: usize = 0;
const REVERSAL: usize = 1;
const GION: usize = 2;
const SHOWN: usize = 3;
const INSIDE: usize = 4;
const OUTSIDE: usize = 5;
const ION_CURRENT: usize = 6;
const AREA: usize = 7;
const SHIFT: usize = 8;

impl<'f> Writer<'f> {
    fn new(
        flat: &'f Flat,
        id: KindId,
        root: NodeId,
        setting: Setting,
    ) -> Result<Self, (NodeId, Untranslatable)> {
        let kind = flat.kind(id);
        let mut program = ProgramBuilder::new();
        let mut nodes = Vec::new();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            nodes.push(node);
            if kind.node(node).is_a("spikeArray") {
                // The exporter makes a list of times of what is inside.
                continue;
            }
            let children: Vec<NodeId> = kind.node(node).children().collect();
            open.extend(children.into_iter().rev());
        }
        let v = program.column("v", ColumnRole::State);
        let v_rate = program.column("v_I", ColumnRole::State);
        let names =
            ["gmax", "e", "gion", "i__", "inside", "outside", "ion current", "area", "vShift"];
        let scratch = names.map(|name| program.column(name, ColumnRole::State));
        let mut quantities = vec![Place::Constant(f64::NAN); kind.quantities.len()];
        let within = |node: NodeId| nodes.contains(&node);
        for (at, quantity) in kind.quantities.iter().enumerate() {
            if !within(quantity.node) {
                continue;
            }
            let index = QuantityId(u32::try_from(at).unwrap_or(u32::MAX));
            quantities[at] = match &quantity.role {
                Role::Parameter(value) => {
                    let dimension = quantity.dimension.as_deref().unwrap_or("none");
                    let Some(value) = numbers::cast(*value, dimension) else {
                        let what = format!(
                            "`{}` has the dimension `{dimension}`, which the exporter does not know",
                            quantity.name
                        );
                        return Err((quantity.node, Untranslatable(what)));
                    };
                    let is_set = setting.of_population && quantity.node == root;
                    Place::Constant(if is_set { value } else { numbers::six_digits(value) })
                }
                _ if is_potential(kind, index) => Place::Column(v),
                _ => {
                    let name = format!("{}.{}", kind.path(quantity.node), quantity.name);
                    Place::Column(program.column(name, ColumnRole::State))
                }
            };
        }
        let regimes = kind
            .node_ids()
            .map(|node| {
                let any = within(node) && !kind.node(node).dynamics.regimes.is_empty();
                any.then(|| {
                    program.column(format!("{}.(regime)", kind.path(node)), ColumnRole::State)
                })
            })
            .collect();
        let (t, dt) = (program.uniform("t"), program.uniform("dt"));
        let layout =
            Layout { quantities, exposures: Vec::new(), regimes, counters: Vec::new(), t, dt };
        let peer = None;
        let draws = Draws::default();
        let mut writer =
            Self { kind, root, setting, nodes, program, draws, layout, v, v_rate, peer, scratch };
        writer.alias()?;
        Ok(writer)
    }

    fn quantity(&self, node: NodeId, name: &str) -> Option<QuantityId> {
        let found = self.kind.quantities.iter().rposition(|q| q.node == node && q.name == name);
        found.and_then(|at| u32::try_from(at).ok()).map(QuantityId)
    }

    /// Lets names that mean something else stand for it: requirements, the weight of an event.
    fn alias(&mut self) -> Result<(), (NodeId, Untranslatable)> {
        let weight = self.quantity(self.root, "weight");
        for node in self.nodes.clone() {
            if node != self.root
                && self.setting.sort == Sort::Synapse
                && let (Some(own), Some(weight)) = (self.quantity(node, "weight"), weight)
                && matches!(self.kind.quantity(own).role, Role::Property(_))
            {
                self.layout.quantities[own.index()] = self.layout.quantities[weight.index()];
            }
            for (quantity, view) in &self.kind.node(node).dynamics.requirements {
                let name = self.kind.quantity(*quantity).name.as_str();
                let place = match name {
                    "v" => Place::Column(self.v),
                    "temperature" => Place::Constant(self.setting.temperature),
                    "caConc" => Place::Column(self.scratch[INSIDE]),
                    "vShift" => Place::Column(self.scratch[SHIFT]),
                    // Pools: what the program computes from NEURON's own variables.
                    "surfaceArea"
                    | "iCa"
                    | "iCa2"
                    | "initialConcentration"
                    | "initialExtConcentration"
                        if self.setting.sort == Sort::Pool =>
                    {
                        continue;
                    }
                    _ => match self.behind(view) {
                        Some(place) => place,
                        None => {
                            let what = format!(
                                "`{name}` lies outside of what the exporter makes one program of"
                            );
                            return Err((node, Untranslatable(what)));
                        }
                    },
                };
                self.layout.quantities[quantity.index()] = place;
            }
        }
        Ok(())
    }

    /// Where something seen within the mechanism lies.
    fn behind(&self, view: &View) -> Option<Place> {
        if !view.hops.is_empty() {
            return None;
        }
        self.seen(view.seen)
    }

    fn seen(&self, seen: Seen) -> Option<Place> {
        let quantity = match seen {
            Seen::Time => return Some(Place::Time),
            Seen::Quantity(quantity) => quantity,
            Seen::Exposure(exposure) => match self.kind.exposures[exposure.index()].quantity {
                Some(quantity) => quantity,
                None => return Some(Place::Constant(0.0)),
            },
        };
        let within = self.nodes.contains(&self.kind.quantity(quantity).node);
        within.then(|| self.layout.quantities[quantity.index()])
    }

    fn write(mut self) -> Result<Written, (NodeId, Untranslatable)> {
        if let Some(&node) =
            self.nodes[1..].iter().find(|&&node| !self.node(node).dynamics.regimes.is_empty())
        {
            let what = "the exporter does not carry out regimes below the top of a component";
            return Err((node, Untranslatable(what.to_owned())));
        }
        if self.node(self.root).dynamics.regimes.iter().any(|r| !r.derived.is_empty()) {
            let what = "the exporter does not carry out derived variables within regimes";
            return Err((self.root, Untranslatable(what.to_owned())));
        }
        let kind = self.kind;
        let peers = self.nodes.iter().any(|&node| {
            let selected = &kind.node(node).dynamics.selected;
            selected.iter().any(|(_, s)| matches!(s, Selection::One(view) if !view.hops.is_empty()))
        });
        if peers {
            self.peer = Some(self.program.column("vpeer", ColumnRole::State));
        }
        let has_states = self.nodes.iter().any(|&node| {
            let dynamics = &kind.node(node).dynamics;
            let mut rates =
                dynamics.rates.iter().chain(dynamics.regimes.iter().flat_map(|r| &r.rates));
            rates.any(|(quantity, _)| !is_potential(kind, *quantity))
        });
        let markov = self.nodes.iter().any(|&node| !kind.node(node).dynamics.schemes.is_empty());
        let init = self.block("init", |w, e| w.init(e))?;
        let start = self.block("start", |w, e| w.start(e))?;
        let breakpoint =
            self.block("breakpoint", |w, e| w.breakpoint(e, !has_states && !markov))?;
        let state = if has_states { Some(self.block("state", |w, e| w.state(e))?) } else { None };
        let rates =
            if markov { Some(self.block("rates", |w, e| w.rates(e).map(|_| ()))?) } else { None };
        let receive = self.receive()?;
        let (watched, watches) = self.watches()?;
        let first = self.first()?;
        let current = match self.setting.sort {
            Sort::Channel(_) | Sort::Cell(_) => Some(self.scratch[ION_CURRENT]),
            Sort::Synapse | Sort::Input => {
                let i = self.quantity(self.root, "i");
                i.and_then(|i| match self.layout.quantity(i) {
                    Place::Column(column) => Some(column),
                    _ => None,
                })
            }
            Sort::Pool | Sort::Silent => None,
        };
        let Self { program, draws, layout, v, peer, scratch, .. } = self;
        Ok(Written {
            program: program.finish(),
            layout,
            draws,
            v,
            peer,
            current,
            gmax: scratch[GMAX],
            reversal: scratch[REVERSAL],
            gion: scratch[GION],
            shown_current: scratch[SHOWN],
            inside: scratch[INSIDE],
            outside: scratch[OUTSIDE],
            ion_current: scratch[ION_CURRENT],
            area: scratch[AREA],
            shift: scratch[SHIFT],
            init,
            start,
            breakpoint,
            state,
            rates,
            receive,
            first,
            watched,
            watches,
        })
    }

    fn node(&self, node: NodeId) -> &'f nml_flat::Node {
        self.kind.node(node)
    }

    fn block(
        &mut self,
        name: &str,
        body: impl FnOnce(&Body<'_, 'f>, &mut Emitter<'_>) -> Result<(), (NodeId, Untranslatable)>,
    ) -> Result<Entry, (NodeId, Untranslatable)> {
        let w = Body {
            kind: self.kind,
            root: self.root,
            setting: self.setting,
            nodes: &self.nodes,
            layout: &self.layout,
            v: self.v,
            v_rate: self.v_rate,
            peer: self.peer,
            scratch: self.scratch,
        };
        let mut e = Emitter {
            b: BlockBuilder::new(name),
            layout: &self.layout,
            program: &mut self.program,
            draws: &mut self.draws,
            sites: 0,
        };
        body(&w, &mut e)?;
        let block = e.b.finish();
        Ok(self.program.add(block))
    }

    /// Events arrive at the top, and at what a synapse hands them on to.
    fn receive(&mut self) -> Result<Option<Entry>, (NodeId, Untranslatable)> {
        let kind = self.kind;
        let mut takers = Vec::new();
        let mut open = vec![self.root];
        while let Some(node) = open.pop() {
            takers.push(node);
            let handed = |child: &NodeId| {
                kind.node(*child).is_a("basePlasticityMechanism")
                    || kind.node(node).is_a("doubleSynapse")
            };
            let mut children: Vec<NodeId> = kind.node(node).children().filter(handed).collect();
            children.reverse();
            open.extend(children);
        }
        let any = takers.iter().any(|&node| {
            kind.node(node).dynamics.on_event.iter().any(|(port, _)| is_in(kind, node, *port))
        });
        if !any {
            return Ok(None);
        }
        self.block("receive", |w, e| {
            for &node in &takers {
                w.take(e, node)?;
            }
            Ok(())
        })
        .map(Some)
    }

    fn watches(&mut self) -> Result<(Option<Entry>, Vec<Watch>), (NodeId, Untranslatable)> {
        let kind = self.kind;
        let mut watches = Vec::new();
        let mut tests: Vec<(Column, NodeId, &'f Formula)> = Vec::new();
        let root = self.root;
        for (regime, at) in kind.node(root).dynamics.regimes.iter().zip(0..) {
            for (test, actions) in &regime.on_condition {
                let value = self.program.column("watched", ColumnRole::State);
                let handler = self.block("watch", |w, e| w.leave(e, at, actions))?;
                tests.push((value, root, test));
                watches.push(Watch { value, handler, sends: false });
            }
        }
        for node in self.nodes.clone() {
            for (test, actions) in &kind.node(node).dynamics.on_condition {
                if !is_watched(kind, node, actions) {
                    continue;
                }
                let value = self.program.column("watched", ColumnRole::State);
                let resets = resets_potential(kind, actions);
                let handler = self.block("watch", |w, e| w.fire(e, node, actions))?;
                tests.push((value, node, test));
                watches.push(Watch { value, handler, sends: !resets });
            }
        }
        if tests.is_empty() {
            return Ok((None, watches));
        }
        let watched = self.block("watched", |w, e| {
            for (column, node, test) in &tests {
                let difference = w.difference(e, test).map_err(|error| (*node, error))?;
                e.b.store(*column, difference);
            }
            Ok(())
        })?;
        Ok((Some(watched), watches))
    }

    /// The event that every cell with an initial potential, and every source, sends itself at the start.
    fn first(&mut self) -> Result<Option<Entry>, (NodeId, Untranslatable)> {
        let kind = self.kind;
        let waits = self.nodes.iter().any(|&node| {
            let starts = &kind.node(node).dynamics.on_start;
            let of_v = starts.iter().any(|actions| resets_potential(kind, actions));
            of_v || (is_source(kind, node) && !starts.is_empty())
        });
        if !waits {
            return Ok(None);
        }
        self.block("first", |w, e| {
            for &node in w.nodes {
                for actions in &kind.node(node).dynamics.on_start {
                    for action in actions {
                        if let Action::Assign(quantity, formula) = action
                            && is_potential(kind, *quantity)
                        {
                            let value = e.formula(formula, None).map_err(|error| (node, error))?;
                            e.b.store(w.v, value);
                        }
                    }
                }
            }
            Ok(())
        })
        .map(Some)
    }
}

/// Whether a port is the one that the exporter hands events to.
fn is_in(kind: &Kind, node: NodeId, port: u32) -> bool {
    kind.node(node).ports_in.get(port as usize).is_some_and(|name| name == "in")
}

/// Whether a component sends events that the exporter takes from the component itself.
pub(super) fn is_source(kind: &Kind, node: NodeId) -> bool {
    kind.node(node).is_a("baseSpikeSource")
        || kind.node(node).is_a("baseVoltageDepPointCurrentSpiking")
}

fn resets_potential(kind: &Kind, actions: &[Action]) -> bool {
    let resets = |action: &Action| matches!(action, Action::Assign(q, _) if is_potential(kind, *q));
    actions.iter().any(resets)
}

/// Whether a condition is watched between steps rather than tested in the current phase.
fn is_watched(kind: &Kind, node: NodeId, actions: &[Action]) -> bool {
    let sends = actions.iter().any(|action| matches!(action, Action::Send(_)));
    resets_potential(kind, actions) || (sends && is_source(kind, node))
}

/// What the bodies of entries are written from.
struct Body<'a, 'f> {
    kind: &'f Kind,
    root: NodeId,
    setting: Setting,
    nodes: &'a [NodeId],
    layout: &'a Layout,
    v: Column,
    v_rate: Column,
    peer: Option<Column>,
    scratch: [Column; 9],
}

type Result_ = Result<(), (NodeId, Untranslatable)>;

impl Body<'_, '_> {
    fn seen(&self, seen: Seen) -> Option<Place> {
        let quantity = match seen {
            Seen::Time => return Some(Place::Time),
            Seen::Quantity(quantity) => quantity,
            Seen::Exposure(exposure) => match self.kind.exposures[exposure.index()].quantity {
                Some(quantity) => quantity,
                None => return Some(Place::Constant(0.0)),
            },
        };
        let within = self.nodes.contains(&self.kind.quantity(quantity).node);
        within.then(|| self.layout.quantity(quantity))
    }

    /// The derived variables of a node and all below, children first; channels' own ones, or all others.
    fn derive(&self, e: &mut Emitter<'_>, node: NodeId, of_channels: bool) -> Result_ {
        for child in self.kind.node(node).children().filter(|child| self.nodes.contains(child)) {
            self.derive(e, child, of_channels)?;
        }
        if self.kind.node(node).is_a("baseIonChannel") != of_channels {
            return Ok(());
        }
        self.derive_own(e, node).map_err(|error| (node, error))
    }

    fn derive_own(&self, e: &mut Emitter<'_>, node: NodeId) -> Result<(), Untranslatable> {
        let dynamics = &self.kind.node(node).dynamics;
        for (quantity, selection) in &dynamics.selected {
            let value = match selection {
                Selection::One(view) if view.hops.is_empty() => match self.seen(view.seen) {
                    Some(place) => e.load(place),
                    None => {
                        let name = &self.kind.quantity(*quantity).name;
                        let what = format!(
                            "`{name}` lies outside of what the exporter makes one program of"
                        );
                        return Err(Untranslatable(what));
                    }
                },
                Selection::One(_) => match self.peer {
                    Some(peer) => e.b.load(peer),
                    None => e.b.constant(0.0),
                },
                // What is attached is a process of its own, and the exporter puts 0 here.
                Selection::Reduce { members, .. } if !members.is_empty() => e.b.constant(0.0),
                Selection::Reduce { op, inside, .. } => {
                    let mut total = None;
                    for seen in inside {
                        let Some(place) = self.seen(*seen) else {
                            let name = &self.kind.quantity(*quantity).name;
                            let what = format!("`{name}` adds up what lies outside of one program");
                            return Err(Untranslatable(what));
                        };
                        let term = e.load(place);
                        total = Some(match (total, op) {
                            (None, _) => term,
                            (Some(total), Reduce::Add) => e.b.add(total, term),
                            (Some(total), Reduce::Multiply) => e.b.mul(total, term),
                        });
                    }
                    match (total, op) {
                        (Some(total), _) => total,
                        (None, Reduce::Add) => e.b.constant(0.0),
                        (None, Reduce::Multiply) => e.b.constant(1.0),
                    }
                }
            };
            e.store(self.layout.quantity(*quantity), value);
        }
        for (quantity, made) in &dynamics.derived {
            let place = self.layout.quantity(*quantity);
            let value = match made {
                Made::Formula(formula) => {
                    let value = e.formula(formula, None)?;
                    // A synapse's current has the other sign in NEURON.
                    let turned = node == self.root
                        && self.setting.sort == Sort::Synapse
                        && self.kind.quantity(*quantity).name == "i";
                    if turned { e.b.neg(value) } else { value }
                }
                Made::Cases(cases) => {
                    // Where no case holds, the variable keeps what it had.
                    let mut found = Vec::new();
                    for (condition, value) in cases {
                        let condition = match condition {
                            None => None,
                            Some(condition) => Some(e.formula(condition, None)?),
                        };
                        found.push((condition, e.formula(value, None)?));
                    }
                    let mut result = e.load(place);
                    for (condition, value) in found.into_iter().rev() {
                        result = condition.map_or(value, |c| e.b.select(c, value, result));
                    }
                    result
                }
            };
            e.store(place, value);
        }
        Ok(())
    }

    /// The procedure that computes everything: derived values, then rates.
    fn rates(
        &self,
        e: &mut Emitter<'_>,
    ) -> Result<Vec<(QuantityId, Value)>, (NodeId, Untranslatable)> {
        if self.setting.sort == Sort::Pool {
            self.pool_inputs(e);
        }
        self.derive(e, self.root, false)?;
        let mut rates: Vec<(QuantityId, Value)> = Vec::new();
        for &node in self.nodes {
            let dynamics = &self.kind.node(node).dynamics;
            for (quantity, formula) in &dynamics.rates {
                let rate = e.formula(formula, None).map_err(|error| (node, error))?;
                rates.push((*quantity, rate));
            }
            for (regime, at) in dynamics.regimes.iter().zip(0..) {
                let parts = self.regime_rates(e, regime).map_err(|error| (node, error))?;
                for (quantity, part) in parts {
                    let active = self.active(e, node, at);
                    let zero = e.b.constant(0.0);
                    let one = e.b.constant(1.0);
                    let share = e.b.select(active, one, zero);
                    let part = e.b.mul(share, part);
                    match rates.iter_mut().find(|(known, _)| *known == quantity) {
                        Some((_, rate)) => *rate = e.b.add(*rate, part),
                        None => rates.push((quantity, part)),
                    }
                }
            }
        }
        if let Some(&(_, rate)) = rates.iter().find(|(q, _)| is_potential(self.kind, *q)) {
            let turned = e.b.neg(rate);
            e.b.store(self.v_rate, turned);
        }
        rates.retain(|(quantity, _)| !is_potential(self.kind, *quantity));
        Ok(rates)
    }

    fn regime_rates(
        &self,
        e: &mut Emitter<'_>,
        regime: &nml_flat::Regime,
    ) -> Result<Vec<(QuantityId, Value)>, Untranslatable> {
        let mut parts = Vec::new();
        if regime.rates.is_empty() {
            // The potential is held by a strong pull.
            for action in regime.on_entry.iter().flatten() {
                if let Action::Assign(quantity, formula) = action
                    && is_potential(self.kind, *quantity)
                {
                    let goal = e.formula(formula, None)?;
                    let v = e.b.load(self.v);
                    let way = e.b.sub(goal, v);
                    let pull = e.b.constant(1e7);
                    parts.push((*quantity, e.b.mul(pull, way)));
                }
            }
        }
        for (quantity, formula) in &regime.rates {
            parts.push((*quantity, e.formula(formula, None)?));
        }
        Ok(parts)
    }

    fn active(&self, e: &mut Emitter<'_>, node: NodeId, regime: usize) -> Value {
        let Some(column) = self.layout.regimes[node.index()] else { return e.b.mask(false) };
        let (active, this) = (e.b.load(column), e.b.constant(regime as f64));
        e.b.compare(CompareOp::Eq, active, this)
    }

    /// What a pool's program computes from NEURON's own variables: cm², nA.
    fn pool_inputs(&self, e: &mut Emitter<'_>) {
        let area = e.b.load(self.scratch[AREA]);
        let scale = e.b.constant(1e-8);
        let surface = e.b.mul(scale, area);
        let density = e.b.load(self.scratch[ION_CURRENT]);
        let minus = e.b.neg(density);
        let total = e.b.mul(minus, surface);
        let scale = e.b.constant(1e6);
        let total = e.b.mul(scale, total);
        for (name, value) in [("surfaceArea", surface), ("iCa", total), ("iCa2", total)] {
            if let Some(place) = self.required(name) {
                e.store(place, value);
            }
        }
    }

    fn required(&self, name: &str) -> Option<Place> {
        let found = self.kind.quantities.iter().zip(0..).find(|(quantity, _)| {
            quantity.node == self.root
                && quantity.name == name
                && quantity.role == Role::Requirement
        });
        found.map(|(_, at)| self.layout.quantity(QuantityId(at)))
    }

    fn init(&self, e: &mut Emitter<'_>) -> Result_ {
        if self.setting.sort == Sort::Pool {
            let starts = [("initialConcentration", INSIDE), ("initialExtConcentration", OUTSIDE)];
            for (name, from) in starts {
                if let Some(place) = self.required(name) {
                    let value = e.b.load(self.scratch[from]);
                    e.store(place, value);
                }
            }
        }
        self.rates(e)?;
        self.rates(e)?;
        Ok(())
    }

    /// The initial values; Markov schemes are brought to their steady state just before.
    fn start(&self, e: &mut Emitter<'_>) -> Result_ {
        for &node in self.nodes {
            let dynamics = &self.kind.node(node).dynamics;
            if let Some(column) = self.layout.regimes[node.index()] {
                let initial = dynamics.regimes.iter().position(|regime| regime.initial);
                let initial = e.b.constant(initial.map_or(-1.0, |at| at as f64));
                e.b.store(column, initial);
            }
            for actions in &dynamics.on_start {
                for action in actions {
                    if let Action::Assign(quantity, formula) = action
                        && !is_potential(self.kind, *quantity)
                    {
                        let value = e.formula(formula, None).map_err(|error| (node, error))?;
                        e.store(self.layout.quantity(*quantity), value);
                    }
                }
            }
        }
        Ok(())
    }

    fn breakpoint(&self, e: &mut Emitter<'_>, everything: bool) -> Result_ {
        if everything {
            self.rates(e)?;
        }
        self.derive(e, self.root, true)?;
        if let Sort::Channel(current) = self.setting.sort {
            self.channel(e, current).map_err(|error| (self.root, error))?;
        }
        for &node in self.nodes {
            for (test, actions) in &self.kind.node(node).dynamics.on_condition {
                if is_watched(self.kind, node, actions) {
                    continue;
                }
                let mut one = || {
                    let holds = e.formula(test, None)?;
                    self.assign(e, actions, Some(holds), false)
                };
                one().map_err(|error| (node, error))?;
            }
        }
        if self.setting.sort == Sort::Pool && self.kind.node(self.root).dynamics.rates.is_empty() {
            self.write_concentration(e);
        }
        if let Sort::Cell(capacitance) = self.setting.sort {
            let rate = e.b.load(self.v_rate);
            let capacitance = e.b.constant(capacitance);
            let i = e.b.mul(rate, capacitance);
            e.b.store(self.scratch[ION_CURRENT], i);
        }
        Ok(())
    }

    fn write_concentration(&self, e: &mut Emitter<'_>) {
        let state =
            self.kind.quantities.iter().zip(0..).find(|(quantity, _)| {
                quantity.node == self.root && quantity.name == "concentration"
            });
        if let Some((_, at)) = state {
            let value = e.load(self.layout.quantity(QuantityId(at)));
            e.b.store(self.scratch[INSIDE], value);
        }
    }

    fn channel(&self, e: &mut Emitter<'_>, current: Current) -> Result<(), Untranslatable> {
        let fopen = self
            .kind
            .quantities
            .iter()
            .zip(0..)
            .find(|(quantity, _)| quantity.node == self.root && quantity.name == "fopen");
        let Some((_, at)) = fopen else {
            return Err(Untranslatable("a channel without `fopen` is not exported".to_owned()));
        };
        let fopen = e.load(self.layout.quantity(QuantityId(at)));
        let gmax = e.b.load(self.scratch[GMAX]);
        let gion = e.b.mul(gmax, fopen);
        e.b.store(self.scratch[GION], gion);
        let v = e.b.load(self.v);
        let drive = match current {
            Current::Ohmic | Current::Nernst => {
                let reversal = e.b.load(self.scratch[REVERSAL]);
                e.b.sub(v, reversal)
            }
            Current::Ghk => self.ghk(e, v),
            Current::Ghk2 => self.ghk2(e, v),
        };
        let i = e.b.mul(gion, drive);
        e.b.store(self.scratch[ION_CURRENT], i);
        let shown = e.b.neg(i);
        e.b.store(self.scratch[SHOWN], shown);
        Ok(())
    }

    /// The function `efun` of NEURON's own GHK mechanisms: `z / (exp(z) - 1)`.
    fn efun(e: &mut Emitter<'_>, z: Value) -> Value {
        let (one, two, small) = (e.b.constant(1.0), e.b.constant(2.0), e.b.constant(1e-4));
        let half = e.b.div(z, two);
        let near = e.b.sub(one, half);
        let power = e.b.unary(UnaryOp::Exp, z);
        let below = e.b.sub(power, one);
        let far = e.b.div(z, below);
        let size = e.b.unary(UnaryOp::Abs, z);
        let is_near = e.b.lt(size, small);
        e.b.select(is_near, near, far)
    }

    fn ghk(&self, e: &mut Emitter<'_>, v: Value) -> Value {
        const FARADAY: f64 = 96485.3;
        let scale = e.b.constant(1e-3 * 2.0 * FARADAY);
        let thermal = e.b.constant(GAS_CONSTANT * self.setting.temperature);
        let top = e.b.mul(scale, v);
        let z = e.b.div(top, thermal);
        let minus = e.b.neg(z);
        let out = Self::efun(e, z);
        let into = Self::efun(e, minus);
        let (inside, outside) = (e.b.load(self.scratch[INSIDE]), e.b.load(self.scratch[OUTSIDE]));
        let out = e.b.mul(outside, out);
        let into = e.b.mul(inside, into);
        let difference = e.b.sub(into, out);
        let scale = e.b.constant(0.001 * 2.0 * FARADAY);
        e.b.mul(scale, difference)
    }

    fn ghk2(&self, e: &mut Emitter<'_>, v: Value) -> Value {
        let f = e.b.constant(25.0 / 293.15 * self.setting.temperature / 2.0);
        let nu = e.b.div(v, f);
        let power = e.b.unary(UnaryOp::Exp, nu);
        let (inside, outside) = (e.b.load(self.scratch[INSIDE]), e.b.load(self.scratch[OUTSIDE]));
        let ratio = e.b.div(inside, outside);
        let part = e.b.mul(ratio, power);
        let one = e.b.constant(1.0);
        let rest = e.b.sub(one, part);
        let minus = e.b.neg(f);
        let scaled = e.b.mul(minus, rest);
        let efun = Self::efun(e, nu);
        e.b.mul(scaled, efun)
    }

    fn state(&self, e: &mut Emitter<'_>) -> Result_ {
        let rates = self.rates(e)?;
        let dt = e.b.uniform(self.layout.dt);
        for (quantity, rate) in rates {
            let place = self.layout.quantity(quantity);
            let old = e.load(place);
            let change = e.b.mul(dt, rate);
            let new = e.b.add(old, change);
            e.store(place, new);
        }
        if self.setting.sort == Sort::Pool {
            self.write_concentration(e);
        }
        Ok(())
    }

    /// Assignments where a mask holds.  `late` says that the potential stands for its rate, as it does in
    /// regimes.
    fn assign(
        &self,
        e: &mut Emitter<'_>,
        actions: &[Action],
        mask: Option<Value>,
        late: bool,
    ) -> Result<(), Untranslatable> {
        for action in actions {
            if let Action::Assign(quantity, formula) = action {
                let value = e.formula(formula, mask)?;
                let place = if late && is_potential(self.kind, *quantity) {
                    Place::Column(self.v_rate)
                } else {
                    self.layout.quantity(*quantity)
                };
                e.store_where(mask, place, value);
            }
        }
        Ok(())
    }

    fn take(&self, e: &mut Emitter<'_>, node: NodeId) -> Result_ {
        for (port, actions) in &self.kind.node(node).dynamics.on_event {
            if is_in(self.kind, node, *port) {
                self.assign(e, actions, None, false).map_err(|error| (node, error))?;
            }
        }
        Ok(())
    }

    /// The condition of a regime begins to hold.
    fn leave(&self, e: &mut Emitter<'_>, regime: usize, actions: &[Action]) -> Result_ {
        let node = self.root;
        let mut body = || {
            let active = self.active(e, node, regime);
            self.assign(e, actions, Some(active), true)?;
            for action in actions {
                let Action::Enter(to) = action else { continue };
                if let Some(column) = self.layout.regimes[node.index()] {
                    let index = e.b.constant(f64::from(*to));
                    e.store_where(Some(active), Place::Column(column), index);
                }
                let dynamics = &self.kind.node(node).dynamics;
                for actions in dynamics.regimes.get(*to as usize).map_or(&[][..], |r| &r.on_entry) {
                    self.assign(e, actions, Some(active), false)?;
                }
            }
            Ok(())
        };
        body().map_err(|error| (node, error))
    }

    /// The condition of a component begins to hold.
    fn fire(&self, e: &mut Emitter<'_>, node: NodeId, actions: &[Action]) -> Result_ {
        self.assign(e, actions, None, false).map_err(|error| (node, error))?;
        if resets_potential(self.kind, actions) {
            let zero = e.b.constant(0.0);
            e.b.store(self.v_rate, zero);
            return Ok(());
        }
        for child in self.kind.node(node).children().filter(|child| self.nodes.contains(child)) {
            self.take(e, child)?;
            for grandchild in self.kind.node(child).children() {
                self.take(e, grandchild)?;
            }
        }
        Ok(())
    }

    /// Left side minus right side of a comparison, so that it is above 0 where the comparison holds.
    fn difference(&self, e: &mut Emitter<'_>, test: &Formula) -> Result<Value, Untranslatable> {
        let text = "only a condition of one comparison can be watched";
        crate::engine::formula::difference(e, test)?.ok_or_else(|| Untranslatable(text.to_owned()))
    }
}

/// The gas constant as NEURON has it, J/(K mol).
pub(super) const GAS_CONSTANT: f64 = 8.314_462_618_153_24;
