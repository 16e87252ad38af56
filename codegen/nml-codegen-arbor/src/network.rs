//! Instances and what connects them, as Python.

use nml_codegen::Namer;
use nml_codegen::number::moved;
use nml_codegen::python::{Py, WORDS};
use nml_codegen_nmodl::{Built, Plan, Problem, Thing, place};
use nml_flat::{KindId, NodeId, Site, WireTable};
use rustc_hash::FxHashMap;

use crate::cells::Cells;
use crate::delays::shorter;
use crate::dialect::legal;
use crate::sources::{Times, times};

/// The network in the making.
pub(crate) struct Network<'p, 'a> {
    pub(crate) plan: &'p Plan<'a>,
    pub(crate) cells: &'p Cells,
    /// By kind: the variable.
    pub(crate) names: FxHashMap<KindId, String>,
    pub(crate) lines: Vec<(Option<String>, Py)>,
    pub(crate) problems: Vec<Problem>,
    /// The step, in ms: no event arrives sooner than after two.
    pub(crate) step: f64,
    /// Where a delay is made longer.
    pub(crate) longer: Option<nml_base::Span>,
}

impl<'p, 'a> Network<'p, 'a> {
    pub(crate) fn new(plan: &'p Plan<'a>, cells: &'p Cells, step: f64) -> Self {
        let mut namer = Namer::new(WORDS.iter().copied().chain(["net", "runtime"]));
        let mut names = FxHashMap::default();
        for (id, _) in plan.kinds() {
            let kind = plan.world.flat.kind(id);
            // Cells are called as their population.
            let home = kind.home.filter(|_| plan.world.cells.contains_key(&id));
            let around = home.map(|home| plan.world.flat.kind(home.kind).node(home.node));
            let wish = around.map_or(&kind.name, |node| &node.name);
            names.insert(id, namer.give(wish));
        }
        let (lines, problems) = (Vec::new(), Vec::new());
        Self { plan, cells, names, lines, problems, step, longer: None }
    }

    /// Instances, then wires.
    pub(crate) fn build(&mut self) {
        let plan = self.plan;
        let (cells, others): (Vec<_>, Vec<_>) =
            plan.kinds().partition(|(id, _)| plan.world.cells.contains_key(id));
        for (id, thing) in cells.into_iter().chain(others) {
            self.instances(id, thing);
        }
        let silent = plan.silent();
        for wires in &plan.world.flat.wires {
            if !silent.contains(&wires.to.0) && !silent.contains(&wires.from.0) {
                self.wires(wires);
            }
        }
    }

    fn problem(&mut self, id: KindId, what: impl Into<String>) {
        let span = self.plan.world.flat.kind(id).span;
        self.problems.push(Problem { span, what: what.into() });
    }

    fn instances(&mut self, id: KindId, thing: &Thing) {
        let plan = self.plan;
        let kind = plan.world.flat.kind(id);
        let variable = self.names.get(&id).cloned().unwrap_or_default();
        let threshold = plan.constant(id, "thresh").map(|x| Py::Number(moved(x, 3)));
        let mut plain = vec![Py::text(variable.clone())];
        let mut named: Vec<(&'static str, Py)> = Vec::new();
        let call = match thing {
            Thing::Nothing => return,
            Thing::Shaped(_) => {
                let file = self.cells.file(id).unwrap_or_default();
                plain.extend([Py::text(file), Py::int(kind.count())]);
                named.extend(threshold.map(|t| ("threshold", t)));
                "net.cells"
            }
            Thing::Point(mechanism, _) => match plan.world.cells.get(&id) {
                Some(cell) if cell.v.is_some() => {
                    let file = self.cells.file(id).unwrap_or_default();
                    plain.extend([Py::text(file), Py::text(mechanism.clone())]);
                    plain.push(Py::int(kind.count()));
                    named.extend(threshold.map(|t| ("threshold", t)));
                    "net.point_cells"
                }
                Some(_) => {
                    plain.push(Py::int(kind.count()));
                    match times(plan.world.flat, id) {
                        Some(Times::Every(period)) => {
                            named.push(("every", Py::Number(moved(period, 3))));
                        }
                        Some(Times::At(all)) => {
                            let all = all.iter().map(|t| Py::Number(moved(*t, 3))).collect();
                            named.push(("at", Py::List(all)));
                        }
                        None => {
                            let what = "a source of events whose times follow from the run";
                            return self.problem(id, what);
                        }
                    }
                    "net.sources"
                }
                None => {
                    plain.push(Py::text(mechanism.clone()));
                    let Some(rows) = self.home(id) else { return };
                    plain.push(rows);
                    "net.attached"
                }
            },
        };
        if let Thing::Point(_, built) = thing
            && call != "net.sources"
        {
            match self.given(id, built) {
                Some(given) if !given.is_empty() => named.push(("given", Py::Dict(given))),
                Some(_) => {}
                None => return,
            }
        }
        self.lines.push((Some(variable), Py::Call(call.to_owned(), plain, named)));
    }

    /// Numbers that differ between instances.
    fn given(&mut self, id: KindId, built: &Built) -> Option<Vec<(String, Py)>> {
        match self.plan.given(id, built) {
            Ok(all) => {
                let column = |(name, values): (String, Vec<f64>)| {
                    (legal(&name), Py::List(values.into_iter().map(Py::Number).collect()))
                };
                Some(all.into_iter().map(column).collect())
            }
            Err(what) => {
                self.problem(id, what);
                None
            }
        }
    }

    /// The cells that instances are attached to, and where.
    fn home(&mut self, id: KindId) -> Option<Py> {
        let plan = self.plan;
        let kind = plan.world.flat.kind(id);
        let home = kind.home?;
        let cell = self.names.get(&home.kind).cloned().unwrap_or_default();
        let mut rows = Vec::new();
        for (at, &parent) in kind.parents.iter().enumerate() {
            let Some(place) = self.place(home.kind, parent, kind.sites.get(at)) else {
                self.problem(id, "what is attached to a place that the cell does not have");
                return None;
            };
            rows.push(place);
        }
        Some(Py::call("net.at", vec![Py::name(cell), Py::List(rows)]))
    }

    /// A cell and a place on it: `(3,)`, or `(3, "soma", 0.5)`.
    pub(crate) fn place(&self, cell: KindId, instance: u32, site: Site) -> Option<Py> {
        let Some(shape) = self.plan.world.flat.kind(cell).shape.as_deref() else {
            return Some(Py::Tuple(vec![Py::int(instance)]));
        };
        let (section, x) = place(shape, site)?;
        let section = self.cells.section(cell, section)?.to_owned();
        Some(Py::Tuple(vec![Py::int(instance), Py::text(section), Py::Number(x)]))
    }

    fn wires(&mut self, wires: &WireTable) {
        let (from, _, _) = wires.from;
        let (to, node, _) = wires.to;
        let thing = &self.plan.things[to.index()];
        let ports = match thing {
            Thing::Point(_, built) => built.ports,
            Thing::Shaped(_) | Thing::Nothing => 0,
        };
        if ports == 0 {
            // It takes events and does nothing with them.
            return;
        }
        if node != NodeId::ROOT || self.plan.world.cells.contains_key(&to) {
            return self.problem(to, "an event for a cell, or for a part of what is attached");
        }
        if !self.plan.world.cells.contains_key(&from) {
            return self.problem(from, "events that are sent by what is attached to a cell");
        }
        let default = self.place(from, 0, Site::default());
        let mut rows = Vec::new();
        for (at, wire) in wires.iter().enumerate() {
            if self.place(from, 0, wires.sites.get(at)) != default {
                return self.problem(from, "an event from another place than the first segment");
            }
            let delay = moved(wire.delay.max(0.0), 3);
            if delay < 2.0 * self.step {
                let world = &self.plan.world;
                let synapse = world.flat.kind(to).component;
                let soonest = moved(2.0 * self.step, -3);
                self.longer.get_or_insert_with(|| shorter(world.model, synapse, soonest));
            }
            let (source, target) = (Py::int(wire.source), Py::int(wire.target));
            rows.push(Py::Tuple(vec![source, target, Py::Number(delay)]));
        }
        let variable = |id: &KindId| self.names.get(id).cloned().unwrap_or_default();
        let plain = vec![Py::name(variable(&from)), Py::name(variable(&to)), Py::List(rows)];
        self.lines.push((None, Py::call("net.connect", plain)));
    }
}
