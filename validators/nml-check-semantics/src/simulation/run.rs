//! Simulations, what they run and what they record.

use std::ops::Range;

use nml_base::Span;
use nml_lems::{SimulationItem, Text};
use nml_model::path::{PathError, PathErrorKind};
use nml_model::{Component, Model, TypeId};

/// A component that runs another one.
pub(crate) struct Run<'m> {
    pub(crate) component: Component<'m>,
    /// The attributes that hold target, step and length.
    pub(crate) target: &'m str,
    pub(crate) step: &'m str,
    pub(crate) length: &'m str,
}

impl<'m> Run<'m> {
    /// What is run, where it exists.
    pub(crate) fn target(&self) -> Option<Component<'m>> {
        match self.component.attr(self.target) {
            Some(id) => self.component.model().find(id.trim_ascii()),
            None => self.component.child(self.target),
        }
    }
}

/// The orders to a simulator that a type gives.
pub(crate) fn orders(model: &Model, ty: TypeId) -> &[SimulationItem] {
    let simulation = model.types().line(ty).find_map(|t| t.simulation.as_ref());
    simulation.map_or(&[], |s| &s.items)
}

/// All components of the model that run another one.
pub(crate) fn all(model: &Model) -> impl Iterator<Item = Run<'_>> {
    model.top_level().filter_map(|component| {
        orders(model, component.ty()?).iter().find_map(|item| match item {
            SimulationItem::Run { component: target, increment, total, .. } => Some(Run {
                component,
                target: target.as_str(),
                step: increment.as_str(),
                length: total.as_str(),
            }),
            _ => None,
        })
    })
}

/// Whether a component is there to be run.
pub(crate) fn is_run(component: Component<'_>) -> bool {
    let runs =
        |ty| orders(component.model(), ty).iter().any(|i| matches!(i, SimulationItem::Run { .. }));
    component.ty().is_some_and(runs)
}

/// An attribute that holds a path.
#[derive(Clone, Copy)]
pub(crate) struct Path<'m> {
    component: Component<'m>,
    attribute: &'m str,
}

impl<'m> Path<'m> {
    fn of(component: Component<'m>, attribute: &'m str) -> Option<Self> {
        component.attr(attribute).map(|_| Self { component, attribute })
    }

    pub(crate) fn value(self) -> &'m str {
        self.component.attr(self.attribute).unwrap_or("")
    }

    pub(crate) fn value_span(self) -> Span {
        self.component.span_of(self.attribute)
    }

    /// A part of the value as a place in the source.
    pub(crate) fn part_span(self, range: Range<usize>) -> Span {
        let found = self.component.attribute(self.attribute);
        found.map_or_else(|| self.value_span(), |a| a.part_span(range))
    }
}

/// A quantity to be recorded.
pub(crate) struct Record<'m> {
    pub(crate) component: Component<'m>,
    pub(crate) path: Path<'m>,
    /// The attributes that hold the scale of the quantity and of time.
    pub(crate) scale: Option<&'m str>,
    pub(crate) time_scale: Option<&'m str>,
}

/// What a simulation records, in document order.
pub(crate) fn records<'m>(run: &Run<'m>) -> Vec<Record<'m>> {
    let model = run.component.model();
    let mut found = Vec::new();
    for component in run.component.descendants() {
        let Some(ty) = component.ty() else { continue };
        for item in orders(model, ty) {
            if let SimulationItem::Record { quantity, scale, time_scale, .. } = item
                && let Some(path) = Path::of(component, quantity)
            {
                let scale = scale.as_ref().map(Text::as_str);
                let time_scale = time_scale.as_ref().map(Text::as_str);
                found.push(Record { component, path, scale, time_scale });
            }
        }
    }
    found
}

/// Events to be recorded: the component, its path and the attribute with the port.
pub(crate) fn event_records<'m>(run: &Run<'m>) -> Vec<(Component<'m>, Path<'m>, &'m str)> {
    let model = run.component.model();
    let mut found = Vec::new();
    for component in run.component.descendants() {
        let Some(ty) = component.ty() else { continue };
        for item in orders(model, ty) {
            if let SimulationItem::EventRecord { quantity, event_port } = item
                && let Some(path) = Path::of(component, quantity)
            {
                found.push((component, path, event_port.as_str()));
            }
        }
    }
    found
}

/// The components inside a simulation of which the type gives a certain order.
pub(crate) fn with_order<'m>(
    run: &Run<'m>,
    wanted: impl Fn(&SimulationItem) -> bool,
) -> Vec<(Component<'m>, &'m SimulationItem)> {
    let model = run.component.model();
    let mut found = Vec::new();
    for component in run.component.descendants() {
        let Some(ty) = component.ty() else { continue };
        found.extend(orders(model, ty).iter().filter(|i| wanted(i)).map(|i| (component, i)));
    }
    found
}

/// Whether a path may be judged: not where what it leads through is missing, which is reported there.
pub(crate) fn is_certain(error: &PathError) -> bool {
    error.kind != PathErrorKind::Unknown
}
