//! From the places of properties to segments and nodes.

use std::rc::Rc;

use nml_base::Diagnostics;
use nml_model::Component;
use nml_model::views::{Morphology, Place};
use rustc_hash::FxHashMap;

use super::compartments::Compartments;
use super::sections::Sections;
use crate::rules;

/// What a property covers whose segments are part of a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Coverage {
    /// Those segments, and of a compartment as much as they have of its membrane.
    #[default]
    Segments,
    /// All of the section, as in the NEURON program that jNeuroML writes; of several potentials at the start only the last
    /// one written is in it, and all else starts at -65 mV.
    Sections,
}

/// The segments of places, each found once.
pub(super) struct Places<'a, 'm> {
    pub(super) morphology: &'m Morphology,
    pub(super) sections: &'a Sections,
    pub(super) coverage: Coverage,
    known: FxHashMap<Place<'m>, Option<Rc<[u32]>>>,
}

impl<'a, 'm> Places<'a, 'm> {
    pub(super) fn new(
        morphology: &'m Morphology,
        sections: &'a Sections,
        coverage: Coverage,
    ) -> Self {
        Self { morphology, sections, coverage, known: FxHashMap::default() }
    }

    /// What is covered where these segments are to be, ascending.
    pub(super) fn covered(&self, segments: Vec<usize>) -> Vec<usize> {
        if self.coverage == Coverage::Segments {
            return segments;
        }
        let section = |s: usize| self.sections.seat(s).map_or(0, |(section, _)| section as usize);
        let mut touched = vec![false; self.sections.all().len()];
        for s in segments {
            touched[section(s)] = true;
        }
        (0..self.sections.n_segments()).filter(|&s| touched[section(s)]).collect()
    }

    /// The segments that a property covers, by index, ascending; `None`, and a finding, where its place does
    /// not exist.
    pub(super) fn of(
        &mut self,
        property: Component<'m>,
        sink: &mut Diagnostics,
    ) -> Option<Rc<[u32]>> {
        self.at(Place::of(property), property, sink)
    }

    /// The segments of a place that `property` names.
    pub(super) fn at(
        &mut self,
        place: Place<'m>,
        property: Component<'m>,
        sink: &mut Diagnostics,
    ) -> Option<Rc<[u32]>> {
        if let Some(known) = self.known.get(&place) {
            return known.clone();
        }
        let morphology = self.morphology;
        let all = match place {
            Place::Group(group) => morphology.segments_of(group),
            Place::Segment(id) => {
                let id = id.trim_ascii().parse().ok();
                id.and_then(|id| morphology.index_of(id)).map(|segment| vec![segment])
            }
        };
        let short = |s: usize| u32::try_from(s).ok();
        let found: Option<Rc<[u32]>> =
            all.map(|all| self.covered(all).into_iter().filter_map(short).collect());
        self.known.insert(place, found.clone());
        if found.is_none() {
            let (attribute, what) = match place {
                Place::Group(group) => ("segmentGroup", format!("there is no group `{group}`")),
                Place::Segment(id) => ("segment", format!("there is no segment {id}")),
            };
            sink.push(rules::unresolved(property.span_of(attribute), what));
        }
        found
    }
}

/// The nodes that the membrane of each segment belongs to.
pub(super) struct NodesOf {
    first: Vec<u32>,
    /// Node and area in µm², by segment.
    nodes: Vec<(u32, f64)>,
}

impl NodesOf {
    pub(super) fn new(compartments: &Compartments, n_segments: usize) -> Self {
        let all = || (0_u32..).zip(compartments.kinds()).map(|(node, _)| node);
        let mut first = vec![0_u32; n_segments + 1];
        for cover in all().flat_map(|node| compartments.cover(node)) {
            first[cover.segment as usize + 1] += 1;
        }
        for i in 0..n_segments {
            first[i + 1] += first[i];
        }
        let mut slot = first.clone();
        let mut nodes = vec![(0, 0.0); first[n_segments] as usize];
        for node in all() {
            for cover in compartments.cover(node) {
                let slot = &mut slot[cover.segment as usize];
                nodes[*slot as usize] = (node, cover.area_um2);
                *slot += 1;
            }
        }
        Self { first, nodes }
    }

    /// The nodes that segments have membrane in, ascending, with the area there in µm².
    pub(super) fn of(&self, segments: &[u32]) -> Vec<(u32, f64)> {
        let mut found: Vec<(u32, f64)> = Vec::new();
        for &s in segments {
            let run = self.first[s as usize] as usize..self.first[s as usize + 1] as usize;
            found.extend_from_slice(&self.nodes[run]);
        }
        // Stable, so that areas add up in the order of segments.
        found.sort_by_key(|&(node, _)| node);
        found.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        found
    }
}
