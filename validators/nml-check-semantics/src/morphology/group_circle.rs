//! `NML0308` group-circle.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0308",
    "group-circle",
    Morphology,
    Error,
    "segment groups include each other in a circle"
);

/// A group must not include itself, neither directly nor through others.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for circle in morphology.group_circles() {
            let name = |i: usize| morphology.groups()[i].id.as_deref().unwrap_or("?");
            let first = circle[0];
            let last = circle[circle.len() - 1];
            let message = if circle.len() == 1 {
                format!("group `{}` includes itself", name(first))
            } else {
                let mut shown: Vec<_> = circle.iter().take(8).map(|&i| name(i)).collect();
                if circle.len() > 8 {
                    shown.push("…");
                }
                shown.push(name(first));
                format!("groups include each other in a circle: {}", shown.join(" → "))
            };
            let closing = morphology.groups()[last].includes.iter();
            let closing = closing.rev().find(|i| *i.group == *name(first));
            let node = closing.map_or(morphology.groups()[last].node, |i| i.node);
            let at = part(model, morphology, node).span_of("segmentGroup");
            let start = part(model, morphology, morphology.groups()[first].node).id_span();
            told.push(|| {
                Diagnostic::new(&RULE, at, message)
                    .label("closes the circle")
                    .also(start, "which is this group")
                    .help("remove this `<include>`")
            });
        }
    }
}
