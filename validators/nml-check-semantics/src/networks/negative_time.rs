//! `NML0520` negative-time.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Attr, Component};

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
pub(crate) fn check(component: Component<'_>, attribute: Attr<'_>, sink: &mut Diagnostics) {
    let text = attribute.value();
    if !text.starts_with('-') {
        return;
    }
    let name = attribute.name();
    if !TIMES.contains(&name) {
        return;
    }
    let Some(Ok(quantity)) = component.quantity(name) else { return };
    // Delays of connections have a rule of their own.
    if quantity.si >= 0.0 || component.name() == "synapticConnectionWD" {
        return;
    }
    let message = format!("`{name}` of `{}` is {text}", component.shown());
    sink.push(
        Diagnostic::new(&RULE, attribute.value_span(), message)
            .label("negative")
            .help("times are counted from the start of the simulation; remove the minus sign"),
    );
}
