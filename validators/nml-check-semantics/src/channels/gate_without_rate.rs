//! `NML0606` gate-without-rate.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{DocumentKind, Model};

use super::gates;
use crate::rule::rule;

rule!(
    "NML0606",
    "gate-without-rate",
    Channels,
    Error,
    "a gate lacks one of the rates, time courses or steady states it is made of"
);

/// What each kind of gate is made of.
const MADE_OF: [(&str, &[&str]); 8] = [
    ("gateHHrates", &["forwardRate", "reverseRate"]),
    ("gateHHtauInf", &["timeCourse", "steadyState"]),
    ("gateHHInstantaneous", &["steadyState"]),
    ("gateHHratesTau", &["forwardRate", "reverseRate", "timeCourse"]),
    ("gateHHratesInf", &["forwardRate", "reverseRate", "steadyState"]),
    ("gateHHratesTauInf", &["forwardRate", "reverseRate", "timeCourse", "steadyState"]),
    ("gateFractional", &["subGate"]),
    ("subGate", &["steadyState", "timeCourse"]),
];

/// The document grammar says the same for NeuroML documents, except for a gate whose kind is given by
/// `type="…"`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for gate in gates(model) {
        let by_type = gate.name() == "gate";
        if !by_type && gate.document().kind == DocumentKind::NeuroMl {
            continue;
        }
        let kind = if by_type { gate.attr("type").unwrap_or_default() } else { gate.name() };
        let Some((_, parts)) = MADE_OF.iter().find(|(name, _)| *name == kind) else { continue };
        for part in *parts {
            if gate.child(part).is_some() {
                continue;
            }
            let message = format!("gate `{}` has no `<{part}>`", gate.id().unwrap_or("?"));
            sink.push(
                Diagnostic::new(&RULE, gate.id_span(), message)
                    .label(format!("a `{kind}`"))
                    .help(format!("add `<{part} type=\"…\" …/>`")),
            );
        }
    }
}
