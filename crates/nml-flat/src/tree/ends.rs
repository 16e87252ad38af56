//! Places without membrane at which something is attached: the ends of sections, and where sections meet.
//!
//! What sits at `fractionAlong` 0 or 1 of a section sits where there is no membrane.  Such a place becomes an instance of
//! the cell without channels and ions; what it computes is only the current of what is attached there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use nml_model::Component;

use super::grow::{COMPARTMENTS, Located, NONE, left_out};
use crate::build::{Flattener, Place};
use crate::cable::NodeKind;
use crate::flat::{Home, NodeId};
use crate::members::Cells;
use crate::rows::site;

/// What the kind of such places takes for their area, m², and specific capacitance, F/m².  Any number would do: what
/// divides by them is multiplied again.
const AREA: f64 = 1e-10;
const CAPACITANCE: f64 = 0.01;

/// Where a row without a fraction sits.
const MIDDLE: f64 = 0.5;

impl<'m> Flattener<'m> {
    /// Makes a kind for the places without membrane that rows of connections and inputs name.
    pub(crate) fn reserve_ends(&mut self) {
        if self.flat.trees.is_empty() {
            return;
        }
        let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for at in 0..self.unwired.len() {
            let (kind, node) = self.unwired[at];
            if let Some(component) = self.made_from(kind, node).written() {
                self.find_ends(Place { kind, node, instance: 0 }, component, &mut found);
            }
        }
        for (tree, nodes) in found {
            self.add_ends(tree, nodes.into_iter().collect());
        }
    }

    fn find_ends(
        &self,
        place: Place,
        component: Component<'m>,
        found: &mut BTreeMap<u32, BTreeSet<u32>>,
    ) {
        let mut located = Located::default();
        let mut look = |cells: &mut Cells<'_>, row: usize, (segment, fraction): (u32, f64)| {
            if fraction == MIDDLE {
                return;
            }
            let Some(cell) = cells.get(&self.flat, row) else { return };
            let Some(tree) = self.flat.kind(cell.kind).tree.filter(|_| cell.node == NodeId::ROOT)
            else {
                return;
            };
            let cable = &self.trees.grown[tree as usize].0.cable;
            let first = cable.morphology.segments().first().map(|segment| segment.id);
            let Some(segment) = site(segment, fraction).segment.or(first) else { return };
            let node = located.node_at(cable, tree, (segment, fraction));
            let Some(node) = node else { return };
            if cable.compartments.kinds()[node as usize] != NodeKind::Compartment {
                found.entry(tree).or_default().insert(node);
            }
        };
        if let Some(table) = component.connections() {
            let own = |name| self.attr(component, name);
            let mut pre_cells = Cells::new(place, &table.pre_cell, own("presynapticPopulation"));
            let mut post_cells = Cells::new(place, &table.post_cell, own("postsynapticPopulation"));
            for row in 0..table.len() {
                let pre = (table.pre_segment.get(row), table.pre_fraction.get(row));
                look(&mut pre_cells, row, pre);
                let post = (table.post_segment.get(row), table.post_fraction.get(row));
                look(&mut post_cells, row, post);
            }
        }
        if let Some(table) = component.inputs() {
            let mut cells = Cells::new(place, &table.target, self.attr(component, "population"));
            for row in 0..table.len() {
                let at = (table.segment.get(row), table.fraction.get(row));
                look(&mut cells, row, at);
            }
        }
    }

    fn add_ends(&mut self, tree: u32, nodes: Vec<u32>) {
        let main = self.flat.trees[tree as usize].main;
        let cut = Rc::clone(&self.trees.grown[tree as usize].0);
        let plan = self.made_from(main, NodeId::ROOT);
        let list = self.list(main, NodeId::ROOT, COMPARTMENTS);
        let kind = self.new_kind(plan, Some(Home { kind: main, node: NodeId::ROOT, list }));
        self.flat.kinds[main.index()].nodes[0].lists[list as usize].kinds.push(kind);
        self.trees.left_out = left_out(plan.component, &cut, &[], &[]);
        self.add_node(kind, plan, None, "", 1);
        self.trees.left_out.clear();
        self.flat.kinds[kind.index()].tree = Some(tree);
        if let Some(root) = self.flat.kinds[kind.index()].nodes.first_mut() {
            root.name = format!("{}{COMPARTMENTS}", plan.name());
        }
        self.note_values(kind, &cut, Some((AREA, CAPACITANCE)));
        for &node in nodes.iter().filter(|&&node| node != NONE) {
            let known = &mut self.flat.trees[tree as usize].nodes[node as usize];
            known.kind = Some(kind);
            known.balances = true;
            known.capacitance_f = AREA * CAPACITANCE;
        }
        self.trees.ends.insert(tree, (nodes, kind));
    }
}
