//! `NML0912` missing-file-name.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::SimulationItem;
use nml_model::Model;

use crate::rule::rule;

rule!("NML0912", "missing-file-name", Simulation, Error, "an output has no file name");

use crate::lems::own;
use crate::simulation::run;

/// Every output says where it goes.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        for (component, item) in run::with_order(&run, |_| true) {
            let (SimulationItem::DataWriter { file_name, .. }
            | SimulationItem::EventWriter { file_name, .. }) = item
            else {
                continue;
            };
            if component.attr(file_name).is_some_and(|name| !name.trim().is_empty()) {
                continue;
            }
            let message = format!("{} has no file name", own::shown(component));
            sink.push(
                Diagnostic::new(&RULE, component.element().name_span(), message)
                    .help(format!("add `{file_name}=\"results.dat\"`")),
            );
        }
    }
}
