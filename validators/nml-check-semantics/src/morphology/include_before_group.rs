//! `NML0309` include-before-group.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0309",
    "include-before-group",
    Morphology,
    Warn,
    "a segment group includes a group that is defined further down"
);

/// Readers in one pass know only the groups above.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (group, at) in morphology.groups().iter().zip(0..) {
            for include in &group.includes {
                let Some(target) = morphology.group_index(&include.group) else { continue };
                // A group that includes itself is worse than too early.
                if target <= at {
                    continue;
                }
                let message = format!(
                    "group `{}` includes `{}` before it is defined",
                    group.id.as_deref().unwrap_or("?"),
                    include.group
                );
                let later = part(model, morphology, morphology.groups()[target].node);
                let span = part(model, morphology, include.node).span_of("segmentGroup");
                told.push(|| {
                    Diagnostic::new(&RULE, span, message)
                        .label("not yet defined here")
                        .also(later.id_span(), "defined here")
                        .help("move the group that includes below the one it includes")
                });
            }
        }
    }
}
