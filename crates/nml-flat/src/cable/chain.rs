//! Which segments make up a section, in which order.

use nml_base::Diagnostics;
use nml_model::Model;
use nml_model::views::Morphology;

use super::span_of;
use crate::rules;

pub(super) const NONE: u32 = u32::MAX;

/// The segments of a section from its beginning to its end, and the group that names it.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) group: Option<usize>,
    pub(super) segments: Vec<u32>,
}

fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(NONE)
}

/// The sections of a morphology in the order written: one per group that says it is unbranched, then one
/// per segment that is in none.  `None`, and findings, where they are no tree of unbranched runs.
pub(super) fn chains(
    model: &Model,
    morphology: &Morphology,
    sink: &mut Diagnostics,
) -> Option<Vec<Chain>> {
    let n = morphology.segments().len();
    if !is_tree(model, morphology, sink) || n >= NONE as usize / 4 {
        return None;
    }
    let mut owner = vec![NONE; n];
    let mut next = vec![NONE; n];
    let mut chains = Vec::new();
    let mut whole = true;
    for (i, group) in morphology.groups().iter().enumerate().filter(|(_, g)| g.unbranched) {
        let members = morphology.group_segments(i);
        let name = group.id.as_deref().unwrap_or("?");
        let mut refuse = |what: String| {
            sink.push(rules::unusable(span_of(model, morphology.handle_of(group.node)), what));
            whole = false;
        };
        if members.is_empty() {
            refuse(format!("the section `{name}` has no segments"));
            continue;
        }
        if let Some(&twice) = members.iter().find(|&&s| owner[s] != NONE) {
            let id = morphology.segments()[twice].id;
            refuse(format!("segment {id} is in a second section, `{name}`"));
            continue;
        }
        let here = index(chains.len());
        for &s in &members {
            owner[s] = here;
        }
        let mut first = None;
        let mut broken = None;
        for &s in &members {
            match morphology.tree().parent(s).filter(|&p| owner[p] == here) {
                Some(parent) if next[parent] == NONE => next[parent] = index(s),
                None if first.is_none() => first = Some(index(s)),
                Some(_) | None => broken = Some(s),
            }
        }
        let start = first.unwrap_or(NONE);
        let along = std::iter::successors(Some(start), |&s| next.get(s as usize).copied());
        let segments: Vec<u32> = along.take_while(|&s| s != NONE).take(members.len()).collect();
        if let Some(s) = broken {
            let id = morphology.segments()[s].id;
            refuse(format!("the section `{name}` is no unbranched run: it forks at segment {id}"));
        }
        chains.push(Chain { group: Some(i), segments });
    }
    let alone = owner.iter().zip(0..).filter(|&(&section, _)| section == NONE);
    chains.extend(alone.map(|(_, s)| Chain { group: None, segments: vec![s] }));
    whole.then_some(chains)
}

/// Whether all segments hang on one root.
fn is_tree(model: &Model, morphology: &Morphology, sink: &mut Diagnostics) -> bool {
    let refuse = |s: usize, what: String, sink: &mut Diagnostics| {
        let segment = &morphology.segments()[s];
        sink.push(rules::unusable(span_of(model, morphology.handle_of(segment.node)), what));
        false
    };
    let mut whole = true;
    for circle in morphology.tree().circles() {
        let id = morphology.segments()[circle[0]].id;
        whole = refuse(circle[0], format!("segment {id} grows from itself"), sink);
    }
    let mut root = None;
    for (s, segment) in morphology.segments().iter().enumerate() {
        let fraction = segment.parent.map_or(1.0, |parent| parent.fraction_along);
        if !(0.0..=1.0).contains(&fraction) {
            let what =
                format!("`fractionAlong` of segment {} is {fraction}, not from 0 to 1", segment.id);
            whole = refuse(s, what, sink);
        }
        if morphology.tree().parent(s).is_some() {
            continue;
        }
        let id = segment.id;
        if let Some(parent) = segment.parent {
            let what = format!("the parent {} of segment {id} does not exist", parent.segment);
            whole = refuse(s, what, sink);
        } else if let Some(first) = root.replace(id) {
            let what = format!("segment {id} has no parent, and neither has segment {first}");
            whole = refuse(s, what, sink);
        }
    }
    if morphology.segments().is_empty() {
        let span = model.component(morphology.handle()).id_span();
        sink.push(rules::unusable(span, "the morphology has no segments"));
        whole = false;
    }
    whole
}
