//! `NML0304` segment-circle.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!("NML0304", "segment-circle", Morphology, Error, "segments are each other's parents");

/// Following parents has to end at the root.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for circle in morphology.tree().circles() {
            let id = |i: usize| morphology.segments()[i].id.to_string();
            let mut shown: Vec<_> = circle.iter().take(8).map(|&i| id(i)).collect();
            if circle.len() > 8 {
                shown.push("…".to_owned());
            }
            shown.push(id(circle[0]));
            let message = format!("parents go in a circle: {}", shown.join(" → "));
            let place = |i: usize| {
                let segment = &morphology.segments()[i];
                let node = segment.parent.map_or(segment.node, |p| p.node);
                part(model, morphology, node).span_of("segment")
            };
            let mut found = Diagnostic::new(&RULE, place(circle[0]), message)
                .label("part of the circle")
                .help("let one of them grow from a segment nearer to the root");
            if let Some(&next) = circle.get(1) {
                found = found.also(place(next), "and this leads back");
            }
            told.push(|| found);
        }
    }
}
