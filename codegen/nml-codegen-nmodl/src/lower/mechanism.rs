//! One mechanism in the making.

use indexmap::{IndexMap, IndexSet};
use nml_codegen::Namer;
use nml_expr::Expr;
use nml_flat::{KindId, NodeId, QuantityId, Role, Streams};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::coefficient::Capacity;
use super::definition::Definitions;
use super::order;
use super::random::Random;
use super::scope::{Outer, Peer, Problem, Scope, World};
use crate::nmodl::{Assigned, Draw, Mechanism, Stmt, UseIon};
use crate::reserved;
use crate::units::{MEMBRANE, POINT};

/// What a mechanism does to the compartment it is in.
#[derive(Clone, Debug, PartialEq)]
pub enum Carries {
    /// A density of current, a quantity in A/m² into the cell, of an ion where one is told.
    Density(QuantityId, Option<&'static str>),
    /// A concentration inside of an ion.
    Concentration(&'static str, QuantityId),
    /// All of a cell but what is attached to it.
    Membrane,
    /// A current into the cell: a quantity, and the factor to nA of its number in the units of points.
    Current(QuantityId, f64),
    /// Nothing.
    Nothing,
}

/// What is to be made a mechanism.
#[derive(Clone, Debug)]
pub struct Build {
    /// The kind that it is part of.
    pub kind: KindId,
    /// Where the part begins.
    pub root: NodeId,
    /// What it gives to its surroundings.
    pub carries: Carries,
    /// A parameter whose value differs between compartments.
    pub density: Option<String>,
    /// What is recorded.
    pub observed: Vec<QuantityId>,
    /// Ports whose events somebody outside hears.
    pub sends: Vec<(NodeId, u32)>,
}

/// A number per instance that the network sets.
#[derive(Clone, Debug, PartialEq)]
pub enum Supplied {
    /// A property of the instance.
    Own(QuantityId),
    /// Something of what is around it.
    Given(Outer),
    /// Another cell's potential, transferred in each step.
    Peer(Peer),
    /// By compartment.
    Density(QuantityId),
    /// The number of the component, in the units of the mechanism.
    Fixed(f64),
    /// The number by which random numbers know it.
    Number,
}

/// A mechanism, and what the network has to know about it.
#[derive(Clone, Debug)]
pub struct Built {
    /// The mechanism, not yet named.
    pub mechanism: Mechanism,
    /// How quantities are called outside, with the power of ten of their unit.
    pub shown: FxHashMap<QuantityId, (String, i32)>,
    /// Range parameters, with the power of ten of their unit.
    pub supplied: Vec<(String, Supplied, i32)>,
    /// Of a cell: its capacitance in nF.
    pub capacitance_nf: Option<f64>,
    /// Of a cell: by sum of attached currents, the factor to nA.
    pub factors: Vec<(QuantityId, f64)>,
    /// Whether the mechanism has ports that tell events apart.
    pub ports: usize,
    /// Whether it draws random numbers, and from which streams.
    pub random: Option<Random>,
}

/// The work in progress.
#[derive(Debug)]
pub struct Lowering<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) all: Definitions<'a>,
    pub(super) build: Build,
    pub(super) namer: Namer,
    pub(super) names: FxHashMap<QuantityId, String>,
    pub(super) mechanism: Mechanism,
    /// Sums that the simulator makes.
    pub(super) summed: Vec<QuantityId>,
    pub(super) area_used: bool,
    /// Fixed numbers used, in the order of first use.
    pub(super) parameters: IndexSet<QuantityId, FxBuildHasher>,
    pub(super) states: IndexSet<QuantityId, FxBuildHasher>,
    pub(super) from_outside: IndexMap<Outer, String, FxBuildHasher>,
    /// Computed quantities that are kept, not local to a block.
    pub(super) kept: IndexSet<QuantityId, FxBuildHasher>,
    pub(super) extra: Vec<Assigned>,
    pub(super) ions: Vec<UseIon>,
    pub(super) capacity: Capacity,
    pub(super) integrated: FxHashSet<QuantityId>,
    /// The variable of each node with regimes that are used.
    pub(super) regimes: Vec<(NodeId, String)>,
    /// Rates of the states of schemes, where they are integrated together with others.
    pub(super) flows: Vec<(String, Expr)>,
    /// Variables of handlers that look whether a threshold has been crossed.
    pub(super) looks: Option<(String, String)>,
    /// Variables local to handlers.
    pub(super) handler_locals: Vec<String>,
    /// The variable for the potential that is held.
    pub(super) holds_at: Option<String>,
    /// Whether the current of the membrane is being written, to which the simulator adds what is attached.
    pub(super) in_membrane: bool,
    /// What turns conditions on and off, after every event: a variable, and the statement that sets it.
    pub(super) switches: Vec<(String, Stmt)>,
    /// What is scheduled at the start.
    pub(super) at_start: Vec<Stmt>,
    /// The streams of random numbers of the kind, and those that are used.
    pub(super) streams: Streams,
    pub(super) draws: Vec<Draw>,
    /// Whether what is written happens at once: each random number is then the next one.
    pub(super) handling: bool,
}

impl<'a> Lowering<'a> {
    /// Makes a mechanism.
    pub fn run(world: &'a World<'a>, build: Build) -> Result<Built, Problem> {
        let membrane = matches!(build.carries, Carries::Density(..) | Carries::Concentration(..));
        let units = if membrane { MEMBRANE } else { POINT };
        let scope = Scope::new(world, build.kind, build.root, units);
        let capacity = match build.carries {
            Carries::Membrane => Capacity::of(&scope)?,
            _ => Capacity::default(),
        };
        let summed: Vec<QuantityId> = capacity.factors.iter().map(|(q, _)| *q).collect();
        let all = Definitions::of(&scope, &summed)?;
        let mut made = Self {
            scope,
            all,
            namer: Namer::new(reserved::VARIABLES.iter().copied()).at_most(48),
            names: FxHashMap::default(),
            mechanism: Mechanism { point: !membrane, ..Mechanism::default() },
            summed,
            area_used: false,
            parameters: IndexSet::default(),
            states: IndexSet::default(),
            from_outside: IndexMap::default(),
            kept: IndexSet::default(),
            extra: Vec::new(),
            ions: Vec::new(),
            capacity,
            integrated: FxHashSet::default(),
            regimes: Vec::new(),
            flows: Vec::new(),
            looks: None,
            handler_locals: Vec::new(),
            holds_at: None,
            in_membrane: false,
            switches: Vec::new(),
            at_start: Vec::new(),
            streams: Streams::of(world.flat.kind(build.kind)),
            draws: Vec::new(),
            handling: false,
            build,
        };
        made.compose()?;
        Ok(made.finish())
    }

    fn compose(&mut self) -> Result<(), Problem> {
        let observed = self.build.observed.clone();
        for q in observed {
            if self.all.computed.contains_key(&q) {
                self.kept.insert(q);
            }
        }
        self.held_are_kept();
        self.integrate()?;
        self.current()?;
        self.events()?;
        self.observe()?;
        self.start()
    }

    /// What keeps its value from step to step is no local variable.
    fn held_are_kept(&mut self) {
        use super::definition::Definition;
        let held =
            |(q, d): (&QuantityId, &Definition<'_>)| matches!(d, Definition::Held(_)).then_some(*q);
        let mut all: Vec<QuantityId> = self.all.computed.iter().filter_map(held).collect();
        all.sort_unstable();
        self.kept.extend(all);
    }

    /// The name of a quantity; it is declared by being used.
    pub(super) fn name(&mut self, q: QuantityId) -> Result<String, Problem> {
        let quantity = self.scope.kind.quantity(q);
        match &quantity.role {
            // Of a density that varies along the cell, compartments have the number.
            Role::Parameter(x) if !x.is_finite() && !self.by_place(q) => {
                let what = format!("`{}`, which has no value", quantity.name);
                return Err(self.scope.problem_of(q, what));
            }
            Role::Parameter(_) | Role::Property(_) => {
                self.parameters.insert(q);
            }
            Role::State if !self.all.computed.contains_key(&q) => {
                self.states.insert(q);
            }
            Role::State | Role::Derived | Role::Requirement | Role::Selected => {}
        }
        if let Some(known) = self.names.get(&q) {
            return Ok(known.clone());
        }
        let name = self.namer.give(&self.wish(q));
        self.names.insert(q, name.clone());
        Ok(name)
    }

    /// Whether it is the parameter whose value differs between compartments.
    pub(super) fn by_place(&self, q: QuantityId) -> bool {
        let quantity = self.scope.kind.quantity(q);
        quantity.node == self.scope.root && self.build.density.as_ref() == Some(&quantity.name)
    }

    /// The name of a quantity that has been used.
    pub(super) fn known_name(&self, q: QuantityId) -> Option<String> {
        self.names.get(&q).cloned()
    }

    /// All names given.
    pub(super) fn known_names(&self) -> impl Iterator<Item = (QuantityId, &String)> {
        self.names.iter().map(|(q, name)| (*q, name))
    }

    /// Gives a quantity a certain name.
    pub(super) fn call_it(&mut self, q: QuantityId, name: &str) {
        self.names.insert(q, name.to_owned());
    }

    /// The states used, in the order of first use.
    pub(super) fn declared_states(&self) -> Vec<QuantityId> {
        self.states.iter().copied().collect()
    }

    /// What a quantity would like to be called: as it is at the root, else with the way there.
    fn wish(&self, q: QuantityId) -> String {
        let quantity = self.scope.kind.quantity(q);
        let mut parts = vec![quantity.name.as_str()];
        let mut at = quantity.node;
        while at != self.scope.root {
            let node = self.scope.kind.node(at);
            let Some(parent) = node.parent else { break };
            // The channel of a density is the mechanism itself.
            if !node.is_a("baseIonChannel") && node.slot != "membraneProperties" {
                parts.push(node.name.as_str());
            }
            at = parent;
        }
        parts.reverse();
        parts.join("_")
    }

    /// The name of a number that comes from outside.
    pub(super) fn range_from(&mut self, outer: &Outer) -> String {
        if let Some(known) = self.from_outside.get(outer) {
            return known.clone();
        }
        let wish = match outer {
            Outer::Given(_, kind, q) => self.scope.world.flat.kind(*kind).quantity(*q).name.clone(),
            _ => "vpeer".to_owned(),
        };
        let name = self.namer.give(&wish);
        self.from_outside.insert(outer.clone(), name.clone());
        name
    }

    fn ion(&mut self, ion: &str) -> &mut UseIon {
        let at = self.ions.iter().position(|known| known.name == ion);
        let at = at.unwrap_or_else(|| {
            let (reads, writes) = (Vec::new(), Vec::new());
            self.ions.push(UseIon { name: ion.to_owned(), reads, writes, valence: 2 });
            self.ions.len() - 1
        });
        &mut self.ions[at]
    }

    /// A variable of an ion that is read.
    pub(super) fn reads(&mut self, ion: &str, variable: String) -> String {
        let known = self.ion(ion);
        if !known.reads.contains(&variable) && !known.writes.contains(&variable) {
            known.reads.push(variable.clone());
        }
        variable
    }

    /// A variable of an ion that is written.
    pub(super) fn writes(&mut self, ion: &str, variable: &str) {
        let known = self.ion(ion);
        known.reads.retain(|read| read != variable);
        known.writes.push(variable.to_owned());
    }

    /// The statements that compute quantities and all they are made of; answers what is local as well.
    pub(super) fn compute(
        &mut self,
        roots: impl IntoIterator<Item = QuantityId>,
    ) -> Result<(Vec<Stmt>, Vec<String>), Problem> {
        let order = order::sorted(&self.scope, &self.all, roots)?;
        let (mut body, mut locals) = (Vec::new(), Vec::new());
        for q in order {
            if self.summed.contains(&q) {
                continue;
            }
            body.extend(self.assign(q)?);
            if !self.kept.contains(&q) {
                locals.push(self.name(q)?);
            }
        }
        Ok((body, locals))
    }

    /// The current that leaves or enters the cell, in BREAKPOINT.
    fn current(&mut self) -> Result<(), Problem> {
        match self.build.carries.clone() {
            Carries::Density(q, ion) => {
                let (body, locals) = self.compute([q])?;
                let name = self.name(q)?;
                let wish = ion.map_or("i".to_owned(), |ion| format!("i{ion}"));
                let current = match ion {
                    Some(ion) => {
                        self.writes(ion, &wish);
                        wish
                    }
                    None => self.namer.give(&wish),
                };
                if ion.is_none() {
                    self.mechanism.nonspecific = Some(current.clone());
                    self.mechanism.range.push(current.clone());
                }
                self.current_is(&current, "mA/cm2", body, locals, negative(&Expr::variable(&name)));
            }
            Carries::Current(q, factor) => {
                let (body, locals) = self.compute([q])?;
                let name = self.name(q)?;
                let current = self.namer.give("i_out");
                self.mechanism.nonspecific = Some(current.clone());
                let mut value = negative(&Expr::variable(&name));
                if factor != 1.0
                    && let (Some(f), Ok(text)) = (Expr::number(factor), "f * x".parse::<Expr>())
                {
                    let put = |n: &str| Some(if n == "f" { f.clone() } else { value.clone() });
                    value = text.substitute(put).unwrap_or(value.clone());
                }
                self.current_is(&current, "nA", body, locals, value);
            }
            Carries::Membrane => {
                self.in_membrane = true;
                self.membrane()?;
                self.in_membrane = false;
            }
            Carries::Concentration(_, q) if self.all.computed.contains_key(&q) => {
                let (body, locals) = self.compute([q])?;
                self.mechanism.breakpoint = body;
                self.mechanism.breakpoint_locals = locals;
            }
            Carries::Concentration(..) | Carries::Nothing => {}
        }
        Ok(())
    }

    pub(super) fn current_is(
        &mut self,
        name: &str,
        unit: &'static str,
        body: Vec<Stmt>,
        locals: Vec<String>,
        value: Expr,
    ) {
        self.extra.push(Assigned { name: name.to_owned(), unit: Some(unit) });
        self.mechanism.breakpoint_locals = locals;
        self.mechanism.breakpoint = body;
        self.mechanism.breakpoint.push(Stmt::Assign(name.to_owned(), value));
    }

    /// What is recorded is computed anew after each step.
    fn observe(&mut self) -> Result<(), Problem> {
        let observed = self.build.observed.clone();
        let computed: Vec<QuantityId> = observed
            .iter()
            .copied()
            .filter(|q| self.all.computed.contains_key(q) && !self.summed.contains(q))
            .collect();
        for q in observed {
            if self.summed.contains(&q) {
                let what = "a recording of a sum over what is attached";
                return Err(self.scope.problem_of(q, what));
            }
            self.name(q)?;
        }
        if computed.is_empty() {
            return Ok(());
        }
        let (body, locals) = self.compute(computed)?;
        let name = self.namer.give("observe");
        self.mechanism.after_solve.push(Stmt::Call(name.clone()));
        self.mechanism.procedures.push(crate::nmodl::Procedure { name, locals, body });
        Ok(())
    }
}

/// The negative of an expression.
pub(super) fn negative(expr: &Expr) -> Expr {
    let mut b = nml_expr::Builder::new();
    let x = b.import(expr);
    let root = b.neg(x);
    b.finish(root).unwrap_or_else(|_| expr.clone())
}
