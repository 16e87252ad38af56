//! The membrane potentials of cells of several compartments: one linear system per cell and step, moved by [`hines`].

use std::ops::Range;

use nml_flat::{CELLS_TOGETHER, KindId, Tree};
use nml_kernel::hines::{self, Field, GROUPS, Node, System};
use nml_kernel::{BlockBuilder, Column, Columns, ColumnsMut, Isa, LANES, Value};
use smallvec::SmallVec;

const _: () = assert!(CELLS_TOGETHER == LANES, "a row is as wide as a group of cells");

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

impl Cable {
    /// Of a tree whose compartments of each kind have the given membranes.
    pub(crate) fn new(tree: &Tree, membranes: Vec<Membrane>) -> Self {
        let kept = by_depth(thinned(tree));
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
                field: tree.nodes[node].kind.and_then(|kind| {
                    let mut numbered = (0..).zip(&membranes);
                    numbered.find(|(_, m)| m.kind == kind).map(|(number, _)| number)
                }),
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
        let is_end = |node: &Node| node.field.is_some() && !node.moves;
        let ends = (0..self.nodes.len()).filter(|&at| is_end(&self.nodes[at])).map(|at| {
            let all = self.nodes.iter().enumerate().skip(at + 1);
            (at, all.filter(|(_, node)| node.parent == at).map(|(child, _)| child).collect())
        });
        let ends = ends.collect();
        Self { ends, ..self }
    }

    /// Whether nothing moves but places without membrane.
    pub(crate) fn settles(&self) -> bool {
        !self.ends.is_empty()
    }

    /// The matrix of a cell for a step.
    pub(crate) fn system(&self, dt: f64) -> System {
        System::new(&self.nodes, dt)
    }

    /// How many rows the systems of all cells have.
    pub(super) fn rows(&self) -> usize {
        self.cells.saturating_mul(self.nodes.len())
    }

    /// Adds the operations that move one cell by a step; `read` gives the number of an instance.  Answers the new
    /// potentials, each with where it lies.
    pub(super) fn unroll(
        &self,
        cell: usize,
        system: &System,
        b: &mut BlockBuilder,
        mut read: impl FnMut(&mut BlockBuilder, KindId, Column, u32) -> Value,
    ) -> Vec<(KindId, Column, u32, Value)> {
        let (first, _) = self.group(cell / CELLS_TOGETHER);
        let lane = short(cell % CELLS_TOGETHER);
        let place = |at: usize| {
            let membrane = self.membranes[self.nodes[at].field? as usize];
            Some((membrane, first[at] + lane))
        };
        let each = (0..self.nodes.len()).map(|at| {
            let (Membrane { kind, v, rate, slope }, instance) = place(at)?;
            let [v, rate, slope] = [v, rate, slope].map(|column| read(b, kind, column, instance));
            Some(hines::Membrane { v, rate, slope })
        });
        let each: Vec<_> = each.collect();
        let moved = system.unroll(b, &each).into_iter().enumerate();
        let moved = moved.filter_map(|(at, v)| {
            let (membrane, instance) = place(at)?;
            Some((membrane.kind, membrane.v, instance, v?))
        });
        moved.collect()
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// How many groups of cells there are.
    pub(crate) fn groups(&self) -> usize {
        self.cells.div_ceil(CELLS_TOGETHER)
    }

    /// By membrane: the first instance in a group of cells.
    pub(crate) fn starts(&self, group: usize) -> Vec<usize> {
        let (first, _) = self.group(group);
        let mut starts = vec![usize::MAX; self.membranes.len()];
        for (node, &first) in self.nodes.iter().zip(first) {
            if let Some(field) = node.field {
                let start = &mut starts[field as usize];
                *start = (*start).min(first as usize);
            }
        }
        starts
    }

    /// Moves the potentials of some groups of cells; `views` are those instances of the membranes' kinds from `starts`
    /// on.
    pub(crate) fn step(
        &self,
        groups: Range<usize>,
        (views, starts): (&mut [ColumnsMut<'_>], &[usize]),
        system: &System,
        work: &mut hines::Work,
    ) {
        let each = self.membranes.iter().zip(views).zip(starts);
        let mut fields: SmallVec<[Field<'_>; 12]> = each
            .map(|((membrane, view), start)| {
                let Membrane { v, rate, slope, .. } = *membrane;
                let (v, rate, slope) = view.one_of_three([v, rate, slope]);
                // Instances are counted by a `u32`.
                Field { start: u32::try_from(*start).unwrap_or(u32::MAX), v, rate, slope }
            })
            .collect();
        let isa = Isa::best();
        let mut group = groups.start;
        while group < groups.end {
            let (first, width) = self.group(group);
            let next = (group + 1 < groups.end).then(|| self.group(group + 1));
            match next {
                Some((second, LANES)) if GROUPS == 2 => {
                    hines::step(system, (&[first, second], LANES), &mut fields, work, isa);
                    group += 2;
                }
                _ => {
                    hines::step(system, (&[first], width), &mut fields, work, isa);
                    group += 1;
                }
            }
        }
    }

    /// Puts places without membrane at the potential at which what comes in goes out, as their neighbours are now.
    pub(crate) fn settle(&self, memory: &mut [Columns]) {
        let potential = |memory: &[Columns], at: usize, instance: u32| {
            let membrane = self.membranes[self.nodes[at].field? as usize];
            Some(memory[membrane.kind.index()].get(membrane.v)[instance as usize])
        };
        for group in 0..self.cells.div_ceil(CELLS_TOGETHER) {
            let (first, width) = self.group(group);
            for &(at, ref children) in &self.ends {
                let node = &self.nodes[at];
                let Some(field) = node.field else { continue };
                let Membrane { kind, v, rate, slope } = self.membranes[field as usize];
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
}

fn short(width: usize) -> u32 {
    u32::try_from(width).unwrap_or(u32::MAX)
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

/// The same nodes, those near the root first: what follows one another then hardly ever waits for one another.
fn by_depth(mut nodes: Vec<(usize, Option<usize>, f64)>) -> Vec<(usize, Option<usize>, f64)> {
    let most = nodes.iter().map(|(node, ..)| node + 1).max().unwrap_or(0);
    let mut depth = vec![0_u32; most];
    for &(node, parent, _) in &nodes {
        depth[node] = parent.map_or(0, |parent| depth[parent] + 1);
    }
    nodes.sort_by_key(|(node, ..)| depth[*node]);
    nodes
}
