//! Instances and what connects them, as Python.

use nml_codegen::Namer;
use nml_codegen::number::moved;
use nml_flat::{KindId, NodeId, Site, WireTable};
use rustc_hash::FxHashMap;

use super::cells::Cells;
use super::python::{RESERVED, Tables};
use nml_codegen::python::Py;
use nml_codegen_nmodl::{Built, Plan, Problem, Random, Thing, Transfer};

/// The network in the making.
pub(crate) struct Network<'p, 'a> {
    pub(crate) plan: &'p Plan<'a>,
    pub(crate) cells: &'p Cells,
    pub(crate) tables: Tables,
    /// By kind: the variable.
    pub(crate) names: FxHashMap<KindId, String>,
    pub(crate) lines: Vec<(Option<String>, Py)>,
    pub(crate) problems: Vec<Problem>,
}

impl<'p, 'a> Network<'p, 'a> {
    pub(crate) fn new(plan: &'p Plan<'a>, cells: &'p Cells) -> Self {
        let mut namer = Namer::new(RESERVED.iter().copied());
        let mut names = FxHashMap::default();
        for (id, _) in plan.kinds() {
            let kind = plan.world.flat.kind(id);
            // Cells are called as their population.
            let home = kind.home.filter(|_| plan.world.cells.contains_key(&id));
            let around = home.map(|home| plan.world.flat.kind(home.kind).node(home.node));
            let wish = around.map_or(&kind.name, |node| &node.name);
            names.insert(id, namer.give(wish));
        }
        let (tables, lines, problems) = (Tables::default(), Vec::new(), Vec::new());
        Self { plan, cells, tables, names, lines, problems }
    }

    /// Instances, transfers and wires, in this order.
    pub(crate) fn build(&mut self) {
        let plan = self.plan;
        let (cells, others): (Vec<_>, Vec<_>) =
            plan.kinds().partition(|(id, _)| plan.world.cells.contains_key(id));
        for (id, thing) in cells.into_iter().chain(others) {
            self.instances(id, thing);
        }
        for (id, thing) in plan.kinds() {
            if let Thing::Point(_, built) = thing {
                self.transfers(id, built);
            }
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
        let call = match thing {
            Thing::Nothing => return,
            Thing::Shaped(_) => {
                let function = self.cells.function(plan, id).unwrap_or_default();
                let function = Py::Name(format!("cells.{function}"));
                let mut named = Vec::new();
                if let Some(thresh) = plan.constant(id, "thresh") {
                    named.push(("threshold", Py::Number(moved(thresh, 3))));
                }
                let plain = vec![Py::text(variable.clone()), function, Py::int(kind.count())];
                Py::Call("net.cells".to_owned(), plain, named)
            }
            Thing::Point(mechanism, built) => {
                let given = self.given(id, built, &variable);
                let mut plain = vec![Py::text(variable.clone()), Py::text(mechanism.clone())];
                let mut named = Vec::new();
                let call = match plan.world.cells.get(&id) {
                    Some(cell) if cell.v.is_some() => {
                        plain.push(Py::int(kind.count()));
                        let farad = built.capacitance_nf.unwrap_or(1.0);
                        named.push(("capacitance", Py::Number(farad)));
                        named.push(("v", self.start(id)));
                        "net.point_cells"
                    }
                    Some(_) => {
                        plain.push(Py::int(kind.count()));
                        "net.sources"
                    }
                    None => {
                        plain.push(self.home(id, &variable));
                        "net.attached"
                    }
                };
                if let Some(random) = &built.random {
                    named.push(("random", Self::random(random)));
                }
                if !given.is_empty() {
                    named.push(("given", Py::Dict(given)));
                }
                Py::Call(call.to_owned(), plain, named)
            }
        };
        self.lines.push((Some(variable), call));
    }

    /// What random numbers are drawn from.
    fn random(random: &Random) -> Py {
        let streams = random.streams.iter();
        let streams =
            streams.map(|(name, stream)| (name.clone(), Py::int(u32::from(*stream)))).collect();
        let by_step = Py::name(if random.by_step { "True" } else { "False" });
        let number = Py::text(random.number.clone());
        Py::Tuple(vec![number, Py::Dict(streams), by_step])
    }

    /// The potential at the start, in mV: one number, or one per instance.
    fn start(&mut self, id: KindId) -> Py {
        let Some(all) = self.plan.starts(id) else {
            self.problem(id, "a membrane potential whose start is computed");
            return Py::Number(0.0);
        };
        self.column("v", all.into_iter().map(|x| moved(x, 3)).collect())
    }

    fn column(&mut self, name: &str, all: Vec<f64>) -> Py {
        match all.first() {
            None => Py::Number(0.0),
            Some(first) if all.iter().all(|x| x == first) => Py::Number(*first),
            _ => self.tables.list(name, all.into_iter().map(Py::Number).collect()),
        }
    }

    /// The cells that instances are attached to, and where.
    fn home(&mut self, id: KindId, variable: &str) -> Py {
        let plan = self.plan;
        let kind = plan.world.flat.kind(id);
        let Some(home) = kind.home else { return Py::List(Vec::new()) };
        let cell = self.names.get(&home.kind).cloned().unwrap_or_default();
        let mut rows = Vec::new();
        for (at, &parent) in kind.parents.iter().enumerate() {
            let site = kind.sites.get(at);
            let Some(place) = self.place(home.kind, parent, site) else {
                self.problem(id, "what is attached to a place that the cell does not have");
                return Py::List(Vec::new());
            };
            rows.push(place);
        }
        let rows = self.tables.list(&format!("{variable}_at"), rows);
        Py::Call("net.at".to_owned(), vec![Py::Name(cell), rows], Vec::new())
    }

    /// A cell and a place on it: `(3,)`, or `(3, "soma", 0.5)`.
    pub(crate) fn place(&self, cell: KindId, instance: u32, site: Site) -> Option<Py> {
        let shaped = self.plan.world.cells.get(&cell).is_some_and(|cell| cell.shaped);
        if !shaped {
            return Some(Py::List(vec![Py::int(instance)]));
        }
        let (section, x) = self.cells.place(self.plan, cell, site)?;
        Some(Py::List(vec![Py::int(instance), Py::text(section), Py::Number(x)]))
    }

    /// Numbers that differ between instances.
    fn given(&mut self, id: KindId, built: &Built, variable: &str) -> Vec<(String, Py)> {
        match self.plan.given(id, built) {
            Ok(all) => all
                .into_iter()
                .map(|(name, values)| {
                    let column = self.column(&format!("{variable}_{name}"), values);
                    (name, column)
                })
                .collect(),
            Err(what) => {
                self.problem(id, what);
                Vec::new()
            }
        }
    }

    /// Potentials of other cells.
    fn transfers(&mut self, id: KindId, built: &Built) {
        let all = match self.plan.transfers(id, built) {
            Ok(all) => all,
            Err(what) => return self.problem(id, what),
        };
        for Transfer { name, cell, from } in all {
            let rows: Option<Vec<Py>> =
                from.into_iter().map(|(at, site)| self.place(cell, at, site)).collect();
            let Some(rows) = rows else {
                return self.problem(id, "the other side of a connection");
            };
            let rows = self.tables.list(&format!("{name}_of"), rows);
            let variable = |id: &KindId| Py::Name(self.names.get(id).cloned().unwrap_or_default());
            let plain = vec![variable(&id), Py::text(name), variable(&cell), rows];
            let call = Py::Call("net.transfer".to_owned(), plain, Vec::new());
            self.lines.push((None, call));
        }
    }

    fn wires(&mut self, wires: &WireTable) {
        let (from, _, _) = wires.from;
        let (to, node, port) = wires.to;
        let thing = &self.plan.things[to.index()];
        let ports = match thing {
            Thing::Point(_, built) => built.ports,
            Thing::Shaped(_) | Thing::Nothing => 0,
        };
        if ports == 0 {
            // It takes events and does nothing with them.
            return;
        }
        if node != NodeId::ROOT {
            return self.problem(to, "an event for a part of what is attached");
        }
        let shaped = self.plan.world.cells.get(&from).is_some_and(|cell| cell.shaped);
        let mut rows = Vec::new();
        for (at, wire) in wires.iter().enumerate() {
            let (source, target) = (wire.source, wire.target);
            let delay = moved(wire.delay.max(0.0), 3);
            let mut row = vec![Py::int(source), Py::int(target), Py::Number(delay)];
            if shaped {
                let site = wires.sites.get(at);
                let Some((section, x)) = self.cells.place(self.plan, from, site) else {
                    return self.problem(from, "an event from a place that the cell does not have");
                };
                row.extend([Py::text(section), Py::Number(x)]);
            }
            rows.push(Py::List(row));
        }
        let variable = |id: &KindId| self.names.get(id).cloned().unwrap_or_default();
        let (source, target) = (variable(&from), variable(&to));
        let rows = self.tables.list(&format!("{source}_to_{target}"), rows);
        let mut named = Vec::new();
        if ports > 1 {
            named.push(("port", Py::int(port)));
        }
        let plain = vec![Py::Name(source), Py::Name(target), rows];
        self.lines.push((None, Py::Call("net.connect".to_owned(), plain, named)));
    }
}
