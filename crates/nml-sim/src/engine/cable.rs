//! The membrane potentials of cells of several compartments: one linear system per cell and step.
//!
//! Over a step the currents of the membrane are linear in the potential, and what flows along the cell is anyway:
//! dv/dt = f + s (v − v₀) + Σ g (v′ − v) / C.  [`hines`] moves such a system by a step of second order.  Places
//! without membrane are rows without a derivative.

use nml_flat::{CELLS_TOGETHER, KindId, Tree};
use nml_kernel::hines::{self, GAMMA, Joint, Row};
use nml_kernel::{Column, Columns, Isa, LANES};

const _: () = assert!(CELLS_TOGETHER == LANES, "a row is as wide as a group of cells");

/// So many groups of cells are solved at a time, to hide the latency of divisions.
const GROUPS: usize = 4;

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
    /// If not empty, the nodes without membrane that are to settle, each with its children; nothing else moves.
    ends: Vec<(usize, Vec<usize>)>,
}

/// A node, parents first.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its own index for the first.
    parent: usize,
    /// Index into the membranes; none without membrane and attachments.
    membrane: Option<usize>,
    /// Whether it has a membrane; else what comes in goes out at once.
    moves: bool,
    /// Conductance to the parent over the capacitance of the node and of the parent, 1/s; where there is no
    /// membrane, in S.
    to_parent: f64,
    from_parent: f64,
    /// The sum of the conductances to all neighbours over the capacitance, 1/s; in S without membrane.
    total: f64,
}

/// What a solution needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    joints: Vec<Joint>,
    rows: Vec<Row>,
}

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
            // Where there is none, its kind divides by it nevertheless.
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
                moves: tree.nodes[node].kind.is_some() && !tree.nodes[node].balances,
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
        Self { membranes, nodes, cells, first, ends: Vec::new() }
    }

    /// The same cells, of which only places without membrane move, to where their neighbours put them.
    pub(crate) fn settling(self) -> Self {
        let is_end = |node: &Node| node.membrane.is_some() && !node.moves;
        let ends = (0..self.nodes.len()).filter(|&at| is_end(&self.nodes[at])).map(|at| {
            let all = self.nodes.iter().enumerate().skip(at + 1);
            (at, all.filter(|(_, node)| node.parent == at).map(|(child, _)| child).collect())
        });
        let ends = ends.collect();
        Self { ends, ..self }
    }

    /// Moves all potentials by `dt`.
    pub(crate) fn step(&self, memory: &mut [Columns], dt: f64, work: &mut Work) {
        if !self.ends.is_empty() {
            self.settle(memory);
            return;
        }
        let (size, h, isa) = (self.nodes.len(), GAMMA * dt, Isa::best());
        let scale = |node: &Node| if node.moves { h } else { 1.0 };
        work.joints.clear();
        work.joints.extend(self.nodes.iter().map(|node| Joint {
            // There are no more nodes than a `u32` counts.
            parent: u32::try_from(node.parent).unwrap_or(u32::MAX),
            up: node.to_parent * scale(node),
            down: node.from_parent * scale(&self.nodes[node.parent]),
            moves: node.moves,
        }));
        let groups = self.cells.div_ceil(CELLS_TOGETHER);
        let mut group = 0;
        while group < groups {
            let left = groups - group;
            let together = if left >= GROUPS { GROUPS } else { 1 };
            work.rows.resize(size * together, Row::default());
            for at in 0..together {
                self.load(memory, group + at, (at, together), h, &mut work.rows);
            }
            hines::step(&work.joints, together, &mut work.rows, isa);
            for at in 0..together {
                self.store(memory, group + at, (at, together), &work.rows);
            }
            group += together;
        }
    }

    /// Puts places without membrane at the potential at which what comes in goes out, as their neighbours are now.
    fn settle(&self, memory: &mut [Columns]) {
        let potential = |memory: &[Columns], at: usize, instance: u32| {
            let membrane = self.membranes[self.nodes[at].membrane?];
            Some(memory[membrane.kind.index()].get(membrane.v)[instance as usize])
        };
        for group in 0..self.cells.div_ceil(CELLS_TOGETHER) {
            let (first, width) = self.group(group);
            for &(at, ref children) in &self.ends {
                let node = &self.nodes[at];
                let Some(membrane) = node.membrane else { continue };
                let Membrane { kind, v, rate, slope } = self.membranes[membrane];
                for lane in 0..short(width) {
                    let instance = (first[at] + lane) as usize;
                    let columns = &memory[kind.index()];
                    let (rate, slope) = (columns.get(rate)[instance], columns.get(slope)[instance]);
                    let mut sum = rate - slope * columns.get(v)[instance];
                    // Neighbours of a place without membrane have one.
                    if at > 0 {
                        let near = potential(memory, node.parent, first[node.parent] + lane);
                        sum += node.to_parent * near.unwrap_or(0.0);
                    }
                    for &child in children {
                        let near = potential(memory, child, first[child] + lane);
                        sum += self.nodes[child].from_parent * near.unwrap_or(0.0);
                    }
                    memory[kind.index()].get_mut(v)[instance] = sum / (node.total - slope);
                }
            }
        }
    }

    /// The first instances of the nodes of a group of cells, and how many cells it has.
    fn group(&self, group: usize) -> (&[u32], usize) {
        let size = self.nodes.len();
        let width = CELLS_TOGETHER.min(self.cells - group * CELLS_TOGETHER);
        (&self.first[group * size..][..size], width)
    }

    /// Brings the right-hand sides of a group of cells together.
    fn load(
        &self,
        memory: &[Columns],
        group: usize,
        (at, together): (usize, usize),
        h: f64,
        rows: &mut [Row],
    ) {
        let (first, width) = self.group(group);
        for (membrane, kind) in self.membranes.iter().zip(0..) {
            let columns = &memory[membrane.kind.index()];
            let v = columns.get(membrane.v);
            let (rate, slope) = (columns.get(membrane.rate), columns.get(membrane.slope));
            let rows = rows[at..].iter_mut().step_by(together);
            for ((node, row), &first) in self.nodes.iter().zip(rows).zip(first) {
                if node.membrane != Some(kind) {
                    continue;
                }
                let first = first as usize;
                let all = first..first + width;
                if width == CELLS_TOGETHER {
                    fill(row, &v[all.clone()], &rate[all.clone()], &slope[all], (h, node));
                } else {
                    let mut wide = [[0.0; CELLS_TOGETHER]; 3];
                    for (wide, column) in wide.iter_mut().zip([v, rate, slope]) {
                        wide[..width].copy_from_slice(&column[all.clone()]);
                    }
                    fill(row, &wide[0], &wide[1], &wide[2], (h, node));
                }
            }
        }
        for (here, node) in self.nodes.iter().enumerate() {
            if node.membrane.is_none() {
                // A neighbour: such places have two at least.
                let near = if here == 0 { 1 } else { node.parent };
                let v = rows.get(near * together + at).map_or([0.0; CELLS_TOGETHER], |row| row.v);
                let row = &mut rows[here * together + at];
                row.v = v;
                row.drive = [0.0; CELLS_TOGETHER];
                row.diagonal = [node.total; CELLS_TOGETHER];
            }
        }
    }

    /// Brings the potentials of a group of cells back.
    fn store(
        &self,
        memory: &mut [Columns],
        group: usize,
        (at, together): (usize, usize),
        rows: &[Row],
    ) {
        let (first, width) = self.group(group);
        for (membrane, kind) in self.membranes.iter().zip(0..) {
            let v = memory[membrane.kind.index()].get_mut(membrane.v);
            let rows = rows[at..].iter().step_by(together);
            for ((node, row), &first) in self.nodes.iter().zip(rows).zip(first) {
                if node.membrane == Some(kind) {
                    let first = first as usize;
                    if width == CELLS_TOGETHER {
                        v[first..first + CELLS_TOGETHER].copy_from_slice(&row.next);
                    } else {
                        v[first..first + width].copy_from_slice(&row.next[..width]);
                    }
                }
            }
        }
    }
}

fn short(width: usize) -> u32 {
    u32::try_from(width).unwrap_or(u32::MAX)
}

/// A row of compartments.
fn fill(row: &mut Row, v: &[f64], rate: &[f64], slope: &[f64], (h, node): (f64, &Node)) {
    let values = v.iter().zip(rate).zip(slope).take(CELLS_TOGETHER);
    for (lane, ((&v, &rate), &slope)) in values.enumerate() {
        row.v[lane] = v;
        if node.moves {
            row.drive[lane] = h * rate;
            row.diagonal[lane] = 1.0 + h * (node.total - slope);
        } else {
            row.drive[lane] = rate;
            row.diagonal[lane] = node.total - slope;
        }
    }
}

/// The nodes that matter, parents first, each with its parent and the resistance to it: ends that lead nowhere are
/// left out, and places between two others are part of the resistance between them.
pub(crate) fn thinned(tree: &Tree) -> Vec<(usize, Option<usize>, f64)> {
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
