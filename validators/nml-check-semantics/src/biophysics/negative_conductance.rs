//! `NML0409` negative-conductance.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

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
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for component in model.components() {
        for attribute in component.element().attributes() {
            // A look at the first byte spares reading every attribute of every segment.
            if !attribute.value().starts_with('-') {
                continue;
            }
            // The coupling of its recovery variable, not a conductance of the membrane.
            if attribute.name() == "b" && component.name() == "izhikevich2007Cell" {
                continue;
            }
            let Some(Ok(quantity)) = component.quantity(attribute.name()) else { continue };
            let Some(unit) = quantity.unit.filter(|_| quantity.si < 0.0) else { continue };
            if !NOT_NEGATIVE.contains(&&*unit.dimension_name) {
                continue;
            }
            let message = format!(
                "`{}` of `{}` is {}",
                attribute.name(),
                component.shown(),
                attribute.value()
            );
            sink.push(
                Diagnostic::new(&RULE, attribute.value_span(), message)
                    .label("negative")
                    .help("remove the minus sign"),
            );
        }
    }
}
