//! `NML0603` unknown-state.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use super::gates;
use crate::rule::rule;

rule!(
    "NML0603",
    "unknown-state",
    Channels,
    Error,
    "a transition leads from or to a state that its gate does not have"
);

/// `from` and `to` name an open or closed state of the same gate.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for gate in gates(model).filter(|g| g.name() == "gateKS") {
        let states = || {
            let all = gate.children().filter(|c| c.name().ends_with("State") || c.is_a("KSState"));
            all.filter_map(Component::id)
        };
        for transition in gate.children() {
            if !transition.name().ends_with("Transition") {
                continue;
            }
            for attribute in ["from", "to"] {
                let Some(name) = transition.attr(attribute) else { continue };
                if states().any(|s| s == name) {
                    continue;
                }
                let help = match nml_base::nearest(name, states()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "states of this gate: `{}`",
                        states().take(6).collect::<Vec<_>>().join("`, `")
                    ),
                };
                let message = format!(
                    "`{}` leads {attribute} state `{name}`, which gate `{}` does not have",
                    transition.shown(),
                    gate.id().unwrap_or("?")
                );
                sink.push(
                    Diagnostic::new(&RULE, transition.span_of(attribute), message)
                        .label("no such state")
                        .also(gate.id_span(), "the gate")
                        .help(help),
                );
            }
        }
    }
}
