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
    Check { rule: &unknown_target::RULE, run: unknown_target::check },
    Check { rule: &several_targets::RULE, run: several_targets::check },
    Check { rule: &unknown_simulation_target::RULE, run: unknown_simulation_target::check },
    Check { rule: &lifeless_target::RULE, run: lifeless_target::check },
    Check { rule: &simulation_time::RULE, run: simulation_time::check },
    Check { rule: &uneven_simulation_length::RULE, run: uneven_simulation_length::check },
    Check { rule: &too_many_steps::RULE, run: too_many_steps::check },
    Check { rule: &unresolved_quantity::RULE, run: unresolved_quantity::check },
    Check { rule: &unresolved_event_source::RULE, run: unresolved_event_source::check },
    Check { rule: &scale_dimension::RULE, run: scale_dimension::check },
    Check { rule: &repeated_output_file::RULE, run: repeated_output_file::check },
    Check { rule: &missing_file_name::RULE, run: missing_file_name::check },
    Check { rule: &empty_output::RULE, run: empty_output::check },
    Check { rule: &bad_seed::RULE, run: bad_seed::check },
    Check { rule: &event_format::RULE, run: event_format::check },
];
