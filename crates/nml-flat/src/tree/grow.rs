//! Cells to compartments.
//!
//! A compartment is an instance of the cell's own type, with its own area, capacitance and densities in place of
//! those written, so that whatever a cell can do or be connected to, a compartment can.  The compartment in the
//! middle of the first segment stands for the cell where nobody names a segment; the others live in it.

use std::rc::Rc;

use nml_model::views::Cell;
use nml_model::{Component, ComponentRef};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Shapes;
use crate::blueprint::Blueprint;
use crate::build::{Flattener, Place};
use crate::cable::{Cable, NodeKind};
use crate::flat::{Home, KindId, NodeId};
use crate::rules;
use crate::table::Site;
use crate::tree::{CELLS_TOGETHER, Tree, TreeNode};

/// The list of a cell in which its compartments live.
pub(super) const COMPARTMENTS: &str = "(compartments)";

pub(super) const NONE: u32 = u32::MAX;

/// A cell component, cut.
#[derive(Debug)]
pub(crate) struct Cut<'m> {
    pub(super) cable: Cable<'m>,
    groups: Vec<Group>,
    /// By node of the cable: its group; none for nodes without membrane.
    group_of: Vec<Option<usize>>,
}

/// Compartments with the same channels and ions.
#[derive(Debug)]
struct Group {
    densities: Vec<usize>,
    species: Vec<usize>,
    nodes: Vec<u32>,
}

/// A parameter and its values by node of the cable.
type Supplied = (&'static str, Rc<[f64]>);

/// What the trees of a model are made of while it is flattened.
#[derive(Debug, Default)]
pub(crate) struct Trees<'m> {
    cuts: FxHashMap<ComponentRef, Option<Rc<Cut<'m>>>>,
    /// By tree: what it is cut from, and the kinds of its groups.
    pub(super) grown: Vec<(Rc<Cut<'m>>, Vec<KindId>)>,
    /// By tree: the places without membrane at which something will be attached, and their kind.
    pub(super) ends: FxHashMap<u32, (Vec<u32>, KindId)>,
    /// Where rows have been found to be.
    located: Located,
    /// Parts of the cell that the kind in the making does not have.
    pub(super) left_out: FxHashSet<ComponentRef>,
    /// Densities of cells whose shapes are kept that are equations like uniform ones.
    uniform: FxHashSet<ComponentRef>,
    /// Parameters whose values compartments supply.
    supplied: FxHashSet<(ComponentRef, &'static str)>,
    /// Their values by node of the cable.
    values: FxHashMap<(KindId, NodeId), Vec<Supplied>>,
    /// By kind: the node of the cable of each instance.
    nodes: FxHashMap<KindId, Vec<u32>>,
}

/// So many places are remembered.
const MOST_LOCATED: usize = 1 << 16;

/// The nodes at places on cells: rows mostly name the same places again and again.
#[derive(Debug, Default)]
pub(super) struct Located(FxHashMap<(u32, u32, u64), Option<u32>>);

impl Located {
    pub(super) fn node_at(
        &mut self,
        cable: &Cable<'_>,
        tree: u32,
        (segment, fraction): (u32, f64),
    ) -> Option<u32> {
        let key = (tree, segment, fraction.to_bits());
        if let Some(&known) = self.0.get(&key) {
            return known;
        }
        let node = cable.node_at(segment, fraction);
        if self.0.len() < MOST_LOCATED {
            self.0.insert(key, node);
        }
        node
    }
}

impl<'m> Flattener<'m> {
    /// Adds the nodes of a kind made from a component: those of compartments where it is a cell of several.
    pub(crate) fn add_root(&mut self, kind: KindId, plan: Blueprint<'m>, depth: usize) {
        match self.cut(plan) {
            Some(cut) => self.add_tree(kind, plan, &cut, depth),
            None => {
                self.add_node(kind, plan, None, "", depth);
            }
        }
        self.note_draws(kind);
    }

    /// Cuts a cell; `None` where it is no cell, or has one compartment only.
    fn cut(&mut self, plan: Blueprint<'m>) -> Option<Rc<Cut<'m>>> {
        let Shapes::Cut(options) = self.options.shapes else { return None };
        let component = plan.written().filter(|written| written.is_a("cell"))?;
        if let Some(known) = self.trees.cuts.get(&component.handle()) {
            return known.clone();
        }
        let cell = self.model.cells().find(|cell| cell.component() == component);
        let segments = cell.and_then(Cell::morphology).map_or(0, |m| m.segments().len());
        let made = (segments > 0)
            .then(|| cell.and_then(|cell| Cable::of(cell, &options, &mut self.sink)))
            .flatten()
            .filter(|cable| !cable.is_plain())
            .and_then(|cable| self.grouped(component, cable).map(Rc::new));
        self.trees.cuts.insert(component.handle(), made.clone());
        made
    }

    /// Puts compartments into groups, the one that stands for the cell first and alone.
    fn grouped(&mut self, component: Component<'m>, cable: Cable<'m>) -> Option<Cut<'m>> {
        let first = cable.morphology.segments().first()?.id;
        let main = cable.node_at(first, 0.5);
        let Some(main) = main.and_then(|node| with_membrane(&cable, node)) else {
            let what = format!("{} has no compartment in its first segment", component.shown());
            self.report(rules::unusable(component.id_span(), what));
            return None;
        };
        let mut groups: Vec<Group> = Vec::new();
        let mut known: FxHashMap<(Vec<usize>, Vec<usize>, bool), usize> = FxHashMap::default();
        let mut group_of = vec![None; cable.compartments.len()];
        let all = (0..u32::try_from(cable.compartments.len()).unwrap_or(NONE))
            .filter(|&node| cable.compartments.kinds()[node as usize] == NodeKind::Compartment);
        for node in std::iter::once(main).chain(all.filter(|&node| node != main)) {
            let densities: Vec<usize> = cable.membrane.densities_at(node).map(|(i, _)| i).collect();
            let species = cable.membrane.species.iter().enumerate();
            let species = species.filter(|(_, s)| s.nodes.binary_search(&node).is_ok());
            let species: Vec<usize> = species.map(|(i, _)| i).collect();
            let key = (densities.clone(), species.clone(), node == main);
            let group = *known.entry(key).or_insert_with(|| {
                groups.push(Group { densities, species, nodes: Vec::new() });
                groups.len() - 1
            });
            groups[group].nodes.push(node);
            group_of[node as usize] = Some(group);
        }
        Some(Cut { cable, groups, group_of })
    }

    fn add_tree(&mut self, main: KindId, plan: Blueprint<'m>, cut: &Rc<Cut<'m>>, depth: usize) {
        let tree = u32::try_from(self.flat.trees.len()).unwrap_or(NONE);
        let mut kinds = Vec::with_capacity(cut.groups.len());
        self.supply(&cut.cable);
        for (at, group) in cut.groups.iter().enumerate() {
            let kind = if at == 0 {
                main
            } else {
                let list = self.list(main, NodeId::ROOT, COMPARTMENTS);
                let home = Home { kind: main, node: NodeId::ROOT, list };
                let kind = self.new_kind(plan, Some(home));
                let lists = &mut self.flat.kinds[main.index()].nodes[0].lists;
                lists[list as usize].kinds.push(kind);
                kind
            };
            self.trees.left_out = left_out(plan.component, cut, &group.densities, &group.species);
            self.add_node(kind, plan, None, "", depth + usize::from(at > 0));
            self.trees.left_out.clear();
            self.flat.kinds[kind.index()].tree = Some(tree);
            if at > 0 {
                // No path names them as a cell.
                if let Some(root) = self.flat.kinds[kind.index()].nodes.first_mut() {
                    root.name = format!("{}{COMPARTMENTS}", plan.name());
                }
            }
            self.note_values(kind, cut, None);
            kinds.push(kind);
        }
        let compartments = &cut.cable.compartments;
        let id_of = |segment: u32| cut.cable.morphology.segments()[segment as usize].id;
        let nodes = (0..compartments.len()).map(|i| {
            let node = u32::try_from(i).unwrap_or(NONE);
            TreeNode {
                parent: compartments.parent(node),
                to_parent_ohm: compartments.to_parent_mohm()[i] * 1e6,
                capacitance_f: cut.cable.membrane.c_m_f_per_m2[i]
                    * (compartments.area_um2()[i] * 1e-12),
                kind: cut.group_of[i].map(|group| kinds[group]),
                balances: false,
                segment: compartments.segment(node).map(id_of),
            }
        });
        let nodes: Vec<TreeNode> = nodes.collect();
        let mut segments: Vec<(u32, u32)> = cut
            .cable
            .morphology
            .segments()
            .iter()
            .filter_map(|segment| {
                let node = cut.cable.node_at(segment.id, 0.5)?;
                Some((segment.id, with_membrane(&cut.cable, node)?))
            })
            .collect();
        segments.sort_unstable();
        self.flat.trees.push(Tree { main, nodes, instances: Vec::new(), segments });
        self.trees.grown.push((Rc::clone(cut), kinds));
    }

    /// Notes which parameters get their values from compartments.
    fn supply(&mut self, cable: &Cable<'m>) {
        for density in &cable.membrane.densities {
            let parameter = density.kind.parameter();
            self.trees.supplied.insert((density.component.handle(), parameter));
        }
    }

    /// Notes that densities of a cell whose shape is kept are equations like uniform ones; one compartment shows
    /// nothing of what varies, and is left as the standard has it.
    pub(crate) fn take_for_uniform(&mut self, cable: &Cable<'m>) {
        if cable.is_plain() {
            return;
        }
        self.supply(cable);
        let densities = &cable.membrane.densities;
        self.trees.uniform.extend(densities.iter().map(|density| density.component.handle()));
    }

    /// Whether compartments supply the value of a parameter.
    pub(crate) fn is_supplied(&self, component: ComponentRef, name: &str) -> bool {
        let supplied = &self.trees.supplied;
        ["condDensity", "permeability", "number"]
            .into_iter()
            .any(|known| known == name && supplied.contains(&(component, known)))
    }

    /// Notes what differs between the compartments of a kind; places without membrane have the area and specific
    /// capacitance of `bare`.
    pub(super) fn note_values(&mut self, kind: KindId, cut: &Cut<'m>, bare: Option<(f64, f64)>) {
        let membrane = &cut.cable.membrane;
        let shared = |values: &[f64]| -> Rc<[f64]> { Rc::from(values) };
        let mut area: Vec<f64> =
            cut.cable.compartments.area_um2().iter().map(|area| area * 1e-12).collect();
        let mut c_m = membrane.c_m_f_per_m2.clone();
        if let Some(bare) = bare {
            area.fill(bare.0);
            c_m.fill(bare.1);
        }
        for (at, node) in (0..).map(NodeId).zip(&self.flat.kinds[kind.index()].nodes) {
            let mut found: Vec<(&'static str, Rc<[f64]>)> = Vec::new();
            if at == NodeId::ROOT {
                found.push(("surfaceArea", shared(&area)));
            }
            match node.ty.as_str() {
                "specificCapacitance" => found.push(("value", shared(&c_m))),
                "initMembPotential" => found.push(("value", shared(&membrane.v_init_v))),
                "spikeThresh" => found.push(("value", shared(&membrane.spike_threshold_v))),
                _ => {}
            }
            let density =
                membrane.densities.iter().find(|d| d.component.handle() == node.component);
            if let Some(density) = density {
                let mut values = vec![0.0; cut.cable.compartments.len()];
                for &(node, value) in &density.values {
                    values[node as usize] = value;
                }
                found.push((density.kind.parameter(), values.into()));
            }
            if !found.is_empty() {
                self.trees.values.insert((kind, at), found);
            }
        }
    }

    /// The values by instance of a quantity that differs between compartments.
    pub(crate) fn supplied_values(
        &self,
        (kind, node): (KindId, NodeId),
        name: &str,
    ) -> Option<Vec<f64>> {
        let known = self.trees.values.get(&(kind, node))?;
        let (_, values) = known.iter().find(|(known, _)| *known == name)?;
        let nodes = self.trees.nodes.get(&kind)?;
        Some(nodes.iter().map(|&node| values[node as usize]).collect())
    }

    /// Whether the kind in the making has a part of its component.
    pub(crate) fn is_left_out(&self, part: ComponentRef) -> bool {
        self.trees.left_out.contains(&part)
    }

    /// What a part of a cell is made from: densities that vary over a cell are fixed numbers in a compartment.
    pub(crate) fn part(&self, part: Component<'m>) -> Blueprint<'m> {
        if self.trees.left_out.is_empty() && !self.trees.uniform.contains(&part.handle()) {
            return part.into();
        }
        let uniform = match part.name() {
            "channelDensityNonUniform" => "channelDensity",
            "channelDensityNonUniformNernst" => "channelDensityNernst",
            "channelDensityNonUniformGHK" => "channelDensityGHK",
            _ => return part.into(),
        };
        match self.model.types().named(uniform) {
            Some(ty) => Blueprint::cast(part, ty),
            None => part.into(),
        }
    }

    /// Makes the compartments of all cells: so many cells side by side, compartment after compartment.
    pub(crate) fn grow(&mut self) {
        let grown = self.flat.trees.iter_mut().zip(&self.trees.grown);
        for (number, (tree, (cut, kinds))) in (0..).zip(grown) {
            let groups = cut.groups.iter().map(|group| &group.nodes).zip(kinds);
            let groups: Vec<(&Vec<u32>, &KindId)> = groups
                .chain(self.trees.ends.get(&number).map(|(nodes, kind)| (nodes, kind)))
                .collect();
            let cells = self.flat.kinds[tree.main.index()].count();
            let size = tree.nodes.len();
            tree.instances = vec![NONE; size * cells as usize];
            let all: Vec<u32> = (0..cells).collect();
            for together in all.chunks(CELLS_TOGETHER) {
                for (at, &(nodes, kind)) in groups.iter().enumerate() {
                    let parents = &mut self.flat.kinds[kind.index()].parents;
                    let on = self.trees.nodes.entry(*kind).or_default();
                    for &node in nodes {
                        for &cell in together {
                            on.push(node);
                            let instance = if at == 0 {
                                cell
                            } else {
                                parents.push(cell);
                                u32::try_from(parents.len() - 1).unwrap_or(NONE)
                            };
                            tree.instances[cell as usize * size + node as usize] = instance;
                        }
                    }
                }
            }
        }
    }

    /// Tells of cells that came too late to get compartments.
    pub(crate) fn all_grown(&mut self) {
        for at in 0..self.flat.trees.len() {
            let tree = &self.flat.trees[at];
            let cells = self.flat.kind(tree.main).count() as usize;
            if tree.instances.len() != cells * tree.nodes.len() {
                let kind = self.flat.kind(tree.main);
                let what = format!(
                    "cells `{}` that are attached cannot have several compartments",
                    kind.name
                );
                let span = kind.span;
                self.report(rules::not_simulated(span, what));
            }
        }
    }

    /// The compartment of a cell at a place on it; the place itself where the cell has but one.
    ///
    pub(crate) fn compartment(
        &mut self,
        cell: Place,
        site: Site,
        span: nml_base::Span,
    ) -> Option<Place> {
        let kind = self.flat.kind(cell.kind);
        let Some(tree) = kind.tree.filter(|_| cell.node == NodeId::ROOT) else { return Some(cell) };
        let segments = |cut: &Cut<'m>| cut.cable.morphology.segments().first().map(|s| s.id);
        let cut = Rc::clone(&self.trees.grown[tree as usize].0);
        let segment = site.segment.or_else(|| segments(&cut))?;
        let node = self.trees.located.node_at(&cut.cable, tree, (segment, site.fraction));
        let known = &self.flat.trees[tree as usize].nodes;
        let is_there = |node: &u32| known[*node as usize].kind.is_some();
        let node = node.filter(is_there).or_else(|| with_membrane(&cut.cable, node?));
        let Some(node) = node else {
            let name = self.flat.kind(cell.kind).name.clone();
            let what = format!("the cell `{name}` has no segment {segment}");
            self.report(rules::unresolved(span, what));
            return None;
        };
        self.flat.node_of(cell, tree, node)
    }
}

/// The node itself if it has membrane, else the nearest compartment towards the root, or the first one from it.
fn with_membrane(cable: &Cable<'_>, node: u32) -> Option<u32> {
    let kinds = cable.compartments.kinds();
    let mut at = node;
    while kinds[at as usize] != NodeKind::Compartment {
        match cable.compartments.parent(at) {
            Some(parent) => at = parent,
            None => {
                return (1..u32::try_from(kinds.len()).ok()?)
                    .find(|&n| kinds[n as usize] == NodeKind::Compartment);
            }
        }
    }
    Some(at)
}

/// The parts of a cell that compartments of a group do not have, or have in another way.
pub(super) fn left_out(
    cell: Component<'_>,
    cut: &Cut<'_>,
    densities: &[usize],
    species: &[usize],
) -> FxHashSet<ComponentRef> {
    let mut out = FxHashSet::default();
    let membrane = &cut.cable.membrane;
    for (at, density) in membrane.densities.iter().enumerate() {
        if !densities.contains(&at) {
            out.insert(density.component.handle());
        }
    }
    for (at, ion) in membrane.species.iter().enumerate() {
        if !species.contains(&at) {
            out.insert(ion.component.handle());
        }
    }
    let named = |name: &str| cell.child(name).or_else(|| cell.model().find(cell.attr(name)?));
    out.extend(named("morphology").map(Component::handle));
    let biophysics = ["biophysicalProperties", "biophysicalProperties2CaPools"];
    for biophysics in biophysics.into_iter().filter_map(named) {
        for part in biophysics.children() {
            for property in
                ["specificCapacitance", "initMembPotential", "spikeThresh", "resistivity"]
            {
                // One stands for all.
                out.extend(part.children_named(property).skip(1).map(Component::handle));
            }
        }
    }
    out
}
