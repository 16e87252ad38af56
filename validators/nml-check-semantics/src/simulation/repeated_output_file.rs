//! `NML0911` repeated-output-file.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::SimulationItem;
use nml_model::{Component, Model};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!("NML0911", "repeated-output-file", Simulation, Error, "two outputs write to the same file");

use crate::simulation::run;

/// The outputs of one simulation have different files.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        let mut first: FxHashMap<String, (Component<'_>, &str)> = FxHashMap::default();
        for (component, item) in run::with_order(&run, |_| true) {
            let (SimulationItem::DataWriter { path, file_name }
            | SimulationItem::EventWriter { path, file_name, .. }) = item
            else {
                continue;
            };
            let Some(name) = component.attribute(file_name) else { continue };
            let folder = component.attr(path).unwrap_or("").trim_end_matches('/');
            let key = format!("{folder}/{}", name.value().trim());
            let Some((earlier, attribute)) = first.get(&key) else {
                first.insert(key, (component, file_name));
                continue;
            };
            let message = format!("two outputs write to `{}`", name.value());
            sink.push(
                Diagnostic::new(&RULE, name.value_span(), message)
                    .label("written again here")
                    .also(earlier.span_of(attribute), "first written here")
                    .help("give one of them another name"),
            );
        }
    }
}
