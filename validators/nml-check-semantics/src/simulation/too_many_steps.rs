//! `NML0907` too-many-steps.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_units::Dimension;

use crate::rule::rule;

rule!(
    "NML0907",
    "too-many-steps",
    Simulation,
    Warn,
    "a simulation makes more than a thousand million steps"
);

use crate::lems::own;
use crate::simulation::run;

/// Beyond this a unit is wrong more likely than right, and jLEMS, which counts in 32 bits, is near its end.
const LIMIT: f64 = 1e9;

/// The number of steps is one that someone can wait for.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        let time = |name: &str| {
            let quantity = run.component.quantity(name)?.ok()?;
            (quantity.dimension == Dimension::TIME && quantity.si > 0.0).then_some(quantity.si)
        };
        let (Some(step), Some(length)) = (time(run.step), time(run.length)) else { continue };
        let steps = length / step;
        if steps <= LIMIT {
            continue;
        }
        let steps = nml_base::format_f64(steps.round());
        let message = format!("{} makes {steps} steps", own::shown(run.component));
        sink.push(
            Diagnostic::new(&RULE, run.component.span_of(run.step), message)
                .also(run.component.span_of(run.length), "the length")
                .help("check the units of length and step"),
        );
    }
}
