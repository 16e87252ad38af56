//! Simulations, recordings and outputs: `NML09xx`.

use crate::Check;

mod bad_seed;
mod empty_output;
mod event_format;
mod lifeless_target;
mod missing_file_name;
mod repeated_output_file;
pub(crate) mod run;
mod scale_dimension;
mod several_targets;
mod simulation_time;
mod too_many_steps;
mod uneven_simulation_length;
mod unknown_simulation_target;
mod unknown_target;
mod unresolved_event_source;
mod unresolved_quantity;

pub(crate) const CHECKS: &[Check] = &[
    Check::model(&unknown_target::RULE, unknown_target::check),
    Check::model(&several_targets::RULE, several_targets::check),
    Check::model(&unknown_simulation_target::RULE, unknown_simulation_target::check),
    Check::model(&lifeless_target::RULE, lifeless_target::check),
    Check::model(&simulation_time::RULE, simulation_time::check),
    Check::model(&uneven_simulation_length::RULE, uneven_simulation_length::check),
    Check::model(&too_many_steps::RULE, too_many_steps::check),
    Check::model(&unresolved_quantity::RULE, unresolved_quantity::check),
    Check::model(&unresolved_event_source::RULE, unresolved_event_source::check),
    Check::model(&scale_dimension::RULE, scale_dimension::check),
    Check::model(&repeated_output_file::RULE, repeated_output_file::check),
    Check::model(&missing_file_name::RULE, missing_file_name::check),
    Check::model(&empty_output::RULE, empty_output::check),
    Check::model(&bad_seed::RULE, bad_seed::check),
    Check::model(&event_format::RULE, event_format::check),
];
