//! The shape of a cell.

use nml_xml::NodeId;
use rustc_hash::FxHashMap;

use super::{SegmentGroup, SegmentTree, segment_groups};
use crate::table::MISSING;
use crate::{Component, ComponentRef};

/// A point with the diameter of the cell there, all in µm; NaN where a number cannot be read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// The element.
    pub node: NodeId,
    /// x, y, z.
    pub position_um: [f64; 3],
    /// Diameter.
    pub diameter_um: f64,
}

/// The `<parent>` of a segment.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Parent {
    /// The element.
    pub node: NodeId,
    /// The id of the parent segment, or [`MISSING`].
    pub segment: u32,
    /// Where on the parent, 0 (proximal) to 1 (distal); 1 where not written, NaN where not a number.
    pub fraction_along: f64,
}

/// One `<segment>`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Segment {
    /// The element.
    pub node: NodeId,
    /// Its id, or [`MISSING`].
    pub id: u32,
    /// What it grows from.
    pub parent: Option<Parent>,
    /// Where it begins, if written; see [`Morphology::proximal_of`].
    pub proximal: Option<Point>,
    /// Where it ends.
    pub distal: Option<Point>,
}

impl Segment {
    fn read(element: Component<'_>) -> Self {
        let mut segment = Self {
            node: element.element().id(),
            id: id_of(element, "id"),
            parent: None,
            proximal: None,
            distal: None,
        };
        for child in element.children() {
            match child.name() {
                "parent" => segment.parent = Some(parent(child)),
                "proximal" => segment.proximal = Some(point(child)),
                "distal" => segment.distal = Some(point(child)),
                _ => {}
            }
        }
        segment
    }
}

pub(super) fn id_of(component: Component<'_>, attribute: &str) -> u32 {
    component.attr(attribute).map_or(MISSING, |text| crate::table::integer(text.trim_ascii()))
}

fn parent(element: Component<'_>) -> Parent {
    let fraction_along = match element.attr("fractionAlong") {
        None => 1.0,
        Some(text) => crate::table::number(text),
    };
    Parent { node: element.element().id(), segment: id_of(element, "segment"), fraction_along }
}

fn point(element: Component<'_>) -> Point {
    let mut found =
        Point { node: element.element().id(), position_um: [f64::NAN; 3], diameter_um: f64::NAN };
    for attribute in element.element().attributes() {
        let value = crate::table::number(attribute.value());
        match attribute.name() {
            "x" => found.position_um[0] = value,
            "y" => found.position_um[1] = value,
            "z" => found.position_um[2] = value,
            "diameter" => found.diameter_um = value,
            _ => {}
        }
    }
    found
}

fn between(begin: Point, end: Point, fraction: f64) -> Point {
    let mix = |a: f64, b: f64| a + (b - a) * fraction;
    let axis = |i: usize| mix(begin.position_um[i], end.position_um[i]);
    Point {
        node: end.node,
        position_um: [axis(0), axis(1), axis(2)],
        diameter_um: mix(begin.diameter_um, end.diameter_um),
    }
}

/// A `<morphology>`: segments in the order written, the tree they form, and their groups.
#[derive(Debug)]
pub struct Morphology {
    handle: ComponentRef,
    segments: Vec<Segment>,
    /// Empty where ids count up from 0, so that an id is its index.
    by_id: FxHashMap<u32, u32>,
    tree: SegmentTree,
    begins: Vec<Option<Point>>,
    groups: Vec<SegmentGroup>,
    by_name: FxHashMap<Box<str>, u32>,
}

impl Morphology {
    pub(crate) fn read(component: Component<'_>) -> Self {
        let segments: Vec<_> = component.children_named("segment").map(Segment::read).collect();
        let counts_up = segments.iter().zip(0_u32..).all(|(s, i)| s.id == i);
        let mut by_id = FxHashMap::default();
        if !counts_up {
            for (segment, i) in segments.iter().zip(0..) {
                if segment.id != MISSING {
                    by_id.entry(segment.id).or_insert(i);
                }
            }
        }
        let groups: Vec<_> =
            component.children_named("segmentGroup").map(segment_groups::read).collect();
        let mut by_name = FxHashMap::default();
        for (group, i) in groups.iter().zip(0..) {
            if let Some(id) = &group.id {
                by_name.entry(id.clone()).or_insert(i);
            }
        }
        let mut read = Self {
            handle: component.handle(),
            segments,
            by_id,
            tree: SegmentTree::default(),
            begins: Vec::new(),
            groups,
            by_name,
        };
        let parents = read.segments.iter().map(|s| s.parent.and_then(|p| read.index_of(p.segment)));
        read.tree = SegmentTree::new(&parents.collect::<Vec<_>>());
        read.begins = read.find_begins();
        read
    }

    /// The `<morphology>` element.
    pub fn handle(&self) -> ComponentRef {
        self.handle
    }

    /// A handle for an element inside the morphology.
    pub fn handle_of(&self, node: NodeId) -> ComponentRef {
        ComponentRef { node, ..self.handle }
    }

    /// The segments in the order written.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The place of a segment in [`Morphology::segments`]; the first of several with the same id.
    pub fn index_of(&self, id: u32) -> Option<usize> {
        if self.by_id.is_empty() {
            return ((id as usize) < self.segments.len()).then_some(id as usize);
        }
        self.by_id.get(&id).map(|&i| i as usize)
    }

    /// Whether there is a segment of that id.
    #[inline]
    pub fn has_segment(&self, id: u32) -> bool {
        self.index_of(id).is_some()
    }

    /// The segment of an id.
    pub fn segment(&self, id: u32) -> Option<&Segment> {
        self.index_of(id).map(|i| &self.segments[i])
    }

    /// How the segments hang together.
    pub fn tree(&self) -> &SegmentTree {
        &self.tree
    }

    /// The segment groups in the order written.
    pub fn groups(&self) -> &[SegmentGroup] {
        &self.groups
    }

    /// The place of a group in [`Morphology::groups`]; the first of several of the same name.
    pub fn group_index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).map(|&i| i as usize)
    }

    /// Whether a property may be placed on a group of that name; `all` always exists.
    pub fn has_group(&self, name: &str) -> bool {
        name == "all" || self.by_name.contains_key(name)
    }

    /// Where a segment begins: its own proximal point, else the place on its parent that `fractionAlong`
    /// names, position and diameter taken linearly between the parent's ends.
    pub fn proximal_of(&self, index: usize) -> Option<Point> {
        self.begins.get(index).copied().flatten()
    }

    fn find_begins(&self) -> Vec<Option<Point>> {
        let mut begins: Vec<Option<Point>> = self.segments.iter().map(|s| s.proximal).collect();
        for i in self.tree.order() {
            if begins[i].is_some() {
                continue;
            }
            let (Some(parent), Some(p)) = (self.segments[i].parent, self.tree.parent(i)) else {
                continue;
            };
            begins[i] = match (parent.fraction_along, begins[p], self.segments[p].distal) {
                (1.0, _, end) => end,
                (0.0, begin, _) => begin,
                (fraction, Some(begin), Some(end)) => Some(between(begin, end, fraction)),
                _ => None,
            };
        }
        begins
    }

    /// Distance from proximal to distal end in µm.
    pub fn length_um(&self, index: usize) -> Option<f64> {
        let (a, b) =
            (self.proximal_of(index)?.position_um, self.segments.get(index)?.distal?.position_um);
        let squares = (0..3).map(|i| (b[i] - a[i]) * (b[i] - a[i]));
        Some(squares.sum::<f64>().sqrt())
    }
}
