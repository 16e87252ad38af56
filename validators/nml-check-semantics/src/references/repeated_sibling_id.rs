//! `NML0205` repeated-sibling-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, DocumentKind, Model, Role};
use rustc_hash::FxHashMap;

use super::repeated_density_id;
use crate::rule::rule;

rule!(
    "NML0205",
    "repeated-sibling-id",
    References,
    Error,
    "two parts of one component have the same identifier"
);

/// Whether a part needs an identifier of its own.  The `<species>` of one ion may have one element per
/// segment group, all of the same name; so are densities often called, which have a rule of their own.
fn is_told_apart(part: Component<'_>) -> bool {
    part.role() == Role::Child
        && part.id().is_some()
        && part.name() != "species"
        && !repeated_density_id::is_density(part)
}

/// Parts inside one component are told apart by their `id`: gates, states, pools.
///
/// Segments, segment groups and the members of a network have rules of their own.  LEMS files are let off:
/// lines and columns of a simulation are told apart by what they record, and often all called the same.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, Component<'_>> = FxHashMap::default();
    for parent in model.components() {
        if matches!(parent.name(), "morphology" | "network" | "segment" | "segmentGroup")
            || parent.document().kind == DocumentKind::Lems
        {
            continue;
        }
        let mut parts = parent.children().filter(|c| is_told_apart(*c));
        let (Some(one), Some(two)) = (parts.next(), parts.next()) else { continue };
        first.clear();
        for part in [one, two].into_iter().chain(parts) {
            let Some(id) = part.id() else { continue };
            let Some(earlier) = first.get(id) else {
                first.insert(id, part);
                continue;
            };
            let message = format!(
                "`{}` has both a `<{}>` and a `<{}>` called `{id}`",
                parent.shown(),
                earlier.name(),
                part.name()
            );
            sink.push(
                Diagnostic::new(&RULE, part.id_span(), message)
                    .label("used again here")
                    .also(earlier.id_span(), "first used here")
                    .help("give one of them another `id`"),
            );
        }
    }
}
