//! `NML0513` size-mismatch.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::views::PopulationSize;

use crate::rule::rule;

rule!(
    "NML0513",
    "size-mismatch",
    Networks,
    Error,
    "a population says another size than the number of instances it lists"
);

/// A population that lists its instances, or says so by `type="populationList"`, has as many as its `size`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for population in network.populations() {
            let component = population.component();
            let listed = match population.size() {
                PopulationSize::Listed(n) => n,
                _ if component.attr("type") == Some("populationList") => 0,
                _ => continue,
            };
            let Some(size) = component.attr("size") else { continue };
            if component.integer("size").is_none_or(|size| size == listed) {
                continue;
            }
            let instances = if listed == 1 { "instance" } else { "instances" };
            let message = format!("`size` is {size}, but there are {listed} {instances}");
            let help = if listed == 0 {
                "list the instances, or remove `type=\"populationList\"`".to_owned()
            } else {
                format!("write `size=\"{listed}\"`")
            };
            sink.push(
                Diagnostic::new(&RULE, component.span_of("size"), message)
                    .label("does not fit")
                    .also(component.id_span(), format!("lists {listed} {instances}"))
                    .help(help),
            );
        }
    }
}
