//! `NML0318` bad-geometry.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_model::{DocumentKind, Model};

use super::part;
use crate::rule::rule;

rule!(
    "NML0318",
    "bad-geometry",
    Morphology,
    Error,
    "a diameter is not positive, or a fraction lies outside of 0 to 1"
);

/// The document grammar says the same for NeuroML documents; this is for cells inside LEMS files, and for
/// numbers that are none.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let neuroml = model.component(morphology.handle()).document().kind == DocumentKind::NeuroMl;
        if neuroml {
            continue;
        }
        let mut tell = |span: Span, what: String, help: &str| {
            sink.push(Diagnostic::new(&RULE, span, what).help(help));
        };
        for segment in morphology.segments() {
            for point in [segment.proximal, segment.distal].into_iter().flatten() {
                let element = part(model, morphology, point.node);
                let Some(written) = element.attr("diameter") else { continue };
                if point.diameter_um > 0.0 {
                    continue;
                }
                let what = format!("the diameter of segment {} is {written}", segment.id);
                tell(element.span_of("diameter"), what, "a diameter is a positive number of µm");
            }
            let Some(parent) = segment.parent else { continue };
            if (0.0..=1.0).contains(&parent.fraction_along) {
                continue;
            }
            let element = part(model, morphology, parent.node);
            let written = element.attr("fractionAlong").unwrap_or_default();
            let what =
                format!("segment {} grows from fraction {written} of its parent", segment.id);
            tell(
                element.span_of("fractionAlong"),
                what,
                "0 is the beginning of the parent, 1 its end",
            );
        }
    }
}
