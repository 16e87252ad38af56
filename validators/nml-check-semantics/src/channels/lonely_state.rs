//! `NML0604` lonely-state.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use super::gates;
use crate::rule::rule;

rule!("NML0604", "lonely-state", Channels, Warn, "no transition leads to or from a state");

/// A state that no transition touches keeps its occupancy for ever.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for gate in gates(model).filter(|g| g.name() == "gateKS") {
        let transitions = || gate.children().filter(|c| c.name().ends_with("Transition"));
        let touched = |id: &str| {
            transitions().any(|t| t.attr("from") == Some(id) || t.attr("to") == Some(id))
        };
        for state in gate.children().filter(|c| c.name().ends_with("State")) {
            let Some(id) = Component::id(state) else { continue };
            if touched(id) {
                continue;
            }
            let message = format!(
                "no transition of gate `{}` leads to or from state `{id}`",
                gate.id().unwrap_or("?")
            );
            sink.push(
                Diagnostic::new(&RULE, state.id_span(), message)
                    .help("add a transition, or remove the state"),
            );
        }
    }
}
