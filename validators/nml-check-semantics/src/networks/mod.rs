//! Populations, projections and inputs: `NML05xx`.

use crate::Check;

mod bad_weight;
mod cannot_attach;
mod cell_out_of_range;
mod component_differs;
mod empty_population;
mod fraction_out_of_range;
mod implausible_temperature;
mod malformed_reference;
mod missing_temperature;
mod negative_delay;
mod negative_time;
mod population_differs;
mod population_too_large;
mod repeated_network_id;
mod repeated_row_id;
mod reset_above_threshold;
mod segment_not_in_cell;
mod segment_of_point_cell;
mod sides;
mod silent_source;
mod size_mismatch;
mod unknown_destination;
mod unknown_population;
mod unknown_region;

pub(crate) const CHECKS: &[Check] = &[
    Check { rule: &repeated_network_id::RULE, run: repeated_network_id::check },
    Check { rule: &unknown_population::RULE, run: unknown_population::check },
    Check { rule: &malformed_reference::RULE, run: malformed_reference::check },
    Check { rule: &cell_out_of_range::RULE, run: cell_out_of_range::check },
    Check { rule: &population_differs::RULE, run: population_differs::check },
    Check { rule: &component_differs::RULE, run: component_differs::check },
    Check { rule: &segment_not_in_cell::RULE, run: segment_not_in_cell::check },
    Check { rule: &segment_of_point_cell::RULE, run: segment_of_point_cell::check },
    Check { rule: &fraction_out_of_range::RULE, run: fraction_out_of_range::check },
    Check { rule: &repeated_row_id::RULE, run: repeated_row_id::check },
    Check { rule: &negative_delay::RULE, run: negative_delay::check },
    Check { rule: &bad_weight::RULE, run: bad_weight::check },
    Check { rule: &size_mismatch::RULE, run: size_mismatch::check },
    Check { rule: &empty_population::RULE, run: empty_population::check },
    Check { rule: &population_too_large::RULE, run: population_too_large::check },
    Check { rule: &cannot_attach::RULE, run: cannot_attach::check },
    Check { rule: &unknown_destination::RULE, run: unknown_destination::check },
    Check { rule: &silent_source::RULE, run: silent_source::check },
    Check { rule: &unknown_region::RULE, run: unknown_region::check },
    Check { rule: &negative_time::RULE, run: negative_time::check },
    Check { rule: &reset_above_threshold::RULE, run: reset_above_threshold::check },
    Check { rule: &missing_temperature::RULE, run: missing_temperature::check },
    Check { rule: &implausible_temperature::RULE, run: implausible_temperature::check },
];
