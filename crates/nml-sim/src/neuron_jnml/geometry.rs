//! Cells cut into compartments as the exporter and NEURON cut them.
//!
//! Each section is cut into equal compartments, and ends in a node without membrane; what grows from its end
//! joins there.  The root section begins with such a node too.

use std::f64::consts::PI;

use nml_flat::{Kind, NodeId, Shape, Site};

use super::model::parameter;
use super::numbers;
use super::sections::{Section, sections, stretch};
use super::sort::POINT_CELL_UM;

/// The area that NEURON gives a node without membrane, µm².
const NO_MEMBRANE: f64 = 100.0;

/// One compartment of a cell, or a node without membrane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Piece {
    /// µm².
    pub(super) area: f64,
    /// µF/cm²; 0 without membrane.
    pub(super) capacitance: f64,
    /// mV.
    pub(super) start: f64,
    /// What it grows from.
    pub(super) parent: Option<u32>,
    /// The coupling to that, µS.
    pub(super) coupling: f64,
}

/// A cell in compartments, parents before children.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut {
    pub(super) pieces: Vec<Piece>,
    sections: Vec<Section>,
    /// By section: the node it begins at, its first compartment and how many it has.  Its end is the next.
    places: Vec<(u32, u32, u32)>,
}

impl Cut {
    /// The cylinder that stands for a point cell.
    pub(super) fn point(capacitance: f64) -> Self {
        let area = PI * POINT_CELL_UM * POINT_CELL_UM;
        let piece = Piece { area, capacitance, start: -65.0, parent: None, coupling: 0.0 };
        Self { pieces: vec![piece], ..Self::default() }
    }

    /// The compartment at a site.
    pub(super) fn at(&self, shape: Option<&Shape>, site: Site) -> u32 {
        let Some(shape) = shape else { return 0 };
        // Segment 0, and one not given, is the first.
        let wanted = site.segment.filter(|&id| id > 0);
        let found = wanted.and_then(|id| shape.segments.iter().position(|s| s.id == id));
        let segment = found.unwrap_or(0);
        let holds = |section: &Section| section.segments.contains(&segment);
        let Some(at) = self.sections.iter().position(holds) else { return 0 };
        let x = self.sections[at].along(shape, segment, site.fraction);
        let (begin, first, count) = self.places[at];
        if x <= 0.0 {
            begin
        } else if x >= 1.0 {
            first + count
        } else {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the number of compartments"
            )]
            let step = (x * f64::from(count)) as u32;
            first + step.min(count - 1)
        }
    }

    /// The compartments of a segment or a group; `None` where there is no such thing.
    pub(super) fn covered(
        &self,
        shape: &Shape,
        segment: Option<&str>,
        group: Option<&str>,
    ) -> Option<Vec<u32>> {
        let wanted = match (segment, group.unwrap_or("all")) {
            (Some(segment), _) => {
                let id: u32 = segment.trim().parse().ok()?;
                vec![shape.segments.iter().position(|s| s.id == id)?]
            }
            (None, "all") => (0..shape.segments.len()).collect(),
            (None, name) => shape.groups.iter().find(|g| g.name == name)?.segments.clone(),
        };
        let mut is_in = vec![false; shape.segments.len()];
        for at in wanted {
            is_in[at] = true;
        }
        let mut pieces = Vec::new();
        for (section, &(_, first, count)) in self.sections.iter().zip(&self.places) {
            if section.segments.iter().any(|&at| is_in[at]) {
                pieces.extend(first..first + count);
            }
        }
        Some(pieces)
    }
}

/// Cuts a cell that stands at `position` (µm); else what is wrong with it.
///
/// The script moves the points of each cell there and NEURON keeps 32 bits of them, so lengths differ in the
/// eighth digit from cell to cell.
pub(super) fn cut(kind: &Kind, position: Option<[f64; 3]>) -> Result<Cut, String> {
    let Some(shape) = &kind.shape else {
        return Err("a cell without a readable morphology".to_owned());
    };
    let mut sections = sections(shape)?;
    if let Some(position) = position {
        for section in &mut sections {
            section.shift(position);
        }
    }
    let mut cut = Cut { places: vec![(0, 0, 0); sections.len()], sections, ..Cut::default() };
    let (resistivity, capacitance, start) = (
        Property::new(kind, shape, "resistivity", 1e2, 35.4),
        Property::new(kind, shape, "specificCapacitance", 1e2, 1.0),
        Property::new(kind, shape, "initMembPotential", 1e3, -65.0),
    );
    // Parents before children; each section is placed once.
    let mut open: Vec<usize> = roots(&cut.sections);
    if open.len() != 1 {
        return Err("a cell whose sections are not one tree".to_owned());
    }
    let mut placed = 0;
    while let Some(at) = open.pop() {
        placed += 1;
        let section = cut.sections[at].clone();
        let of = |property: &Property| property.of(&section);
        let (start, capacitance, resistivity) = (of(&start), of(&capacitance), of(&resistivity));
        let bare = |parent, coupling| Piece {
            area: NO_MEMBRANE,
            capacitance: 0.0,
            start,
            parent,
            coupling,
        };
        let begin = match section.parent {
            None => {
                cut.pieces.push(bare(None, 0.0));
                index(cut.pieces.len() - 1)
            }
            Some((parent, x)) => {
                let (begin, first, count) = cut.places[parent];
                if x <= 0.0 {
                    begin
                } else if x >= 1.0 {
                    first + count
                } else {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "between 0 and the number of compartments"
                    )]
                    let step = (x * f64::from(count)) as u32;
                    first + step.min(count - 1)
                }
            }
        };
        let first = index(cut.pieces.len());
        cut.places[at] = (begin, first, section.count);
        let mut before = 0.0;
        for j in 0..section.count {
            let (area, [left, right]) = measure(&section, j, resistivity);
            if !(area > 0.0 && (before + left) > 0.0) {
                return Err(format!("section {} has no extent", section.name));
            }
            let parent = if j == 0 { begin } else { first + j - 1 };
            let coupling = 1.0 / (before + left);
            cut.pieces.push(Piece { area, capacitance, start, parent: Some(parent), coupling });
            before = right;
        }
        let last = first + section.count - 1;
        cut.pieces.push(bare(Some(last), 1.0 / before));
        let children = cut.sections.iter().enumerate();
        let of_it = children.filter(|(_, s)| s.parent.is_some_and(|(parent, _)| parent == at));
        let of_it: Vec<usize> = of_it.map(|(child, _)| child).collect();
        open.extend(of_it.into_iter().rev());
    }
    if placed < cut.sections.len() {
        return Err("a cell whose sections go round in a circle".to_owned());
    }
    Ok(cut)
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn roots(sections: &[Section]) -> Vec<usize> {
    let roots = sections.iter().enumerate().filter(|(_, section)| section.parent.is_none());
    roots.map(|(at, _)| at).collect()
}

/// The area of a compartment (µm²) and the resistances of its two halves (MΩ).
fn measure(section: &Section, compartment: u32, resistivity: f64) -> (f64, [f64; 2]) {
    let mut arcs = vec![0.0];
    for pair in section.points.windows(2) {
        arcs.push(arcs[arcs.len() - 1] + stretch(pair[0], pair[1]));
    }
    let whole = arcs[arcs.len() - 1];
    let step = whole / f64::from(section.count);
    let from = step * f64::from(compartment);
    let bounds = [from, from + 0.5 * step, from + step];
    let mut area = 0.0;
    let mut halves = [0.0; 2];
    for (pair, ends) in section.points.windows(2).zip(arcs.windows(2)) {
        let extent = ends[1] - ends[0];
        if extent <= 0.0 {
            // An abrupt change of diameter has the membrane of a ring.
            let is_first = compartment == 0 && ends[0] <= 0.0;
            let is_here = ends[0] > bounds[0] && ends[0] <= bounds[2];
            let is_last = compartment + 1 == section.count && ends[0] > bounds[2];
            if is_first || is_here || is_last {
                area += PI * 0.25 * (pair[1][3].powi(2) - pair[0][3].powi(2)).abs();
            }
            continue;
        }
        let diameter = |x: f64| pair[0][3] + (pair[1][3] - pair[0][3]) * (x - ends[0]) / extent;
        for half in 0..2 {
            let (a, b) = (bounds[half].max(ends[0]), bounds[half + 1].min(ends[1]));
            if b <= a {
                continue;
            }
            let (d1, d2, l) = (diameter(a), diameter(b), b - a);
            let slope = 0.5 * (d2 - d1);
            area += PI * 0.5 * (d1 + d2) * (l * l + slope * slope).sqrt();
            halves[half] += 0.04 * resistivity / PI * l / (d1 * d2);
        }
    }
    (area, halves)
}

/// A property of the membrane or the inside, by segment; of several the one written last counts.
struct Property {
    by_segment: Vec<f64>,
}

impl Property {
    fn new(kind: &Kind, shape: &Shape, ty: &str, factor: f32, default: f64) -> Self {
        let mut by_segment = vec![default; shape.segments.len()];
        let nodes: Vec<NodeId> = kind.node_ids().filter(|&n| kind.node(n).ty == ty).collect();
        for node in nodes {
            let Some(value) = parameter(kind, node, "value") else { continue };
            let value = numbers::product(value, factor);
            let group = kind.node(node).text("segmentGroup").unwrap_or("all");
            match shape.groups.iter().find(|g| g.name == group && group != "all") {
                Some(group) => group.segments.iter().for_each(|&at| by_segment[at] = value),
                None => by_segment.fill(value),
            }
        }
        Self { by_segment }
    }

    fn of(&self, section: &Section) -> f64 {
        section.segments.first().map_or(f64::NAN, |&at| self.by_segment[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cylinder(count: u32) -> Section {
        let points = vec![[0.0, 0.0, 0.0, 2.0], [100.0, 0.0, 0.0, 2.0]];
        let name = "dend".to_owned();
        Section { name, segments: vec![0], points, count, parent: None, grouped: true }
    }

    #[test]
    fn a_cylinder_is_cut_into_equal_parts() {
        for count in [1, 3] {
            let section = cylinder(count);
            for j in 0..count {
                let (area, halves) = measure(&section, j, 100.0);
                let part = 100.0 / f64::from(count);
                assert!((area - PI * 2.0 * part).abs() < 1e-9);
                // R = 4 Ra L / (pi d²): 100 Ohm cm over half of the part, in MOhm.
                let half = 4.0 * 1.0 * (0.5 * part) / (PI * 4.0);
                assert!((halves[0] - half).abs() < 1e-9 && (halves[1] - half).abs() < 1e-9);
            }
        }
    }

    /// The section `trunk_section` of `fixtures/cable/tree.cell.nml`, and what NEURON says of it.
    #[test]
    fn areas_and_resistances_are_those_of_neuron() {
        #[expect(clippy::cast_possible_truncation, reason = "NEURON keeps points in 32 bits")]
        let narrow = |p: [f64; 4]| p.map(|x| f64::from(x as f32));
        let points = [
            [0.0, 21.5, 0.0, 4.0],
            [1.3, 60.7, 2.1, 3.1],
            [3.9, 97.3, -4.4, 2.2],
            [3.9, 97.3, -4.4, 1.7],
            [10.1, 160.9, 0.7, 1.1],
        ];
        let points = points.map(narrow).to_vec();
        let section = Section { points, ..cylinder(5) };
        let areas =
            [325.023_722_662, 267.501_364_020, 198.335_895_540, 132.108_257_301, 108.841_786_409];
        let to_parent =
            [1.217_300_324_7, 3.211_092_962_1, 5.030_184_667_9, 12.508_776_669_2, 19.452_041_608_0];
        let mut before = 0.0;
        for (j, (area, resistance)) in (0..).zip(areas.into_iter().zip(to_parent)) {
            let (found, [left, right]) = measure(&section, j, 100.0);
            assert!((found / area - 1.0).abs() < 1e-11, "{found} {area}");
            assert!(((before + left) / resistance - 1.0).abs() < 1e-10, "{j}");
            before = right;
        }
        assert!((before - 13.217_846_024_4).abs() < 1e-9);
    }
}
