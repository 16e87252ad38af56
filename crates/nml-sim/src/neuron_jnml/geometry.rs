//! Cells cut into compartments as the exporter and NEURON cut them.

use std::f64::consts::PI;

use nml_flat::{Kind, NodeId, Site};

use super::model::parameter;
use super::numbers;
use super::sort::POINT_CELL_UM;

/// One compartment of a cell.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Piece {
    /// µm²; 0 for a node without membrane.
    pub(super) area: f64,
    /// µF/cm².
    pub(super) capacitance: f64,
    /// mV.
    pub(super) start: f64,
    /// What it grows from.
    pub(super) parent: Option<u32>,
    /// The coupling to that, µS.
    pub(super) coupling: f64,
}

/// A cell in compartments, parents before children.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) pieces: Vec<Piece>,
}

impl Cut {
    /// The cylinder that stands for a point cell.
    pub(super) fn point(capacitance: f64) -> Self {
        let area = PI * POINT_CELL_UM * POINT_CELL_UM;
        let piece = Piece { area, capacitance, start: -65.0, parent: None, coupling: 0.0 };
        Self { pieces: vec![piece] }
    }

    /// The compartment at a site.
    pub(super) fn at(&self, _site: Site) -> u32 {
        0
    }

    /// The compartments of a segment or a group; `None` where there is no such thing.
    pub(super) fn covered(
        &self,
        kind: &Kind,
        segment: Option<&str>,
        group: Option<&str>,
    ) -> Option<Vec<u32>> {
        let shape = kind.shape.as_ref()?;
        let indices = match (segment, group.unwrap_or("all")) {
            (Some(segment), _) => {
                let id: u32 = segment.trim().parse().ok()?;
                vec![shape.segments.iter().position(|s| s.id == id)?]
            }
            (None, name) => match shape.groups.iter().find(|g| g.name == name) {
                Some(group) => group.segments.clone(),
                None if name == "all" => (0..shape.segments.len()).collect(),
                None => return None,
            },
        };
        Some(if indices.is_empty() { Vec::new() } else { vec![0] })
    }
}

/// Cuts a cell; else what is wrong with it.
pub(super) fn cut(kind: &Kind) -> Result<Cut, String> {
    let Some(shape) = &kind.shape else {
        return Err("a cell without a readable morphology".to_owned());
    };
    let [segment] = &*shape.segments else {
        return Err("cells of several segments are not cut yet".to_owned());
    };
    let Some(proximal) = segment.proximal else {
        return Err("the first segment says nowhere where it begins".to_owned());
    };
    #[expect(clippy::cast_possible_truncation, reason = "NEURON keeps points in 32 bits")]
    let narrow = |p: [f64; 4]| p.map(|x| f64::from(x as f32));
    let (mut from, mut to) = (narrow(proximal), narrow(segment.distal));
    if from[..3] == to[..3] {
        // A sphere becomes a cylinder along y of the same area.
        (from[1], to[1]) = (0.0, from[3]);
    }
    let length = (0..3).map(|i| (to[i] - from[i]).powi(2)).sum::<f64>().sqrt();
    let (d1, d2) = (from[3], to[3]);
    let slope = 0.5 * (d2 - d1);
    let area = PI * 0.5 * (d1 + d2) * (length * length + slope * slope).sqrt();
    let piece = Piece {
        area,
        capacitance: whole(kind, "specificCapacitance").map_or(1.0, |x| numbers::product(x, 1e2)),
        start: whole(kind, "initMembPotential").map_or(-65.0, |x| numbers::product(x, 1e3)),
        parent: None,
        coupling: 0.0,
    };
    Ok(Cut { pieces: vec![piece] })
}

/// The value of a property of the membrane; the last one written counts.
fn whole(kind: &Kind, ty: &str) -> Option<f64> {
    let mut nodes: Vec<NodeId> = kind.node_ids().filter(|&n| kind.node(n).ty == ty).collect();
    nodes.pop().and_then(|node| parameter(kind, node, "value"))
}
