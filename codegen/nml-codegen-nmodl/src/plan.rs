//! What of a model becomes which mechanism, and how often.

use std::cell::RefCell;

use indexmap::IndexMap;
use nml_base::Diagnostics;
use nml_codegen::number::moved;
use nml_codegen::{Job, Namer, not_exported};
use nml_flat::{Action, Kind, KindId, NodeId, Outlet, Probe, QuantityId, Role, Seen, Selection};
use nml_model::ComponentRef;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::kinds::{DENSITIES, cells, differing, known_ion, title, varying};
use crate::lower::{Build, Built, Carries, Lowering, Problem, Scope, Symbol, World, constant_of};
use crate::nmodl::Mechanism;
use crate::reserved;
use crate::units::{MEMBRANE, POINT, Units};

/// A density or pool of a cell with shape.
#[derive(Debug)]
pub struct OnMembrane {
    /// The density or species in its cell.
    pub node: NodeId,
    /// The same in the model.
    pub component: ComponentRef,
    /// The name of the mechanism.
    pub name: String,
    /// The mechanism.
    pub built: Built,
    /// Whether it is a species, not a density.
    pub pool: bool,
}

/// What a kind becomes.
#[derive(Debug)]
pub enum Thing {
    /// Cells with sections.
    Shaped(Vec<OnMembrane>),
    /// Point processes; those of cells have a section of their own.
    Point(String, Box<Built>),
    /// Nothing: the component simulated, and what does nothing.
    Nothing,
}

/// A mechanism file.
#[derive(Debug)]
pub struct File {
    /// Without ending.
    pub name: String,
    /// All of it.
    pub text: String,
    /// The same, for targets that add to it.
    pub mechanism: Mechanism,
}

/// The plan of an export.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What mechanisms share.
    pub world: World<'a>,
    /// By kind.
    pub things: Vec<Thing>,
    /// All mechanisms, each once.
    pub files: Vec<File>,
}

/// The unit system of a part of a kind.
fn units_of(membrane: bool) -> Units {
    if membrane { MEMBRANE } else { POINT }
}

struct Planner<'a, 'j> {
    world: &'a World<'a>,
    job: &'j Job<'a>,
    /// How people call the target.
    title: &'a str,
    sink: &'j mut Diagnostics,
    things: Vec<Thing>,
    files: Vec<File>,
    namer: Namer,
    /// Mechanisms by their text without name.
    known: IndexMap<String, String, FxBuildHasher>,
    observed: FxHashMap<KindId, Vec<QuantityId>>,
    sends: FxHashMap<KindId, Vec<(NodeId, u32)>>,
}

/// Plans an export; `None`, and findings, where something cannot be expressed.
pub fn plan<'a>(job: &Job<'a>, title: &'a str, sink: &mut Diagnostics) -> Option<Plan<'a>> {
    let world = World {
        model: job.model,
        flat: job.flat,
        cells: cells(job),
        varying: varying(job.flat),
        differing: differing(job.flat),
        sharp: job.options.variable_step,
        constants: RefCell::default(),
    };
    let before = sink.len();
    let (things, files) = {
        let mut planner = Planner {
            world: &world,
            job,
            title,
            sink,
            things: Vec::new(),
            files: Vec::new(),
            namer: Namer::new(reserved::mechanisms()).at_most(40),
            known: IndexMap::default(),
            observed: FxHashMap::default(),
            sends: FxHashMap::default(),
        };
        planner.listen();
        planner.all();
        (planner.things, planner.files)
    };
    let failed = sink.iter().skip(before).any(|d| d.severity == nml_base::Severity::Error);
    (!failed).then_some(Plan { world, things, files })
}

impl<'a> Planner<'a, '_> {
    fn report(&mut self, problem: &Problem) {
        let found = not_exported(problem.span, self.title, &problem.what);
        let same = |d: &nml_base::Diagnostic| {
            d.primary.span == found.primary.span && d.message == found.message
        };
        if !self.sink.iter().any(same) {
            self.sink.push(found);
        }
    }

    fn kind_problem(&self, id: KindId, what: impl Into<String>) -> Problem {
        Problem { span: self.world.flat.kind(id).span, what: what.into() }
    }

    /// Notes what is recorded and whose events are heard.
    fn listen(&mut self) {
        let probes: Vec<Probe> = self.job.traces.iter().flatten().copied().collect();
        for probe in probes {
            let kind = self.world.flat.kind(probe.kind);
            let q = match probe.seen {
                Seen::Quantity(q) => Some(q),
                Seen::Exposure(e) => kind.exposures[e.index()].quantity,
                Seen::Time => None,
            };
            if let Some(q) = q {
                let list = self.observed.entry(probe.kind).or_default();
                if !list.contains(&q) {
                    list.push(q);
                }
            }
        }
        for wire in &self.world.flat.wires {
            let (kind, node, port) = wire.from;
            let list = self.sends.entry(kind).or_default();
            if !list.contains(&(node, port)) {
                list.push((node, port));
            }
        }
        let outlets: Vec<Outlet> = self.job.events.iter().flatten().copied().collect();
        for outlet in outlets {
            let list = self.sends.entry(outlet.kind).or_default();
            if !list.contains(&(outlet.node, outlet.port)) {
                list.push((outlet.node, outlet.port));
            }
        }
    }

    fn all(&mut self) {
        let ids: Vec<KindId> = self.world.flat.kind_ids().collect();
        self.things = ids.iter().map(|_| Thing::Nothing).collect();
        // Cells first: what is attached to them asks how a current moves them.
        let (cells, others): (Vec<KindId>, Vec<KindId>) =
            ids.into_iter().partition(|id| self.world.cells.contains_key(id));
        for id in cells.into_iter().chain(others) {
            let made = self.thing(id);
            match made {
                Ok(thing) => self.things[id.index()] = thing,
                Err(problems) => {
                    for problem in problems {
                        self.report(&problem);
                    }
                }
            }
        }
    }

    fn thing(&mut self, id: KindId) -> Result<Thing, Vec<Problem>> {
        let kind = self.world.flat.kind(id);
        if let Some(senders) = self.sends.get(&id)
            && senders.len() > 1
        {
            let what = "a component that sends events through several ports";
            return Err(vec![self.kind_problem(id, what)]);
        }
        if let Some(cell) = self.world.cells.get(&id) {
            if cell.shaped {
                return self.shaped(id, kind);
            }
            let carries = if cell.v.is_some() { Carries::Membrane } else { Carries::Nothing };
            return self.point(id, carries).map_err(|problem| vec![problem]);
        }
        let Some(home) = kind.home else { return Ok(Thing::Nothing) };
        if kind.count() == 0 {
            return Ok(Thing::Nothing);
        }
        if !self.world.cells.contains_key(&home.kind) || home.node != NodeId::ROOT {
            let what = "what is attached to a part that is no cell";
            return Err(vec![self.kind_problem(id, what)]);
        }
        let carries = self.carried(id).map_err(|problem| vec![problem])?;
        self.point(id, carries).map_err(|problem| vec![problem])
    }

    /// The current that a cell takes from what is attached to it.
    fn carried(&self, id: KindId) -> Result<Carries, Problem> {
        let flat = self.world.flat;
        let Some(home) = flat.kind(id).home else { return Ok(Carries::Nothing) };
        let cell = flat.kind(home.kind);
        let mut found = None;
        for node in &cell.nodes {
            for (q, selection) in &node.dynamics.selected {
                let Selection::Reduce { members, .. } = selection else { continue };
                for (_, seen) in members.iter().filter(|(kind, _)| *kind == id) {
                    if found.replace((*q, *seen)).is_some() {
                        let what = "what is attached and counts twice";
                        return Err(self.kind_problem(id, what));
                    }
                }
            }
        }
        let Some((sum, seen)) = found else { return Ok(Carries::Nothing) };
        let factor = match &self.things[home.kind.index()] {
            Thing::Point(_, built) => {
                built.factors.iter().find(|(q, _)| *q == sum).map(|(_, factor)| *factor)
            }
            Thing::Shaped(_) => (cell.quantity(sum).name == "iSyn").then_some(1.0),
            // The cell itself has been told.
            Thing::Nothing => Some(1.0),
        };
        let Some(factor) = factor else {
            let name = &cell.quantity(sum).name;
            return Err(self.kind_problem(id, format!("what is attached and adds to `{name}`")));
        };
        let scope = Scope::new(self.world, id, NodeId::ROOT, POINT);
        Ok(match scope.seen(seen)? {
            Symbol::Own(q) => Carries::Current(q, factor),
            Symbol::Number(0.0, _) => Carries::Nothing,
            _ => return Err(self.kind_problem(id, "a current that is not computed here")),
        })
    }

    fn point(&mut self, id: KindId, carries: Carries) -> Result<Thing, Problem> {
        let kind = self.world.flat.kind(id);
        let observed = self.observed_in(id, NodeId::ROOT, POINT)?;
        let sends = self.sends.get(&id).cloned().unwrap_or_default();
        let idle = carries == Carries::Nothing && observed.is_empty() && sends.is_empty();
        if idle && !self.world.cells.contains_key(&id) {
            return Ok(Thing::Nothing);
        }
        let build = Build { kind: id, root: NodeId::ROOT, carries, density: None, observed, sends };
        let built = Lowering::run(self.world, build)?;
        let title = title(kind, NodeId::ROOT);
        let name = self.file(&kind.name, &title, &built.mechanism);
        Ok(Thing::Point(name, Box::new(built)))
    }

    /// The quantities of a part that are recorded, as the part knows them.
    fn observed_in(
        &self,
        id: KindId,
        root: NodeId,
        units: Units,
    ) -> Result<Vec<QuantityId>, Problem> {
        let scope = Scope::new(self.world, id, root, units);
        let mut found = Vec::new();
        for &q in self.observed.get(&id).into_iter().flatten() {
            if !scope.has(scope.kind.quantity(q).node) {
                continue;
            }
            if let Symbol::Own(q) = scope.quantity(q)?
                && !found.contains(&q)
            {
                found.push(q);
            }
        }
        Ok(found)
    }

    fn shaped(&mut self, id: KindId, kind: &'a Kind) -> Result<Thing, Vec<Problem>> {
        let mut problems = self.unusual(id, kind);
        let mut all = Vec::new();
        let nodes: Vec<NodeId> = kind.node_ids().collect();
        // A species belongs to one ion; which ion, its own words say.
        for node in nodes {
            let it = kind.node(node);
            let made = if it.is_a("baseChannelDensity") {
                self.density(id, node)
            } else if it.is_a("species") {
                self.pool(id, node)
            } else if it.is_a("baseChannelPopulation") {
                let scope = Scope::new(self.world, id, node, POINT);
                Err(scope.problem(node, "channel populations on cells with segments"))
            } else {
                continue;
            };
            match made {
                Ok(made) => all.push(made),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Thing::Shaped(all)) } else { Err(problems) }
    }

    /// What a cell with segments does besides what all such cells do.
    fn unusual(&self, id: KindId, kind: &Kind) -> Vec<Problem> {
        let d = &kind.node(NodeId::ROOT).dynamics;
        let scope = Scope::new(self.world, id, NodeId::ROOT, POINT);
        let known = ["v", "spiking"];
        let mut problems = Vec::new();
        for (q, _) in &d.rates {
            if !known.contains(&&*kind.quantity(*q).name) {
                let what = "a cell with segments that has equations of its own";
                problems.push(scope.problem_of(*q, what));
            }
        }
        if !d.regimes.is_empty() || !d.on_event.is_empty() {
            let what = "a cell with segments that has regimes or takes events";
            problems.push(scope.problem(NodeId::ROOT, what));
        }
        problems
    }

    fn density(&mut self, id: KindId, node: NodeId) -> Result<OnMembrane, Problem> {
        let kind = self.world.flat.kind(id);
        let it = kind.node(node);
        let scope = Scope::new(self.world, id, node, MEMBRANE);
        let Some(shape) = &kind.shape else {
            return Err(scope.problem(node, "a density without a shape"));
        };
        if shape.density(it.component).is_none() {
            return Err(scope.problem(node, "a density without a value"));
        }
        let exposed = kind.exposures.iter().find(|e| e.node == node && e.name == "iDensity");
        let current = match exposed.and_then(|e| e.quantity).map(|q| scope.quantity(q)) {
            Some(Ok(Symbol::Own(q))) => q,
            Some(Err(problem)) => return Err(problem),
            _ => return Err(scope.problem(node, format!("a density of type `{}`", it.ty))),
        };
        let ion = self.ion_of(id, node);
        let density = kind.quantities.iter().find(|q| {
            q.node == node && DENSITIES.contains(&&*q.name) && matches!(q.role, Role::Parameter(_))
        });
        let Some(density) = density.map(|q| q.name.clone()) else {
            return Err(scope.problem(node, format!("a density of type `{}`", it.ty)));
        };
        let build = Build {
            kind: id,
            root: node,
            carries: Carries::Density(current, ion),
            density: Some(density),
            observed: self.observed_in(id, node, units_of(true))?,
            sends: Vec::new(),
        };
        self.on_membrane(build, it.component, false)
    }

    /// The ion whose current counts for a concentration.
    fn ion_of(&self, id: KindId, node: NodeId) -> Option<&'static str> {
        let kind = self.world.flat.kind(id);
        // The standard tells currents apart by the ion written at the density.
        let ion = kind.node(node).text("ion")?;
        let pools = kind.nodes.iter().filter(|n| n.is_a("species"));
        let mut ions = pools.map(|n| n.text("ion").or(n.text("id")).unwrap_or_default());
        ions.any(|known| known == ion).then(|| known_ion(ion)).flatten()
    }

    fn pool(&mut self, id: KindId, node: NodeId) -> Result<OnMembrane, Problem> {
        let kind = self.world.flat.kind(id);
        let it = kind.node(node);
        let scope = Scope::new(self.world, id, node, MEMBRANE);
        let ion = it.text("ion").or(it.text("id")).unwrap_or_default();
        let Some(ion) = known_ion(ion) else {
            let what = format!("a species of the ion `{ion}`; only `ca` and `ca2` change");
            return Err(scope.problem(node, what));
        };
        let shown = |name: &str| {
            let e = kind.exposures.iter().find(|e| e.node == node && e.name == name);
            match e.and_then(|e| e.quantity).map(|q| scope.quantity(q)) {
                Some(Ok(Symbol::Own(q))) => Ok(Some(q)),
                Some(Err(problem)) => Err(problem),
                _ => Ok(None),
            }
        };
        let (inside, outside) = (shown("concentration")?, shown("extConcentration")?);
        let Some(inside) = inside else {
            return Err(scope.problem(node, "a species without a concentration"));
        };
        let moves = |q: &QuantityId| {
            let dynamics = &kind.node(kind.quantity(*q).node).dynamics;
            let handlers = dynamics.on_condition.iter().map(|(_, actions)| actions);
            let handlers = handlers.chain(dynamics.on_event.iter().map(|(_, actions)| actions));
            let set = |action: &Action| matches!(action, Action::Assign(known, _) if known == q);
            dynamics.rates.iter().any(|(known, _)| known == q) || handlers.flatten().any(set)
        };
        if outside.is_some_and(|q| moves(&q)) {
            return Err(scope.problem(node, "a concentration outside that changes"));
        }
        let build = Build {
            kind: id,
            root: node,
            carries: Carries::Concentration(ion, inside),
            density: None,
            observed: self.observed_in(id, node, units_of(true))?,
            sends: Vec::new(),
        };
        self.on_membrane(build, it.component, true)
    }

    fn on_membrane(
        &mut self,
        build: Build,
        component: ComponentRef,
        pool: bool,
    ) -> Result<OnMembrane, Problem> {
        let (id, node) = (build.kind, build.root);
        let kind = self.world.flat.kind(id);
        let built = Lowering::run(self.world, build)?;
        if built.mechanism.receive.is_some() {
            let scope = Scope::new(self.world, id, node, MEMBRANE);
            let what = "conditions and events in what covers a membrane";
            return Err(scope.problem(node, what));
        }
        if built.random.is_some() {
            let scope = Scope::new(self.world, id, node, MEMBRANE);
            return Err(scope.problem(node, "random numbers in what covers a membrane"));
        }
        let title = title(kind, node);
        // A pool is called as its model: the name of its ion is taken.
        let model = kind.node(node).children().map(|n| &kind.node(n).name).next();
        let wish = model.filter(|_| pool).unwrap_or(&kind.node(node).name);
        let name = self.file(wish, &title, &built.mechanism);
        Ok(OnMembrane { node, component, name, built, pool })
    }

    /// Adds a file, unless the same mechanism is there already; answers its name.
    fn file(&mut self, wish: &str, title: &[String], mechanism: &Mechanism) -> String {
        let mut mechanism = mechanism.clone();
        mechanism.name = String::new();
        mechanism.head.clear();
        let key = format!("{wish}\n{}", mechanism.print());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let name = self.namer.give(wish);
        mechanism.name.clone_from(&name);
        let origin = self.job.origin;
        mechanism.head = vec![format!(
            "Written by nml {} from {}; run `python run.py` in the folder above.",
            origin.version, origin.file
        )];
        mechanism.head.extend(title.iter().cloned());
        self.known.insert(key, name.clone());
        self.files.push(File { name: name.clone(), text: mechanism.print(), mechanism });
        name
    }
}

impl Plan<'_> {
    /// A number of the cell's own, in SI.
    pub fn constant(&self, kind: KindId, name: &str) -> Option<f64> {
        let all = &self.world.flat.kind(kind).quantities;
        let at = all.iter().position(|q| q.node == NodeId::ROOT && q.name == name)?;
        constant_of(&self.world, kind, QuantityId(u32::try_from(at).ok()?))
    }

    /// The area of a cell of one segment and one compartment in its own equations, in µm²: the standard's π has
    /// nine digits, and simulators keep coordinates in 32 bits.
    pub fn only_area(&self, id: KindId) -> Option<f64> {
        let kind = self.world.flat.kind(id);
        let shape = kind.shape.as_deref()?;
        let [section] = shape.sections.all() else { return None };
        let alone = shape.compartments.n_compartments() == 1;
        let alone = alone && shape.sections.points(section).len() == 2;
        let segment = kind.node_ids().find(|node| kind.node(*node).is_a("segment"))?;
        let at = kind.quantities.iter().position(|q| q.node == segment && q.name == "surfaceArea");
        let q = QuantityId(u32::try_from(at.filter(|_| alone)?).ok()?);
        let area = constant_of(&self.world, id, q).filter(|area| *area > 0.0)?;
        // What a person reads as round is: sixteen digits are more than the product has.
        format!("{:.14e}", moved(area, 12)).parse().ok()
    }

    /// Kinds whose instances exist in the program.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Thing)> {
        let all = self.world.flat.kind_ids().zip(&self.things);
        all.filter(|(_, thing)| !matches!(thing, Thing::Nothing))
    }

    /// Instances that nothing stands for are no target of wires.
    pub fn silent(&self) -> FxHashSet<KindId> {
        let all = self.world.flat.kind_ids().zip(&self.things);
        all.filter(|(_, thing)| matches!(thing, Thing::Nothing)).map(|(id, _)| id).collect()
    }
}
