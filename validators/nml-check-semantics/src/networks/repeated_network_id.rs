//! `NML0501` repeated-network-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0501",
    "repeated-network-id",
    Networks,
    Error,
    "two parts of one network have the same identifier"
);

/// Populations, projections of all kinds, input lists and whatever else a network holds share one space.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        let mut first: FxHashMap<&str, Component<'_>> = FxHashMap::default();
        for part in network.component().children() {
            // Elements that cannot be referred to.
            if matches!(part.name(), "explicitInput" | "notes" | "annotation" | "property") {
                continue;
            }
            let Some(id) = part.id() else { continue };
            let Some(earlier) = first.get(id) else {
                first.insert(id, part);
                continue;
            };
            let message = format!(
                "the network has both a `<{}>` and a `<{}>` called `{id}`",
                earlier.name(),
                part.name()
            );
            sink.push(
                Diagnostic::new(&RULE, part.id_span(), message)
                    .label("used again here")
                    .also(earlier.id_span(), "first used here")
                    .help("give one of them another `id`; references to it have to follow"),
            );
        }
    }
}
