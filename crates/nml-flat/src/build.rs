//! Components to kinds, nodes and instances: the building half of `Structure`.

use std::rc::Rc;
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_lems::{CoInstantiate, Direction};
use nml_model::{Component, ComponentRef, Model, Role, TypeId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Options;
use crate::blueprint::Blueprint;
use crate::flat::{Dynamics, Flat, Home, Kind, KindId, List, Node, NodeId, Peers};
use crate::instantiate::Spread;
use crate::merge::Merging;
use crate::random::Numbering;
use crate::rules;
use crate::tree::Trees;
use crate::values::{Values, merged};

use crate::shape::Shape;
use crate::table::Sites;

/// How deep components may lie inside one another.
const MAX_DEPTH: usize = 100;

/// One end of a tunnel.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Tunnelled {
    /// The name under which it sees the other end.
    pub(crate) name: String,
    /// Where the other end lives.
    pub(crate) other: Home,
    /// What the other end is.
    pub(crate) component: ComponentRef,
    /// Which end this is.
    pub(crate) side: u8,
}

/// What instances of one kind have in common.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct KindKey {
    pub(crate) made_from: (ComponentRef, Option<TypeId>),
    pub(crate) home: Home,
    pub(crate) tunnel: Option<Tunnelled>,
}

/// Values given to instances under a name.
#[derive(Clone, Debug)]
pub(crate) struct Assigned {
    /// The name.
    pub(crate) name: String,
    /// One per instance; NaN where an instance has none of its own.
    pub(crate) values: Vec<f64>,
    /// Where the first of them stands.
    pub(crate) span: Span,
    /// Whether the name need not be declared by the type (`exposeAs`).
    pub(crate) free: bool,
}

/// A value for an instance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: f64,
    pub(crate) span: Span,
    /// Whether the name need not be declared by the type.
    pub(crate) free: bool,
}

/// An instance, or a node within it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    pub(crate) kind: KindId,
    pub(crate) node: NodeId,
    pub(crate) instance: u32,
}

/// The work in progress.
pub(crate) struct Flattener<'m> {
    pub(crate) model: &'m Model,
    pub(crate) options: Options,
    pub(crate) flat: Flat,
    pub(crate) sink: Diagnostics,
    reported: FxHashSet<(&'static str, Span, String)>,
    pub(crate) values: FxHashMap<(ComponentRef, Option<TypeId>), Rc<Values>>,
    /// Nodes made from a type alone.
    alone: FxHashMap<(KindId, NodeId), TypeId>,
    /// Nodes made from a component taken for another type.
    cast: FxHashMap<(KindId, NodeId), TypeId>,
    /// Cells of several compartments.
    pub(crate) trees: Trees<'m>,
    /// Cells whose shapes are kept.
    pub(crate) shapes: FxHashMap<ComponentRef, Option<Arc<Shape>>>,
    /// Constants of whole files.
    pub(crate) globals: Rc<Values>,
    keys: FxHashMap<KindKey, KindId>,
    /// Kinds of cells in populations of the network, by what they are made from and whether they are labelled.
    pub(crate) shared: FxHashMap<((ComponentRef, Option<TypeId>), bool), KindId>,
    /// Properties set while building, by kind.
    pub(crate) assigned: Vec<Vec<Assigned>>,
    /// Values of instances built in numbers.
    pub(crate) spreads: Vec<Spread>,
    /// Orders to build an instance at each place of a list.
    pub(crate) pending: Vec<(KindId, NodeId, &'m CoInstantiate)>,
    /// Lists that structures have gathered.
    pub(crate) collections: FxHashMap<(Place, String), Vec<Place>>,
    /// Pairs that structures have gathered.
    pub(crate) pairs: FxHashMap<(Place, String), Vec<(Place, Place)>>,
    /// Nodes whose wires have yet to be laid, in building order.
    pub(crate) unwired: Vec<(KindId, NodeId)>,
    /// How many members of another kind each instance of a kind has.
    pub(crate) multiples: FxHashMap<KindId, Vec<(KindId, usize)>>,
    /// Synapses that are not simulated one by one.
    pub(crate) merging: Merging,
    /// Numbers of instances for random streams.
    pub(crate) numbering: Numbering,
    /// Wire tables by what they connect.
    pub(crate) tables: FxHashMap<Ends, usize>,
    /// The one used last.
    pub(crate) last_table: Option<(Ends, usize)>,
}

/// Sending and receiving kind, node and port.
pub(crate) type Ends = ((KindId, NodeId, u32), (KindId, NodeId, u32));

impl<'m> Flattener<'m> {
    pub(crate) fn new(model: &'m Model, options: Options) -> Self {
        let mut flattener = Self {
            model,
            options,
            flat: Flat::default(),
            sink: Diagnostics::new(),
            reported: FxHashSet::default(),
            values: FxHashMap::default(),
            alone: FxHashMap::default(),
            cast: FxHashMap::default(),
            trees: Trees::default(),
            shapes: FxHashMap::default(),
            globals: Rc::default(),
            keys: FxHashMap::default(),
            shared: FxHashMap::default(),
            assigned: Vec::new(),
            spreads: Vec::new(),
            pending: Vec::new(),
            collections: FxHashMap::default(),
            pairs: FxHashMap::default(),
            unwired: Vec::new(),
            multiples: FxHashMap::default(),
            merging: Merging::default(),
            numbering: Numbering::default(),
            tables: FxHashMap::default(),
            last_table: None,
        };
        let constants = model.documents().iter().flat_map(|document| {
            let near = document.file().span();
            document.definitions.constants.iter().map(move |constant| (constant, near))
        });
        // One may be computed from others.
        for (constant, near) in constants {
            let value = flattener.constant(&constant.value, near);
            let symbol = constant.symbol.as_ref().unwrap_or(&constant.name);
            Rc::make_mut(&mut flattener.globals).insert(symbol.to_string(), value);
        }
        flattener
    }

    /// Adds a finding, unless it is there already: many instances share one component.
    pub(crate) fn report(&mut self, found: Diagnostic) {
        let key = (found.rule.code, found.primary.span, found.message.clone());
        if self.reported.insert(key) {
            self.sink.push(found);
        }
    }

    /// What a node is made from.
    pub(crate) fn made_from(&self, kind: KindId, node: NodeId) -> Blueprint<'m> {
        let component = self.model.component(self.flat.kind(kind).node(node).component);
        let at = (kind, node);
        let (alone, cast) = (self.alone.get(&at).copied(), self.cast.get(&at).copied());
        Blueprint { component, alone, cast }
    }

    /// A kind without instances.
    pub(crate) fn new_kind(&mut self, plan: Blueprint<'m>, home: Option<Home>) -> KindId {
        let id = KindId(u32::try_from(self.flat.kinds.len()).unwrap_or(u32::MAX));
        let cell = plan.written().filter(|written| written.is_a("cell"));
        let shape = cell.and_then(|cell| self.shape(cell));
        self.flat.kinds.push(Kind {
            name: plan.name().to_owned(),
            component: plan.component.handle(),
            span: plan.span(),
            home,
            populations: Vec::new(),
            parents: Vec::new(),
            labels: None,
            positions_um: Vec::new(),
            nodes: Vec::new(),
            quantities: Vec::new(),
            exposures: Vec::new(),
            wires: Vec::new(),
            peers: Vec::new(),
            shape,
            sites: Sites::default(),
            weight: None,
            tree: None,
            numbers: None,
        });
        self.assigned.push(Vec::new());
        id
    }

    /// The kind of the component simulated, with one instance.
    pub(crate) fn root(&mut self, component: Component<'m>) -> KindId {
        let kind = self.new_kind(component.into(), None);
        self.flat.kinds[kind.index()].parents.push(0);
        self.add_root(kind, component.into(), 0);
        kind
    }

    /// The kind of instances in a list; made on first use.
    pub(crate) fn kind_in(&mut self, key: &KindKey, plan: Blueprint<'m>) -> KindId {
        if let Some(&known) = self.keys.get(key) {
            return known;
        }
        let depth = self.depth(key.home);
        let kind = self.new_kind(plan, Some(key.home));
        self.keys.insert(key.clone(), kind);
        let home = &mut self.flat.kinds[key.home.kind.index()].nodes[key.home.node.index()];
        home.lists[key.home.list as usize].kinds.push(kind);
        if let Some(tunnel) = &key.tunnel {
            // The kind of the others is filled in when the first of them is made.
            let peers = Peers { name: tunnel.name.clone(), kind, instances: Vec::new() };
            self.flat.kinds[kind.index()].peers.push(peers);
        }
        self.add_root(kind, plan, depth);
        kind
    }

    /// How many nodes lie around a home.
    fn depth(&self, home: Home) -> usize {
        let mut depth = 0;
        let mut at = Some((home.kind, home.node));
        while let Some((kind, node)) = at {
            depth += 1;
            at = match self.flat.kind(kind).node(node).parent {
                Some(parent) => Some((kind, parent)),
                None => self.flat.kind(kind).home.map(|home| (home.kind, home.node)),
            };
        }
        depth
    }

    /// Adds an instance to a kind, with the members it has from the start.
    pub(crate) fn add_instance(&mut self, kind: KindId, parent: u32) -> u32 {
        let parents = &mut self.flat.kinds[kind.index()].parents;
        parents.push(parent);
        let new = u32::try_from(parents.len() - 1).unwrap_or(u32::MAX);
        self.number(kind);
        // Nesting is bounded by `MAX_DEPTH`, and so is this recursion.
        for (made, count) in self.multiples.get(&kind).cloned().unwrap_or_default() {
            for _ in 0..count {
                self.add_instance(made, new);
            }
        }
        new
    }

    /// Sets a property of an instance.
    pub(crate) fn assign(&mut self, kind: KindId, instance: u32, given: &Given<'_>) {
        let columns = &mut self.assigned[kind.index()];
        let Given { name, value, span, free } = *given;
        let at = columns.iter().position(|known| known.name == name).unwrap_or_else(|| {
            let (name, values) = (name.to_owned(), Vec::new());
            columns.push(Assigned { name, values, span, free });
            columns.len() - 1
        });
        let column = &mut columns[at].values;
        column.resize((instance as usize + 1).max(column.len()), f64::NAN);
        column[instance as usize] = value;
    }

    /// Adds a component and everything inside it to a kind.
    pub(crate) fn add_node(
        &mut self,
        kind: KindId,
        plan: Blueprint<'m>,
        parent: Option<NodeId>,
        slot: &str,
        depth: usize,
    ) -> Option<NodeId> {
        let component = plan.component;
        if depth > MAX_DEPTH {
            let what = format!("components are nested more than {MAX_DEPTH} deep here");
            self.report(rules::not_simulated(component.id_span(), what));
            return None;
        }
        let Some(ty) = plan.ty() else {
            let what = format!("{} has no component type", component.shown());
            self.report(rules::unresolved(component.id_span(), what));
            return None;
        };
        let types = self.model.types();
        let declared = types.get(ty);
        let id = NodeId(u32::try_from(self.flat.kind(kind).nodes.len()).unwrap_or(u32::MAX));
        let id_or = |slot| plan.written().map_or(Some(slot), Component::id).unwrap_or(slot);
        let own = if slot.is_empty() { plan.name() } else { id_or(slot) };
        let (mut ports_in, mut ports_out) = (Vec::new(), Vec::new());
        for port in types.event_ports(ty) {
            let ports = match port.direction {
                Direction::In => &mut ports_in,
                Direction::Out => &mut ports_out,
            };
            ports.push(port.name.to_string());
        }
        let texts = plan.written().map_or(Vec::new(), |written| self.texts(written));
        self.flat.kinds[kind.index()].nodes.push(Node {
            name: own.to_owned(),
            slot: slot.to_owned(),
            component: component.handle(),
            ty: declared.name.to_string(),
            bases: types.line(ty).skip(1).map(|base| base.name.to_string()).collect(),
            texts,
            parent,
            singles: Vec::new(),
            lists: Vec::new(),
            ports_in,
            ports_out,
            dynamics: Dynamics::default(),
        });
        if let Some(ty) = plan.cast {
            self.cast.insert((kind, id), ty);
        } else if let Some(ty) = plan.alone {
            self.alone.insert((kind, id), ty);
        } else {
            self.add_children(kind, id, component, depth);
        }
        for attachments in merged(types.line(ty), |t| &t.attachments, |a| &a.name) {
            self.list(kind, id, &attachments.name);
        }
        self.instantiate(kind, id, plan, depth);
        self.unwired.push((kind, id));
        Some(id)
    }

    /// The attributes of a component that are no numbers.
    fn texts(&self, component: Component<'m>) -> Vec<(String, String)> {
        let Some(ty) = component.ty() else { return Vec::new() };
        let parameters = self.model.types().parameters(ty);
        let attributes = component.element().attributes();
        let texts = attributes.filter(|a| !parameters.iter().any(|p| p.name == *a.name()));
        texts.map(|a| (a.name().to_owned(), a.value().to_owned())).collect()
    }

    fn add_children(&mut self, kind: KindId, node: NodeId, component: Component<'m>, depth: usize) {
        let Some(ty) = component.ty() else { return };
        let types = self.model.types();
        let slots = types.children(ty);
        let is_cell = component.is_a("cell");
        let (mut filled, mut listed) = (Vec::new(), Vec::new());
        for child in component.children() {
            match child.role() {
                Role::Other => continue,
                Role::Child | Role::TopLevel => {}
                Role::Unplaced if child.name() == "property" => continue,
                Role::Unplaced => {
                    let what = format!("{} has no place in {}", child.shown(), component.shown());
                    self.report(rules::not_simulated(child.id_span(), what));
                    continue;
                }
            }
            if self.is_left_out(child.handle()) {
                continue;
            }
            let own = child.ty();
            let by_name = slots.iter().find(|slot| slot.name == *child.name());
            let by_type = || {
                let fits = |name: &str| own.is_some_and(|own| types.is_a(own, name));
                slots.iter().find(|slot| fits(&slot.ty))
            };
            let Some(slot) = by_name.or_else(by_type) else {
                let what = format!("{} has no place in {}", child.shown(), component.shown());
                self.report(rules::not_simulated(child.id_span(), what));
                continue;
            };
            let name = if slot.name.is_empty() { slot.ty.as_str() } else { slot.name.as_str() };
            if slot.many {
                listed.push((name, child));
            } else {
                filled.push((name, child));
            }
        }
        // A single child may stand elsewhere and be named instead: `<cell morphology="m1">`.
        for slot in slots.iter().filter(|slot| !slot.many) {
            if filled.iter().any(|(name, _)| slot.name == **name) {
                continue;
            }
            let named = self.attr(component, &slot.name).and_then(|id| self.model.find(id));
            let named = named.filter(|named| !self.is_left_out(named.handle()));
            if let Some(named) = named.filter(|c| c.is_a(&slot.ty)) {
                filled.push((slot.name.as_str(), named));
            }
        }
        for (name, child) in filled {
            // Of a shape only the first segment is equations.
            if is_cell && name == "morphology" && self.has_shape(component, child) {
                continue;
            }
            let part = self.part(child);
            if let Some(id) = self.add_node(kind, part, Some(node), name, depth + 1) {
                self.flat.kinds[kind.index()].nodes[node.index()].singles.push(id);
            }
        }
        let of_shape = component.name() == "morphology";
        let mut segments = 0;
        for (name, child) in listed {
            if of_shape && name == "segments" {
                segments += 1;
                if segments > 1 {
                    continue;
                }
            }
            let at = self.list(kind, node, name);
            let part = self.part(child);
            if let Some(id) = self.add_node(kind, part, Some(node), name, depth + 1) {
                let lists = &mut self.flat.kinds[kind.index()].nodes[node.index()].lists;
                lists[at as usize].members.push(id);
            }
        }
    }

    /// Whether a cell has more than one compartment; reported.
    fn has_shape(&mut self, cell: Component<'m>, morphology: Component<'m>) -> bool {
        let segments = morphology.children_named("segment").count();
        let kept = self.options.keeps_shapes();
        // Of a cell that could not be cut it has been told why.
        if segments > 1 && self.options.shapes == crate::Shapes::Refuse {
            let shown = cell.shown();
            let what =
                format!("{shown} has {segments} segments; this scheme runs cells of one segment");
            let help = "jLEMS has no cable equation; the schemes `auto`, `neuron-jnml` and `reference` run cells of several";
            self.report(rules::not_simulated(morphology.id_span(), what).help(help));
        }
        segments > 1 && !kept
    }

    /// The list of that name of a node; made on first use.
    pub(crate) fn list(&mut self, kind: KindId, node: NodeId, name: &str) -> u32 {
        let lists = &mut self.flat.kinds[kind.index()].nodes[node.index()].lists;
        let at = lists.iter().position(|list| list.name == name).unwrap_or_else(|| {
            lists.push(List { name: name.to_owned(), ..List::default() });
            lists.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    pub(crate) fn unsupported(&mut self, component: Component<'m>, what: &str) {
        let what = format!("`{what}` in the structure of {} is not simulated", component.shown());
        self.report(rules::not_simulated(component.id_span(), what));
    }

    /// The component that a path of a structure names: `component`, `../synapse`; reported if missing.
    pub(crate) fn required(&mut self, base: Component<'m>, path: &str) -> Option<Component<'m>> {
        let (mut at, mut rest) = (Some(base), path);
        while let Some(shorter) = rest.strip_prefix("../") {
            at = at.and_then(Component::parent);
            rest = shorter;
        }
        let found = at.and_then(|at| {
            self.referenced(at, rest)
                .or_else(|| at.children().find(|c| c.name() == rest || c.id() == Some(rest)))
        });
        if found.is_none() {
            let named = at.and_then(|at| self.attr_at(at, rest));
            let (span, what) = match named {
                Some((id, span)) => (span, format!("there is no component `{id}`")),
                None => (base.id_span(), format!("{} has no `{path}`", base.shown())),
            };
            self.report(rules::unresolved(span, what));
        }
        found
    }

    /// The lists of a node that take attachments.
    pub(crate) fn attachments_of(&self, kind: KindId, node: NodeId) -> Vec<(u32, String)> {
        let Some(ty) = self.made_from(kind, node).ty() else { return Vec::new() };
        let declared = merged(self.model.types().line(ty), |t| &t.attachments, |a| &a.name);
        let lists = &self.flat.kind(kind).node(node).lists;
        let is_attachments = |name: &str| declared.iter().any(|a| a.name == *name);
        lists
            .iter()
            .zip(0..)
            .filter(|(list, _)| is_attachments(&list.name))
            .map(|(list, at)| (at, list.name.clone()))
            .collect()
    }
}
