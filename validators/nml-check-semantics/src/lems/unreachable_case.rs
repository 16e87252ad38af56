//! `NML0742` unreachable-case.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0742", "unreachable-case", Lems, Warn, "a case can never be taken");

use crate::lems::own;

/// Nothing stands behind the case without a condition, and no condition stands twice.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        for variable in dynamics.conditional_derived_variables.iter() {
            for (i, case) in variable.cases.iter().enumerate() {
                let before = &variable.cases[..i];
                let always = before.iter().find(|c| c.condition.is_none());
                let same =
                    before.iter().find(|c| c.condition.is_some() && c.condition == case.condition);
                let Some(earlier) = always.or(same) else { continue };
                let span = case.condition.as_ref().and_then(|c| c.span).or(case.value.span);
                let Some(span) = span else { continue };
                let why = if earlier.condition.is_none() {
                    "the case before it always holds"
                } else {
                    "an earlier case has the same condition"
                };
                let message = format!("this case of `{}` is never taken: {why}", variable.name);
                let mut found = Diagnostic::new(&RULE, span, message)
                    .label("never taken")
                    .help("move the case without a condition to the end, or remove this one");
                let place = earlier.condition.as_ref().and_then(|c| c.span).or(earlier.value.span);
                if let Some(place) = place {
                    found = found.also(place, "taken instead");
                }
                sink.push(found);
            }
        }
    }
}
