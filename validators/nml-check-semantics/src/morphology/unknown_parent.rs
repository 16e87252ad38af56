//! `NML0303` unknown-parent.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::{near_segment, part};
use crate::rows::Folded;
use crate::rule::rule;

rule!("NML0303", "unknown-parent", Morphology, Error, "the parent of a segment does not exist");

/// `parent/@segment` names a segment of the same morphology.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut found = Folded::new(sink);
        for segment in morphology.segments() {
            let Some(parent) = segment.parent else { continue };
            let element = part(model, morphology, parent.node);
            let Some(written) = element.attr("segment") else { continue };
            if morphology.has_segment(parent.segment) {
                continue;
            }
            let message = format!(
                "segment {} grows from segment {written}, which does not exist",
                segment.id
            );
            found.push(|| {
                Diagnostic::new(&RULE, element.span_of("segment"), message)
                    .label("no segment has this id")
                    .help(near_segment(morphology))
            });
        }
    }
}
