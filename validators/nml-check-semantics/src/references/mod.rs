//! Identifiers, and references to them: `NML02xx`.

use crate::Check;

mod repeated_density_id;
mod repeated_id;
mod repeated_sibling_id;
mod spike_target;
mod targets;
mod unknown_reference;
mod wrong_kind;

pub(crate) const CHECKS: &[Check] = &[
    Check::model(&repeated_id::RULE, repeated_id::check),
    Check::model(&unknown_reference::RULE, unknown_reference::check),
    Check::model(&wrong_kind::RULE, wrong_kind::check),
    Check::model(&spike_target::RULE, spike_target::check),
    Check::model(&repeated_sibling_id::RULE, repeated_sibling_id::check),
    Check::model(&repeated_density_id::RULE, repeated_density_id::check),
];
