//! Channels, gates and rates: `NML06xx`.

use nml_model::{Component, Model};

use crate::Check;

mod gate_without_rate;
mod implausible_instances;
mod lonely_state;
mod missing_parameter;
mod q10_without_temperature;
mod rate_type;
mod unknown_state;

pub(crate) const CHECKS: &[Check] = &[
    Check::model(&rate_type::RULE, rate_type::check),
    Check::model(&missing_parameter::RULE, missing_parameter::check),
    Check::model(&unknown_state::RULE, unknown_state::check),
    Check::model(&lonely_state::RULE, lonely_state::check),
    Check::model(&q10_without_temperature::RULE, q10_without_temperature::check),
    Check::model(&gate_without_rate::RULE, gate_without_rate::check),
    Check::model(&implausible_instances::RULE, implausible_instances::check),
];

/// The ion channels of a model.
fn channels(model: &Model) -> impl Iterator<Item = Component<'_>> {
    model.top_level().filter(|c| c.name().starts_with("ionChannel") || c.is_a("baseIonChannel"))
}

/// The gates of all channels, fractional ones with their parts.
fn gates(model: &Model) -> impl Iterator<Item = Component<'_>> {
    let inside = channels(model).flat_map(Component::descendants);
    inside.filter(|c| c.name().starts_with("gate") || c.name() == "subGate" || c.is_a("baseGate"))
}

/// Rates, time courses, steady states and Q10 settings of all gates.
fn parts(model: &Model) -> impl Iterator<Item = Component<'_>> {
    channels(model).flat_map(Component::descendants).filter(|c| {
        matches!(
            c.name(),
            "forwardRate"
                | "reverseRate"
                | "timeCourse"
                | "steadyState"
                | "rate"
                | "q10Settings"
                | "q10ConductanceScaling"
        )
    })
}
