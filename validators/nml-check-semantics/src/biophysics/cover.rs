//! Which segments the values of a property cover.

use nml_model::Component;
use nml_model::table::MISSING;
use nml_model::views::{Morphology, Place};

/// How many overlaps are looked for; a cell has a handful of values.
const ENOUGH: usize = 1000;

/// The values that cover each segment of a morphology.
pub(super) struct Cover<'m> {
    /// The first value on each segment.
    pub(super) first: Vec<Option<Component<'m>>>,
    /// Pairs of values that lie on one segment, each pair once, with that segment; at most
    /// [`ENOUGH`].
    pub(super) overlaps: Vec<(Component<'m>, Component<'m>, usize)>,
}

impl<'m> Cover<'m> {
    /// Lays the values over a morphology.  Values on places that do not exist cover nothing.
    pub(super) fn new(
        morphology: &Morphology,
        values: impl Iterator<Item = Component<'m>>,
    ) -> Self {
        let mut first: Vec<Option<Component<'m>>> = vec![None; morphology.segments().len()];
        let mut overlaps: Vec<(Component<'m>, Component<'m>, usize)> = Vec::new();
        let mut bare = first.len();
        for value in values {
            // Nothing new to be learned.
            if bare == 0 && overlaps.len() >= ENOUGH {
                break;
            }
            // Segments lie in order and neighbours mostly share their value: compare with the last pair only.
            let mut last = None;
            for segment in segments(morphology, Place::of(value)) {
                match first[segment] {
                    None => {
                        first[segment] = Some(value);
                        bare -= 1;
                    }
                    Some(earlier) if last == Some(earlier) => {}
                    Some(earlier) => {
                        last = Some(earlier);
                        let known = overlaps.len() >= ENOUGH;
                        if !known
                            && !overlaps
                                .iter()
                                .rev()
                                .take(64)
                                .any(|o| o.0 == earlier && o.1 == value)
                        {
                            overlaps.push((earlier, value, segment));
                        }
                    }
                }
            }
        }
        Self { first, overlaps }
    }
}

fn segments(morphology: &Morphology, place: Place<'_>) -> Vec<usize> {
    match place {
        Place::Group(name) => morphology.segments_of(name).unwrap_or_default(),
        Place::Segment(text) => {
            let id = text.trim_ascii().parse().unwrap_or(MISSING);
            morphology.index_of(id).into_iter().collect()
        }
    }
}
