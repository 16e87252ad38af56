//! `NML0736` several-initial-regimes.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0736",
    "several-initial-regimes",
    Lems,
    Error,
    "two regimes are both the one active at the start"
);

use crate::lems::own;

/// At most one regime is initial.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let mut initial = dynamics.regimes.iter().filter(|r| r.initial);
        let Some(first) = initial.next() else { continue };
        for second in initial {
            let Some(span) = second.name.span else { continue };
            let message = format!("`{}` and `{}` are both initial", first.name, second.name);
            let mut found = Diagnostic::new(&RULE, span, message)
                .label("initial as well")
                .help("take `initial=\"true\"` from one of the two");
            if let Some(first) = first.name.span {
                found = found.also(first, "initial");
            }
            sink.push(found);
        }
    }
}
