//! `NML0910` scale-dimension.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::path::Resolver;
use nml_units::Dimension;

use crate::rule::rule;

rule!(
    "NML0910",
    "scale-dimension",
    Simulation,
    Warn,
    "a line is scaled by a quantity of another dimension"
);

use crate::simulation::run;

/// The scale of a line has the dimension of its quantity, that of time is a time.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let resolver = Resolver::new(model);
    let units = model.units();
    for run in run::all(model) {
        let Some(target) = run.target() else { continue };
        for record in run::records(&run) {
            let quantity = resolver.quantity(target, record.path.value()).ok();
            let dimension = quantity.and_then(|q| q.dimension).and_then(|d| units.dimension(d));
            let pairs = [(record.scale, dimension), (record.time_scale, Some(Dimension::TIME))];
            for (name, expected) in pairs {
                let (Some(name), Some(expected)) = (name, expected) else { continue };
                let Some(attribute) = record.component.attribute(name) else { continue };
                let Ok(scale) = units.quantity(attribute.value()) else { continue };
                // A plain number scales anything.
                if scale.dimension == expected || scale.dimension.is_none() {
                    continue;
                }
                let (is, needed) = (units.describe(scale.dimension), units.describe(expected));
                let message = format!("`{name}` is {is}, but what it scales is {needed}");
                let unit = units
                    .units_of(expected)
                    .next()
                    .map(|u| format!("write it in a unit of {needed}, such as `1 {}`", u.symbol));
                let help = unit.unwrap_or_else(|| "write a plain number".to_owned());
                sink.push(
                    Diagnostic::new(&RULE, attribute.value_span(), message)
                        .also(record.path.value_span(), format!("this is {needed}"))
                        .help(help),
                );
            }
        }
    }
}
