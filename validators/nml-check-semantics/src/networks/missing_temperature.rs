//! `NML0522` missing-temperature.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0522",
    "missing-temperature",
    Networks,
    Error,
    "a network with temperature does not give one"
);

/// `type="networkWithTemperature"` has a required parameter, which the document grammar does not ask for.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        let component = network.component();
        let claims = component.attr("type") == Some("networkWithTemperature")
            || component.name() == "networkWithTemperature";
        if !claims || component.attr("temperature").is_some() {
            continue;
        }
        let message = format!("`{}` has no `temperature`", component.shown());
        sink.push(
            Diagnostic::new(&RULE, component.span_of("type"), message)
                .label("asks for a temperature")
                .help("add `temperature=\"37degC\"`, or remove the type"),
        );
    }
}
