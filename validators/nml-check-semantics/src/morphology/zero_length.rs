//! `NML0313` zero-length-segment.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0313",
    "zero-length-segment",
    Morphology,
    Warn,
    "a segment ends where it begins, and is no sphere"
);

/// A segment with both ends at one place is a sphere if both diameters are equal and nothing but the soma
/// is meant; one inside a tree, or with two diameters, has no surface to speak of.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (segment, i) in morphology.segments().iter().zip(0..) {
            let (Some(begin), Some(end)) = (morphology.proximal_of(i), segment.distal) else {
                continue;
            };
            let sphere = segment.parent.is_none() && begin.diameter_um == end.diameter_um;
            if begin.position_um != end.position_um || sphere {
                continue;
            }
            let why = if segment.parent.is_none() {
                format!("with diameters {} and {} µm", begin.diameter_um, end.diameter_um)
            } else {
                "inside the tree".to_owned()
            };
            let message = format!("segment {} has length 0 {why}", segment.id);
            let span = part(model, morphology, end.node).element().name_span();
            let mut found = Diagnostic::new(&RULE, span, message)
                .label("ends here")
                .help("give it a length, or remove it and let its children grow from its parent");
            if begin.node != end.node {
                found = found.also(
                    part(model, morphology, begin.node).element().name_span(),
                    "begins at the same place",
                );
            }
            told.push(|| found);
        }
    }
}
