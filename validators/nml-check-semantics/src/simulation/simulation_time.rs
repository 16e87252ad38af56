//! `NML0905` simulation-time.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_units::Dimension;

use crate::rule::rule;

rule!(
    "NML0905",
    "simulation-time",
    Simulation,
    Error,
    "the length or step of a simulation is no positive time, or the step is longer"
);

use crate::lems::own;
use crate::simulation::run;

/// 0 < step ≤ length.  Missing values and other dimensions are found as for all parameters.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        let time = |name: &str| {
            let quantity = run.component.quantity(name)?.ok()?;
            (quantity.dimension == Dimension::TIME).then_some(quantity.si)
        };
        for name in [run.step, run.length] {
            if let Some(value) = time(name).filter(|v| *v <= 0.0) {
                let text = run.component.attr(name).unwrap_or("");
                let kind = if value == 0.0 { "zero" } else { "negative" };
                let message =
                    format!("the {name} of {} is {kind}: `{text}`", own::shown(run.component));
                sink.push(
                    Diagnostic::new(&RULE, run.component.span_of(name), message)
                        .help("write a time above 0"),
                );
            }
        }
        let (Some(step), Some(length)) = (time(run.step), time(run.length)) else { continue };
        if step > 0.0 && length > 0.0 && step > length {
            let message = format!(
                "the step of {}, `{}`, is longer than its length, `{}`",
                own::shown(run.component),
                run.component.attr(run.step).unwrap_or(""),
                run.component.attr(run.length).unwrap_or("")
            );
            sink.push(
                Diagnostic::new(&RULE, run.component.span_of(run.step), message)
                    .also(run.component.span_of(run.length), "shorter than the step")
                    .help("the two may be the wrong way round, or a unit is wrong"),
            );
        }
    }
}
