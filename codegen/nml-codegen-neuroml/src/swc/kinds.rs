//! Segment groups to types of samples.
//!
//! In this order: groups by their customary names, groups by their labels in an ontology, groups and then segments
//! whose names begin with a word for a part of a neuron.  Where several groups hold a segment, the more special
//! one counts: an apical dendrite is a dendrite.

use nml_model::Model;
use nml_model::views::{Morphology, SegmentGroup};

/// Types by the names of groups, as `nml`, libNeuroML and the tools around them write them.
const NAMES: &[(&str, u32)] = &[
    ("dendrite_group", 3),
    ("basal_dendrite_group", 3),
    ("apical_dendrite_group", 4),
    ("axon_group", 2),
    ("soma_group", 1),
];

/// Types by labels of the Gene Ontology and of `NeuroLex`.
const LABELS: &[(&str, u32)] = &[
    ("GO:0030425", 3),
    ("sao1211023249", 3),
    ("GO:0097441", 3),
    ("sao1079900774", 3),
    ("GO:0097440", 4),
    ("sao273773228", 4),
    ("GO:0030424", 2),
    ("sao1770195789", 2),
    ("GO:0043025", 1),
    ("sao1044911821", 1),
];

/// Types by beginnings of names, in small letters.
const WORDS: &[(&str, u32)] = &[("dend", 3), ("basal", 3), ("apic", 4), ("axon", 2), ("soma", 1)];

/// The type of a segment that nothing is said about.
pub(super) const UNDEFINED: u32 = 0;

/// Rank and type of a group.
type Round<'a> = dyn Fn(&SegmentGroup) -> Option<(usize, u32)> + 'a;

/// The type of each segment, by its place.
pub(super) fn of(model: &Model, shape: &Morphology) -> Vec<u32> {
    let mut kinds = vec![None; shape.segments().len()];
    let label = |group: &SegmentGroup| {
        let element = model.component(shape.handle_of(group.node));
        let label = element.attr("neuroLexId")?;
        position(LABELS, |known| label == known)
    };
    let named = |group: &SegmentGroup| {
        let name = group.id.as_deref()?;
        let number = name.strip_prefix("swc_type_").and_then(|n| n.strip_suffix("_group"));
        match number.and_then(|n| n.parse().ok()) {
            Some(kind) => Some((0, kind)),
            None => position(NAMES, |known| name == known),
        }
    };
    let begun = |group: &SegmentGroup| word(group.id.as_deref()?);
    let rounds: [&Round<'_>; 3] = [&named, &label, &begun];
    for round in rounds {
        let mut found: Vec<(usize, usize, u32)> = Vec::new();
        for (at, group) in shape.groups().iter().enumerate() {
            found.extend(round(group).map(|(rank, kind)| (rank, at, kind)));
        }
        // The most special one comes first and stays.
        found.sort_by_key(|(rank, at, _)| (std::cmp::Reverse(*rank), *at));
        for (_, group, kind) in found {
            for segment in shape.group_segments(group) {
                if let Some(place @ None) = kinds.get_mut(segment) {
                    *place = Some(kind);
                }
            }
        }
    }
    for (kind, segment) in kinds.iter_mut().zip(shape.segments()) {
        if kind.is_none() {
            let element = model.component(shape.handle_of(segment.node));
            *kind = element.attr("name").and_then(word).map(|(_, kind)| kind);
        }
    }
    kinds.into_iter().map(|kind| kind.unwrap_or(UNDEFINED)).collect()
}

fn word(name: &str) -> Option<(usize, u32)> {
    let small = name.to_ascii_lowercase();
    position(WORDS, |known| small.starts_with(known))
}

fn position(table: &[(&str, u32)], is: impl Fn(&str) -> bool) -> Option<(usize, u32)> {
    table.iter().enumerate().find(|(_, (known, _))| is(known)).map(|(at, (_, kind))| (at, *kind))
}
