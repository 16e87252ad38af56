//! `NML0409` negative-conductance.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Attr, Component};

use crate::rule::rule;

rule!(
    "NML0409",
    "negative-conductance",
    Biophysics,
    Warn,
    "a conductance, permeability or capacitance is negative"
);

/// Dimensions whose values are never negative in a membrane.
const NOT_NEGATIVE: [&str; 6] = [
    "conductance",
    "conductanceDensity",
    "conductance_per_voltage",
    "permeability",
    "capacitance",
    "specificCapacitance",
];

/// A negative one makes the membrane unstable.
pub(crate) fn check(component: Component<'_>, attribute: Attr<'_>, sink: &mut Diagnostics) {
    let text = attribute.value();
    // Coordinates are most of the negative numbers of a model: they are passed over without reading them.
    if !text.starts_with('-') || is_bare_number(text) {
        return;
    }
    let name = attribute.name();
    // The coupling of its recovery variable, not a conductance of the membrane.
    if name == "b" && component.name() == "izhikevich2007Cell" {
        return;
    }
    let Some(Ok(quantity)) = component.quantity(name) else { return };
    let Some(unit) = quantity.unit.filter(|_| quantity.si < 0.0) else { return };
    if !NOT_NEGATIVE.contains(&&*unit.dimension_name) {
        return;
    }
    let message = format!("`{name}` of `{}` is {text}", component.shown());
    sink.push(
        Diagnostic::new(&RULE, attribute.value_span(), message)
            .label("negative")
            .help("remove the minus sign"),
    );
}

/// Whether a text holds no unit; numbers with an exponent are left to the closer look.
fn is_bare_number(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'-' | b'.'))
}
