//! What flows along cells of several compartments.

use nml_flat::{Flat, KindId, NodeId, Tree};
use nml_kernel::{Column, Columns};

use super::shape::{Place, Shape};
use crate::engine::cable::thinned;

/// The cells of a tree.
#[derive(Debug)]
pub(super) struct Axial {
    nodes: Vec<Node>,
    joints: Vec<Joint>,
    /// The instances of the nodes, cell after cell.
    instances: Vec<u32>,
    v: Vec<f64>,
    current: Vec<f64>,
}

/// A compartment, or a place without membrane.
#[derive(Clone, Copy, Debug)]
struct Node {
    membrane: Option<Membrane>,
    /// Whether there is no membrane, but attachments.
    balances: bool,
    /// Where there is no membrane: the sum of the conductances to all neighbours, S; no two such places are neighbours.
    total: f64,
}

#[derive(Clone, Copy, Debug)]
struct Membrane {
    kind: KindId,
    v: Column,
    rate: Column,
    capacitance: f64,
}

/// A place without membrane as it was: its potential, the current of what is attached, A, and the derivative of that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    v: f64,
    current: f64,
    slope: f64,
}

/// How far potentials must lie apart to take a derivative from them, V.
const APART: f64 = 1e-9;

/// Two neighbours and the conductance between them, S.
#[derive(Clone, Copy, Debug)]
struct Joint {
    a: usize,
    b: usize,
    g: f64,
}

impl Axial {
    /// Of a tree whose potentials and rates lie where the shapes of the kinds say.
    pub(super) fn new(flat: &Flat, tree: &Tree, shapes: &[Shape<'_>]) -> Self {
        let kept = thinned(tree);
        let size = tree.nodes.len();
        let mut place = vec![0; size];
        for (at, &(node, ..)) in kept.iter().enumerate() {
            place[node] = at;
        }
        let membrane = |node: usize| {
            let kind = tree.nodes[node].kind?;
            let (v, rate) = potential(flat, kind, &shapes[kind.index()])?;
            Some(Membrane { kind, v, rate, capacitance: tree.nodes[node].capacitance_f })
        };
        let mut nodes: Vec<Node> = kept
            .iter()
            .map(|&(node, ..)| Node {
                membrane: membrane(node),
                balances: tree.nodes[node].balances,
                total: 0.0,
            })
            .collect();
        let mut joints = Vec::new();
        for (a, &(_, parent, ohm)) in kept.iter().enumerate() {
            let Some(parent) = parent else { continue };
            let joint = Joint { a, b: place[parent], g: 1.0 / ohm };
            nodes[joint.a].total += joint.g;
            nodes[joint.b].total += joint.g;
            joints.push(joint);
        }
        let cells = tree.instances.chunks_exact(size.max(1));
        let instances = cells.flat_map(|cell| kept.iter().map(|&(node, ..)| cell[node])).collect();
        let (v, current) = (vec![0.0; nodes.len()], vec![0.0; nodes.len()]);
        Self { nodes, joints, instances, v, current }
    }

    /// Whether anything is attached where there is no membrane.
    pub(super) fn has_ends(&self) -> bool {
        self.nodes.iter().any(|node| node.balances)
    }

    /// Moves places without membrane towards the potential at which as much goes out as comes in, by the currents that
    /// have just been computed and by those of the potential before; gives the largest change, V.
    ///
    /// `before` has what was found at each place the last time; empty at first.
    pub(super) fn balance(&self, columns: &mut [Columns], before: &mut Vec<Before>) -> f64 {
        let first = before.is_empty();
        let (mut at, mut change) = (0, 0.0_f64);
        for cell in self.instances.chunks_exact(self.nodes.len().max(1)) {
            let value = |node: usize| {
                let m = self.nodes[node].membrane;
                m.map_or(0.0, |m| columns[m.kind.index()].get(m.v)[cell[node] as usize])
            };
            let mut moved = Vec::new();
            for (here, node) in self.nodes.iter().enumerate() {
                let Some(m) = node.membrane.filter(|_| node.balances) else { continue };
                let v = value(here);
                let own = columns[m.kind.index()].get(m.rate)[cell[here] as usize] * m.capacitance;
                let along: f64 = self
                    .joints
                    .iter()
                    .filter(|joint| joint.a == here || joint.b == here)
                    .map(|joint| joint.g * (value(joint.a + joint.b - here) - v))
                    .sum();
                // The derivative of what comes in, from two potentials far enough apart to tell.
                let mut slope = 0.0;
                if first {
                    before.push(Before { v, current: own, slope });
                } else {
                    let old = before[at];
                    slope = if (v - old.v).abs() > APART {
                        ((own - old.current) / (v - old.v)).min(0.0)
                    } else {
                        old.slope
                    };
                    before[at] = Before { v, current: own, slope };
                }
                at += 1;
                let by = (own + along) / (node.total - slope);
                change = change.max(by.abs());
                moved.push((m, cell[here] as usize, v + by));
            }
            for (m, instance, v) in moved {
                columns[m.kind.index()].get_mut(m.v)[instance] = v;
            }
        }
        change
    }

    /// Adds to the rates of all potentials what comes from neighbours.
    pub(super) fn flow(&mut self, columns: &mut [Columns]) {
        let Self { nodes, joints, instances, v, current } = self;
        for cell in instances.chunks_exact(nodes.len().max(1)) {
            for ((v, node), &at) in v.iter_mut().zip(&*nodes).zip(cell) {
                *v = node.membrane.map_or(0.0, |m| columns[m.kind.index()].get(m.v)[at as usize]);
            }
            // Without membrane nothing stays: what comes in goes out.
            for &Joint { a, b, g } in &*joints {
                match (nodes[a].membrane, nodes[b].membrane) {
                    (None, Some(_)) => v[a] += g / nodes[a].total * v[b],
                    (Some(_), None) => v[b] += g / nodes[b].total * v[a],
                    _ => {}
                }
            }
            current.fill(0.0);
            for &Joint { a, b, g } in &*joints {
                let i = g * (v[b] - v[a]);
                current[a] += i;
                current[b] -= i;
            }
            for ((node, current), &at) in nodes.iter().zip(&*current).zip(cell) {
                if let Some(m) = node.membrane.filter(|_| !node.balances) {
                    columns[m.kind.index()].get_mut(m.rate)[at as usize] += current / m.capacitance;
                }
            }
        }
    }
}

/// Where the membrane potential of a kind and its rate lie: the first state of dimension voltage in the root node.
fn potential(flat: &Flat, kind: KindId, shape: &Shape<'_>) -> Option<(Column, Column)> {
    let quantities = flat.kind(kind).quantities.iter().zip(&shape.places).zip(&shape.rates);
    let mut found = quantities.filter_map(|((quantity, place), rate)| {
        let is_voltage =
            quantity.node == NodeId::ROOT && quantity.dimension.as_deref() == Some("voltage");
        match (*place, *rate) {
            (Place::Column(v), Some(rate)) if is_voltage => Some((v, rate)),
            _ => None,
        }
    });
    found.next()
}
