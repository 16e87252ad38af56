//! `NML0514` empty-population.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::views::PopulationSize;

use crate::rule::rule;

rule!("NML0514", "empty-population", Networks, Warn, "a population has no cells");

/// A size of 0, or none at all.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for population in network.populations() {
            let component = population.component();
            let declared = component.attr("type") == Some("populationList")
                && component.attr("size").is_some();
            if population.size().count() > 0 || declared {
                continue;
            }
            let id = population.id().unwrap_or("?");
            let message = match population.size() {
                PopulationSize::Unknown => {
                    format!("population `{id}` does not say how many cells it has")
                }
                _ => format!("population `{id}` has no cells"),
            };
            sink.push(
                Diagnostic::new(&RULE, component.span_of("size"), message)
                    .help("write `size=\"…\"`, or list `<instance>` elements"),
            );
        }
    }
}
