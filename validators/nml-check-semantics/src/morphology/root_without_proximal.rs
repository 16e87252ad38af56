//! `NML0312` root-without-proximal.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0312",
    "root-without-proximal",
    Morphology,
    Error,
    "a segment without a parent does not say where it begins"
);

/// A segment with a parent begins there unless told otherwise; the root has nothing to begin at.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for segment in morphology.segments() {
            if segment.parent.is_some() || segment.proximal.is_some() {
                continue;
            }
            let element = part(model, morphology, segment.node);
            let message = format!("root segment {} has no `<proximal>`", segment.id);
            told.push(|| {
                Diagnostic::new(&RULE, element.id_span(), message)
                    .label("where does it begin?")
                    .help("add `<proximal x=\"…\" y=\"…\" z=\"…\" diameter=\"…\"/>` before `<distal>`")
            });
        }
    }
}
