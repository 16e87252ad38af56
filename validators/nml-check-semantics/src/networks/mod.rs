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
    Check::model(&repeated_network_id::RULE, repeated_network_id::check),
    Check::model(&unknown_population::RULE, unknown_population::check),
    Check::model(&malformed_reference::RULE, malformed_reference::check),
    Check::model(&cell_out_of_range::RULE, cell_out_of_range::check),
    Check::model(&population_differs::RULE, population_differs::check),
    Check::model(&component_differs::RULE, component_differs::check),
    Check::model(&segment_not_in_cell::RULE, segment_not_in_cell::check),
    Check::model(&segment_of_point_cell::RULE, segment_of_point_cell::check),
    Check::model(&fraction_out_of_range::RULE, fraction_out_of_range::check),
    Check::model(&repeated_row_id::RULE, repeated_row_id::check),
    Check::model(&negative_delay::RULE, negative_delay::check),
    Check::model(&bad_weight::RULE, bad_weight::check),
    Check::model(&size_mismatch::RULE, size_mismatch::check),
    Check::model(&empty_population::RULE, empty_population::check),
    Check::model(&population_too_large::RULE, population_too_large::check),
    Check::model(&cannot_attach::RULE, cannot_attach::check),
    Check::model(&unknown_destination::RULE, unknown_destination::check),
    Check::model(&silent_source::RULE, silent_source::check),
    Check::model(&unknown_region::RULE, unknown_region::check),
    Check::attribute(&negative_time::RULE, negative_time::check),
    Check::model(&reset_above_threshold::RULE, reset_above_threshold::check),
    Check::model(&missing_temperature::RULE, missing_temperature::check),
    Check::attribute(&implausible_temperature::RULE, implausible_temperature::check),
];
