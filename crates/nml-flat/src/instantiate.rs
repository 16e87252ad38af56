//! The building half of `Structure`.

use nml_base::Span;
use nml_lems::{Build, MultiInstantiate, Text};
use nml_model::Component;

use crate::blueprint::Blueprint;
use crate::build::{Assigned, Flattener, Given, KindKey};
use crate::flat::{Home, KindId, NodeId};
use crate::populations::Population;
use crate::rules;

/// How many instances a model may have.
const MAX_INSTANCES: f64 = 1e9;

/// Values of instances that are built in numbers.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    kind: KindId,
    /// The first of them.
    first: u32,
    /// A value for each of one home.
    columns: Vec<Assigned>,
}

impl<'m> Flattener<'m> {
    /// Carries out the orders that build instances.
    pub(crate) fn instantiate(
        &mut self,
        kind: KindId,
        node: NodeId,
        plan: Blueprint<'m>,
        depth: usize,
    ) {
        let Some(ty) = plan.ty() else { return };
        let component = plan.component;
        if let Some(table) = plan.written().and_then(Component::instances) {
            let Some(cell) = self.required(component, "component") else { return };
            let made = self.members(kind, node, cell.into());
            let to = &mut self.flat.kinds[made.index()];
            to.labels.get_or_insert_default().extend(table.id.iter());
            to.positions_um.extend(&table.position_um);
            self.multiply(kind, made, table.len());
            return;
        }
        let Some(structure) = &self.model.types().get(ty).structure else { return };
        let near = structure.span.unwrap_or(plan.span());
        if plan.alone.is_some() {
            let what = format!("the structure of {} has no component to go by", plan.shown());
            self.report(rules::not_simulated(near, what));
            return;
        }
        for item in structure.items.iter() {
            match item {
                Build::ChildInstance(order) => {
                    let (path, ty) = (order.component.as_ref(), order.component_type.as_ref());
                    let Some(child) = self.ordered(component, path, ty, near) else { continue };
                    let slot = path.map_or("", |path| path.rsplit('/').next().unwrap_or(path));
                    let slot = if slot.is_empty() { child.name() } else { slot };
                    for assign in order.assigns.iter() {
                        let span = assign.property.span.unwrap_or(plan.span());
                        let what = "an Assign in a ChildInstance is not simulated";
                        let help = "give the value as a parameter of the child";
                        self.report(rules::not_simulated(span, what).help(help));
                    }
                    if let Some(id) = self.add_node(kind, child, Some(node), slot, depth + 1) {
                        self.flat.kinds[kind.index()].nodes[node.index()].singles.push(id);
                    }
                }
                Build::MultiInstantiate(order) => {
                    self.multi_instantiate((kind, node), component, order, near);
                }
                Build::CoInstantiate(order) => {
                    self.pending.push((kind, node, order));
                }
                // The other orders wire what is built; they come later.
                _ => {}
            }
        }
    }

    /// What an order builds: the component at a path, or a component type alone.
    pub(crate) fn ordered(
        &mut self,
        component: Component<'m>,
        path: Option<&Text>,
        ty: Option<&Text>,
        near: Span,
    ) -> Option<Blueprint<'m>> {
        if let Some(path) = path {
            return self.required(component, path).map(Blueprint::from);
        }
        let Some(name) = ty else {
            let what = "an order to build without `component` and `componentType`";
            self.report(rules::unresolved(near, what));
            return None;
        };
        let found = self.model.types().named(name);
        if found.is_none() {
            let what = format!("there is no component type `{name}`");
            self.report(rules::unresolved(name.span.unwrap_or(near), what));
        }
        found.map(|ty| Blueprint::of_type(ty, component))
    }

    fn multi_instantiate(
        &mut self,
        (kind, node): (KindId, NodeId),
        component: Component<'m>,
        order: &'m MultiInstantiate,
        near: Span,
    ) {
        let (path, ty) = (order.component.as_ref(), order.component_type.as_ref());
        let Some(child) = self.ordered(component, path, ty, near) else { return };
        let values = self.values(component.into());
        let number = self.evaluate(&order.number, &values, component.id_span());
        let count = (number + 0.5).floor();
        if !(0.0..MAX_INSTANCES).contains(&count) {
            let what = format!("{} cannot have {count} instances", component.shown());
            self.report(rules::unusable(component.span_of("size"), what));
            return;
        }
        let made = self.members(kind, node, child);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and within bounds"
        )]
        let count = count as usize;
        let first = self.flat.kind(made).count();
        self.multiply(kind, made, count);
        if order.assigns.is_empty() {
            return;
        }
        let index_name = order.index_variable.as_deref().unwrap_or("index");
        let mut values = (*values).clone();
        let mut columns: Vec<Assigned> = Vec::new();
        for assign in order.assigns.iter() {
            let near = component.id_span();
            let span = assign.property.span.unwrap_or(near);
            let mut column = Vec::with_capacity(count);
            for index in 0..count {
                values.insert(index_name.to_owned(), index as f64);
                column.push(self.evaluate(&assign.value, &values, near));
            }
            let shown = assign.expose_as.as_ref();
            let shown = shown.and_then(|name| self.attr(component, name));
            if let Some(name) = shown {
                let (name, values) = (name.to_owned(), column.clone());
                columns.push(Assigned { name, values, span, free: true });
            }
            let name = assign.property.to_string();
            columns.push(Assigned { name, values: column, span, free: false });
        }
        self.spreads.push(Spread { kind: made, first, columns });
    }

    /// Gives instances built in numbers their own values; each home has as many, one after the other.
    pub(crate) fn spread(&mut self) {
        let spreads = std::mem::take(&mut self.spreads);
        for Spread { kind, first, columns } in &spreads {
            for column in columns {
                let Assigned { name, values, span, free } = column;
                for (instance, &value) in
                    (*first..self.flat.kind(*kind).count()).zip(values.iter().cycle())
                {
                    let given = Given { name, value, span: *span, free: *free };
                    self.assign(*kind, instance, &given);
                }
            }
        }
        self.spreads = spreads;
    }

    /// The kind of what a structure builds, in the list of a node that has no name.
    pub(crate) fn members(&mut self, kind: KindId, node: NodeId, plan: Blueprint<'m>) -> KindId {
        let list = self.list(kind, node, "");
        let home = Home { kind, node, list };
        let key = KindKey { made_from: plan.key(), home, tunnel: None };
        let together = self.options.together && self.is_plain_population(kind, node);
        if !together {
            return self.kind_in(&key, plan);
        }
        let labelled = self.made_from(kind, node).written().and_then(Component::instances);
        let shared = (plan.key(), labelled.is_some());
        let known = self.shared.get(&shared).copied();
        let made = known.unwrap_or_else(|| self.kind_in(&key, plan));
        self.shared.insert(shared, made);
        let first = self.flat.kind(made).count();
        self.flat.kinds[made.index()].populations.push(Population { home, first });
        if known.is_some() {
            let lists = &mut self.flat.kinds[kind.index()].nodes[node.index()].lists;
            lists[list as usize].kinds.push(made);
        }
        made
    }

    /// Whether a node is a population of a network, both as the standard has them: nothing then depends on which
    /// population a cell is in.
    fn is_plain_population(&self, kind: KindId, node: NodeId) -> bool {
        let types: Vec<&str> =
            std::iter::successors(Some(node), |&n| self.flat.kind(kind).node(n).parent)
                .map(|n| self.flat.kind(kind).node(n).ty.as_str())
                .collect();
        kind == KindId(0)
            && matches!(
                *types,
                ["population" | "populationList", "network" | "networkWithTemperature"]
            )
    }

    /// Gives every instance of a kind `count` members, those still to come too.
    pub(crate) fn multiply(&mut self, kind: KindId, made: KindId, count: usize) {
        self.multiples.entry(kind).or_default().push((made, count));
        for parent in 0..self.flat.kind(kind).count() {
            for _ in 0..count {
                self.add_instance(made, parent);
            }
        }
    }
}
