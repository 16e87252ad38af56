//! `NML0732` repeated-derivative.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::TimeDerivative;
use nml_model::Model;
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0732",
    "repeated-derivative",
    Lems,
    Error,
    "two rates of change are given for one state variable"
);

use crate::lems::own;

/// A state variable has one rate of change per behaviour or regime.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        report(&dynamics.time_derivatives, sink);
        for regime in dynamics.regimes.iter() {
            report(&regime.time_derivatives, sink);
        }
    }
}

fn report(derivatives: &[TimeDerivative], sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, &TimeDerivative> = FxHashMap::default();
    for derivative in derivatives {
        let variable = &derivative.variable;
        let Some(span) = variable.span else { continue };
        let Some(earlier) = first.get(variable.as_str()) else {
            first.insert(variable, derivative);
            continue;
        };
        let mut found =
            Diagnostic::new(&RULE, span, format!("`{variable}` has two rates of change"))
                .label("given again here")
                .help("add the two expressions up in one `TimeDerivative`");
        if let Some(earlier) = earlier.variable.span {
            found = found.also(earlier, "first given here");
        }
        sink.push(found);
    }
}
