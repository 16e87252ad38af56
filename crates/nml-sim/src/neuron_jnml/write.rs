//! One mechanism to a program: what the exporter writes into a file of NEURON's mechanism language.
//!
//! Variables are columns, so a statement that reads what is only written further down sees the value of the
//! time before, as it does in NEURON.

use nml_flat::{
    Action, Flat, Formula, Kind, KindId, NodeId, QuantityId, Role, Seen, Selection, View,
};
use nml_kernel::{BlockBuilder, Column, ColumnRole, Entry, ProgramBuilder};

use super::body::{Body, difference};
use super::numbers;
use super::sort::Sort;
use super::written::{
    AREA, GION, GMAX, INSIDE, ION_CURRENT, OUTSIDE, REVERSAL, SHIFT, SHOWN, Setting, Watch, Written,
};
use crate::emit::{Draws, Emitter, Untranslatable};
use crate::layout::{Layout, Place};

/// Entries that are one body.
#[derive(Clone, Copy)]
enum Phase {
    Init,
    Start,
    State,
}

/// Whether a rate changes a state that NEURON keeps itself: the potential.
pub(super) fn is_potential(kind: &Kind, quantity: QuantityId) -> bool {
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
                    _ => {
                        let Some(place) = self.behind(view) else {
                            let what = format!(
                                "`{name}` lies outside of what the exporter makes one program of"
                            );
                            return Err((node, Untranslatable(what)));
                        };
                        place
                    }
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
        let init = self.phase("init", Phase::Init)?;
        let start = self.phase("start", Phase::Start)?;
        let breakpoint =
            self.block("breakpoint", |w, e| w.breakpoint(e, !has_states && !markov))?;
        let state = if has_states { Some(self.phase("state", Phase::State)?) } else { None };
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

    fn phase(&mut self, name: &str, phase: Phase) -> Result<Entry, (NodeId, Untranslatable)> {
        self.block(name, |w, e| match phase {
            Phase::Init => w.init(e),
            Phase::Start => w.start(e),
            Phase::State => w.state(e),
        })
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
            time: None,
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
        let watched = self.block("watched", |_, e| {
            for (column, node, test) in &tests {
                let difference = difference(e, test).map_err(|error| (*node, error))?;
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
pub(super) fn is_in(kind: &Kind, node: NodeId, port: u32) -> bool {
    kind.node(node).ports_in.get(port as usize).is_some_and(|name| name == "in")
}

/// Whether a component sends events that the exporter takes from the component itself.
pub(super) fn is_source(kind: &Kind, node: NodeId) -> bool {
    kind.node(node).is_a("baseSpikeSource")
        || kind.node(node).is_a("baseVoltageDepPointCurrentSpiking")
}

pub(super) fn resets_potential(kind: &Kind, actions: &[Action]) -> bool {
    let resets = |action: &Action| matches!(action, Action::Assign(q, _) if is_potential(kind, *q));
    actions.iter().any(resets)
}

/// Whether a condition is watched between steps rather than tested in the current phase.
pub(super) fn is_watched(kind: &Kind, node: NodeId, actions: &[Action]) -> bool {
    let sends = actions.iter().any(|action| matches!(action, Action::Send(_)));
    resets_potential(kind, actions) || (sends && is_source(kind, node))
}
