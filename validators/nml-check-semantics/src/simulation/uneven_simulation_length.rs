//! `NML0906` uneven-simulation-length.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_units::Dimension;

use crate::rule::rule;

rule!(
    "NML0906",
    "uneven-simulation-length",
    Simulation,
    Warn,
    "the length of a simulation is no whole number of steps"
);

use crate::lems::own;
use crate::simulation::run;

/// The quotient is whole, but for rounding.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        let time = |name: &str| {
            let quantity = run.component.quantity(name)?.ok()?;
            (quantity.dimension == Dimension::TIME && quantity.si > 0.0).then_some(quantity.si)
        };
        let (Some(step), Some(length)) = (time(run.step), time(run.length)) else { continue };
        let steps = length / step;
        let off = (steps - steps.round()).abs();
        // Two decimal numbers, each rounded once, leave less than this.
        if step > length || off <= 1e-9 * steps.max(1.0) {
            continue;
        }
        let message = format!(
            "the length of {}, `{}`, is {} steps of `{}`",
            own::shown(run.component),
            run.component.attr(run.length).unwrap_or(""),
            nml_base::format_f64((steps * 1000.0).round() / 1000.0),
            run.component.attr(run.step).unwrap_or("")
        );
        let whole = nml_base::format_f64(steps.round());
        sink.push(
            Diagnostic::new(&RULE, run.component.span_of(run.length), message)
                .also(run.component.span_of(run.step), "the step")
                .help(format!(
                    "{whole} steps will be made; write a length that is a multiple of the step"
                )),
        );
    }
}
