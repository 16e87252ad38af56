//! `NML0305` unknown-segment.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::{near_segment, part};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0305",
    "unknown-segment",
    Morphology,
    Error,
    "a segment group names a segment that does not exist"
);

/// Members, and both ends of paths and subtrees.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut found = Folded::new(sink);
        for group in morphology.groups() {
            let paths = group.paths.iter().flat_map(|p| [p.from, p.to]);
            let branches = group.sub_trees.iter().flat_map(|s| [s.from, s.to]);
            let ends = paths.chain(branches).flatten();
            for member in group.members.iter().copied().chain(ends) {
                if morphology.has_segment(member.segment) {
                    continue;
                }
                let element = part(model, morphology, member.node);
                let Some(written) = element.attr("segment") else { continue };
                let message = format!(
                    "group `{}` names segment {written}, which does not exist",
                    group.id.as_deref().unwrap_or("?")
                );
                found.push(|| {
                    Diagnostic::new(&RULE, element.span_of("segment"), message)
                        .label("no segment has this id")
                        .help(near_segment(morphology))
                });
            }
        }
    }
}
