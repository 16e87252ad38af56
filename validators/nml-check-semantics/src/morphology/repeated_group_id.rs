//! `NML0306` repeated-group-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0306",
    "repeated-group-id",
    Morphology,
    Error,
    "two segment groups of one morphology have the same id"
);

/// Group ids are unique within a morphology.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (group, i) in morphology.groups().iter().zip(0..) {
            let Some(id) = group.id.as_deref() else { continue };
            let Some(first) = morphology.group_index(id).filter(|&f| f != i) else { continue };
            let earlier = part(model, morphology, morphology.groups()[first].node);
            let message = format!("there are two segment groups called `{id}`");
            told.push(|| {
                Diagnostic::new(&RULE, part(model, morphology, group.node).id_span(), message)
                    .label("used again here")
                    .also(earlier.id_span(), "first used here")
                    .help("rename one of them, or move its members into the other")
            });
        }
    }
}
