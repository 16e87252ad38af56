//! `NML0523` implausible-temperature.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Attr, Component};

use crate::rule::rule;

rule!("NML0523", "implausible-temperature", Networks, Warn, "a temperature at which no cell lives");

/// Temperatures are written in °C; 0 to 50 °C covers every preparation.
const PLAUSIBLE_K: std::ops::RangeInclusive<f64> = 253.15..=333.15;

/// Numbers near 300 are kelvin written as °C.
pub(crate) fn check(component: Component<'_>, attribute: Attr<'_>, sink: &mut Diagnostics) {
    let name = attribute.name();
    if !matches!(name, "temperature" | "experimentalTemp") {
        return;
    }
    let Some(Ok(quantity)) = component.quantity(name) else { return };
    if quantity.unit.is_none() || PLAUSIBLE_K.contains(&quantity.si) {
        return;
    }
    let text = attribute.value();
    let celsius = quantity.parsed.number - 273.15;
    let help = if PLAUSIBLE_K.contains(&quantity.parsed.number) {
        format!("this looks like kelvin: write `{celsius:.2}degC`")
    } else {
        "write a temperature in `degC`".to_owned()
    };
    let message = format!("`{name}` of `{}` is {text}", component.shown());
    sink.push(Diagnostic::new(&RULE, attribute.value_span(), message).help(help));
}
