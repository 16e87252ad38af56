//! The sections that the exporter makes of a morphology.

use nml_flat::{Segment, Shape};

use super::numbers;

/// A point of a section as NEURON keeps it: x, y, z and diameter, µm, in 32 bits.
pub(super) type Point = [f64; 4];

/// How many compartments NEURON lets a section have.
const MAX_COUNT: u32 = 32_767;

/// An unbranched piece of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    pub(super) name: String,
    /// Its segments, as indices into the shape, from its beginning to its end.
    pub(super) segments: Vec<usize>,
    pub(super) points: Vec<Point>,
    /// Into how many compartments it is cut.
    pub(super) count: u32,
    /// The section it grows from, and where on it.
    pub(super) parent: Option<(usize, f64)>,
    /// Whether it is a segment group, not a single segment.
    pub(super) grouped: bool,
}

/// The distance of two points.
pub(super) fn length(a: Point, b: Point) -> f64 {
    (0..3).map(|i| (b[i] - a[i]).powi(2)).sum::<f64>().sqrt()
}

/// The distance of two points of a section as NEURON has it: coordinates are subtracted in 32 bits.
pub(super) fn stretch(a: Point, b: Point) -> f64 {
    (0..3).map(|i| narrow_one(b[i] - a[i]).powi(2)).sum::<f64>().sqrt()
}

#[expect(clippy::cast_possible_truncation, reason = "NEURON keeps points in 32 bits")]
fn narrow_one(x: f64) -> f64 {
    f64::from(x as f32)
}

fn narrow(point: Point) -> Point {
    point.map(narrow_one)
}

impl Section {
    /// Moves all points by an offset that a script gives, in µm.
    pub(super) fn shift(&mut self, offset: [f64; 3]) {
        for point in &mut self.points {
            for (x, by) in point.iter_mut().zip(offset) {
                *x = narrow_one(numbers::product(by, 1.0) + *x);
            }
        }
    }

    /// Where along the section a place on one of its segments lies, 0 to 1.
    ///
    /// The exporter counts in arc length and 32 bits where sections are groups; otherwise a section is the
    /// segment itself.
    pub(super) fn along(&self, shape: &Shape, segment: usize, fraction: f64) -> f64 {
        if !self.grouped || shape.segments.len() == 1 {
            return fraction;
        }
        let of = |at: usize| {
            let begin = begin(shape, at).unwrap_or(shape.segments[at].distal);
            length(begin, shape.segments[at].distal)
        };
        let before = self.segments.iter().take_while(|&&at| at != segment).map(|&at| of(at));
        let before: f64 = before.sum();
        let whole: f64 = self.segments.iter().map(|&at| of(at)).sum();
        #[expect(clippy::cast_possible_truncation, reason = "the exporter writes 32 bits")]
        let x = ((before + fraction * of(segment)) / whole) as f32;
        f64::from(x)
    }
}

/// Where a segment begins: as written, else where its parent ends.
fn begin(shape: &Shape, at: usize) -> Option<Point> {
    let segment = &shape.segments[at];
    segment.proximal.or_else(|| {
        let (parent, fraction) = segment.parent?;
        let parent_end = shape.segments[parent].distal;
        if fraction == 1.0 || shape.segments[parent].proximal.is_none() {
            return Some(parent_end);
        }
        let from = shape.segments[parent].proximal?;
        Some(std::array::from_fn(|i| from[i] + fraction * (parent_end[i] - from[i])))
    })
}

/// The sections of a shape; else what is wrong.
pub(super) fn sections(shape: &Shape) -> Result<Vec<Section>, String> {
    let mut sections = Vec::new();
    if shape.groups.iter().any(|group| group.section) {
        for group in shape.groups.iter().filter(|g| g.section && !g.segments.is_empty()) {
            sections.push(of_group(shape, group)?);
        }
    } else {
        for (at, segment) in shape.segments.iter().enumerate() {
            sections.push(of_segment(shape, at, segment)?);
        }
    }
    let held = |at: usize| sections.iter().position(|s: &Section| s.segments.contains(&at));
    let mut parents = Vec::new();
    for section in &sections {
        let first = &shape.segments[section.segments[0]];
        let Some((parent, fraction)) = first.parent else {
            parents.push(None);
            continue;
        };
        let Some(at) = held(parent) else {
            return Err(format!("section {} grows from no section", section.name));
        };
        let fraction = if (fraction - 1.0).abs() < 1e-4 { 1.0 } else { fraction };
        let of = &sections[at].segments;
        if section.grouped && fraction != 0.0 && fraction != 1.0 && of.len() > 1 {
            let name = &section.name;
            return Err(format!(
                "the exporter cannot join {name} to the middle of a segment of a group"
            ));
        }
        let whole = !section.grouped
            || (fraction == 1.0 && of.last() == Some(&parent))
            || (fraction == 0.0 && of.first() == Some(&parent));
        let x = if whole { fraction } else { sections[at].along(shape, parent, fraction) };
        parents.push(Some((at, x)));
    }
    for (section, parent) in sections.iter_mut().zip(parents) {
        section.parent = parent;
    }
    Ok(sections)
}

fn of_group(shape: &Shape, group: &nml_flat::Group) -> Result<Section, String> {
    let count = group.divisions.unwrap_or(1).max(1);
    if count > MAX_COUNT {
        let name = &group.name;
        return Err(format!("{count} compartments in {name}; NEURON takes {MAX_COUNT} at most"));
    }
    let mut points = Vec::new();
    let mut last: Option<usize> = None;
    for &at in &group.segments {
        let segment = &shape.segments[at];
        let parent = segment.parent.map(|(parent, _)| parent);
        if last.is_none() {
            let missing = || format!("segment {} says nowhere where it begins", segment.id);
            let of_parent = parent.map(|parent| shape.segments[parent].distal);
            points.push(narrow(segment.proximal.or(of_parent).ok_or_else(missing)?));
        } else if parent != last {
            return Err(format!("the segments of group {} do not follow one another", group.name));
        }
        let mut distal = narrow(segment.distal);
        if group.segments.len() == 1 && points[0] == distal {
            // A sphere becomes a cylinder along y of the same area.
            distal[1] += distal[3];
        }
        points.push(distal);
        last = Some(at);
    }
    Ok(Section {
        name: group.name.clone(),
        segments: group.segments.clone(),
        points,
        count,
        parent: None,
        grouped: true,
    })
}

fn of_segment(shape: &Shape, at: usize, segment: &Segment) -> Result<Section, String> {
    let of_parent = segment.parent.map(|(parent, _)| shape.segments[parent].distal);
    let Some(proximal) = segment.proximal.or(of_parent) else {
        return Err(format!("segment {} says nowhere where it begins", segment.id));
    };
    let (distal, mut proximal) = (narrow(segment.distal), narrow(proximal));
    if distal == proximal {
        proximal[1] += distal[3];
    }
    let name = segment.name.clone().filter(|name| !name.is_empty());
    Ok(Section {
        name: name.unwrap_or_else(|| format!("section_{}", segment.id)),
        segments: vec![at],
        // The exporter writes the far end first here.
        points: vec![distal, proximal],
        count: 1,
        parent: None,
        grouped: false,
    })
}
