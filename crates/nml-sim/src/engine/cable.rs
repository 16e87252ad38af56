//! The membrane potentials of cells of several compartments: one linear system per cell and step.
//!
//! Over a step the currents of the membrane are linear in the potential, and what flows along the cell is anyway:
//! dv/dt = f + s (v − v₀) + Σ g (v′ − v) / C.  The system is solved by the two stages of the L-stable,
//! stiffly accurate SDIRK method of second order (Alexander 1977, SIAM J. Numer. Anal. 14:1006–1021, γ = 1 − 1/√2),
//! which have one matrix, by elimination from the leaves to the root (Hines 1984, Int. J. Bio-Med. Comput.
//! 15:69–76).  Places without membrane are rows without a derivative.
//!
//! Cells lie so many at a time side by side; the numbers of one cell do not depend on how many there are.

use nml_flat::{CELLS_TOGETHER, KindId, Tree};
use nml_kernel::{Column, Columns};

/// The coefficient of both stages.
const GAMMA: f64 = 1.0 - std::f64::consts::FRAC_1_SQRT_2;

/// Where the right-hand sides of the compartments of a kind lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Membrane {
    pub(crate) kind: KindId,
    /// The potential, V; becomes that at the end of the step.
    pub(crate) v: Column,
    /// Its rate by the currents of the membrane, V/s.
    pub(crate) rate: Column,
    /// The derivative of that by the potential, 1/s.
    pub(crate) slope: Column,
}

/// The cells of a tree, to be moved by a step.
#[derive(Clone, Debug)]
pub(crate) struct Cable {
    pub(crate) membranes: Vec<Membrane>,
    nodes: Vec<Node>,
    cells: usize,
    /// The first instance of each node in each group of cells, group after group.
    first: Vec<u32>,
}

/// A node, parents first.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its own index for the first.
    parent: usize,
    /// Index into the membranes; none without membrane.
    membrane: Option<usize>,
    /// Conductance to the parent over the capacitance of the node and of the parent, 1/s; where there is no
    /// membrane, in S.
    to_parent: f64,
    from_parent: f64,
    /// The sum of the conductances to all neighbours over the capacitance, 1/s; in S without membrane.
    total: f64,
}

/// What one solution needs, by node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    lines: Vec<Line>,
}

/// The numbers of a node for a group of cells.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line {
    /// One over the pivot.
    inverse: [f64; CELLS_TOGETHER],
    /// By what the row is to be taken from its parent's.
    factor: [f64; CELLS_TOGETHER],
    right: [f64; CELLS_TOGETHER],
    drive: [f64; CELLS_TOGETHER],
    v: [f64; CELLS_TOGETHER],
}

const ZEROS: [f64; CELLS_TOGETHER] = [0.0; CELLS_TOGETHER];

impl Cable {
    /// Of a tree whose compartments of each kind have the given membranes.
    pub(crate) fn new(tree: &Tree, membranes: Vec<Membrane>) -> Self {
        let kept = thinned(tree);
        let place: Vec<usize> = {
            let mut place = vec![usize::MAX; tree.nodes.len()];
            for (at, &(node, ..)) in kept.iter().enumerate() {
                place[node] = at;
            }
            place
        };
        let weight = |node: usize| match tree.nodes[node].kind {
            Some(_) => 1.0 / tree.nodes[node].capacitance_f,
            None => 1.0,
        };
        let mut nodes: Vec<Node> = kept
            .iter()
            .map(|&(node, parent, ohm)| Node {
                parent: parent.map_or(0, |parent| place[parent]),
                membrane: tree.nodes[node]
                    .kind
                    .and_then(|kind| membranes.iter().position(|m| m.kind == kind)),
                to_parent: parent.map_or(0.0, |_| weight(node) / ohm),
                from_parent: parent.map_or(0.0, |parent| weight(parent) / ohm),
                total: 0.0,
            })
            .collect();
        for at in 1..nodes.len() {
            let Node { parent, to_parent, from_parent, .. } = nodes[at];
            nodes[at].total += to_parent;
            nodes[parent].total += from_parent;
        }
        let size = tree.nodes.len();
        let cells = tree.instances.len() / size.max(1);
        let first = (0..cells).step_by(CELLS_TOGETHER).flat_map(|cell| {
            kept.iter().map(move |&(node, ..)| tree.instances[cell * size + node])
        });
        let first = first.collect();
        Self { membranes, nodes, cells, first }
    }

    /// Moves all potentials by `dt`.
    pub(crate) fn step(&self, memory: &mut [Columns], dt: f64, work: &mut Work) {
        let size = self.nodes.len();
        let blank = Line { inverse: ZEROS, factor: ZEROS, right: ZEROS, drive: ZEROS, v: ZEROS };
        work.lines.resize(size, blank);
        let h = GAMMA * dt;
        for (group, first) in self.first.chunks(size).enumerate() {
            let width = CELLS_TOGETHER.min(self.cells - group * CELLS_TOGETHER);
            self.load(memory, first, width, h, &mut work.lines);
            self.solve(h, &mut work.lines);
            for (membrane, at) in self.membranes.iter().zip(0..) {
                let v = memory[membrane.kind.index()].get_mut(membrane.v);
                for ((node, line), &first) in self.nodes.iter().zip(&work.lines).zip(first) {
                    if node.membrane == Some(at) {
                        let first = first as usize;
                        v[first..first + width].copy_from_slice(&line.right[..width]);
                    }
                }
            }
        }
    }

    /// Brings the right-hand sides of a group of cells together.
    fn load(&self, memory: &[Columns], first: &[u32], width: usize, h: f64, lines: &mut [Line]) {
        for (membrane, at) in self.membranes.iter().zip(0..) {
            let columns = &memory[membrane.kind.index()];
            let v = columns.get(membrane.v);
            let (rate, slope) = (columns.get(membrane.rate), columns.get(membrane.slope));
            for ((node, line), &first) in self.nodes.iter().zip(&mut *lines).zip(first) {
                if node.membrane != Some(at) {
                    continue;
                }
                let all = first as usize..first as usize + width;
                let values = v[all.clone()].iter().zip(&rate[all.clone()]).zip(&slope[all]);
                for (lane, ((&v, &rate), &slope)) in values.enumerate() {
                    line.v[lane] = v;
                    line.drive[lane] = h * (rate - slope * v);
                    line.factor[lane] = 1.0 + h * (node.total - slope);
                }
            }
        }
        for (node, line) in self.nodes.iter().zip(lines) {
            if node.membrane.is_none() {
                line.v = ZEROS;
                line.drive = ZEROS;
                line.factor = [node.total; CELLS_TOGETHER];
            }
        }
    }

    /// Both stages; `right` becomes the solution.  `factor` has the diagonal at first.
    fn solve(&self, h: f64, lines: &mut [Line]) {
        for line in &mut *lines {
            for lane in 0..CELLS_TOGETHER {
                line.right[lane] = line.v[lane] + line.drive[lane];
            }
        }
        for at in (0..self.nodes.len()).rev() {
            let node = &self.nodes[at];
            let up = node.to_parent * self.scale(at, h);
            let (rest, own) = lines.split_at_mut(at);
            let own = &mut own[0];
            for lane in 0..CELLS_TOGETHER {
                own.inverse[lane] = 1.0 / own.factor[lane];
            }
            if at == 0 {
                break;
            }
            let parent = &mut rest[node.parent];
            let down = node.from_parent * self.scale(node.parent, h);
            for lane in 0..CELLS_TOGETHER {
                own.factor[lane] = down * own.inverse[lane];
                parent.factor[lane] -= own.factor[lane] * up;
                parent.right[lane] += own.factor[lane] * own.right[lane];
            }
        }
        self.substitute(h, lines);
        let ahead = (1.0 - GAMMA) / GAMMA;
        for (node, line) in self.nodes.iter().zip(&mut *lines) {
            for lane in 0..CELLS_TOGETHER {
                let v = line.v[lane];
                let next = v + ahead * (line.right[lane] - v) + line.drive[lane];
                line.right[lane] = if node.membrane.is_some() { next } else { 0.0 };
            }
        }
        for at in (1..self.nodes.len()).rev() {
            let (rest, own) = lines.split_at_mut(at);
            let (own, parent) = (&own[0], &mut rest[self.nodes[at].parent]);
            for lane in 0..CELLS_TOGETHER {
                parent.right[lane] += own.factor[lane] * own.right[lane];
            }
        }
        self.substitute(h, lines);
    }

    /// From the root to the leaves.
    fn substitute(&self, h: f64, lines: &mut [Line]) {
        for at in 0..self.nodes.len() {
            let up = self.nodes[at].to_parent * self.scale(at, h);
            let (rest, own) = lines.split_at_mut(at);
            let own = &mut own[0];
            let parent = if at == 0 { &ZEROS } else { &rest[self.nodes[at].parent].right };
            for ((x, above), inverse) in own.right.iter_mut().zip(parent).zip(&own.inverse) {
                *x = (*x + up * above) * inverse;
            }
        }
    }

    /// By what the conductances of a row are scaled.
    fn scale(&self, node: usize, h: f64) -> f64 {
        if self.nodes[node].membrane.is_some() { h } else { 1.0 }
    }
}

/// The nodes that matter, parents first, each with its parent and the resistance to it: ends that lead nowhere are
/// left out, and places between two others are part of the resistance between them.
fn thinned(tree: &Tree) -> Vec<(usize, Option<usize>, f64)> {
    let count = tree.nodes.len();
    let is_bare = |node: usize| tree.nodes[node].kind.is_none();
    let parent_of = |node: usize| tree.nodes[node].parent.map(|parent| parent as usize);
    let mut children = vec![0_u32; count];
    for node in (0..count).rev() {
        if !(is_bare(node) && children[node] == 0)
            && let Some(parent) = parent_of(node)
        {
            children[parent] += 1;
        }
    }
    let mut kept: Vec<(usize, Option<usize>, f64)> = Vec::with_capacity(count);
    // Where the children of a node hang, and through which resistance; none where they begin the tree.
    let mut hooks: Vec<Option<(usize, f64)>> = vec![None; count];
    for node in 0..count {
        let up = parent_of(node).and_then(|parent| {
            let (hook, ohm) = hooks[parent]?;
            Some((hook, ohm + tree.nodes[node].to_parent_ohm))
        });
        match (is_bare(node), children[node]) {
            (true, 0) => {}
            (true, 1) => hooks[node] = up,
            _ => {
                kept.push((node, up.map(|(parent, _)| parent), up.map_or(0.0, |(_, ohm)| ohm)));
                hooks[node] = Some((node, 0.0));
            }
        }
    }
    kept
}
