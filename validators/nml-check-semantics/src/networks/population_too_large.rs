//! `NML0515` population-too-large.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0515",
    "population-too-large",
    Networks,
    Error,
    "a population has more cells than can be numbered"
);

/// The largest size that the 32-bit indices of all tools can count, 2³¹ − 1.
const MOST: u64 = 2_147_483_647;

/// No machine holds such a population, and the reference tool counts it as negative.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for population in network.populations() {
            if population.size().count() <= MOST {
                continue;
            }
            let component = population.component();
            let size = component.attr("size").unwrap_or("more");
            let message =
                format!("population `{}` has {size} cells", population.id().unwrap_or("?"));
            sink.push(
                Diagnostic::new(&RULE, component.span_of("size"), message)
                    .label("too many")
                    .help(format!("at most {MOST} cells can be numbered")),
            );
        }
    }
}
