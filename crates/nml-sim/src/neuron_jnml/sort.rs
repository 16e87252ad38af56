//! What the exporter makes of a component: which sort of mechanism it becomes.

use nml_flat::{Kind, Node, NodeId, Role};

use super::numbers;

/// The sort of a mechanism.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Sort {
    /// A density mechanism: an ion channel on a membrane.
    Channel(Current),
    /// A density mechanism that writes a concentration.
    Pool,
    /// A point process whose current `i` leaves the cell.
    Synapse,
    /// A point process whose current `i` enters the cell.
    Input,
    /// A point process that holds all of a cell; its current is this capacitance (nF) times `-dv/dt`.
    Cell(f64),
    /// A point process without current.
    Silent,
}

/// How a channel's current follows from its open fraction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Current {
    /// `gmax fopen (v - e)`.
    Ohmic,
    /// As `Ohmic`, with the Nernst potential of the ion.
    Nernst,
    /// `permeability fopen ghk(v, cai, cao)`.
    Ghk,
    /// `gmax fopen ghk2(v, cai, cao)`.
    Ghk2,
}

/// The side of the cylinder that stands for a point cell, in µm: its length and its diameter.
pub(super) const POINT_CELL_UM: f64 = 10.0;

/// Whether a component is a cell with a morphology.
pub(super) fn is_shaped(node: &Node) -> bool {
    node.is_a("cell")
}

/// What a component that is no channel and no pool becomes.
pub(super) fn sort(kind: &Kind, node: NodeId) -> Sort {
    let it = kind.node(node);
    if it.is_a("baseIonChannel") {
        return Sort::Channel(Current::Ohmic);
    }
    if it.is_a("concentrationModel") {
        return Sort::Pool;
    }
    if it.is_a("baseSynapse") {
        return Sort::Synapse;
    }
    if it.is_a("basePointCurrent") {
        return Sort::Input;
    }
    let held =
        kind.quantities.iter().any(|q| q.node == node && q.name == "v" && q.role == Role::State);
    if !held {
        return Sort::Silent;
    }
    let number = |name: &str| {
        kind.quantities.iter().find_map(|q| match q.role {
            Role::Parameter(x) if q.node == node && q.name == name => {
                numbers::cast(x, q.dimension.as_deref().unwrap_or("none"))
            }
            _ => None,
        })
    };
    let capacitance = if it.is_a("baseCellMembPotCap") {
        number("C")
    } else if it.is_a("basePyNNCell") {
        number("cm")
    } else {
        None
    };
    Sort::Cell(capacitance.unwrap_or(1.0))
}

/// The specific capacitance of the section of a point cell, µF/cm².
pub(super) fn point_cell_capacitance(kind: &Kind) -> f64 {
    let node = kind.node(NodeId::ROOT);
    let number = |name: &str| {
        kind.quantities.iter().find_map(|q| match q.role {
            Role::Parameter(x) if q.node == NodeId::ROOT && q.name == name => Some(x),
            _ => None,
        })
    };
    let total = if node.is_a("baseCellMembPotCap") {
        number("C")
    } else if node.is_a("basePyNNCell") {
        number("cm").map(|nf| nf * 1e-9)
    } else {
        None
    };
    let area = std::f64::consts::PI * POINT_CELL_UM * POINT_CELL_UM;
    // 1 nF where the cell has no capacitance of its own.
    total.map_or(318.31, |farad| 1e14 * farad / area)
}

/// The threshold above which a cell without a morphology spikes, mV.
pub(super) fn threshold(kind: &Kind) -> f64 {
    let node = kind.node(NodeId::ROOT);
    let number = |name: &str| {
        kind.quantities.iter().find_map(|q| match q.role {
            Role::Parameter(x) if q.node == NodeId::ROOT && q.name == name => {
                numbers::cast(x, q.dimension.as_deref().unwrap_or("none"))
            }
            _ => None,
        })
    };
    let found = if node.is_a("baseIafCapCell") || node.is_a("baseIaf") {
        number("thresh")
    } else if node.is_a("EIF_cond_alpha_isfa_ista") || node.is_a("EIF_cond_exp_isfa_ista") {
        let flat = number("delta_T").is_some_and(|x| x == 0.0);
        if flat { number("v_thresh") } else { number("v_spike") }
    } else if node.is_a("basePyNNCell") {
        number("v_thresh")
    } else {
        None
    };
    found.unwrap_or(0.0)
}
