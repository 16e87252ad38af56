//! The wiring half of `Structure`: event connections, attachments, tunnels.

use nml_base::Span;
use nml_lems::{Assign, Build, EventConnection, Text, With};
use nml_model::Component;

use crate::build::{Flattener, Given, Place};
use crate::flat::{KindId, NodeId};
use crate::rules;
use crate::table::{InnerWire, Site, WireTable};

/// A wire between two instances.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) from: (Place, u32),
    pub(crate) to: (Place, u32),
    pub(crate) delay: f64,
    pub(crate) weight: f64,
}

/// Names given to places by `With` and `ForEach`.
pub(crate) type Names = Vec<(String, Place)>;

impl<'m> Flattener<'m> {
    /// Lays all wires.  Attachments built on the way have wires of their own, which come after.
    pub(crate) fn wire(&mut self) {
        let mut next = 0;
        while let Some(&(kind, node)) = self.unwired.get(next) {
            next += 1;
            let Some(component) = self.made_from(kind, node).written() else { continue };
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
        let at = match self.last_table {
            Some((ends, at)) if ends == (from, to) => at,
            _ => {
                let at = *self.tables.entry((from, to)).or_insert_with(|| {
                    self.flat.wires.push(WireTable::new(from, to));
                    self.flat.wires.len() - 1
                });
                self.last_table = Some(((from, to), at));
                at
            }
        };
        let table = &mut self.flat.wires[at];
        table.sources.push(wire.from.0.instance);
        table.targets.push(wire.to.0.instance);
        table.delays.push(wire.delay);
        table.weights.push(wire.weight);
    }

    /// Says where on the sending cell the wire laid last begins, besides.
    pub(crate) fn lay_at(&mut self, wire: Wire, site: Site) {
        self.lay(wire);
        if let (true, Some((_, at))) = (self.options.keeps_shapes(), self.last_table) {
            let table = &mut self.flat.wires[at];
            table.sites.push_at(table.len() - 1, site);
        }
    }

    /// Says where on its cell an attached instance sits; cells of one compartment need not know.
    pub(crate) fn seat(&mut self, made: Place, site: Site) {
        let home = self.flat.kind(made.kind).home;
        let cut = home.is_some_and(|home| self.flat.kind(home.kind).tree.is_some());
        if !self.options.keeps_shapes() && !cut {
            return;
        }
        let sites = &mut self.flat.kinds[made.kind.index()].sites;
        sites.push_at(made.instance as usize, site);
    }

    /// Carries out wiring orders for one instance; says whether instances were attached.
    pub(crate) fn orders(
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
                    let name = order.name.as_deref().unwrap_or("");
                    for each in self.all_at(place, component, &order.instances) {
                        let known = names.len();
                        names.push((name.to_owned(), each));
                        attached |= self.orders(place, component, &order.body, names, wires);
                        names.truncate(known);
                    }
                }
                Build::EventConnection(order) => {
                    attached |= self.connect(place, component, order, names, wires);
                }
                Build::Tunnel(order) => attached |= self.tunnel(place, component, order, names),
                Build::PairsEventConnection(order) => {
                    attached |= self.connect_pairs(place, component, order, wires);
                }
                Build::Gather(order) => {
                    self.gathered(place, component, order);
                }
                Build::GatherPairs(order) => {
                    let pairs = self.gather_pairs(place, component, order);
                    self.pairs.insert((place, order.collection.to_string()), pairs);
                }
                Build::IncludePair(order) => self.include_pair(place, component, order, names),
                Build::If(order) => {
                    if self.holds(component, &order.test, names) {
                        attached |= self.orders(place, component, &order.body, names, wires);
                    }
                }
                Build::Choose(order) => {
                    let taken = order.body.iter().find(|alternative| match alternative {
                        Build::If(order) => self.holds(component, &order.test, names),
                        _ => true,
                    });
                    match taken {
                        Some(Build::If(order)) => {
                            attached |= self.orders(place, component, &order.body, names, wires);
                        }
                        Some(other) => {
                            let other = std::slice::from_ref(other);
                            attached |= self.orders(place, component, other, names, wires);
                        }
                        None => {}
                    }
                }
                Build::Apply(order) => {
                    for each in self.all_at(place, component, &order.components) {
                        attached |= self.orders(each, component, &order.body, names, wires);
                    }
                }
                Build::PairFilter(_) => {
                    let what = "a PairFilter stands outside of a GatherPairs";
                    self.report(rules::unresolved(component.id_span(), what));
                }
            }
        }
        attached
    }

    /// All instances at a path, which is written in the structure or in the attribute that it names:
    /// `../source` is the population named by the attribute `source` of the component around.  The first part
    /// is looked for here, then further and further out.
    pub(crate) fn all_at(
        &mut self,
        place: Place,
        component: Component<'m>,
        path: &'m Text,
    ) -> Vec<Place> {
        let path_at = self.text_at(component, path).unwrap_or((path, path.span));
        let (text, span) = (path_at.0, path_at.1.unwrap_or(component.id_span()));
        let first = text.split(['/', '[']).next().unwrap_or(text);
        let mut at = Some(place);
        while let Some(here) = at {
            if let Some(list) = self.flat.list_of(here, text) {
                return self.flat.members(here, list).collect();
            }
            if self.flat.inner(here, first).is_some() {
                break;
            }
            at = self.flat.outer(here);
        }
        let Some(found) = at.and_then(|here| self.flat.follow(here, text)) else {
            self.report(rules::unresolved(span, format!("there are no instances at `{text}`")));
            return Vec::new();
        };
        let lists = self.flat.kind(found.kind).node(found.node).lists.len();
        let members: Vec<Place> =
            (0..lists).flat_map(|list| self.flat.members(found, list)).collect();
        if lists == 0 { vec![found] } else { members }
    }

    /// The attribute at a path from a component: `../source`.
    pub(crate) fn text_at(
        &self,
        component: Component<'m>,
        path: &str,
    ) -> Option<(&'m str, Option<Span>)> {
        let (mut at, mut rest) = (component, path);
        while let Some(shorter) = rest.strip_prefix("../") {
            at = at.parent()?;
            rest = shorter;
        }
        self.attr_at(at, rest).map(|(text, span)| (text, Some(span)))
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

    pub(crate) fn end(
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
    pub(crate) fn text(&self, component: Component<'m>, name: Option<&Text>) -> Option<String> {
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
        order: &'m EventConnection,
        names: &Names,
        wires: &mut Vec<Wire>,
    ) -> bool {
        let from = self.end(place, component, names, &order.from);
        let to = self.end(place, component, names, &order.to);
        let (Some(from), Some(to)) = (from, to) else { return false };
        let delay = order.delay.as_ref().map_or(0.0, |delay| {
            let values = self.values(component.into());
            self.evaluate(delay, &values, component.id_span())
        });
        let source_port = self.text(component, order.source_port.as_ref());
        let target_port = self.text(component, order.target_port.as_ref());
        let Some(receiver) = &order.receiver else {
            let source = self.port(from, source_port.as_deref(), false, component);
            let target = self.port(to, target_port.as_deref(), true, component);
            if let (Some(source), Some(target)) = (source, target) {
                let weight = self.touch(to);
                wires.push(Wire { from: (from, source), to: (to, target), delay, weight });
            }
            let given = self.assigned_values(component, &order.assigns);
            for given in &given {
                self.assign(to.kind, to.instance, given);
            }
            return !given.is_empty();
        };
        let Some(receiver) = self.required(component, receiver) else { return false };
        let container = self.text(component, order.receiver_container.as_ref());
        let container = container.as_deref();
        let given = self.assigned_values(component, &order.assigns);
        let first = target_port.is_none();
        if let (true, [] | [Given { name: "weight", .. }]) = (first && from != to, &*given)
            && let Some(ends) = self.merged_ends(to, container, receiver, given.first(), component)
        {
            let source = self.port(from, source_port.as_deref(), false, component);
            let Some(source) = source else { return true };
            for (to, target, later, weight) in ends {
                let (from, delay) = ((from, source), delay + later);
                wires.push(Wire { from, to: (to, target), delay, weight });
            }
            return true;
        }
        let Some(attached) = self.attach(to, container, receiver.into(), None, component) else {
            return false;
        };
        for given in &given {
            self.assign(attached.kind, attached.instance, given);
        }
        let node = self.flat.kind(attached.kind).node(NodeId::ROOT);
        // An input that takes no events needs no wire.
        if from == to && (node.ports_in.is_empty() || self.has_no_port(from, false)) {
            return true;
        }
        let source = self.port(from, source_port.as_deref(), false, component);
        let target = self.port(attached, target_port.as_deref(), true, component);
        if let (Some(source), Some(target)) = (source, target) {
            let weight = 1.0;
            wires.push(Wire { from: (from, source), to: (attached, target), delay, weight });
        }
        true
    }

    fn has_no_port(&self, place: Place, incoming: bool) -> bool {
        let node = self.flat.kind(place.kind).node(place.node);
        if incoming { node.ports_in.is_empty() } else { node.ports_out.is_empty() }
    }

    pub(crate) fn assigned_values(
        &mut self,
        component: Component<'m>,
        assigns: &'m [Assign],
    ) -> Vec<Given<'m>> {
        let values = self.values(component.into());
        let mut found = Vec::new();
        for assign in assigns {
            let near = component.id_span();
            let value = self.evaluate(&assign.value, &values, near);
            // The value is written in the component: that is the place to change it.
            let written = self.attr_at(component, &assign.value).map(|(_, span)| span);
            let span = written.or(assign.property.span).unwrap_or(near);
            found.push(Given { name: &assign.property, value, span, free: false });
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
}
