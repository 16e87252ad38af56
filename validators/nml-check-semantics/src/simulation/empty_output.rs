//! `NML0913` empty-output.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::SimulationItem;
use nml_model::Model;

use crate::rule::rule;

rule!("NML0913", "empty-output", Simulation, Warn, "an output or display shows nothing");

use crate::lems::own;
use crate::simulation::run;

/// Outputs and displays have something inside.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        for (component, item) in run::with_order(&run, |_| true) {
            let inside = match item {
                SimulationItem::DataDisplay { .. } => "`<Line>`",
                SimulationItem::DataWriter { .. } => "`<OutputColumn>`",
                SimulationItem::EventWriter { .. } => "`<EventSelection>`",
                _ => continue,
            };
            if component.children().any(|c| c.ty().is_some()) {
                continue;
            }
            let message = format!("{} shows nothing", own::shown(component));
            sink.push(
                Diagnostic::new(&RULE, component.element().name_span(), message)
                    .help(format!("add a {inside}, or remove it")),
            );
        }
    }
}
