//! The shape of a cell, as the document has it.

use nml_model::Component;

/// The shape of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Its segments, in document order.
    pub segments: Vec<Segment>,
    /// Its segment groups, in document order.
    pub groups: Vec<Group>,
}

/// A frustum.  Points are x, y, z and diameter, µm.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its id in the document.
    pub id: u32,
    /// Its name.
    pub name: Option<String>,
    /// The segment it grows from, as an index into [`Shape::segments`], and where on it (0 to 1).
    pub parent: Option<(usize, f64)>,
    /// Where it begins, if written.
    pub proximal: Option<[f64; 4]>,
    /// Where it ends.
    pub distal: [f64; 4],
}

/// A named set of segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Indices into [`Shape::segments`], ascending, included groups followed.
    pub segments: Vec<usize>,
    /// Whether it is one unbranched section.
    pub section: bool,
    /// Into how many compartments a section is to be cut.
    pub divisions: Option<u32>,
}

/// The shape of a cell; `None` where it has none, or a broken one.
pub(crate) fn of(cell: Component<'_>) -> Option<Shape> {
    let named = || cell.model().find(cell.attr("morphology")?);
    let part = cell.child("morphology").or_else(named)?;
    let morphology = cell.model().morphology(part.handle())?;
    let mut shape = Shape::default();
    for segment in morphology.segments() {
        let point = |p: nml_model::views::Point| {
            let [x, y, z] = p.position_um;
            [x, y, z, p.diameter_um]
        };
        let parent = match segment.parent {
            None => None,
            Some(parent) => Some((morphology.index_of(parent.segment)?, parent.fraction_along)),
        };
        let element = cell.model().component(morphology.handle_of(segment.node));
        shape.segments.push(Segment {
            id: segment.id,
            name: element.attr("name").map(str::to_owned),
            parent,
            proximal: segment.proximal.map(point),
            distal: point(segment.distal?),
        });
    }
    for (index, group) in morphology.groups().iter().enumerate() {
        let Some(name) = &group.id else { continue };
        let element = cell.model().component(morphology.handle_of(group.node));
        let mut properties = element.children_named("property");
        let divisions = properties.find(|p| p.attr("tag") == Some("numberInternalDivisions"));
        shape.groups.push(Group {
            name: name.to_string(),
            segments: morphology.group_segments(index),
            section: group.unbranched,
            divisions: divisions.and_then(|p| p.attr("value")?.trim().parse().ok()),
        });
    }
    Some(shape)
}
