//! The wiring half of `Structure`: event connections, attachments, tunnels.

use nml_lems::{Assign, Build, EventConnection, Text, Tunnel, With};
use nml_model::Component;

use crate::build::{Flattener, KindKey, Place, Tunnelled};
use crate::flat::{Home, InnerWire, KindId, NodeId, WireTable};
use crate::rules;

/// A wire between two instances.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) from: (Place, u32),
    pub(crate) to: (Place, u32),
    pub(crate) delay: f64,
}

/// Names given to places by `With` and `ForEach`.
type Names = Vec<(String, Place)>;

impl<'m> Flattener<'m> {
    /// Lays all wires.  Attachments built on the way have wires of their own, which come after.
    pub(crate) fn wire(&mut self) {
        let mut next = 0;
        while let Some(&(kind, node)) = self.unwired.get(next) {
            next += 1;
            let component = self.component_of(kind, node);
            if component.connections().is_some() || component.inputs().is_some() {
                self.wire_rows(Place { kind, node, instance: 0 }, component);
                continue;
            }
            let Some(ty) = component.ty() else { continue };
            let Some(structure) = &self.model.types().get(ty).structure else { continue };
            self.wire_node(kind, node, component, &structure.items);
        }
    }

    fn wire_node(
        &mut self,
        kind: KindId,
        node: NodeId,
        component: Component<'m>,
        items: &'m [Build],
    ) {
        let builds = |item: &Build| {
            matches!(
                item,
                Build::ChildInstance(_) | Build::MultiInstantiate(_) | Build::CoInstantiate(_)
            )
        };
        if items.iter().all(builds) {
            return;
        }
        for instance in 0..self.flat.kind(kind).count() {
            let place = Place { kind, node, instance };
            let mut wires = Vec::new();
            let attached = self.orders(place, component, items, &mut Names::new(), &mut wires);
            let inner = |wire: &Wire| {
                let same = |p: Place| p.kind == kind && p.instance == instance;
                same(wire.from.0) && same(wire.to.0) && wire.delay <= 0.0
            };
            if !attached && wires.iter().all(inner) {
                // What is laid within one instance is laid alike in all.
                for wire in wires {
                    let (from, to) = ((wire.from.0.node, wire.from.1), (wire.to.0.node, wire.to.1));
                    self.flat.kinds[kind.index()].wires.push(InnerWire { from, to });
                }
                return;
            }
            for wire in wires {
                self.lay(wire);
            }
        }
    }

    /// Adds a wire to the table of its sort.
    pub(crate) fn lay(&mut self, wire: Wire) {
        let end = |(place, port): (Place, u32)| (place.kind, place.node, port);
        let (from, to) = (end(wire.from), end(wire.to));
        let at = *self.tables.entry((from, to)).or_insert_with(|| {
            let (sources, targets, delays) = (Vec::new(), Vec::new(), Vec::new());
            self.flat.wires.push(WireTable { from, to, sources, targets, delays });
            self.flat.wires.len() - 1
        });
        let table = &mut self.flat.wires[at];
        table.sources.push(wire.from.0.instance);
        table.targets.push(wire.to.0.instance);
        table.delays.push(wire.delay);
    }

    /// Carries out wiring orders for one instance; says whether instances were attached.
    fn orders(
        &mut self,
        place: Place,
        component: Component<'m>,
        items: &'m [Build],
        names: &mut Names,
        wires: &mut Vec<Wire>,
    ) -> bool {
        let mut attached = false;
        for item in items {
            match item {
                Build::ChildInstance(_) | Build::MultiInstantiate(_) | Build::CoInstantiate(_) => {}
                Build::With(order) => {
                    if let Some(found) = self.named(place, component, order) {
                        names.push((order.name.to_string(), found));
                    }
                    attached |= self.orders(place, component, &order.body, names, wires);
                }
                Build::ForEach(order) => {
                    let mut at = Some(place);
                    let mut found = Vec::new();
                    // The instances are looked for here, then around.
                    while let Some(here) = at {
                        found = self.all_at(here, &order.instances);
                        if !found.is_empty() {
                            break;
                        }
                        at = self.flat.outer(here);
                    }
                    for each in found {
                        let known = names.len();
                        names.push((order.name.as_deref().unwrap_or("").to_owned(), each));
                        attached |= self.orders(place, component, &order.body, names, wires);
                        names.truncate(known);
                    }
                }
                Build::EventConnection(order) => {
                    attached |= self.connect(place, component, order, names, wires);
                }
                Build::Tunnel(order) => attached |= self.tunnel(place, component, order, names),
                Build::PairsEventConnection(_) => {
                    self.unsupported(component, "PairsEventConnection");
                }
                Build::Gather(_) => self.unsupported(component, "Gather"),
                Build::GatherPairs(_) => self.unsupported(component, "GatherPairs"),
                Build::PairFilter(_) => self.unsupported(component, "PairFilter"),
                Build::IncludePair(_) => self.unsupported(component, "IncludePair"),
                Build::Choose(_) => self.unsupported(component, "Choose"),
                Build::If(_) => self.unsupported(component, "If"),
                Build::Apply(_) => self.unsupported(component, "Apply"),
            }
        }
        attached
    }

    /// All instances behind a name: the members of a list, or of the only list of a child.
    fn all_at(&self, place: Place, name: &str) -> Vec<Place> {
        let lists = &self.flat.kind(place.kind).node(place.node).lists;
        if let Some(list) = lists.iter().position(|list| list.name == *name) {
            return self.flat.members(place, list).collect();
        }
        let Some(child) = self.flat.inner(place, name) else { return Vec::new() };
        let lists = self.flat.kind(child.kind).node(child.node).lists.len();
        (0..lists).flat_map(|list| self.flat.members(child, list)).collect()
    }

    /// The place that a `With` names.
    fn named(&mut self, place: Place, component: Component<'m>, order: &With) -> Option<Place> {
        let missing = |this: &mut Self, what: String, attribute: &str| {
            let span = this.attr_at(component, attribute).map(|(_, span)| span);
            let found = rules::unresolved(span.unwrap_or(component.id_span()), what);
            this.report(found);
            None
        };
        if let Some(instance) = &order.instance {
            let path = self.attr(component, instance).unwrap_or(instance);
            let found = self.with(place, path);
            return found
                .or_else(|| missing(self, format!("there is no instance `{path}`"), instance));
        }
        let (Some(list), Some(index)) = (&order.list, &order.index) else {
            self.unsupported(component, "With");
            return None;
        };
        // The population is named by the component itself or by one around it.
        let mut around = std::iter::successors(Some(component), |c| c.parent());
        let id = around.find_map(|c| self.attr(c, list));
        let Some(id) = id else {
            return missing(self, format!("{} has no `{list}`", component.shown()), list);
        };
        let at = self.attr(component, index).and_then(|text| text.trim().parse::<usize>().ok());
        let mut outer = self.flat.outer(place);
        while let Some(here) = outer {
            if let Some(population) = self.flat.inner(here, id) {
                let found = at.and_then(|at| self.flat.inner(population, &format!("[{at}]")));
                return found.or_else(|| {
                    missing(self, format!("population `{id}` has no such member"), index)
                });
            }
            outer = self.flat.outer(here);
        }
        missing(self, format!("there is no population `{id}`"), list)
    }

    fn end(
        &mut self,
        place: Place,
        component: Component<'m>,
        names: &Names,
        name: &Text,
    ) -> Option<Place> {
        let known = names.iter().rev().find(|(known, _)| known == name.as_str());
        let found = known.map(|(_, place)| *place).or_else(|| self.flat.follow(place, name));
        if found.is_none() && !name.is_empty() {
            let span = name.span.unwrap_or(component.id_span());
            self.report(rules::unresolved(span, format!("there is no instance `{name}`")));
        }
        found
    }

    /// The value of a text that names an attribute which may be missing.
    fn text(&self, component: Component<'m>, name: Option<&Text>) -> Option<String> {
        let name = name?;
        if let Some(value) = self.attr(component, name) {
            return Some(value.to_owned()).filter(|value| !value.is_empty());
        }
        let ty = component.ty()?;
        let declared = self.model.types().get(ty).texts.iter().any(|text| text.name == **name);
        let standard = self.model.types().document_of(ty).is_none();
        (!declared && !standard).then(|| name.to_string())
    }

    fn connect(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &EventConnection,
        names: &Names,
        wires: &mut Vec<Wire>,
    ) -> bool {
        let from = self.end(place, component, names, &order.from);
        let to = self.end(place, component, names, &order.to);
        let (Some(from), Some(to)) = (from, to) else { return false };
        let delay = order.delay.as_ref().map_or(0.0, |delay| {
            let values = self.values(component);
            self.evaluate(delay, &values, component.id_span())
        });
        let source_port = self.text(component, order.source_port.as_ref());
        let target_port = self.text(component, order.target_port.as_ref());
        let Some(receiver) = &order.receiver else {
            let source = self.port(from, source_port.as_deref(), false, component);
            let target = self.port(to, target_port.as_deref(), true, component);
            if let (Some(source), Some(target)) = (source, target) {
                wires.push(Wire { from: (from, source), to: (to, target), delay });
            }
            return false;
        };
        let Some(receiver) = self.required(component, receiver) else { return false };
        let container = self.text(component, order.receiver_container.as_ref());
        let Some(attached) = self.attach(to, container.as_deref(), receiver, None, component)
        else {
            return false;
        };
        let weights = self.assigned_values(component, &order.assigns);
        for (name, value) in weights {
            self.assign(attached.kind, attached.instance, &name, value);
        }
        let node = self.flat.kind(attached.kind).node(NodeId::ROOT);
        // An input that takes no events needs no wire.
        if from == to && (node.ports_in.is_empty() || self.has_no_port(from, false)) {
            return true;
        }
        let source = self.port(from, source_port.as_deref(), false, component);
        let target = self.port(attached, target_port.as_deref(), true, component);
        if let (Some(source), Some(target)) = (source, target) {
            wires.push(Wire { from: (from, source), to: (attached, target), delay });
        }
        true
    }

    fn has_no_port(&self, place: Place, incoming: bool) -> bool {
        let node = self.flat.kind(place.kind).node(place.node);
        if incoming { node.ports_in.is_empty() } else { node.ports_out.is_empty() }
    }

    fn assigned_values(
        &mut self,
        component: Component<'m>,
        assigns: &[Assign],
    ) -> Vec<(String, f64)> {
        let values = self.values(component);
        let mut found = Vec::new();
        for assign in assigns {
            let value = self.evaluate(&assign.value, &values, component.id_span());
            found.push((assign.property.to_string(), value));
        }
        found
    }

    /// The port of that name, or the first one.
    pub(crate) fn port(
        &mut self,
        place: Place,
        name: Option<&str>,
        incoming: bool,
        by: Component<'m>,
    ) -> Option<u32> {
        let node = self.flat.kind(place.kind).node(place.node);
        let ports = if incoming { &node.ports_in } else { &node.ports_out };
        let found = match name {
            Some(name) => ports.iter().position(|port| port == name),
            None => (!ports.is_empty()).then_some(0),
        };
        if found.is_none() {
            let which = if incoming { "incoming" } else { "outgoing" };
            let what = match name {
                Some(name) => format!("`{}` has no {which} port `{name}`", node.name),
                None => format!("`{}` has no port for {which} events", node.name),
            };
            self.report(rules::unresolved(by.id_span(), what));
        }
        found.and_then(|at| u32::try_from(at).ok())
    }

    /// Makes an instance of a component in a list of attachments of a place.
    pub(crate) fn attach(
        &mut self,
        to: Place,
        container: Option<&str>,
        component: Component<'m>,
        tunnel: Option<Tunnelled>,
        by: Component<'m>,
    ) -> Option<Place> {
        let home = self.slot(to, container, by)?;
        let key = KindKey { component: component.handle(), home, tunnel };
        let kind = self.kind_in(&key, component);
        if self.flat.kind(kind).nodes.is_empty() {
            return None;
        }
        let instance = self.add_instance(kind, to.instance);
        Some(Place { kind, node: NodeId::ROOT, instance })
    }

    /// The list of attachments of that name, or the only one.
    fn slot(&mut self, to: Place, container: Option<&str>, by: Component<'m>) -> Option<Home> {
        let lists = self.attachments_of(to.kind, to.node);
        let found = match (container, &*lists) {
            (Some(name), lists) => lists.iter().find(|(_, known)| known == name),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        if let Some(&(list, _)) = found {
            return Some(Home { kind: to.kind, node: to.node, list });
        }
        let target = &self.flat.kind(to.kind).node(to.node).name;
        let what = match (container, lists.len()) {
            (Some(name), _) => format!("`{target}` has no attachments `{name}`"),
            (None, 0) => format!("nothing can be attached to `{target}`"),
            (None, _) => format!("`{target}` has several attachments; say which `destination`"),
        };
        self.report(rules::unresolved(by.id_span(), what));
        None
    }

    fn tunnel(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &Tunnel,
        names: &Names,
    ) -> bool {
        let a = self.end(place, component, names, &order.end_a);
        let b = self.end(place, component, names, &order.end_b);
        let (Some(a), Some(b)) = (a, b) else { return false };
        let of_a = self.required(component, &order.component_a);
        let of_b = self.required(component, &order.component_b);
        let (Some(of_a), Some(of_b)) = (of_a, of_b) else { return false };
        let assigned = self.assigned_values(component, &order.assigns);
        self.join(&order.name, (a, of_a), (b, of_b), &assigned, component)
    }

    /// Makes two instances that see each other.
    pub(crate) fn join(
        &mut self,
        name: &str,
        (a, of_a): (Place, Component<'m>),
        (b, of_b): (Place, Component<'m>),
        assigned: &[(String, f64)],
        by: Component<'m>,
    ) -> bool {
        let (Some(home_a), Some(home_b)) = (self.slot(a, None, by), self.slot(b, None, by)) else {
            return false;
        };
        let seen = |other, component: Component<'m>, side| {
            Some(Tunnelled { name: name.to_owned(), other, component: component.handle(), side })
        };
        let made_a = self.attach(a, None, of_a, seen(home_b, of_b, 0), by);
        let made_b = self.attach(b, None, of_b, seen(home_a, of_a, 1), by);
        let (Some(made_a), Some(made_b)) = (made_a, made_b) else { return false };
        for (this, other) in [(made_a, made_b), (made_b, made_a)] {
            let peers = &mut self.flat.kinds[this.kind.index()].peers;
            if let Some(peers) = peers.first_mut() {
                peers.kind = other.kind;
                peers.instances.push(other.instance);
            }
            for (name, value) in assigned {
                self.assign(this.kind, this.instance, name, *value);
            }
        }
        true
    }
}
