//! Cells of several compartments: one kind per set of channels and ions, and how their instances hang together.

mod ends;
mod grow;

pub(crate) use grow::Trees;

use crate::build::Place;
use crate::flat::{Flat, KindId, NodeId};

/// So many cells lie next to one another, compartment by compartment, to be computed together.
pub const CELLS_TOGETHER: usize = 8;

const NONE: u32 = u32::MAX;

/// Cells that are cut into the same compartments.
///
/// Nodes are compartments and the places without membrane where sections meet or end, parents before children.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The kind of the compartments that stand for the cells: its instances are the cells.
    pub main: KindId,
    /// The nodes of one cell.
    pub nodes: Vec<TreeNode>,
    /// The instances of the nodes, cell after cell; [`u32::MAX`] for nodes without membrane.
    pub instances: Vec<u32>,
    /// By the id of a segment, ascending, the node in its middle.
    pub segments: Vec<(u32, u32)>,
}

/// A node of a [`Tree`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TreeNode {
    /// The node it hangs on; `None` for the first.
    pub parent: Option<u32>,
    /// Axial resistance to that, Ω.
    pub to_parent_ohm: f64,
    /// Its capacitance, F; 0 without membrane, unless something is attached there, see [`TreeNode::balances`].
    pub capacitance_f: f64,
    /// The kind of its compartments; `None` without membrane, unless something is attached there.
    pub kind: Option<KindId>,
    /// Whether it has no membrane but attachments: its potential is the one at which as much current leaves as comes
    /// in.  The capacitance is then nothing but the number by which its kind divides currents.
    pub balances: bool,
    /// The id of the segment in its middle.
    pub segment: Option<u32>,
}

impl Flat {
    /// The compartment of a cell at a node of its tree.
    fn node_of(&self, cell: Place, tree: u32, node: u32) -> Option<Place> {
        let tree = &self.trees[tree as usize];
        let at = cell.instance as usize * tree.nodes.len() + node as usize;
        let instance = *tree.instances.get(at).filter(|&&i| i != NONE)?;
        Some(Place { kind: tree.nodes[node as usize].kind?, node: NodeId::ROOT, instance })
    }

    /// Whether the instances of a kind are places without membrane at which something is attached.
    pub fn balances(&self, kind: KindId) -> bool {
        self.kind(kind).tree.is_some_and(|tree| {
            let nodes = &self.trees[tree as usize].nodes;
            nodes.iter().any(|node| node.balances && node.kind == Some(kind))
        })
    }

    /// The compartment in the middle of a segment of a cell.
    pub(crate) fn in_segment(&self, cell: Place, segment: u32) -> Option<Place> {
        let tree = self.kind(cell.kind).tree.filter(|_| cell.node == NodeId::ROOT)?;
        let known = &self.trees[tree as usize];
        if known.main != cell.kind {
            return None;
        }
        let at = known.segments.binary_search_by_key(&segment, |&(id, _)| id).ok()?;
        self.node_of(cell, tree, known.segments[at].1)
    }

    /// What is attached to a segment of a cell under a name such as `synapses:AMPA:0`: the first of its component
    /// there, wherever on the segment it sits.
    pub(crate) fn on_segment(&self, cell: Place, segment: u32, name: &str) -> Option<Place> {
        let tree = &self.trees[self.kind(cell.kind).tree? as usize];
        let mut parts = name.split(':');
        let (list, id) = (parts.next()?, parts.next()?);
        let count: usize = parts.next()?.parse().ok()?;
        let mut found = None;
        let homes = tree.nodes.iter().filter_map(|node| node.kind);
        let homes: std::collections::BTreeSet<KindId> = homes.collect();
        for home in homes {
            let lists = &self.kind(home).node(NodeId::ROOT).lists;
            let kinds = lists.iter().filter(|known| known.name == list).flat_map(|l| &l.kinds);
            for &kind in kinds.filter(|kind| self.kind(**kind).name == id) {
                let here = self.kind(kind);
                let of_cell = |instance: u32| {
                    let parents = &self.kind(home).parents;
                    let is_cell = home == tree.main;
                    cell.instance == if is_cell { instance } else { parents[instance as usize] }
                };
                let on = |at: usize| here.sites.get(at).segment;
                let first = tree.segments.first().map(|&(id, _)| id);
                let mut own = (0..here.parents.len())
                    .filter(|&at| on(at).or(first) == Some(segment) && of_cell(here.parents[at]));
                let Some(at) = own.nth(count) else { continue };
                if found.is_some() {
                    // Sets of channels differ along the segment: no telling which is first.
                    return None;
                }
                let instance = u32::try_from(at).ok()?;
                found = Some(Place { kind, node: NodeId::ROOT, instance });
            }
        }
        found
    }

    /// Whether the instances of a kind are compartments that do not stand for a cell.
    pub fn is_part(&self, kind: KindId) -> bool {
        let tree = self.kind(kind).tree;
        tree.is_some_and(|tree| self.trees[tree as usize].main != kind)
    }

    /// The segment in the middle of a compartment, by its id; `None` for what is no part of a cell.
    pub(crate) fn segment_of(&self, kind: KindId, instance: u32) -> Option<u32> {
        let here = self.kind(kind);
        let tree = &self.trees[here.tree? as usize];
        let cell = if tree.main == kind { instance } else { here.parents[instance as usize] };
        let size = tree.nodes.len();
        let own = &tree.instances[cell as usize * size..][..size];
        let at = |(node, i): (&TreeNode, &u32)| *i == instance && node.kind == Some(kind);
        let node = tree.nodes.iter().zip(own).position(at)?;
        tree.nodes[node].segment
    }
}
