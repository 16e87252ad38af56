//! `NML0763` unreadable-quantity.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0763", "unreadable-quantity", Lems, Error, "a parameter has a value that is no quantity");

use crate::lems::own;

/// Values are a number and a known unit.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let (types, units) = (model.types(), model.units());
    for component in own::components(model) {
        let Some(ty) = component.ty() else { continue };
        for parameter in types.parameters(ty) {
            let Some(attribute) = component.attribute(&parameter.name) else { continue };
            let Err(error) = units.quantity(attribute.value()) else { continue };
            let expected = units.dimension(&parameter.dimension);
            let range = error.range.start as usize..error.range.end as usize;
            let span =
                if range.is_empty() { attribute.value_span() } else { attribute.part_span(range) };
            let message = format!(
                "parameter `{}` of {} is `{}`: {error}",
                parameter.name,
                own::shown(component),
                attribute.value()
            );
            let units = units.units_of(expected.unwrap_or_default()).map(|u| &*u.symbol);
            let help = error.help().unwrap_or_else(|| {
                format!("write a number with one of the units {}", own::list(units))
            });
            sink.push(Diagnostic::new(&RULE, span, message).help(help));
        }
        for at in types.line(ty) {
            for parameter in at.index_parameters.iter().chain(at.integer_parameters.iter()) {
                let Some(attribute) = component.attribute(&parameter.name) else { continue };
                if attribute.value().trim_ascii().parse::<i64>().is_ok() {
                    continue;
                }
                let message = format!(
                    "parameter `{}` of {} is `{}`, which is not a whole number",
                    parameter.name,
                    own::shown(component),
                    attribute.value()
                );
                sink.push(
                    Diagnostic::new(&RULE, attribute.value_span(), message)
                        .help("write a whole number without a unit"),
                );
            }
        }
    }
}
