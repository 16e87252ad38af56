//! Channels on the membrane.

use nml_base::Diagnostics;
use nml_model::views::{Morphology, Place};
use nml_model::{Component, Model};

use super::compartments::Compartments;
use super::metric::{Metric, Profile};
use super::place::{NodesOf, Places};
use super::property::si;
use super::sections::Sections;
use crate::rules;

/// The kinds of density elements: what drives the current.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DensityKind {
    /// `channelDensity`: a fixed reversal potential.
    Fixed,
    /// `channelDensityVShift`: the same, the channel sees a shifted potential.
    VShift,
    /// `channelDensityNernst`: reversal by Nernst from the concentrations of the ion.
    Nernst,
    /// `channelDensityNernstCa2`: the same with the second calcium pool.
    NernstCa2,
    /// `channelDensityGHK`: Goldman, Hodgkin and Katz's current for a permeability.
    Ghk,
    /// `channelDensityGHK2`: their current scaled by a conductance.
    Ghk2,
    /// `channelDensityNonUniform`: fixed reversal, density by place.
    NonUniform,
    /// `channelDensityNonUniformNernst`: Nernst, density by place.
    NonUniformNernst,
    /// `channelDensityNonUniformGHK`: GHK, permeability by place.
    NonUniformGhk,
    /// `channelPopulation`: a number of channels, fixed reversal.
    Population,
    /// `channelPopulationNernst`: a number of channels, Nernst.
    PopulationNernst,
}

/// What the numbers of a density mean.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Amount {
    /// Conductance per membrane area, S/m².
    Conductance,
    /// Permeability, m/s.
    Permeability,
    /// Channels in the compartment.
    Channels,
}

impl DensityKind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "channelDensity" => Self::Fixed,
            "channelDensityVShift" => Self::VShift,
            "channelDensityNernst" => Self::Nernst,
            "channelDensityNernstCa2" => Self::NernstCa2,
            "channelDensityGHK" => Self::Ghk,
            "channelDensityGHK2" => Self::Ghk2,
            "channelDensityNonUniform" => Self::NonUniform,
            "channelDensityNonUniformNernst" => Self::NonUniformNernst,
            "channelDensityNonUniformGHK" => Self::NonUniformGhk,
            "channelPopulation" => Self::Population,
            "channelPopulationNernst" => Self::PopulationNernst,
            _ => return None,
        })
    }

    /// What its numbers mean.
    pub fn amount(self) -> Amount {
        match self {
            Self::Ghk | Self::NonUniformGhk => Amount::Permeability,
            Self::Population | Self::PopulationNernst => Amount::Channels,
            Self::Fixed
            | Self::VShift
            | Self::Nernst
            | Self::NernstCa2
            | Self::Ghk2
            | Self::NonUniform
            | Self::NonUniformNernst => Amount::Conductance,
        }
    }

    /// Whether its reversal potential is written in the model.
    pub fn has_fixed_reversal(self) -> bool {
        matches!(self, Self::Fixed | Self::VShift | Self::NonUniform | Self::Population)
    }

    /// The attribute, or variable parameter, that its numbers come from.
    pub(crate) fn parameter(self) -> &'static str {
        match self.amount() {
            Amount::Conductance => "condDensity",
            Amount::Permeability => "permeability",
            Amount::Channels => "number",
        }
    }

    fn is_non_uniform(self) -> bool {
        matches!(self, Self::NonUniform | Self::NonUniformNernst | Self::NonUniformGhk)
    }
}

/// One density element, or a population of channels.
#[derive(Clone, Debug)]
pub struct Density<'m> {
    /// The element.
    pub component: Component<'m>,
    /// Its kind.
    pub kind: DensityKind,
    /// The channel.
    pub channel: Component<'m>,
    /// The ion that flows, if written.
    pub ion: Option<&'m str>,
    /// Reversal potential, V; only where [`DensityKind::has_fixed_reversal`].
    pub e_rev_v: Option<f64>,
    /// Shift of the potential that the channel sees, V.
    pub v_shift_v: f64,
    /// Node and number, ascending by node, nodes without any left out; see [`DensityKind::amount`].
    ///
    /// Where an element covers only part of a compartment, its density counts in proportion to the membrane.
    pub values: Vec<(u32, f64)>,
}

/// What densities are placed on.
pub(super) struct Ground<'a, 'm> {
    pub(super) model: &'m Model,
    pub(super) morphology: &'m Morphology,
    pub(super) sections: &'a Sections,
    pub(super) compartments: &'a Compartments,
    pub(super) nodes: NodesOf,
    pub(super) places: Places<'a, 'm>,
}

/// Reads one density; `None`, and findings, where it is incomplete or of another kind.
pub(super) fn read<'m>(
    ground: &mut Ground<'_, 'm>,
    component: Component<'m>,
    sink: &mut Diagnostics,
) -> Option<Density<'m>> {
    let Some(kind) = DensityKind::of(component.name()) else {
        let what = format!("{} is of a kind that cells do not carry out", component.shown());
        sink.push(rules::not_simulated(component.id_span(), what));
        return None;
    };
    let name = component.attr("ionChannel").unwrap_or_default();
    let Some(channel) = ground.model.find(name) else {
        let what = format!("there is no ion channel `{name}`");
        sink.push(rules::unresolved(component.span_of("ionChannel"), what));
        return None;
    };
    let e_rev_v = if kind.has_fixed_reversal() { Some(si(component, "erev", sink)?) } else { None };
    let v_shift_v = if kind == DensityKind::VShift { si(component, "vShift", sink)? } else { 0.0 };
    let variable = component.children_named("variableParameter").next().is_some();
    let written = component.attr(kind.parameter()).is_some();
    let values = if kind.is_non_uniform() || (variable && !written) {
        varied(ground, component, kind, sink)?
    } else if variable {
        let what = format!("{} has `{}` twice", component.shown(), kind.parameter());
        sink.push(rules::not_simulated(component.span_of(kind.parameter()), what));
        return None;
    } else {
        uniform(ground, component, kind, sink)?
    };
    let ion = component.attr("ion");
    Some(Density { component, kind, channel, ion, e_rev_v, v_shift_v, values })
}

fn uniform<'m>(
    ground: &mut Ground<'_, 'm>,
    component: Component<'m>,
    kind: DensityKind,
    sink: &mut Diagnostics,
) -> Option<Vec<(u32, f64)>> {
    let value = si(component, kind.parameter(), sink)?;
    let segments = ground.places.of(component, sink)?;
    let mut covered = ground.nodes.of(&segments);
    let total: f64 = covered.iter().map(|&(_, area)| area).sum();
    for (node, area) in &mut covered {
        let whole = match kind.amount() {
            Amount::Channels => total,
            Amount::Conductance | Amount::Permeability => {
                ground.compartments.area_um2()[*node as usize]
            }
        };
        *area = value * share(*area, whole);
    }
    Some(covered)
}

/// The part of a compartment's membrane that is covered; exactly 1 where all of it is.
fn share(area: f64, whole: f64) -> f64 {
    // Areas of the same pieces, added in another order.
    if (area - whole).abs() <= 1e-12 * whole { 1.0 } else { area / whole }
}

fn varied<'m>(
    ground: &mut Ground<'_, 'm>,
    component: Component<'m>,
    kind: DensityKind,
    sink: &mut Diagnostics,
) -> Option<Vec<(u32, f64)>> {
    let mut values: Vec<(u32, f64)> = Vec::new();
    for variable in component.children_named("variableParameter") {
        let parameter = variable.attr("parameter").unwrap_or_default();
        if parameter != kind.parameter() {
            let what = format!("`{parameter}` of {} cannot vary", component.shown());
            sink.push(rules::not_simulated(variable.span_of("parameter"), what));
            return None;
        }
        let Some(value) = variable.child("inhomogeneousValue") else {
            let what = format!("{} has no `inhomogeneousValue`", variable.shown());
            sink.push(rules::unusable(variable.id_span(), what));
            return None;
        };
        let group = variable.attr("segmentGroup").unwrap_or("all");
        let metric = Metric::find(ground, value, group, sink)?;
        let profile = Profile::new(value, metric, sink)?;
        let segments = ground.places.at(Place::Group(group), variable, sink)?;
        for (node, area) in ground.nodes.of(&segments) {
            let i = node as usize;
            let density = profile.at(ground.compartments.path_um()[i]);
            if !density.is_finite() {
                let path = ground.compartments.path_um()[i];
                let what = format!("the value is {density} at {path} µm from the root");
                sink.push(rules::unusable(value.span_of("value"), what));
                return None;
            }
            values.push((node, density * share(area, ground.compartments.area_um2()[i])));
        }
    }
    if values.is_empty() && component.child("variableParameter").is_none() {
        let what = format!("{} has no `variableParameter`", component.shown());
        sink.push(rules::unusable(component.id_span(), what));
        return None;
    }
    // Parts of one element that overlap add up, as elements do.
    values.sort_by_key(|&(node, _)| node);
    values.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    Some(values)
}
