//! Inhomogeneous parameters: a number for each place of a group of segments.

use nml_base::Diagnostics;
use nml_expr::{Expr, Value};
use nml_model::Component;

use super::density::Ground;
use crate::rules;

/// An `inhomogeneousParameter` of one group: `p = (path − start) · scale`, path in µm from the root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Metric<'m> {
    variable: &'m str,
    start_um: f64,
    scale: f64,
}

impl<'m> Metric<'m> {
    /// Finds the parameter that an `inhomogeneousValue` names: in the group the value is for, else in the
    /// first group that has it.
    pub(super) fn find(
        ground: &Ground<'_, 'm>,
        value: Component<'m>,
        group: &str,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let (model, morphology) = (ground.model, ground.morphology);
        let id = value.attr("inhomogeneousParameter").unwrap_or_default();
        let inside = |i: usize| {
            let group = model.component(morphology.handle_of(morphology.groups()[i].node));
            group.children_named("inhomogeneousParameter").find(|c| c.id() == Some(id))
        };
        let preferred = morphology.group_index(group);
        let mut order = preferred.into_iter().chain(0..morphology.groups().len());
        let Some((group, parameter)) = order.find_map(|i| Some((i, inside(i)?))) else {
            let what = format!("there is no inhomogeneous parameter `{id}`");
            sink.push(rules::unresolved(value.span_of("inhomogeneousParameter"), what));
            return None;
        };
        Self::read(ground, parameter, group, sink)
    }

    fn read(
        ground: &Ground<'_, 'm>,
        parameter: Component<'m>,
        group: usize,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let metric = parameter.attr("metric").unwrap_or_default();
        if metric != "Path Length from root" {
            let what = format!("the metric `{metric}` is not carried out");
            sink.push(rules::not_simulated(parameter.span_of("metric"), what));
            return None;
        }
        let translated = only(parameter, "proximal", "translationStart", 0.0, sink)?;
        let normalized = only(parameter, "distal", "normalizationEnd", 1.0, sink)?;
        let (mut nearest, mut farthest) = (f64::INFINITY, 0.0_f64);
        for segment in ground.places.covered(ground.morphology.group_segments(group)) {
            let Some((section, piece)) = ground.sections.seat(segment) else { continue };
            let path = ground.compartments.begin_um(section);
            nearest = nearest.min(path + piece.arc_um[0]);
            farthest = farthest.max(path + piece.arc_um[1]);
        }
        let start_um = if translated && nearest.is_finite() { nearest } else { 0.0 };
        let reach = farthest - start_um;
        let scale = if normalized && reach > 0.0 { 1.0 / reach } else { 1.0 };
        Some(Self { variable: parameter.attr("variable").unwrap_or_default(), start_um, scale })
    }

    /// The parameter at a distance from the root.
    pub(super) fn at(&self, path_um: f64) -> f64 {
        (path_um - self.start_um) * self.scale
    }
}

/// Whether a style is asked for with the one value it is defined for; `None`, and a finding, for another.
fn only(
    parameter: Component<'_>,
    child: &str,
    attribute: &str,
    value: f64,
    sink: &mut Diagnostics,
) -> Option<bool> {
    let Some(details) = parameter.child(child) else { return Some(false) };
    if details.number(attribute) == Some(value) {
        return Some(true);
    }
    let what = format!("`{attribute}` is carried out for {value} only");
    sink.push(rules::not_simulated(details.span_of(attribute), what));
    None
}

/// The value of an `inhomogeneousValue` as a function of its parameter.
#[derive(Debug)]
pub(super) struct Profile<'m> {
    expr: Expr,
    metric: Metric<'m>,
}

impl<'m> Profile<'m> {
    pub(super) fn new(
        value: Component<'m>,
        metric: Metric<'m>,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let text = value.attr("value").unwrap_or_default();
        let span = value.span_of("value");
        match Expr::parse(text) {
            Ok(expr) if expr.is_random() => {
                let what = "a value that depends on chance is not carried out";
                sink.push(rules::not_simulated(span, what));
            }
            Ok(expr) => {
                let other = expr.symbols().find(|s| *s != metric.variable).map(str::to_owned);
                let Some(other) = other else { return Some(Self { expr, metric }) };
                let what = format!("`{other}` is not the parameter `{}`", metric.variable);
                sink.push(rules::unresolved(span, what));
            }
            Err(error) => {
                let what = format!("`{text}` is no expression: {error}");
                sink.push(rules::unusable(error.range.in_span(span), what));
            }
        }
        None
    }

    /// The value in SI at a distance from the root; NaN where there is none.
    pub(super) fn at(&self, path_um: f64) -> f64 {
        let p = self.metric.at(path_um);
        let lookup = |name: &str| (name == self.metric.variable).then_some(p);
        self.expr.eval(lookup, || f64::NAN).map_or(f64::NAN, Value::number)
    }
}
