//! `NML0735` no-initial-regime.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0735",
    "no-initial-regime",
    Lems,
    Warn,
    "none of the regimes is the one active at the start"
);

use crate::lems::own;

/// Where there are regimes, one is initial.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let Some(first) = dynamics.regimes.first() else { continue };
        let Some(span) = first.name.span else { continue };
        if dynamics.regimes.iter().any(|r| r.initial) {
            continue;
        }
        let message = format!("none of the regimes of `{}` is active at the start", ty.name);
        sink.push(
            Diagnostic::new(&RULE, span, message)
                .help("add `initial=\"true\"` to the regime the model begins in"),
        );
    }
}
