//! Cells as nodes, wires as edges.

use std::collections::BTreeMap;

use nml_codegen::Job;
use nml_codegen::number::moved;
use nml_codegen_nmodl::{Built, Plan, Problem, Supplied, Thing, place};
use nml_flat::{KindId, NodeId, Role, Site};
use rustc_hash::FxHashSet;

/// Nodes of one population.
#[derive(Debug)]
pub(crate) struct Nodes {
    pub(crate) name: String,
    pub(crate) kind: KindId,
    /// The first instance of the kind.
    pub(crate) first: u32,
    pub(crate) count: u32,
    /// In µm; empty where nothing is said.
    pub(crate) positions_um: Vec<[f64; 3]>,
}

/// An edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) source: u32,
    pub(crate) target: u32,
    /// Index into [`Graph::types`].
    pub(crate) ty: usize,
    pub(crate) weight: f64,
    pub(crate) delay_ms: f64,
    /// The section and the place along it.
    pub(crate) section: (u32, f64),
    /// The segment and the place along it.
    pub(crate) site: Site,
}

/// A synapse on a kind of cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EdgeType {
    pub(crate) component: String,
    pub(crate) mechanism: String,
    /// The variable of the mechanism that is the weight.
    pub(crate) weight: Option<String>,
    pub(crate) port: u32,
}

/// Edges between two populations.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    pub(crate) sides: [usize; 2],
    pub(crate) rows: Vec<Edge>,
}

/// All nodes and edges.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Nodes>,
    pub(crate) edges: Vec<Edges>,
    /// Of all edges, ascending.
    pub(crate) types: Vec<EdgeType>,
    pub(crate) problems: Vec<Problem>,
    /// By kind: the populations with their first instances, ascending.
    of_kind: BTreeMap<KindId, Vec<(u32, usize)>>,
    /// Of populations.
    names: FxHashSet<String>,
}

impl Graph {
    /// Reads them off a plan.
    pub(crate) fn new(plan: &Plan<'_>, job: &Job<'_>) -> Self {
        let mut graph = Self::default();
        for (id, thing) in plan.kinds() {
            graph.unusual(plan, id, thing);
            if plan.world.cells.contains_key(&id) {
                graph.cells(plan, id);
            }
        }
        graph.nodes.sort_by(|a, b| a.name.cmp(&b.name));
        for (at, nodes) in graph.nodes.iter().enumerate() {
            graph.of_kind.entry(nodes.kind).or_default().push((nodes.first, at));
        }
        for places in graph.of_kind.values_mut() {
            places.sort_unstable();
        }
        graph.wires(plan, job);
        graph
    }

    fn problem(&mut self, plan: &Plan<'_>, id: KindId, what: impl Into<String>) {
        let span = plan.world.flat.kind(id).span;
        self.problems.push(Problem { span, what: what.into() });
    }

    fn unusual(&mut self, plan: &Plan<'_>, id: KindId, thing: &Thing) {
        let Thing::Point(_, built) = thing else { return };
        if built.random.is_some() {
            self.problem(plan, id, "random numbers of a component");
        }
        if built.supplied.iter().any(|(_, what, _)| matches!(what, Supplied::Peer(_))) {
            self.problem(plan, id, "a connection that sees the potential of the other cell");
        }
    }

    fn cells(&mut self, plan: &Plan<'_>, id: KindId) {
        let flat = plan.world.flat;
        let kind = flat.kind(id);
        let mut homes = kind.populations.clone();
        if homes.is_empty() {
            let Some(home) = kind.home else {
                self.problem(plan, id, "a run of something else than a network");
                return;
            };
            homes.push(nml_flat::Population { home, first: 0 });
        }
        for population in homes {
            let home = population.home;
            let range = kind.living_in(home.node, home.list as usize);
            let name = flat.kind(home.kind).node(home.node).name.clone();
            if !self.names.insert(name.clone()) {
                self.problem(plan, id, format!("two lists of cells called `{name}`"));
                continue;
            }
            let places = range.start as usize..range.end as usize;
            let positions = kind.positions_um.get(places).unwrap_or_default();
            let said = positions.iter().flatten().any(|x| x.is_finite());
            self.nodes.push(Nodes {
                name,
                kind: id,
                first: range.start,
                count: range.end - range.start,
                positions_um: if said { positions.to_vec() } else { Vec::new() },
            });
        }
    }

    /// The population of a cell and its place there.
    fn node(&self, kind: KindId, instance: u32) -> Option<(usize, u32)> {
        let places = self.of_kind.get(&kind)?;
        let after = places.partition_point(|(first, _)| *first <= instance);
        let &(first, at) = places.get(after.checked_sub(1)?)?;
        (instance - first < self.nodes[at].count).then_some((at, instance - first))
    }

    fn wires(&mut self, plan: &Plan<'_>, job: &Job<'_>) {
        let flat = plan.world.flat;
        let mut found: BTreeMap<[usize; 2], Edges> = BTreeMap::new();
        let mut types: Vec<EdgeType> = Vec::new();
        // By kind of synapse, how many wires lead to each instance.
        let mut heard: BTreeMap<KindId, Vec<bool>> = BTreeMap::new();
        for wires in &flat.wires {
            let ((from, _, _), (to, node, port)) = (wires.from, wires.to);
            let Thing::Point(mechanism, built) = &plan.things[to.index()] else { continue };
            if matches!(plan.things[from.index()], Thing::Nothing) || built.ports == 0 {
                continue;
            }
            let kind = flat.kind(to);
            let home = kind.home.filter(|_| !plan.world.cells.contains_key(&to));
            let (Some(home), NodeId::ROOT) = (home, node) else {
                self.problem(plan, to, "events for something else than a synapse");
                continue;
            };
            let (weights, variable) = match weights(plan, to, built) {
                Ok(found) => found,
                Err(what) => {
                    self.problem(plan, to, what);
                    continue;
                }
            };
            let ty = EdgeType {
                component: job.model.component(kind.component).id().unwrap_or("").to_owned(),
                mechanism: mechanism.clone(),
                weight: variable,
                port: if built.ports > 1 { port } else { 0 },
            };
            let mut number = None;
            let heard = heard.entry(to).or_insert_with(|| vec![false; kind.count() as usize]);
            for (at, wire) in wires.iter().enumerate() {
                let before = self.node(from, wire.source);
                let after = self.node(home.kind, kind.parents[wire.target as usize]);
                let (Some((before, source)), Some((after, target))) = (before, after) else {
                    self.problem(plan, from, "events from something else than a cell");
                    break;
                };
                if std::mem::replace(&mut heard[wire.target as usize], true) {
                    self.problem(plan, to, "a synapse that several cells send events to");
                    break;
                }
                let site = kind.sites.get(wire.target as usize);
                let leaves = wires.sites.get(at);
                let (Some((0, _)), Some(section)) =
                    (at_section(plan, from, leaves), at_section(plan, home.kind, site))
                else {
                    self.problem(
                        plan,
                        from,
                        "events that leave a cell elsewhere than at its first section",
                    );
                    break;
                };
                let edges = found.entry([before, after]).or_default();
                edges.sides = [before, after];
                let number = *number.get_or_insert_with(|| {
                    types.push(ty.clone());
                    types.len() - 1
                });
                edges.rows.push(Edge {
                    source,
                    target,
                    ty: number,
                    weight: weights.get(wire.target as usize).copied().unwrap_or(1.0),
                    delay_ms: moved(wire.delay.max(0.0), 3),
                    section,
                    site,
                });
            }
        }
        self.edges = found.into_values().collect();
        self.types.clone_from(&types);
        self.types.sort();
        self.types.dedup();
        let sorted: Vec<usize> =
            types.iter().map(|ty| self.types.partition_point(|known| known < ty)).collect();
        for edges in &mut self.edges {
            for edge in &mut edges.rows {
                edge.ty = sorted[edge.ty];
            }
            // What one cell hears lies together, in an order that does not depend on that of the synapses' kinds.
            edges.rows.sort_by_key(|edge| (edge.target, edge.ty, edge.source));
        }
    }

    /// The nodes by population that instances of a kind of cells are.
    pub(crate) fn by_population(
        &self,
        kind: KindId,
        instances: impl IntoIterator<Item = u32>,
    ) -> BTreeMap<usize, Vec<u32>> {
        let mut found: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for instance in instances {
            if let Some((at, row)) = self.node(kind, instance) {
                found.entry(at).or_default().push(row);
            }
        }
        found
    }
}

/// A place on a cell: section and place along it; the only one of a cell without sections.
pub(crate) fn at_section(plan: &Plan<'_>, kind: KindId, site: Site) -> Option<(u32, f64)> {
    match plan.world.flat.kind(kind).shape.as_deref() {
        Some(shape) => place(shape, site),
        None => Some((0, 0.5)),
    }
}

/// The weights of the instances of a synapse, and the variable of its mechanism that they are.
fn weights(
    plan: &Plan<'_>,
    id: KindId,
    built: &Built,
) -> Result<(Vec<f64>, Option<String>), String> {
    let kind = plan.world.flat.kind(id);
    let own = kind.quantities.iter().find(|q| q.node == NodeId::ROOT && q.name == "weight");
    let values = match own.map(|q| &q.role) {
        Some(Role::Property(values)) => values.clone(),
        Some(Role::Parameter(value)) => vec![*value; kind.count() as usize],
        _ => Vec::new(),
    };
    let mut variable = None;
    for (name, values) in plan.given(id, built)? {
        let weight = built.supplied.iter().any(|(known, what, _)| {
            let is = matches!(what, Supplied::Own(q) if kind.quantity(*q).name == "weight" && kind.quantity(*q).node == NodeId::ROOT);
            is && *known == name
        });
        if weight {
            variable = Some(name);
        } else if values.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(format!("the property `{name}`, which differs between connections"));
        }
    }
    Ok((values, variable))
}
