//! `NML0315` sections-incomplete.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0315",
    "sections-incomplete",
    Morphology,
    Warn,
    "unbranched sections leave segments out, or share one"
);

/// Once one group is labelled as an unbranched section, the labelled groups have to hold every segment
/// exactly once: exporters build the cell from them alone.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        let groups = || morphology.groups().iter().zip(0..).filter(|(g, _)| g.unbranched);
        let Some((first, _)) = groups().next() else { continue };
        let mut owner = vec![None; morphology.segments().len()];
        for (group, i) in groups() {
            for segment in morphology.group_segments(i) {
                let Some(earlier) = owner[segment].replace(i) else { continue };
                let message = format!(
                    "segment {} belongs to two unbranched sections, `{}` and `{}`",
                    morphology.segments()[segment].id,
                    morphology.groups()[earlier].id.as_deref().unwrap_or("?"),
                    group.id.as_deref().unwrap_or("?")
                );
                let earlier = part(model, morphology, morphology.groups()[earlier].node);
                told.push(|| {
                    Diagnostic::new(&RULE, part(model, morphology, group.node).id_span(), message)
                        .label("the second section")
                        .also(earlier.id_span(), "the first section")
                        .help("keep the segment in one of them")
                });
            }
        }
        let mut left = owner.iter().zip(morphology.segments()).filter(|(o, _)| o.is_none());
        let Some((_, segment)) = left.next() else { continue };
        let more = left.count();
        let message = match more {
            0 => format!("segment {} belongs to no unbranched section", segment.id),
            _ => format!("{} segments belong to no unbranched section", more + 1),
        };
        told.push(|| {
            Diagnostic::new(&RULE, part(model, morphology, segment.node).id_span(), message)
                .label(if more == 0 { "this one" } else { "the first of them" })
                .also(
                    part(model, morphology, first.node).id_span(),
                    "other segments do, here for example",
                )
                .help("add groups with `neuroLexId=\"sao864921383\"` for the rest")
        });
    }
}
