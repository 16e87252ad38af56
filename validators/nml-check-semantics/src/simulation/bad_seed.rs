//! `NML0914` bad-seed.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0914", "bad-seed", Simulation, Error, "the seed of a simulation is no whole number");

use crate::simulation::run;

/// A seed is an integer of 64 bits.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        let Some(seed) = run.component.attribute("seed") else { continue };
        if seed.value().trim().parse::<i64>().is_ok() {
            continue;
        }
        let message = format!("the seed `{}` is no whole number", seed.value());
        sink.push(
            Diagnostic::new(&RULE, seed.value_span(), message)
                .help("write a number such as `1234`"),
        );
    }
}
