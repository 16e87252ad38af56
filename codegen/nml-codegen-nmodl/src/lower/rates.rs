//! States that change by rates, and the methods that advance them.

use nml_expr::Expr;
use nml_flat::{NodeId, QuantityId};
use nml_units::Dimension;

use super::definition::Rates;
use super::mechanism::{Carries, Lowering};
use super::order;
use super::scope::{Problem, Symbol};
use crate::nmodl::{Derivative, Kinetic, Procedure, Reaction, Solve, Stmt};

/// A rate in the making.
struct Rate {
    state: String,
    value: Expr,
    linear: bool,
}

impl<'a> Lowering<'a> {
    /// What a step does with states.
    pub(super) fn integrate(&mut self) -> Result<(), Problem> {
        self.concentration()?;
        let needed = self.needed()?;
        let has_rates = self.markov(&needed)?;
        let moving_too =
            self.all.rates.keys().any(|q| self.scope.v != Some(*q) && needed.contains(q));
        self.one_block(moving_too);
        let mut moving: Vec<QuantityId> = self.all.rates.keys().copied().collect();
        moving.sort_unstable();
        moving.retain(|q| self.scope.v != Some(*q) && needed.contains(q));
        let mut roots: Vec<QuantityId> = has_rates;
        let mut rates = Vec::new();
        for q in moving {
            self.integrated.insert(q);
            let rate = self.rate(q, &mut roots)?;
            rates.push(rate);
        }
        if roots.is_empty() && rates.is_empty() && self.mechanism.kinetics.is_empty() {
            return Ok(());
        }
        let flows = std::mem::take(&mut self.flows);
        let linear = flows.is_empty() && rates.iter().all(|rate| rate.linear);
        let mut before = Vec::new();
        let direct: Vec<QuantityId> = roots;
        let order = order::sorted(&self.scope, &self.all, direct.iter().copied())?;
        if !order.is_empty() {
            // What the rates read themselves is kept, what lies between is local.
            self.kept.extend(direct.iter().copied().filter(|q| order.contains(q)));
            let (body, locals) = self.compute(direct)?;
            let name = self.namer.give("rates");
            before.push(Stmt::Call(name.clone()));
            self.mechanism.procedures.push(Procedure { name, locals, body });
        }
        for kinetic in &mut self.mechanism.kinetics {
            kinetic.before.clone_from(&before);
        }
        if !rates.is_empty() {
            let name = self.namer.give("states");
            let method = if linear { "cnexp" } else { "derivimplicit" };
            self.mechanism.solves.push(Solve { block: name.clone(), method });
            let rates = rates.into_iter().map(|r| (r.state, r.value)).chain(flows).collect();
            self.mechanism.derivative = Some(Derivative { name, before, rates });
        }
        Ok(())
    }

    /// Gives the concentration of a pool the name by which the simulator knows it.
    fn concentration(&mut self) -> Result<(), Problem> {
        let Carries::Concentration(ion, q) = self.build.carries.clone() else { return Ok(()) };
        let name = format!("{ion}i");
        if self.all.computed.contains_key(&q) {
            // It follows from other things, as that of a clamp does from time.
            self.kept.insert(q);
        }
        self.call_it(q, &name);
        self.writes(ion, &name);
        self.name(q)?;
        Ok(())
    }

    /// The states that what is carried, sent or recorded depends on.
    fn needed(&self) -> Result<Vec<QuantityId>, Problem> {
        let mut open: Vec<QuantityId> = self.build.observed.clone();
        match self.build.carries {
            Carries::Density(q, _) | Carries::Current(q, _) => open.push(q),
            Carries::Concentration(_, inside) => open.push(inside),
            Carries::Membrane => {
                let v = self.scope.v;
                let rates = v.and_then(|v| self.all.rates.get(&v));
                open.extend(self.parts_of_rates(rates)?);
            }
            Carries::Nothing => {}
        }
        // Whatever handlers and conditions read or set counts as well.
        for id in self.scope.nodes() {
            let d = &self.scope.kind.node(id).dynamics;
            let mut formulas = Vec::new();
            let regimes = d.regimes.iter();
            let conditions = regimes.clone().flat_map(|r| &r.on_condition).chain(&d.on_condition);
            for (condition, actions) in conditions {
                formulas.push(condition);
                formulas.extend(actions.iter().filter_map(value_of));
            }
            let events = regimes.clone().flat_map(|r| &r.on_event).chain(&d.on_event);
            for (_, actions) in events {
                formulas.extend(actions.iter().filter_map(value_of));
            }
            for actions in regimes.flat_map(|r| &r.on_entry) {
                formulas.extend(actions.iter().filter_map(value_of));
            }
            open.extend(order::own(&self.scope, formulas)?);
        }
        let mut found: Vec<QuantityId> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(q) = open.pop() {
            if !seen.insert(q) {
                continue;
            }
            if self.all.computed.contains_key(&q) {
                open.extend(order::parts(&self.scope, &self.all, q)?);
                continue;
            }
            found.push(q);
            open.extend(self.parts_of_rates(self.all.rates.get(&q))?);
            if let Some((node, scheme)) = self.scheme_of(q) {
                let scheme = &self.scope.kind.node(node).dynamics.schemes[scheme];
                open.extend(scheme.states.iter().copied());
                for edge in &scheme.edges {
                    for seen in [edge.forward, edge.reverse] {
                        if let Symbol::Own(q) = self.scope.seen(seen)? {
                            open.push(q);
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    fn parts_of_rates(&self, rates: Option<&Rates<'a>>) -> Result<Vec<QuantityId>, Problem> {
        let Some(rates) = rates else { return Ok(Vec::new()) };
        let formulas = rates.always.iter().copied().chain(rates.regimes.iter().map(|(_, f)| *f));
        order::own(&self.scope, formulas)
    }

    /// The scheme that a state belongs to.
    pub(super) fn scheme_of(&self, q: QuantityId) -> Option<(NodeId, usize)> {
        self.scope.nodes().find_map(|node| {
            let schemes = &self.scope.kind.node(node).dynamics.schemes;
            schemes.iter().position(|s| s.states.contains(&q)).map(|at| (node, at))
        })
    }

    /// Markov schemes that are needed; answers what their rates are made of.
    fn markov(&mut self, needed: &[QuantityId]) -> Result<Vec<QuantityId>, Problem> {
        let mut roots = Vec::new();
        let nodes: Vec<NodeId> = self.scope.nodes().collect();
        for id in nodes {
            for scheme in &self.scope.kind.node(id).dynamics.schemes {
                if !scheme.states.iter().any(|q| needed.contains(q)) {
                    continue;
                }
                let mut names = Vec::new();
                for &q in &scheme.states {
                    self.integrated.insert(q);
                    names.push(self.name(q)?);
                }
                let mut reactions = Vec::new();
                for edge in &scheme.edges {
                    let mut pair = Vec::new();
                    for seen in [edge.forward, edge.reverse] {
                        let symbol = self.scope.seen(seen)?;
                        if let Symbol::Own(q) = symbol
                            && self.all.computed.contains_key(&q)
                        {
                            self.kept.insert(q);
                            roots.push(q);
                        }
                        pair.push(self.symbol_at(&symbol, id)?);
                    }
                    let reverse = pair.pop().unwrap_or_else(|| Expr::variable("v"));
                    let forward = pair.pop().unwrap_or_else(|| Expr::variable("v"));
                    reactions.push(Reaction {
                        source: names[edge.source as usize].clone(),
                        target: names[edge.target as usize].clone(),
                        forward,
                        reverse,
                    });
                }
                let name = self.namer.give(&format!("{}_scheme", self.scope.kind.node(id).name));
                self.mechanism.kinetics.push(Kinetic {
                    name,
                    before: Vec::new(),
                    reactions,
                    conserved: vec![names],
                });
            }
        }
        Ok(roots)
    }

    /// A mechanism integrates one block: schemes are one block together, unless other states move as well, when
    /// they are written as rates and the block only finds the state of rest.
    fn one_block(&mut self, moving_too: bool) {
        let all = std::mem::take(&mut self.mechanism.kinetics);
        let Some(mut one) = all.into_iter().reduce(|mut one, next| {
            one.reactions.extend(next.reactions);
            one.conserved.extend(next.conserved);
            one
        }) else {
            return;
        };
        if moving_too {
            self.flows = flows(&one);
        } else {
            let block = one.name.clone();
            self.mechanism.solves.push(Solve { block, method: "sparse" });
        }
        one.before.clear();
        self.mechanism.kinetics.push(one);
    }

    /// The rate of a state; what it is made of goes to `roots`.
    fn rate(&mut self, q: QuantityId, roots: &mut Vec<QuantityId>) -> Result<Rate, Problem> {
        let state = self.name(q)?;
        let rates = self.all.rates.get(&q).cloned().unwrap_or_default();
        let dimension = self.scope.dimension(self.scope.kind, q).div(Dimension::TIME);
        let dimension = dimension.unwrap_or(Dimension::NONE);
        let mut expr = None;
        if let Some(formula) = rates.always {
            expr = Some(self.formula(formula, dimension)?);
            roots.extend(order::own(&self.scope, [formula])?);
        }
        let mut whole = expr;
        let count = self.scope.kind.node(self.scope.kind.quantity(q).node).dynamics.regimes.len();
        let mut each = Vec::new();
        for (_, formula) in &rates.regimes {
            each.push(self.formula(formula, dimension)?);
        }
        // The same rate in every regime is one rate.
        let everywhere = each.len() == count && each.iter().all(|rate| Some(rate) == each.first());
        let regimes = if everywhere { &rates.regimes[..0] } else { &rates.regimes[..] };
        if everywhere && let Some(((_, formula), own)) = rates.regimes.first().zip(each.first()) {
            roots.extend(order::own(&self.scope, [*formula])?);
            let one = Expr::number(1.0).unwrap_or_else(|| own.clone());
            whole = Some(sum(whole.as_ref(), own, &one).simplify());
        }
        for (regime, formula) in regimes {
            let own = self.formula(formula, dimension)?;
            roots.extend(order::own(&self.scope, [*formula])?);
            let node = self.scope.kind.quantity(q).node;
            let active = self.is_active(node, *regime);
            whole = Some(sum(whole.as_ref(), &own, &active));
        }
        roots.retain(|q| self.all.computed.contains_key(q));
        let mut rate = whole.unwrap_or_else(|| Expr::variable(&state));
        let mut inlined = Vec::new();
        // What depends on the state itself is written out, so that the solver sees it.
        for _ in 0..super::scope::DEEPEST {
            let hidden = self.hidden(q, &rate)?;
            let Some(&(part, ref name)) = hidden.first() else { break };
            let Some(own) = self.plain(part)? else {
                return Ok(Rate { state, value: rate, linear: false });
            };
            inlined.push(part);
            let put = rate.substitute(|known| (known == name.as_str()).then(|| own.clone()));
            let Ok(put) = put else { return Ok(Rate { state, value: rate, linear: false }) };
            rate = put;
            let fresh = order::parts(&self.scope, &self.all, part)?;
            roots.extend(fresh.into_iter().filter(|p| self.all.computed.contains_key(p)));
        }
        roots.retain(|root| !inlined.contains(root));
        let slope = rate.differentiate(&state).map(|slope| slope.simplify());
        let linear = slope.is_ok_and(|slope| !slope.uses_variable(&state));
        Ok(Rate { state, value: rate, linear })
    }

    /// Computed quantities in an expression that depend on a state.
    fn hidden(&mut self, q: QuantityId, rate: &Expr) -> Result<Vec<(QuantityId, String)>, Problem> {
        let mut all: Vec<QuantityId> = self.all.computed.keys().copied().collect();
        all.sort_unstable();
        let mut found = Vec::new();
        for part in all {
            let Some(name) = self.known_name(part) else { continue };
            if rate.uses_variable(&name) && self.depends(part, q)? {
                found.push((part, name));
            }
        }
        Ok(found)
    }

    pub(super) fn depends(&self, on: QuantityId, q: QuantityId) -> Result<bool, Problem> {
        let mut open = vec![on];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(at) = open.pop() {
            if at == q {
                return Ok(true);
            }
            if seen.insert(at) && self.all.computed.contains_key(&at) {
                open.extend(order::parts(&self.scope, &self.all, at)?);
            }
        }
        Ok(false)
    }
}

/// The rates of the states of schemes, by state in the order of first mention.
fn flows(all: &Kinetic) -> Vec<(String, Expr)> {
    let mut found = Vec::new();
    for state in all.conserved.iter().flatten() {
        let mut b = nml_expr::Builder::new();
        let mut rate = None;
        for reaction in &all.reactions {
            let sign = match (reaction.source == *state, reaction.target == *state) {
                (true, false) => -1.0,
                (false, true) => 1.0,
                _ => continue,
            };
            let (forward, reverse) = (b.import(&reaction.forward), b.import(&reaction.reverse));
            let (source, target) = (b.variable(&reaction.source), b.variable(&reaction.target));
            let out = b.binary(nml_expr::BinaryOp::Mul, forward, source);
            let back = b.binary(nml_expr::BinaryOp::Mul, reverse, target);
            let (plus, minus) = if sign > 0.0 { (out, back) } else { (back, out) };
            let net = b.binary(nml_expr::BinaryOp::Sub, plus, minus);
            rate = Some(match rate {
                Some(before) => b.binary(nml_expr::BinaryOp::Add, before, net),
                None => net,
            });
        }
        let rate = rate.or_else(|| b.number(0.0)).and_then(|root| b.finish(root).ok());
        found.extend(rate.map(|rate| (state.clone(), rate.simplify())));
    }
    found
}

fn value_of(action: &nml_flat::Action) -> Option<&nml_flat::Formula> {
    match action {
        nml_flat::Action::Assign(_, formula) => Some(formula),
        nml_flat::Action::Send(_) | nml_flat::Action::Enter(_) => None,
    }
}

/// `all + active * own`.
fn sum(all: Option<&Expr>, own: &Expr, active: &Expr) -> Expr {
    let mut b = nml_expr::Builder::new();
    let (x, on) = (b.import(own), b.import(active));
    let mut root = b.binary(nml_expr::BinaryOp::Mul, on, x);
    if let Some(all) = all {
        let all = b.import(all);
        root = b.binary(nml_expr::BinaryOp::Add, all, root);
    }
    b.finish(root).unwrap_or_else(|_| own.clone())
}
