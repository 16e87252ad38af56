//! `NML0314` branched-section.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::views::{Morphology, SegmentGroup};

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0314",
    "branched-section",
    Morphology,
    Warn,
    "a group labelled as one unbranched section is none"
);

/// Groups with `neuroLexId="sao864921383"` become one cable section each: a chain of segments, each
/// growing from the end of the one before, nothing in between belonging to another.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (group, i) in morphology.groups().iter().zip(0..) {
            if !group.unbranched {
                continue;
            }
            let segments = morphology.group_segments(i);
            let Some(why) = defect(morphology, &segments) else { continue };
            told.push(|| report(model, morphology, group, &why));
        }
    }
}

fn report(
    model: &Model,
    morphology: &Morphology,
    group: &SegmentGroup,
    (why, at): &(String, usize),
) -> Diagnostic {
    let element = part(model, morphology, group.node);
    let segment = part(model, morphology, morphology.segments()[*at].node);
    let name = group.id.as_deref().unwrap_or("?");
    Diagnostic::new(&RULE, element.id_span(), format!("section `{name}` {why}"))
        .label("labelled as one unbranched section")
        .also(segment.id_span(), "this segment")
        .help("make one group per unbranched chain, or remove `neuroLexId=\"sao864921383\"`")
}

/// What keeps the segments (ascending, each once) from being one chain, and the segment to blame.
fn defect(morphology: &Morphology, segments: &[usize]) -> Option<(String, usize)> {
    let inside = |i: usize| segments.binary_search(&i).is_ok();
    let tree = morphology.tree();
    let id = |i: usize| morphology.segments()[i].id;
    let mut heads = segments.iter().filter(|&&i| !tree.parent(i).is_some_and(inside));
    heads.next()?;
    if let Some(&second) = heads.next() {
        return Some((format!("has a gap before segment {}", id(second)), second));
    }
    for &i in segments {
        let mut children = tree.children(i).filter(|&c| inside(c));
        let (Some(_), Some(second)) = (children.next(), children.next()) else { continue };
        return Some((format!("branches at segment {}", id(i)), second));
    }
    for &i in segments {
        let Some(parent) = morphology.segments()[i].parent else { continue };
        if tree.parent(i).is_some_and(inside) && parent.fraction_along < 1.0 {
            let fraction = parent.fraction_along;
            return Some((
                format!("continues at {fraction} along segment {}, not at its end", parent.segment),
                i,
            ));
        }
    }
    None
}
