//! `NML0301` repeated-segment-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::{is_readable, part};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0301",
    "repeated-segment-id",
    Morphology,
    Error,
    "two segments of one morphology have the same id"
);

/// Ids are numbers, so that `1`, `01` and `+1` are the same one.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (segment, i) in morphology.segments().iter().zip(0..) {
            let Some(first) = morphology.index_of(segment.id).filter(|&f| f != i) else { continue };
            if !is_readable(segment.id) {
                continue;
            }
            let earlier = part(model, morphology, morphology.segments()[first].node);
            let message = format!("there are two segments with id {}", segment.id);
            told.push(|| {
                Diagnostic::new(&RULE, part(model, morphology, segment.node).id_span(), message)
                    .label("used again here")
                    .also(earlier.id_span(), "first used here")
                    .help("number the segments from 0, and let members and parents follow")
            });
        }
    }
}
