//! Cells in compartments, with the numbers of the exporter and of NEURON.
//!
//! Where compartments begin and end, [`nml_flat::cable`] says.

use std::f64::consts::PI;

use nml_flat::cable::{Attachment, CableOptions, Coverage, Division, NodeKind, PointRule};
use nml_flat::{Kind, Shape, Site};

use super::numbers;
use super::sort::POINT_CELL_UM;

/// The area that NEURON gives a node without membrane, µm².
const NO_MEMBRANE: f64 = 100.0;

/// How the exporter cuts cells.
pub(crate) const fn cutting(division: Division) -> CableOptions {
    CableOptions { points: PointRule::JNeuroMl, division, coverage: Coverage::Sections }
}

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

/// The cylinder that stands for a point cell.
pub(super) fn point(capacitance: f64) -> Vec<Piece> {
    let area = PI * POINT_CELL_UM * POINT_CELL_UM;
    vec![Piece { area, capacitance, start: -65.0, parent: None, coupling: 0.0 }]
}

/// The node of a shape at a site.
pub(super) fn node_at(shape: &Shape, site: Site) -> u32 {
    // Segment 0, and one not given, is the first.
    let wanted = site.segment.filter(|&id| id > 0);
    let segment = wanted.and_then(|id| shape.segment(id)).unwrap_or(0);
    let fraction = site.fraction.clamp(0.0, 1.0);
    shape.compartments.locate(&shape.sections, segment, fraction).unwrap_or(0)
}

/// The nodes of a cell that stands at `position` (µm), parents before children; else what is wrong with it.
///
/// The script moves the points of each cell there and NEURON keeps 32 bits of them, so lengths differ in the
/// eighth digit from cell to cell.
pub(super) fn cut(kind: &Kind, position: Option<[f64; 3]>) -> Result<Vec<Piece>, String> {
    let Some(shape) = kind.shape.as_deref() else {
        return Err("a cell without a readable morphology".to_owned());
    };
    let pieces_of = |section: u32| shape.sections.pieces(&shape.sections.all()[section as usize]);
    for section in shape.sections.all().iter().filter(|section| section.within_segment) {
        if let Attachment::Section { parent, .. } = section.attachment
            && pieces_of(parent).len() > 1
        {
            let name = &section.name;
            return Err(format!(
                "the exporter cannot join {name} to the middle of a segment of a group"
            ));
        }
    }
    let moved = position.map(|position| {
        let sections = shape.sections.moved(position.map(|x| numbers::product(x, 1.0)));
        shape.compartments.moved(&sections)
    });
    let cut = moved.as_ref().unwrap_or(&shape.compartments);
    let mut pieces = Vec::with_capacity(cut.len());
    for (node, &node_kind) in (0_u32..).zip(cut.kinds()) {
        let at = node as usize;
        let (area, capacitance) = match node_kind {
            NodeKind::Compartment => {
                (cut.area_um2()[at], numbers::product(shape.c_m_f_per_m2[at], 1e2))
            }
            NodeKind::Start | NodeKind::End => (NO_MEMBRANE, 0.0),
        };
        let parent = cut.parent(node);
        let coupling = if parent.is_some() {
            // The way to the parent is within one section, which has one resistivity.
            let resistivity = shape.r_a_ohm_m[at];
            let exported = numbers::product(resistivity, 1e2);
            let resistance = cut.to_parent_mohm()[at] * (exported / (resistivity * 1e2));
            if !(area > 0.0 && resistance > 0.0) {
                let name = &shape.sections.all()[cut.section()[at] as usize].name;
                return Err(format!("section {name} has no extent"));
            }
            1.0 / resistance
        } else {
            0.0
        };
        let start = numbers::product(shape.v_init_v[at], 1e3);
        pieces.push(Piece { area, capacitance, start, parent, coupling });
    }
    Ok(pieces)
}
