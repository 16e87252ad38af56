//! `NML0762` parameter-dimension.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0762",
    "parameter-dimension",
    Lems,
    Error,
    "a parameter has a value of another dimension"
);

use crate::lems::own;

/// Values have the dimension the type declares.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let (types, units) = (model.types(), model.units());
    for component in own::components(model) {
        let Some(ty) = component.ty() else { continue };
        for parameter in types.parameters(ty) {
            let Some(attribute) = component.attribute(&parameter.name) else { continue };
            let Some(expected) = units.dimension(&parameter.dimension) else { continue };
            let Ok(found) = units.quantity(attribute.value()) else { continue };
            if found.dimension == expected {
                continue;
            }
            let message = format!(
                "parameter `{}` of {} is {}, expected {}",
                parameter.name,
                own::shown(component),
                units.describe(found.dimension),
                units.describe(expected)
            );
            let number = found.parsed.number_range.slice(attribute.value());
            let help = match units.units_of(expected).next() {
                Some(_) if found.dimension.is_none() => {
                    let names: Vec<&str> = units.units_of(expected).map(|u| &*u.symbol).collect();
                    format!("add a unit: {}", own::list(names))
                }
                Some(unit) => format!(
                    "write it in a unit of {}, such as `{number} {}`",
                    units.describe(expected),
                    unit.symbol
                ),
                None => "write a plain number".to_owned(),
            };
            let mut report = Diagnostic::new(&RULE, attribute.value_span(), message)
                .label(format!("this is {}", units.describe(found.dimension)))
                .help(help);
            if let Some(declared) = parameter.dimension.span {
                report = report.also(declared, "declared here");
            }
            sink.push(report);
        }
    }
}
