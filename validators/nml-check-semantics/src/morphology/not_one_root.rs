//! `NML0302` not-one-root.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rule::rule;

rule!(
    "NML0302",
    "not-one-root",
    Morphology,
    Error,
    "a morphology has no segment without a parent, or several"
);

/// A morphology is one tree: exactly one segment has no `<parent>`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let component = model.component(morphology.handle());
        let mut roots = morphology.segments().iter().filter(|s| s.parent.is_none());
        let Some(first) = roots.next() else {
            if !morphology.segments().is_empty() {
                let message = "no segment is the root: every one has a `<parent>`";
                sink.push(
                    Diagnostic::new(&RULE, component.id_span(), message)
                        .help("remove the `<parent>` of the segment the others grow from"),
                );
            }
            continue;
        };
        let first = part(model, morphology, first.node);
        let others: Vec<_> = roots.collect();
        let Some(second) = others.first() else { continue };
        let message = format!(
            "{} segments have no `<parent>`: {} and {}{}",
            others.len() + 1,
            first.attr("id").unwrap_or("?"),
            others.iter().take(3).map(|s| s.id.to_string()).collect::<Vec<_>>().join(", "),
            if others.len() > 3 { ", …" } else { "" }
        );
        sink.push(
            Diagnostic::new(&RULE, part(model, morphology, second.node).id_span(), message)
                .label("a second root")
                .also(first.id_span(), "the first root")
                .help("give it a `<parent segment=\"…\"/>`, or move it into a cell of its own"),
        );
    }
}
