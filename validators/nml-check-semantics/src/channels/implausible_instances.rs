//! `NML0607` implausible-instances.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::gates;
use crate::rule::rule;

rule!(
    "NML0607",
    "implausible-instances",
    Channels,
    Warn,
    "a gate is raised to a power that no channel has"
);

/// Four identical gates were the beginning; models with up to eight exist.
const MOST: u64 = 12;

/// `instances` is the exponent of the gate variable.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for gate in gates(model) {
        let Some(text) = gate.attr("instances") else { continue };
        // Numbers past 2⁶⁴ are too many as well.
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if gate.integer("instances").map_or(!digits, |n| (1..=MOST).contains(&n)) {
            continue;
        }
        let message = format!("gate `{}` has {text} instances", gate.id().unwrap_or("?"));
        sink.push(
            Diagnostic::new(&RULE, gate.span_of("instances"), message)
                .help("`instances` is the exponent of the gate variable, mostly 1 to 4"),
        );
    }
}
