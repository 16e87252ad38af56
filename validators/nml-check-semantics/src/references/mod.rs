//! Identifiers, and references to them: `NML02xx`.

use crate::Check;

mod repeated_density_id;
mod repeated_id;
mod repeated_sibling_id;
mod spike_target;
mod targets;
mod unknown_reference;
mod wrong_kind;

pub(crate) use targets::includes_hdf5;

pub(crate) const CHECKS: &[Check] = &[
    Check { rule: &repeated_id::RULE, run: repeated_id::check },
    Check { rule: &unknown_reference::RULE, run: unknown_reference::check },
    Check { rule: &wrong_kind::RULE, run: wrong_kind::check },
    Check { rule: &spike_target::RULE, run: spike_target::check },
    Check { rule: &repeated_sibling_id::RULE, run: repeated_sibling_id::check },
    Check { rule: &repeated_density_id::RULE, run: repeated_density_id::check },
];
