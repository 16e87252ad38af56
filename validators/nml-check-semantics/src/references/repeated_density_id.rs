//! `NML0206` repeated-density-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0206",
    "repeated-density-id",
    References,
    Warn,
    "two channel densities of one membrane have the same identifier"
);

/// Whether a component places channels on a membrane.
pub(super) fn is_density(part: Component<'_>) -> bool {
    part.name().starts_with("channelDensity") || part.name() == "channelPopulation"
}

/// Densities are placed by their segment group, so that a model with repeated names still runs: only what
/// addresses a density by its path, as recordings do, reaches one of them.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, Component<'_>> = FxHashMap::default();
    for membrane in model.components().filter(|c| c.name().starts_with("membraneProperties")) {
        first.clear();
        for density in membrane.children().filter(|c| is_density(*c)) {
            let Some(id) = density.id() else { continue };
            let Some(earlier) = first.get(id) else {
                first.insert(id, density);
                continue;
            };
            let message = format!("two channel densities of one membrane are called `{id}`");
            sink.push(
                Diagnostic::new(&RULE, density.id_span(), message)
                    .label("used again here")
                    .also(earlier.id_span(), "first used here")
                    .help("give one of them another `id`, such as that of its segment group added"),
            );
        }
    }
}
