//! Synapses that need not be one by one.
//!
//! A synapse of which the equations are linear in its states, and to whose states every event adds, acts on a
//! compartment together with its equals as one: states, and so currents, add up.  A synapse without states that only
//! passes events on to the cell around it is no more than a wire.  Both are read off the equations.

use std::rc::Rc;

use nml_lems::Build;
use nml_model::{Component, ComponentRef};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Options;
use crate::blueprint::Blueprint;
use crate::build::{Flattener, Given, KindKey, Place};
use crate::flat::{Action, Flat, Kind, KindId, NodeId, Operand, QuantityId, Role, Seen, Selection};
use crate::linear::{Degree, Degrees};

/// The property of a synapse that rows of projections set.
const WEIGHT: &str = "weight";

/// The events of a synapse come in through its first port.
const INLET: (NodeId, u32) = (NodeId::ROOT, 0);

/// Synapses of one component that are not simulated one by one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The identifier of the component.
    pub component: String,
    /// How many there are in the model.
    pub synapses: u64,
    /// How many stand for them; 0 where events go straight to the cells.
    pub instances: u64,
}

/// What becomes of the synapses of a component.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// Each is an instance.
    Apart,
    /// Those on one compartment are one instance.
    Sum(Rc<Sum>),
    /// Events go on to ports of the place around, each after a delay in seconds.
    Relay(Rc<[(String, f64)]>),
}

/// Synapses that add up.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    /// The weight of a connection that says nothing of it; none where the weight is not used.
    pub(crate) weight: Option<f64>,
    /// Exposures and quantities that add up with the states, by node and name.
    shown: FxHashSet<(NodeId, String)>,
}

/// What is known of merging.
#[derive(Debug, Default)]
pub(crate) struct Merging {
    /// Components that stay apart.
    pub(crate) apart: FxHashSet<ComponentRef>,
    ways: FxHashMap<ComponentRef, Way>,
    /// By kind of synapses that stand for several: the instance for each instance of the home.
    sums: FxHashMap<KindId, Vec<u32>>,
    /// Components of which one instance is known by its name.
    touched: Vec<ComponentRef>,
    /// By component, in the order of appearance: how many synapses are not simulated one by one.
    found: Vec<(ComponentRef, u64)>,
}

const NONE: u32 = u32::MAX;

impl<'m> Flattener<'m> {
    /// What becomes of the synapses of a component.
    pub(crate) fn way(&mut self, synapse: Component<'m>) -> Way {
        let handle = synapse.handle();
        if !self.options.merge || self.merging.apart.contains(&handle) {
            return Way::Apart;
        }
        if let Some(known) = self.merging.ways.get(&handle) {
            return known.clone();
        }
        let way = self.relay(synapse).or_else(|| self.sum(synapse)).unwrap_or(Way::Apart);
        self.merging.ways.insert(handle, way.clone());
        way
    }

    /// The component alone, flattened without what is around it, and whether nothing was missing.
    fn alone(&self, synapse: Component<'m>, wired: bool) -> Option<(Kind, bool)> {
        let mut trial = Flattener::new(self.model, Options::default());
        trial.root(synapse);
        if wired {
            trial.wire();
        }
        let names = trial.declare();
        trial.lower(&names);
        let whole = !trial.sink.has_errors();
        let kind = trial.flat.kinds.pop().filter(|_| trial.flat.kinds.is_empty())?;
        (!kind.node(NodeId::ROOT).ports_in.is_empty()).then_some((kind, whole))
    }

    fn sum(&self, synapse: Component<'m>) -> Option<Way> {
        let (mut kind, _) = self.alone(synapse, true)?;
        let weight =
            kind.quantities.iter().position(|q| q.node == NodeId::ROOT && q.name == WEIGHT);
        let weight = weight.and_then(|at| u32::try_from(at).ok()).map(QuantityId);
        let default = weight.and_then(|weight| match &kind.quantity(weight).role {
            Role::Property(values) => values.first().copied(),
            _ => None,
        });
        // What the weight does anywhere but in handlers differs between the synapses.
        let degrees = Degrees::new(&kind, |quantity| match kind.quantity(quantity).role {
            Role::State => Degree::Linear,
            _ if Some(quantity) == weight && default.is_some() => Degree::Other,
            _ => Degree::Free,
        });
        let quiet = kind.nodes.iter().all(|node| {
            let dynamics = &node.dynamics;
            let rates = dynamics.rates.iter().all(|(_, rate)| degrees.of_formula(rate).adds_up());
            let start = dynamics.on_start.iter().flatten().all(|action| match action {
                Action::Assign(_, value) => degrees.of_formula(value) == Degree::Zero,
                Action::Send(_) | Action::Enter(_) => false,
            });
            let still = dynamics.on_condition.is_empty()
                && dynamics.regimes.is_empty()
                && dynamics.schemes.is_empty();
            rates && start && still
        });
        let has_states = kind.quantities.iter().any(|q| q.role == Role::State);
        if !quiet || !has_states || !kind.peers.is_empty() {
            return None;
        }
        let used = default.is_some() && weight.is_some_and(|weight| uses(&kind, weight));
        kind.weight = weight.filter(|_| used);
        if !kind.adds_up_events(&[INLET], &[]) {
            return None;
        }
        let quantities = kind.quantities.iter().zip((0..).map(QuantityId));
        let quantities = quantities.map(|(q, id)| (q.node, &q.name, degrees.of(id)));
        let exposures = kind.exposures.iter().map(|exposure| {
            let of = exposure.quantity.map_or(Degree::Zero, |quantity| degrees.of(quantity));
            (exposure.node, &exposure.name, of)
        });
        let shown = quantities.chain(exposures).filter(|(.., degree)| degree.adds_up());
        let shown = shown.map(|(node, name, _)| (node, name.clone())).collect();
        Some(Way::Sum(Rc::new(Sum { weight: default.filter(|_| used), shown })))
    }

    /// The ports around to which a synapse without states passes events on.
    fn relay(&self, synapse: Component<'m>) -> Option<Way> {
        let structure = self.model.types().get(synapse.ty()?).structure.as_ref()?;
        let (kind, whole) = self.alone(synapse, false)?;
        let root = kind.node(NodeId::ROOT);
        let stateless = kind.quantities.iter().all(|q| q.role != Role::State);
        let still = root.dynamics.on_condition.is_empty() && root.dynamics.regimes.is_empty();
        if !whole || kind.nodes.len() > 1 || !stateless || !still {
            return None;
        }
        // Nothing but 0 may be seen of it.
        let degrees = Degrees::new(&kind, |_| Degree::Free);
        let zero = |quantity: Option<QuantityId>| {
            quantity.is_none_or(|quantity| degrees.of(quantity) == Degree::Zero)
        };
        if !kind.exposures.iter().all(|exposure| zero(exposure.quantity)) {
            return None;
        }
        let mut sent = Vec::new();
        let handler = root.dynamics.on_event.iter().rev().find(|(port, _)| *port == INLET.1);
        for action in handler.map_or(&[][..], |(_, actions)| actions) {
            let Action::Send(port) = action else { return None };
            sent.push(root.ports_out.get(*port as usize)?.as_str());
        }
        let (mut this, mut around, mut wires) = (vec!["this"], Vec::new(), Vec::new());
        for item in structure.items.iter() {
            match item {
                Build::With(order) if order.body.is_empty() => match order.instance.as_deref()? {
                    "this" => this.push(order.name.as_str()),
                    "parent" => around.push(order.name.as_str()),
                    _ => return None,
                },
                Build::EventConnection(order)
                    if order.receiver.is_none() && order.assigns.is_empty() =>
                {
                    let known =
                        this.contains(&order.from.as_str()) && around.contains(&order.to.as_str());
                    let port = self.text(synapse, order.source_port.as_ref())?;
                    let to = self.text(synapse, order.target_port.as_ref())?;
                    if !known || order.delay.is_some() {
                        return None;
                    }
                    wires.push((port, to));
                }
                _ => return None,
            }
        }
        // Each event sent goes along all wires from its port.
        let on = sent.iter().flat_map(|port| wires.iter().filter(move |(from, _)| from == port));
        let on: Rc<[(String, f64)]> = on.map(|(_, to)| (to.clone(), 0.0)).collect();
        (!on.is_empty()).then_some(Way::Relay(on))
    }

    /// The instance that stands for synapses of a kind at an instance of their home, and whether it is new.
    pub(crate) fn sum_at(&mut self, kind: KindId, home: u32) -> (u32, bool) {
        let known = self.merging.sums.entry(kind).or_default();
        let at = home as usize;
        if known.len() <= at {
            known.resize(at + 1, NONE);
        }
        if known[at] != NONE {
            return (known[at], false);
        }
        let new = self.add_instance(kind, home);
        if let Some(known) = self.merging.sums.get_mut(&kind) {
            known[at] = new;
        }
        (new, true)
    }

    /// The kind of synapses in the list of a place that takes them.
    pub(crate) fn kind_at(
        &mut self,
        to: Place,
        container: Option<&str>,
        plan: Blueprint<'m>,
        by: Component<'m>,
    ) -> Option<KindId> {
        let home = self.slot(to, container, by)?;
        let key = KindKey { made_from: plan.key(), home, tunnel: None };
        let kind = self.kind_in(&key, plan);
        (!self.flat.kind(kind).nodes.is_empty()).then_some(kind)
    }

    /// Where an event to one more synapse goes, if that need not be an instance of its own: ports, delays and weights.
    /// None too where something is wrong, which is told by who makes an instance instead.
    pub(crate) fn merged_ends(
        &mut self,
        to: Place,
        container: Option<&str>,
        synapse: Component<'m>,
        given: Option<&Given<'_>>,
        by: Component<'m>,
    ) -> Option<Vec<(Place, u32, f64, f64)>> {
        let ends = match self.way(synapse) {
            Way::Apart => return None,
            Way::Relay(on) => {
                self.slot(to, container, by)?;
                let ports = self.relayed_to(to, &on)?.into_iter();
                ports.map(|(port, delay)| (to, port, delay, 1.0)).collect()
            }
            Way::Sum(sum) => {
                let kind = self.kind_at(to, container, synapse.into(), by)?;
                let (instance, _) = self.sum_at(kind, to.instance);
                let weight = match (sum.weight, given) {
                    (Some(default), given) => given.map_or(default, |given| given.value),
                    (None, given) => {
                        // Without effect, which is told.
                        if let Some(given) = given {
                            self.assign(kind, instance, given);
                        }
                        1.0
                    }
                };
                let at = Place { kind, node: NodeId::ROOT, instance };
                vec![(at, INLET.1, 0.0, weight)]
            }
        };
        self.count_merged(synapse.handle(), 1);
        Some(ends)
    }

    /// The ports of a place that go by these names, with delays in seconds.
    pub(crate) fn relayed_to(&self, to: Place, on: &[(String, f64)]) -> Option<Vec<(u32, f64)>> {
        let ports = &self.flat.kind(to.kind).node(to.node).ports_in;
        let port = |name: &String| ports.iter().position(|known| known == name);
        on.iter().map(|(name, delay)| Some((u32::try_from(port(name)?).ok()?, *delay))).collect()
    }

    /// Notes that a synapse is known by its name, and the weight of an event to it.
    pub(crate) fn touch(&mut self, place: Place) -> f64 {
        if self.merging.sums.contains_key(&place.kind) {
            self.merging.touched.push(self.flat.kind(place.kind).component);
        }
        1.0
    }

    /// Counts synapses that are not simulated one by one.
    pub(crate) fn count_merged(&mut self, synapse: ComponentRef, more: u64) {
        match self.merging.found.iter_mut().find(|(known, _)| *known == synapse) {
            Some((_, count)) => *count += more,
            None => self.merging.found.push((synapse, more)),
        }
    }

    /// Completes kinds that stand for several synapses; the components of those of which more is seen than a sum.
    pub(crate) fn merged(&mut self) -> Vec<ComponentRef> {
        let flat = &mut self.flat;
        let mut kinds: Vec<KindId> = self.merging.sums.keys().copied().collect();
        kinds.sort_unstable();
        let mut seen_apart = std::mem::take(&mut self.merging.touched);
        for &id in &kinds {
            let component = flat.kind(id).component;
            let Some(Way::Sum(sum)) = self.merging.ways.get(&component) else { continue };
            if !is_seen_as_sum(flat, id, sum) {
                seen_apart.push(component);
            }
            let kind = &mut flat.kinds[id.index()];
            let weight =
                kind.quantities.iter().position(|q| q.node == NodeId::ROOT && q.name == WEIGHT);
            let weight = weight.filter(|_| sum.weight.is_some());
            kind.weight = weight.and_then(|at| u32::try_from(at).ok()).map(QuantityId);
        }
        flat.merged = self
            .merging
            .found
            .iter()
            .map(|&(component, synapses)| {
                let of = kinds.iter().map(|&id| flat.kind(id)).filter(|k| k.component == component);
                let instances = of.map(|kind| u64::from(kind.count())).sum();
                let id = self.model.component(component).id();
                Merged { component: id.unwrap_or("").to_owned(), synapses, instances }
            })
            .collect();
        seen_apart
    }
}

/// Whether handlers of a kind are made of a quantity, directly or through others.
fn uses(kind: &Kind, quantity: QuantityId) -> bool {
    let given = |q: QuantityId| if q == quantity { Degree::Other } else { Degree::Free };
    let degrees = Degrees::new(kind, given);
    let handlers = kind.nodes.iter().flat_map(|node| &node.dynamics.on_event);
    handlers.flat_map(|(_, actions)| actions).any(|action| match action {
        Action::Assign(_, value) => value.operands.iter().any(
            |operand| matches!(operand, Operand::Quantity(q) if degrees.of(*q) == Degree::Other),
        ),
        Action::Send(_) | Action::Enter(_) => false,
    })
}

/// Whether others see nothing of a kind but sums of what adds up.
fn is_seen_as_sum(flat: &Flat, id: KindId, sum: &Sum) -> bool {
    let kind = flat.kind(id);
    let adds_up = |seen: Seen| {
        let (node, name) = match seen {
            Seen::Exposure(at) => {
                (kind.exposures[at.index()].node, &kind.exposures[at.index()].name)
            }
            Seen::Quantity(at) => (kind.quantity(at).node, &kind.quantity(at).name),
            Seen::Time => return false,
        };
        sum.shown.contains(&(node, name.clone()))
    };
    let dynamics = || flat.kinds.iter().flat_map(|kind| &kind.nodes).map(|node| &node.dynamics);
    let selections =
        dynamics().flat_map(|dynamics| &dynamics.selected).all(|(_, selection)| match selection {
            Selection::One(view) => view.kind != id || view.hops.is_empty(),
            Selection::Reduce { op, members, .. } => members.iter().all(|&(member, seen)| {
                member != id || (*op == nml_lems::Reduce::Add && adds_up(seen))
            }),
        });
    let views = dynamics().flat_map(|dynamics| &dynamics.requirements);
    let views = views.into_iter().all(|(_, view)| view.kind != id || view.hops.is_empty());
    let alone = flat.kinds.iter().all(|other| {
        other.home.is_none_or(|home| home.kind != id) && other.peers.iter().all(|p| p.kind != id)
    });
    let silent = flat.wires.iter().all(|table| table.from.0 != id);
    selections && views && alone && silent
}
