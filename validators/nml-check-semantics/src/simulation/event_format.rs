//! `NML0915` event-format.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::SimulationItem;
use nml_model::Model;

use crate::rule::rule;

rule!("NML0915", "event-format", Simulation, Error, "the format of an event file is not known");

use crate::lems::own;
use crate::simulation::run;

/// What event files can look like.
const FORMATS: &[&str] = &["TIME_ID", "ID_TIME"];

/// The format is one of two.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        for (component, item) in run::with_order(&run, |_| true) {
            let SimulationItem::EventWriter { format, .. } = item else { continue };
            let Some(found) = component.attribute(format) else {
                let message = format!("{} does not say its format", own::shown(component));
                sink.push(
                    Diagnostic::new(&RULE, component.element().name_span(), message)
                        .help(format!("add `{format}=\"TIME_ID\"` or `{format}=\"ID_TIME\"`")),
                );
                continue;
            };
            if FORMATS.contains(&found.value()) {
                continue;
            }
            let message = format!("there is no event format `{}`", found.value());
            sink.push(
                Diagnostic::new(&RULE, found.value_span(), message).maybe_help(own::meant_or_list(
                    found.value(),
                    "the formats are",
                    FORMATS,
                )),
            );
        }
    }
}
