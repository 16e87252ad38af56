//! `NML0520` negative-time.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0520",
    "negative-time",
    Networks,
    Warn,
    "a time, duration or period of an input is negative"
);

/// Attributes of inputs and spike sources that hold a time.
const TIMES: [&str; 8] =
    ["delay", "duration", "period", "minISI", "maxISI", "minimumISI", "start", "time"];

/// Simulations begin at time 0, and durations are lengths.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for component in model.components() {
        let element = component.element();
        for attribute in element.attributes() {
            if !attribute.value().starts_with('-') || !TIMES.contains(&attribute.name()) {
                continue;
            }
            let Some(Ok(quantity)) = component.quantity(attribute.name()) else { continue };
            // Delays of connections have a rule of their own.
            if quantity.si >= 0.0 || component.name() == "synapticConnectionWD" {
                continue;
            }
            let message = format!(
                "`{}` of `{}` is {}",
                attribute.name(),
                component.shown(),
                attribute.value()
            );
            sink.push(
                Diagnostic::new(&RULE, attribute.value_span(), message).label("negative").help(
                    "times are counted from the start of the simulation; remove the minus sign",
                ),
            );
        }
    }
}
