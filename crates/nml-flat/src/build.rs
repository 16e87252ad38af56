//! Components to kinds, nodes and instances: the building half of `Structure`.

use std::rc::Rc;

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_lems::{Build, Direction};
use nml_model::{Component, ComponentRef, Model, Role};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::flat::{Dynamics, Flat, Home, Kind, KindId, List, Node, NodeId, Peers};
use crate::rules;
use crate::values::Values;

/// How deep components may lie inside one another.
const MAX_DEPTH: usize = 100;

/// How many instances a model may have.
const MAX_INSTANCES: f64 = 1e9;

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
    pub(crate) component: ComponentRef,
    pub(crate) home: Home,
    pub(crate) tunnel: Option<Tunnelled>,
}

/// Values of properties by name, one per instance; NaN where an instance has none of its own.
pub(crate) type Assigned = Vec<(String, Vec<f64>)>;

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
    pub(crate) flat: Flat,
    pub(crate) sink: Diagnostics,
    reported: FxHashSet<(&'static str, Span, String)>,
    pub(crate) values: FxHashMap<ComponentRef, Rc<Values>>,
    /// Constants of whole files.
    pub(crate) globals: Rc<Values>,
    keys: FxHashMap<KindKey, KindId>,
    /// Properties set while building, by kind.
    pub(crate) assigned: Vec<Assigned>,
    /// Nodes whose wires have yet to be laid, in building order.
    pub(crate) unwired: Vec<(KindId, NodeId)>,
    /// How many members of another kind each instance of a kind has.
    multiples: FxHashMap<KindId, Vec<(KindId, usize)>>,
    /// Wire tables by what they connect.
    pub(crate) tables: FxHashMap<Ends, usize>,
}

/// Sending and receiving kind, node and port.
pub(crate) type Ends = ((KindId, NodeId, u32), (KindId, NodeId, u32));

impl<'m> Flattener<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let mut flattener = Self {
            model,
            flat: Flat::default(),
            sink: Diagnostics::new(),
            reported: FxHashSet::default(),
            values: FxHashMap::default(),
            globals: Rc::default(),
            keys: FxHashMap::default(),
            assigned: Vec::new(),
            unwired: Vec::new(),
            multiples: FxHashMap::default(),
            tables: FxHashMap::default(),
        };
        let mut globals = Values::default();
        for document in model.documents() {
            for constant in &document.definitions.constants {
                let near = document.file().span();
                let value = flattener.constant(&constant.value, near);
                let symbol = constant.symbol.as_ref().unwrap_or(&constant.name);
                globals.insert(symbol.to_string(), value);
            }
        }
        flattener.globals = Rc::new(globals);
        flattener
    }

    /// Adds a finding, unless it is there already: many instances share one component.
    pub(crate) fn report(&mut self, found: Diagnostic) {
        let key = (found.rule.code, found.primary.span, found.message.clone());
        if self.reported.insert(key) {
            self.sink.push(found);
        }
    }

    /// The component of a node.
    pub(crate) fn component_of(&self, kind: KindId, node: NodeId) -> Component<'m> {
        self.model.component(self.flat.kind(kind).node(node).component)
    }

    /// A kind without instances.
    fn new_kind(&mut self, component: Component<'m>, home: Option<Home>) -> KindId {
        let id = KindId(u32::try_from(self.flat.kinds.len()).unwrap_or(u32::MAX));
        let name = component.id().unwrap_or(component.name()).to_owned();
        self.flat.kinds.push(Kind {
            name,
            component: component.handle(),
            span: component.id_span(),
            home,
            parents: Vec::new(),
            labels: None,
            nodes: Vec::new(),
            quantities: Vec::new(),
            exposures: Vec::new(),
            wires: Vec::new(),
            peers: Vec::new(),
        });
        self.assigned.push(Assigned::new());
        id
    }

    /// The kind of the component simulated, with one instance.
    pub(crate) fn root(&mut self, component: Component<'m>) -> KindId {
        let kind = self.new_kind(component, None);
        self.flat.kinds[kind.index()].parents.push(0);
        self.add_node(kind, component, None, "", 0);
        kind
    }

    /// The kind of instances in a list; made on first use.
    pub(crate) fn kind_in(&mut self, key: &KindKey, component: Component<'m>) -> KindId {
        if let Some(&known) = self.keys.get(key) {
            return known;
        }
        let depth = self.depth(key.home);
        let kind = self.new_kind(component, Some(key.home));
        self.keys.insert(key.clone(), kind);
        let home = &mut self.flat.kinds[key.home.kind.index()].nodes[key.home.node.index()];
        home.lists[key.home.list as usize].kinds.push(kind);
        if let Some(tunnel) = &key.tunnel {
            // The kind of the others is filled in when the first of them is made.
            let peers = Peers { name: tunnel.name.clone(), kind, instances: Vec::new() };
            self.flat.kinds[kind.index()].peers.push(peers);
        }
        self.add_node(kind, component, None, "", depth);
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
        // Nesting is bounded by `MAX_DEPTH`, and so is this recursion.
        for (made, count) in self.multiples.get(&kind).cloned().unwrap_or_default() {
            for _ in 0..count {
                self.add_instance(made, new);
            }
        }
        new
    }

    /// Sets a property of an instance.
    pub(crate) fn assign(&mut self, kind: KindId, instance: u32, name: &str, value: f64) {
        let columns = &mut self.assigned[kind.index()];
        let at = columns.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            columns.push((name.to_owned(), Vec::new()));
            columns.len() - 1
        });
        let column = &mut columns[at].1;
        column.resize((instance as usize + 1).max(column.len()), f64::NAN);
        column[instance as usize] = value;
    }

    /// Adds a component and everything inside it to a kind.
    fn add_node(
        &mut self,
        kind: KindId,
        component: Component<'m>,
        parent: Option<NodeId>,
        slot: &str,
        depth: usize,
    ) -> Option<NodeId> {
        if depth > MAX_DEPTH {
            let what = format!("components are nested more than {MAX_DEPTH} deep here");
            self.report(rules::not_simulated(component.id_span(), what));
            return None;
        }
        let Some(ty) = component.ty() else {
            let what = format!("{} has no component type", component.shown());
            self.report(rules::unresolved(component.id_span(), what));
            return None;
        };
        let types = self.model.types();
        let declared = types.get(ty);
        let id = NodeId(u32::try_from(self.flat.kind(kind).nodes.len()).unwrap_or(u32::MAX));
        let fallback = if slot.is_empty() { component.name() } else { slot };
        let (mut ports_in, mut ports_out) = (Vec::new(), Vec::new());
        for port in types.event_ports(ty) {
            let ports = match port.direction {
                Direction::In => &mut ports_in,
                Direction::Out => &mut ports_out,
            };
            ports.push(port.name.to_string());
        }
        self.flat.kinds[kind.index()].nodes.push(Node {
            name: component.id().unwrap_or(fallback).to_owned(),
            slot: slot.to_owned(),
            component: component.handle(),
            ty: declared.name.to_string(),
            parent,
            singles: Vec::new(),
            lists: Vec::new(),
            ports_in,
            ports_out,
            dynamics: Dynamics::default(),
        });
        self.add_children(kind, id, component, depth);
        for attachments in declared.attachments.iter() {
            self.list(kind, id, &attachments.name);
        }
        self.instantiate(kind, id, component, depth);
        self.unwired.push((kind, id));
        Some(id)
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
            let own = child.ty();
            let by_name = slots.iter().find(|slot| slot.name == *child.name());
            let by_type = || {
                let fits = |name: &str| own.is_some_and(|own| types.is_a(own, name));
                slots.iter().find(|slot| fits(&slot.ty))
            };
            let Some(slot) = by_name.or_else(by_type) else { continue };
            if slot.many {
                listed.push((slot.name.as_str(), child));
            } else {
                filled.push((slot.name.as_str(), child));
            }
        }
        // A single child may stand elsewhere and be named instead: `<cell morphology="m1">`.
        for slot in slots.iter().filter(|slot| !slot.many) {
            if filled.iter().any(|(name, _)| slot.name == **name) {
                continue;
            }
            let named = self.attr(component, &slot.name).and_then(|id| self.model.find(id));
            if let Some(named) = named.filter(|c| c.is_a(&slot.ty)) {
                filled.push((slot.name.as_str(), named));
            }
        }
        for (name, child) in filled {
            if is_cell && name == "morphology" && self.has_shape(component, child) {
                continue;
            }
            if let Some(id) = self.add_node(kind, child, Some(node), name, depth + 1) {
                self.flat.kinds[kind.index()].nodes[node.index()].singles.push(id);
            }
        }
        for (name, child) in listed {
            let at = self.list(kind, node, name);
            if let Some(id) = self.add_node(kind, child, Some(node), name, depth + 1) {
                let lists = &mut self.flat.kinds[kind.index()].nodes[node.index()].lists;
                lists[at as usize].members.push(id);
            }
        }
    }

    /// Whether a cell has more than one compartment; reported.
    fn has_shape(&mut self, cell: Component<'m>, morphology: Component<'m>) -> bool {
        let segments = morphology.children_named("segment").count();
        if segments > 1 {
            let shown = cell.shown();
            let what = format!(
                "{shown} has {segments} segments; cells with more than one are not simulated yet"
            );
            self.report(rules::not_simulated(morphology.id_span(), what));
        }
        segments > 1
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

    /// Carries out the orders that build instances.
    fn instantiate(&mut self, kind: KindId, node: NodeId, component: Component<'m>, depth: usize) {
        let Some(ty) = component.ty() else { return };
        if let Some(table) = component.instances() {
            let Some(cell) = self.required(component, "component") else { return };
            let made = self.members(kind, node, cell);
            self.flat.kinds[made.index()].labels = Some(table.id.clone());
            self.multiply(kind, made, table.len());
            return;
        }
        let Some(structure) = &self.model.types().get(ty).structure else { return };
        for item in structure.items.iter() {
            match item {
                Build::ChildInstance(order) => {
                    let Some(path) = &order.component else {
                        let span = structure.span.unwrap_or(component.id_span());
                        let what = "a ChildInstance without `component` is not simulated";
                        self.report(rules::not_simulated(span, what));
                        continue;
                    };
                    let Some(child) = self.required(component, path) else { continue };
                    let slot = path.rsplit('/').next().unwrap_or(path);
                    if let Some(id) = self.add_node(kind, child, Some(node), slot, depth + 1) {
                        self.flat.kinds[kind.index()].nodes[node.index()].singles.push(id);
                    }
                }
                Build::MultiInstantiate(order) => {
                    let Some(path) = &order.component else {
                        let span = structure.span.unwrap_or(component.id_span());
                        let what = "a MultiInstantiate without `component` is not simulated";
                        self.report(rules::not_simulated(span, what));
                        continue;
                    };
                    if let Some(assign) = order.assigns.first() {
                        let span = assign.property.span.unwrap_or(component.id_span());
                        let what = "an Assign in a MultiInstantiate is not simulated";
                        self.report(rules::not_simulated(span, what));
                    }
                    let Some(child) = self.required(component, path) else { continue };
                    let values = self.values(component);
                    let number = self.evaluate(&order.number, &values, component.id_span());
                    let count = (number + 0.5).floor();
                    if !(0.0..MAX_INSTANCES).contains(&count) {
                        let what = format!("{} cannot have {count} instances", component.shown());
                        self.report(rules::unusable(component.span_of("size"), what));
                        continue;
                    }
                    let made = self.members(kind, node, child);
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "whole and within bounds"
                    )]
                    self.multiply(kind, made, count as usize);
                }
                Build::CoInstantiate(_) => self.unsupported(component, "CoInstantiate"),
                // The other orders wire what is built; they come later.
                _ => {}
            }
        }
    }

    fn members(&mut self, kind: KindId, node: NodeId, component: Component<'m>) -> KindId {
        let list = self.list(kind, node, "");
        let key = KindKey {
            component: component.handle(),
            home: Home { kind, node, list },
            tunnel: None,
        };
        self.kind_in(&key, component)
    }

    /// Gives every instance of a kind `count` members, those still to come too.
    fn multiply(&mut self, kind: KindId, made: KindId, count: usize) {
        self.multiples.entry(kind).or_default().push((made, count));
        for parent in 0..self.flat.kind(kind).count() {
            for _ in 0..count {
                self.add_instance(made, parent);
            }
        }
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
        let component = self.component_of(kind, node);
        let Some(ty) = component.ty() else { return Vec::new() };
        let declared = self.model.types().get(ty);
        let lists = &self.flat.kind(kind).node(node).lists;
        let is_attachments = |name: &str| declared.attachments.iter().any(|a| a.name == *name);
        lists
            .iter()
            .zip(0..)
            .filter(|(list, _)| is_attachments(&list.name))
            .map(|(list, at)| (at, list.name.clone()))
            .collect()
    }
}
