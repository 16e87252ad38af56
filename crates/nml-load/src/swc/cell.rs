//! A tree of samples to segments and their groups.
//!
//! - A sample ends the segment that begins at its parent; the number of the segment is that of the sample, counted
//!   from the lowest one of the tree.  The root segment has the number 0, as other programs expect.
//! - A root without a soma sample after it is a sphere: a segment that begins where it ends.
//! - A root with exactly two soma samples at the distance of its radius on opposite sides is a cylinder through all
//!   three, of two segments that meet in the root (the convention of NeuroMorpho.Org).
//! - Any other root is the beginning of the segment to the first sample after it; what else grows from it is
//!   attached to the beginning of that segment.
//! - The first sample of a neurite that leaves the soma is the beginning of the segments after it: the way from the
//!   soma to it is no cable.  A neurite of one sample begins at the soma, with its own diameter.
//!
//! Samples without a segment of their own are written down as properties, so that none is lost.

use rustc_hash::FxHashMap;

use super::sample::{SOMA, Sample};
use super::tree::Tree;

/// How far the three points of a soma may be from the convention, as a part of the radius …
const SOMA_TOLERANCE: f64 = 0.01;
/// … and in µm, since files round.
const SOMA_TOLERANCE_UM: f64 = 0.01;

/// Where something is attached.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Number of the segment.
    segment: u32,
    /// Whether at its beginning.
    begin: bool,
    /// The sample that a segment growing from here has to begin with, if not where the other one ends.
    start: Option<usize>,
}

/// One segment.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) number: u32,
    /// The segment it grows from, and whether from its beginning.
    pub(super) parent: Option<(u32, bool)>,
    /// Position and diameter where it begins, as samples; the same one twice but for the odd neurite.
    pub(super) proximal: Option<(usize, usize)>,
    pub(super) distal: usize,
}

/// An unbranched run of segments of one type.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) kind: u32,
    pub(super) segments: Vec<u32>,
}

/// A tree as a cell.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) segments: Vec<Segment>,
    pub(super) sections: Vec<Section>,
    /// What to add to the number of a segment for that of its sample.
    pub(super) first: i64,
    /// Whether the soma is three points, of which the middle one is the root.
    pub(super) three_points: bool,
    /// Samples without a segment of their number: segment, whether at its beginning, sample.
    pub(super) records: Vec<(u32, bool, usize)>,
}

struct Growing<'a> {
    samples: &'a [Sample],
    tree: &'a Tree,
    first: i64,
    anchors: FxHashMap<usize, Anchor>,
    segments: Vec<Segment>,
    records: Vec<(u32, bool, usize)>,
}

impl Cell {
    pub(super) fn of(samples: &[Sample], tree: &Tree) -> Self {
        let root = tree.order[0];
        let numbers = tree.order.iter().map(|&at| i64::from(samples[at].number));
        let lowest = numbers.min().unwrap_or(0);
        // 0 is the root segment: no other sample may fall on it.
        let root_is_lowest = i64::from(samples[root].number) == lowest;
        let first = if root_is_lowest { lowest } else { lowest - 1 };
        let (anchors, segments, records) = Default::default();
        let mut growing = Growing { samples, tree, first, anchors, segments, records };
        let three_points = growing.three_points(root);
        growing.root(root, three_points);
        for &at in tree.order.iter().skip(1) {
            growing.sample(at);
        }
        let Growing { segments, records, .. } = growing;
        let sections = sections(samples, &segments);
        Self { segments, sections, first, three_points, records }
    }
}

impl Growing<'_> {
    fn number(&self, sample: usize) -> u32 {
        u32::try_from(i64::from(self.samples[sample].number) - self.first).unwrap_or(u32::MAX)
    }

    fn is_soma(&self, sample: usize) -> bool {
        self.samples[sample].kind == SOMA
    }

    /// Whether the soma is a root between two samples at the distance of its radius, and nothing else.
    fn three_points(&self, root: usize) -> bool {
        let sides: Vec<usize> =
            self.tree.children(root).iter().copied().filter(|&c| self.is_soma(c)).collect();
        let &[a, b] = sides.as_slice() else { return false };
        let somas = self.tree.order.iter().filter(|&&at| self.is_soma(at)).count();
        let leaves = self.tree.children(a).is_empty() && self.tree.children(b).is_empty();
        if !self.is_soma(root) || somas != 3 || !leaves {
            return false;
        }
        let values = |at: usize| self.samples[at].values;
        let (centre, a, b) = (values(root), values(a), values(b));
        let near = centre[3] * SOMA_TOLERANCE + SOMA_TOLERANCE_UM;
        let distance = |p: [f64; 4]| {
            (0..3).map(|i| (p[i] - centre[i]) * (p[i] - centre[i])).sum::<f64>().sqrt()
        };
        let middle = (0..3).all(|i| (a[i] + b[i] - 2.0 * centre[i]).abs() <= near);
        middle
            && [a, b].iter().all(|&p| {
                (distance(p) - centre[3]).abs() <= near && (p[3] - centre[3]).abs() <= near
            })
    }

    fn root(&mut self, root: usize, three_points: bool) {
        let segment = |parent, proximal: Option<usize>, distal, number| Segment {
            number,
            parent,
            proximal: proximal.map(|at| (at, at)),
            distal,
        };
        let children = self.tree.children(root);
        let soma = children.iter().copied().find(|&c| self.is_soma(c));
        if three_points && let Some(a) = soma {
            self.segments.push(segment(None, Some(a), root, 0));
            self.records.push((0, true, a));
            if self.number(root) != 0 {
                self.records.push((0, false, root));
            }
            let end = Anchor { segment: 0, begin: false, start: None };
            self.anchors.insert(root, end);
            self.anchors.insert(a, end);
            return;
        }
        let first = if self.is_soma(root) { soma } else { children.first().copied() };
        let Some(first) = first else {
            self.segments.push(segment(None, Some(root), root, 0));
            if self.number(root) != 0 {
                self.records.push((0, false, root));
            }
            self.anchors.insert(root, Anchor { segment: 0, begin: false, start: None });
            return;
        };
        self.segments.push(segment(None, Some(root), first, 0));
        self.records.push((0, true, root));
        self.records.push((0, false, first));
        self.anchors.insert(root, Anchor { segment: 0, begin: true, start: Some(root) });
        self.anchors.insert(first, Anchor { segment: 0, begin: false, start: None });
    }

    fn sample(&mut self, at: usize) {
        if self.anchors.contains_key(&at) {
            return;
        }
        let Some(&parent) = self.tree.parent.get(&at) else { return };
        let Some(&anchor) = self.anchors.get(&parent) else { return };
        let leaves_soma = self.is_soma(parent) && !self.is_soma(at);
        if leaves_soma && !self.tree.children(at).is_empty() {
            self.anchors.insert(at, Anchor { start: Some(at), ..anchor });
            for &next in self.tree.children(at) {
                self.records.push((self.number(next), true, at));
            }
            return;
        }
        let start =
            if leaves_soma { Some((parent, at)) } else { anchor.start.map(|start| (start, start)) };
        let number = self.number(at);
        self.segments.push(Segment {
            number,
            parent: Some((anchor.segment, anchor.begin)),
            proximal: start,
            distal: at,
        });
        self.anchors.insert(at, Anchor { segment: number, begin: false, start: None });
    }
}

/// The unbranched runs, in the order of their first segments.
fn sections(samples: &[Sample], segments: &[Segment]) -> Vec<Section> {
    let mut children: FxHashMap<u32, usize> = FxHashMap::default();
    for (parent, _) in segments.iter().filter_map(|s| s.parent) {
        *children.entry(parent).or_default() += 1;
    }
    let mut of: FxHashMap<u32, usize> = FxHashMap::default();
    let mut sections: Vec<Section> = Vec::new();
    for segment in segments {
        let kind = samples[segment.distal].kind;
        let goes_on = segment.parent.filter(|(parent, begin)| {
            !begin && segment.proximal.is_none() && children.get(parent) == Some(&1)
        });
        let known = goes_on.and_then(|(parent, _)| of.get(&parent).copied());
        let at = known.filter(|&at| sections[at].kind == kind).unwrap_or_else(|| {
            sections.push(Section { kind, segments: Vec::new() });
            sections.len() - 1
        });
        sections[at].segments.push(segment.number);
        of.insert(segment.number, at);
    }
    sections
}
