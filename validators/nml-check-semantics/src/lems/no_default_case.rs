//! `NML0743` no-default-case.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0743",
    "no-default-case",
    Lems,
    Allow,
    "a conditional variable says nothing for when no condition holds"
);

use crate::lems::own;

/// The last case has no condition.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        for variable in dynamics.conditional_derived_variables.iter() {
            let Some(span) = variable.name.span else { continue };
            if variable.cases.is_empty() || variable.cases.iter().any(|c| c.condition.is_none()) {
                continue;
            }
            let message = format!("`{}` is 0 where none of its conditions holds", variable.name);
            sink.push(
                Diagnostic::new(&RULE, span, message)
                    .help("add a last `<Case value=\"…\"/>` without a condition"),
            );
        }
    }
}
