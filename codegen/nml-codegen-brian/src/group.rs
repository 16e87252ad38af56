//! A kind as the equations of a group.

use indexmap::{IndexMap, IndexSet};
use nml_base::Span;
use nml_flat::{Formula, Hop, Kind, KindId, NodeId, QuantityId, Reduce, Role, Selection, Value};
use nml_units::Dimension;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::expression::From;
use crate::handlers::{Assignment, Condition};
use crate::names::Names;
use crate::resolve::{Problem, Shown, Symbol, World, shown, uniform};
use crate::units;

/// A line of equations.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Equation {
    /// `dx/dt = …`
    Rate(String, String, Dimension),
    /// `x = …`
    Computed(String, String, Dimension),
    /// A number per instance: may change, or stays.
    Held(String, Dimension),
    /// A number per instance that stays.
    Given(String, Dimension),
    /// A whole number per instance: which regime is active.
    Regime(String),
}

impl Equation {
    /// As Brian reads it; in synapses, rates say that they are integrated by the clock.
    pub(crate) fn print(&self, synapse: bool) -> String {
        match self {
            Self::Rate(name, text, dimension) => {
                // Brian wants the unit of the variable.
                let flag = if synapse { " (clock-driven)" } else { "" };
                format!("d{name}/dt = {text} : {}{flag}", units::unit(*dimension))
            }
            Self::Computed(name, text, dimension) => {
                format!("{name} = {text} : {}", units::unit(*dimension))
            }
            Self::Held(name, dimension) => format!("{name} : {}", units::unit(*dimension)),
            Self::Given(name, dimension) => {
                format!("{name} : {} (constant)", units::unit(*dimension))
            }
            Self::Regime(name) => format!("{name} : integer"),
        }
    }
}

/// A Markov scheme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Markov {
    pub(crate) states: Vec<String>,
    /// By transition: the places of its ends, the rate there and the rate back.
    pub(crate) edges: Vec<(u32, u32, String, String)>,
}

/// A kind in the making.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) world: World<'a>,
    pub(crate) id: KindId,
    pub(crate) names: Names,
    /// Whether it is attached to cells.
    pub(crate) attached: bool,
    /// By name: the value in SI, and the dimension.
    pub(crate) constants: IndexMap<String, (f64, Dimension), FxBuildHasher>,
    /// Parameters of others, by the name here.
    foreign: FxHashMap<(KindId, QuantityId), String>,
    /// Quantities of others that are read: the way there, and what.
    pub(crate) seen: Vec<(Vec<Hop>, KindId, QuantityId)>,
    /// Names of quantities of others, by kind.
    pub(crate) others: &'a FxHashMap<KindId, FxHashMap<QuantityId, String>>,
    /// By node: the variable that says which regime is active.
    pub(crate) regimes: FxHashMap<NodeId, String>,
    /// What is read and still to be written.
    open: Vec<QuantityId>,
    /// By computed quantity: what it reads.
    pub(crate) reads: FxHashMap<QuantityId, Vec<QuantityId>>,
    wanted: FxHashSet<QuantityId>,
    /// Written equations by quantity.
    pub(crate) equations: IndexMap<QuantityId, Equation, FxBuildHasher>,
    pub(crate) conditions: Vec<Condition>,
    /// By port: what an event does.
    pub(crate) ports: Vec<Vec<Assignment>>,
    /// Values at the start, in order.
    pub(crate) starts: Vec<Assignment>,
    pub(crate) schemes: Vec<Markov>,
    /// Columns of numbers per instance.
    pub(crate) columns: Vec<QuantityId>,
    pub(crate) linear: bool,
    /// Ports whose events are recorded.
    pub(crate) heard: Vec<(NodeId, u32)>,
    pub(crate) random: Option<Span>,
}

/// The rates of a state: always, and by regime of its node.
#[derive(Debug, Default)]
pub(crate) struct Rates<'a> {
    pub(crate) always: Vec<&'a Formula>,
    pub(crate) regimes: Vec<(u32, &'a Formula)>,
}

impl<'a> Group<'a> {
    pub(crate) fn new(
        world: World<'a>,
        id: KindId,
        attached: bool,
        names: Names,
        others: &'a FxHashMap<KindId, FxHashMap<QuantityId, String>>,
    ) -> Self {
        Self {
            world,
            id,
            names,
            attached,
            constants: IndexMap::default(),
            foreign: FxHashMap::default(),
            seen: Vec::new(),
            others,
            regimes: FxHashMap::default(),
            open: Vec::new(),
            reads: FxHashMap::default(),
            wanted: FxHashSet::default(),
            equations: IndexMap::default(),
            conditions: Vec::new(),
            ports: Vec::new(),
            starts: Vec::new(),
            schemes: Vec::new(),
            columns: Vec::new(),
            linear: true,
            heard: Vec::new(),
            random: None,
        }
    }

    pub(crate) fn kind(&self) -> &'a Kind {
        self.world.flat.kind(self.id)
    }

    fn node_ids(&self) -> Vec<NodeId> {
        self.kind().node_ids().collect()
    }

    pub(crate) fn dimension(&self, q: QuantityId) -> Dimension {
        self.world.dimension(self.id, q)
    }

    /// Writes everything; `roots` are what others read of it, or what is recorded.
    pub(crate) fn lower(&mut self, roots: &[QuantityId]) -> Result<(), Problem> {
        let nodes = self.node_ids();
        for &node in &nodes {
            if !self.kind().node(node).dynamics.regimes.is_empty() {
                let inner = &self.kind().node(node).name;
                let own = node == NodeId::ROOT;
                let wish = if own { "regime".to_owned() } else { format!("{inner}_regime") };
                let name = self.names.give(&wish);
                self.regimes.insert(node, name);
            }
        }
        let rates = self.rates();
        for &q in roots {
            self.want(q);
        }
        let mut moving: Vec<QuantityId> = rates.keys().copied().collect();
        moving.sort_unstable();
        for q in moving {
            self.want(q);
        }
        self.handlers()?;
        self.define(&rates)?;
        self.markov()?;
        self.define(&rates)?;
        self.begin()?;
        self.define(&rates)?;
        self.circles()?;
        self.linear = self.is_linear(&rates)?;
        Ok(())
    }

    /// All rates that are not 0, by state.
    pub(crate) fn rates(&self) -> FxHashMap<QuantityId, Rates<'a>> {
        let mut made: FxHashMap<QuantityId, Rates<'a>> = FxHashMap::default();
        let still = |formula: &Formula| formula.expr.as_number() == Some(0.0);
        for node in &self.kind().nodes {
            for (q, formula) in node.dynamics.rates.iter().filter(|(_, f)| !still(f)) {
                made.entry(*q).or_default().always.push(formula);
            }
            for (at, regime) in (0..).zip(&node.dynamics.regimes) {
                for (q, formula) in regime.rates.iter().filter(|(_, f)| !still(f)) {
                    made.entry(*q).or_default().regimes.push((at, formula));
                }
            }
        }
        made
    }

    /// Notes that a quantity is read.
    pub(crate) fn want(&mut self, q: QuantityId) {
        if self.wanted.insert(q) {
            self.open.push(q);
        }
    }

    /// What stands for a symbol.
    pub(crate) fn symbol(&mut self, symbol: &Symbol, from: From) -> Result<String, Problem> {
        match symbol {
            Symbol::Time => Ok("t".to_owned()),
            Symbol::Number(x, dimension) if dimension.is_none() => Ok(number(*x)),
            Symbol::Number(x, dimension) => Ok(format!("({})", units::quantity(*x, *dimension))),
            Symbol::Own(q) => {
                self.want(*q);
                let name = self.names.get(*q).to_owned();
                if let Some(x) = uniform(&self.kind().quantity(*q).role) {
                    self.constants.insert(name.clone(), (x, self.dimension(*q)));
                    return Ok(name);
                }
                Ok(match from {
                    From::Own => name,
                    From::Synapse => format!("{name}_post"),
                })
            }
            Symbol::Constant(kind, q, x) => {
                if let Some(name) = self.foreign.get(&(*kind, *q)) {
                    return Ok(name.clone());
                }
                let name = self.names.give(&self.world.flat.kind(*kind).quantity(*q).name);
                self.constants.insert(name.clone(), (*x, self.world.dimension(*kind, *q)));
                self.foreign.insert((*kind, *q), name.clone());
                Ok(name)
            }
            Symbol::Other(hops, kind, q) => {
                let other = self.world.flat.kind(*kind);
                let name = self.others.get(kind).and_then(|names| names.get(q));
                let Some(name) = name.filter(|_| self.attached) else {
                    let whose = other.path(other.quantity(*q).node);
                    let what = format!("a reference to `{}` of `{whose}`", other.quantity(*q).name);
                    return Err(self.world.problem(self.id, NodeId::ROOT, what));
                };
                let side = if matches!(hops.as_slice(), [Hop::Parent]) { "post" } else { "pre" };
                let entry = (hops.clone(), *kind, *q);
                if !self.seen.contains(&entry) {
                    self.seen.push(entry);
                }
                Ok(format!("{name}_{side}"))
            }
        }
    }

    /// Writes the equations of all that is read.
    fn define(&mut self, rates: &FxHashMap<QuantityId, Rates<'a>>) -> Result<(), Problem> {
        while let Some(q) = self.open.pop() {
            let kind = self.kind();
            let quantity = kind.quantity(q);
            let dimension = self.dimension(q);
            let name = self.names.get(q).to_owned();
            let before = std::mem::take(&mut self.open);
            let equation = match &quantity.role {
                Role::Parameter(_) => None,
                Role::Property(_) if uniform(&quantity.role).is_some() => None,
                Role::Property(_) => {
                    self.columns.push(q);
                    Some(Equation::Given(name, dimension))
                }
                Role::State => match rates.get(&q) {
                    Some(rates) => {
                        let text = self.rate(q, rates, dimension)?;
                        Some(Equation::Rate(name, text, dimension))
                    }
                    None => Some(Equation::Held(name, dimension)),
                },
                Role::Derived => {
                    let text = self.derived(q, dimension)?;
                    Some(Equation::Computed(name, text, dimension))
                }
                Role::Requirement | Role::Selected => match self.world.quantity(self.id, q)? {
                    // A sum that stands for itself.
                    Symbol::Own(same) if same == q => {
                        let text = self.sum(q, dimension)?;
                        Some(Equation::Computed(name, text, dimension))
                    }
                    other => {
                        let text = self.symbol(&other, From::Own)?;
                        Some(Equation::Computed(name, text, dimension))
                    }
                },
            };
            // Whatever was asked for on the way was read by this one; some of it was known before.
            let asked = std::mem::replace(&mut self.open, before);
            self.open.extend(asked);
            if let Some(equation) = equation {
                self.equations.insert(q, equation);
            }
        }
        self.equations.sort_keys();
        Ok(())
    }

    /// Notes what a computed quantity reads, for the order of things.
    fn note(&mut self, q: QuantityId, formulas: &[&Formula]) -> Result<(), Problem> {
        for formula in formulas {
            if formula.expr.is_random() {
                let span = formula.span.unwrap_or(self.kind().span);
                let what = "random numbers outside of what events and conditions do".to_owned();
                return Err(Problem { span, what });
            }
            let own = self.own(formula)?;
            self.reads.entry(q).or_default().extend(own);
        }
        Ok(())
    }

    /// The quantities of the same instance that a formula reads.
    pub(crate) fn own(&self, formula: &Formula) -> Result<Vec<QuantityId>, Problem> {
        let symbols = self.world.symbols(self.id, formula)?;
        let own = symbols.into_iter().filter_map(|symbol| match symbol {
            Symbol::Own(q) => Some(q),
            _ => None,
        });
        Ok(own.collect())
    }

    fn rate(
        &mut self,
        q: QuantityId,
        rates: &Rates<'a>,
        dimension: Dimension,
    ) -> Result<String, Problem> {
        let Some(per_second) = dimension.div(Dimension::TIME) else {
            return Err(self.world.problem_of(self.id, q, "a rate of this dimension"));
        };
        let mut terms = Vec::new();
        let node = self.kind().quantity(q).node;
        for formula in &rates.always {
            self.still(formula)?;
            terms.push(self.formula(formula, per_second, From::Own)?);
        }
        for (at, formula) in &rates.regimes {
            self.still(formula)?;
            let text = self.formula(formula, per_second, From::Own)?;
            let regime = self.regimes.get(&node).cloned().unwrap_or_default();
            terms.push(format!("int({regime} == {at})*({text})"));
        }
        Ok(terms.join(" + "))
    }

    /// Refuses random numbers in what is evaluated continuously.
    fn still(&self, formula: &Formula) -> Result<(), Problem> {
        if !formula.expr.is_random() {
            return Ok(());
        }
        let span = formula.span.unwrap_or(self.kind().span);
        let what = "random numbers outside of what events and conditions do".to_owned();
        Err(Problem { span, what })
    }

    fn derived(&mut self, q: QuantityId, dimension: Dimension) -> Result<String, Problem> {
        let node = self.kind().quantity(q).node;
        let dynamics = &self.kind().node(node).dynamics;
        let always = dynamics.derived.iter().find(|(known, _)| *known == q);
        let mut text = match always {
            Some((_, value)) => Some(self.value(q, value, dimension)?),
            None => None,
        };
        for (at, regime) in (0..).zip(&dynamics.regimes) {
            let inner = regime.derived.iter().find(|(known, _)| *known == q);
            let Some((_, value)) = inner else { continue };
            let own: u32 = at;
            let value = self.value(q, value, dimension)?;
            let regime = self.regimes.get(&node).cloned().unwrap_or_default();
            let other = text.take().unwrap_or_else(|| zero(dimension));
            text = Some(format!("select({regime} == {own}, {value}, {other})"));
        }
        Ok(text.unwrap_or_else(|| zero(dimension)))
    }

    fn value(
        &mut self,
        q: QuantityId,
        value: &Value,
        dimension: Dimension,
    ) -> Result<String, Problem> {
        match value {
            Value::Formula(formula) => {
                self.note(q, &[formula])?;
                self.formula(formula, dimension, From::Own)
            }
            Value::Cases(cases) => {
                let mut text = zero(dimension);
                for (condition, formula) in cases.iter().rev() {
                    self.note(q, &[formula])?;
                    let value = self.formula(formula, dimension, From::Own)?;
                    text = match condition {
                        None => value,
                        Some(condition) => {
                            self.note(q, &[condition])?;
                            let test = self.formula(condition, Dimension::NONE, From::Own)?;
                            format!("select({test}, {value}, {text})")
                        }
                    };
                }
                Ok(text)
            }
        }
    }

    /// A sum or product of parts, and of what is attached.
    fn sum(&mut self, q: QuantityId, dimension: Dimension) -> Result<String, Problem> {
        let node = self.kind().quantity(q).node;
        let selected = &self.kind().node(node).dynamics.selected;
        let found = selected.iter().find(|(known, _)| *known == q);
        let Some((_, Selection::Reduce { op, inside, members })) = found else {
            return Ok(zero(dimension));
        };
        let mut terms = Vec::new();
        for &seen in inside {
            let symbol = match shown(self.kind(), seen) {
                Shown::Nothing => Symbol::Number(0.0, dimension),
                Shown::Time => Symbol::Time,
                Shown::Quantity(inner) => self.world.quantity(self.id, inner)?,
            };
            if let Symbol::Own(inner) = symbol {
                self.reads.entry(q).or_default().push(inner);
            }
            if matches!(symbol, Symbol::Number(0.0, _)) && *op == Reduce::Add {
                continue;
            }
            terms.push(self.symbol(&symbol, From::Own)?);
        }
        let populated = members.iter().any(|(kind, _)| self.world.flat.kind(*kind).count() > 0);
        if populated && *op == Reduce::Multiply {
            let what = "a product over what is attached";
            return Err(self.world.problem_of(self.id, q, what));
        }
        // What is attached adds its own variables later, see `Parts`.
        let between = if *op == Reduce::Add { " + " } else { "*" };
        Ok(terms.join(between))
    }

    fn markov(&mut self) -> Result<(), Problem> {
        let per_second = Dimension([0, 0, -1, 0, 0, 0, 0]);
        for node in self.node_ids() {
            for scheme in &self.kind().node(node).dynamics.schemes {
                if !scheme.states.iter().any(|q| self.wanted.contains(q)) {
                    continue;
                }
                let states: Vec<String> =
                    scheme.states.iter().map(|q| self.names.get(*q).to_owned()).collect();
                let mut terms: Vec<String> = vec![String::new(); states.len()];
                let mut edges = Vec::new();
                for edge in &scheme.edges {
                    let mut rates = Vec::new();
                    for seen in [edge.forward, edge.reverse] {
                        let symbol = self.world.seen(self.id, seen)?;
                        let symbol = match symbol {
                            Symbol::Number(x, _) => Symbol::Number(x, per_second),
                            other => other,
                        };
                        rates.push(self.symbol(&symbol, From::Own)?);
                    }
                    let (a, b) = (edge.source as usize, edge.target as usize);
                    let (forward, reverse) = (&rates[0], &rates[1]);
                    let there = format!("{forward}*{}", states[a]);
                    let back = format!("{reverse}*{}", states[b]);
                    terms[a].extend([" - ", &there, " + ", &back]);
                    terms[b].extend([" + ", &there, " - ", &back]);
                    edges.push((edge.source, edge.target, rates[0].clone(), rates[1].clone()));
                }
                for ((q, name), text) in scheme.states.iter().zip(&states).zip(terms) {
                    self.wanted.insert(*q);
                    let text = text.trim_start_matches(" + ").trim_start().to_owned();
                    let text = if text.is_empty() { zero(per_second) } else { text };
                    let equation = Equation::Rate(name.clone(), text, Dimension::NONE);
                    self.equations.insert(*q, equation);
                }
                self.schemes.push(Markov { states, edges });
            }
        }
        Ok(())
    }

    /// Refuses computed quantities that are made of one another.
    fn circles(&self) -> Result<(), Problem> {
        let mut marks: FxHashMap<QuantityId, bool> = FxHashMap::default();
        let mut roots: Vec<QuantityId> = self.reads.keys().copied().collect();
        roots.sort_unstable();
        for root in roots {
            let mut stack = vec![(root, false)];
            while let Some((q, leaving)) = stack.pop() {
                if leaving {
                    marks.insert(q, true);
                    continue;
                }
                match marks.get(&q) {
                    Some(true) => continue,
                    Some(false) => {
                        let name = &self.kind().quantity(q).name;
                        let what = format!("`{name}`, which is made of itself");
                        return Err(self.world.problem_of(self.id, q, what));
                    }
                    None => {}
                }
                marks.insert(q, false);
                stack.push((q, true));
                let parts: IndexSet<QuantityId, FxBuildHasher> =
                    self.reads.get(&q).into_iter().flatten().copied().collect();
                let fresh = parts.into_iter().filter(|p| marks.get(p) != Some(&true));
                stack.extend(fresh.map(|part| (part, false)));
            }
        }
        Ok(())
    }
}

/// 0 with a unit.
pub(crate) fn zero(dimension: Dimension) -> String {
    if dimension.is_none() { "0".to_owned() } else { format!("0*{}", units::unit(dimension)) }
}

/// A literal inside of an expression.
fn number(x: f64) -> String {
    let text = nml_codegen::python::number(x);
    if x < 0.0 { format!("({text})") } else { text }
}
