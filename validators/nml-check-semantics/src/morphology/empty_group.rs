//! `NML0316` empty-group.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!("NML0316", "empty-group", Morphology, Warn, "a segment group has no segments");

/// Nothing placed on an empty group has an effect.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for group in morphology.groups() {
            let parts = group.members.len() + group.includes.len() + group.paths.len();
            if parts + group.sub_trees.len() > 0 {
                continue;
            }
            let id = group.id.as_deref().unwrap_or("?");
            let element = part(model, morphology, group.node);
            told.push(|| {
                Diagnostic::new(&RULE, element.id_span(), format!("group `{id}` has no segments"))
                    .help("add `<member segment=\"…\"/>`, or remove the group")
            });
        }
    }
}
