//! `NML0307` unknown-included-group.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::{near_group, part};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0307",
    "unknown-included-group",
    Morphology,
    Error,
    "a segment group includes a group that does not exist"
);

/// `include/@segmentGroup` names a group of the same morphology; `all` has to be written out to be one.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut found = Folded::new(sink);
        for group in morphology.groups() {
            for include in &group.includes {
                if include.group.is_empty() || morphology.group_index(&include.group).is_some() {
                    continue;
                }
                let message = format!(
                    "group `{}` includes group `{}`, which does not exist",
                    group.id.as_deref().unwrap_or("?"),
                    include.group
                );
                let span = part(model, morphology, include.node).span_of("segmentGroup");
                found.push(|| {
                    Diagnostic::new(&RULE, span, message)
                        .label("no group has this name")
                        .help(near_group(morphology, &include.group))
                });
            }
        }
    }
}
