//! Identifiers, and references to them: `NML02xx`.

use crate::Check;

mod repeated_id;

pub(crate) const CHECKS: &[Check] = &[Check { rule: &repeated_id::RULE, run: repeated_id::check }];
