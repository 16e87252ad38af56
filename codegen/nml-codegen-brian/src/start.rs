//! Values at the start, each after what it is made of.

use nml_flat::{Action, Formula, QuantityId, Role};
use rustc_hash::FxHashMap;

use crate::expression::From;
use crate::group::{Group, Rates};
use crate::handlers::Assignment;
use crate::resolve::{Problem, Symbol};

impl<'a> Group<'a> {
    /// Orders and writes the values at the start, then what the first regimes do.
    pub(crate) fn begin(&mut self) -> Result<(), Problem> {
        let mut starts: FxHashMap<QuantityId, &'a Formula> = FxHashMap::default();
        for node in &self.kind().nodes {
            for action in node.dynamics.on_start.iter().flatten() {
                match action {
                    Action::Assign(q, formula) => {
                        starts.insert(*q, formula);
                    }
                    Action::Send(_) | Action::Enter(_) => {
                        let what = "an event that is sent at the start";
                        return Err(self.world.problem(self.id, nml_flat::NodeId::ROOT, what));
                    }
                }
            }
        }
        let mut marks: FxHashMap<QuantityId, bool> = FxHashMap::default();
        let mut all: Vec<QuantityId> = starts.keys().copied().collect();
        all.sort_unstable();
        // What starts at 0 in Brian too needs no line; what nothing reads has no equation.
        all.retain(|q| self.equations.contains_key(q));
        for root in all {
            let mut stack = vec![(root, false)];
            while let Some((q, leaving)) = stack.pop() {
                if leaving {
                    marks.insert(q, true);
                    if let Some(formula) = starts.get(&q).copied()
                        && matches!(self.kind().quantity(q).role, Role::State)
                    {
                        let value = self.formula(formula, self.dimension(q), From::Own)?;
                        let target = self.names.get(q).to_owned();
                        self.want(q);
                        self.starts.push(Assignment { target, value });
                    }
                    continue;
                }
                match marks.get(&q) {
                    Some(true) => continue,
                    Some(false) => {
                        let what = "initial values that are made of one another";
                        return Err(self.world.problem_of(self.id, q, what));
                    }
                    None => {}
                }
                marks.insert(q, false);
                stack.push((q, true));
                let parts = match (starts.get(&q), &self.kind().quantity(q).role) {
                    (Some(formula), Role::State) => self.own(formula)?,
                    (None, Role::State) => Vec::new(),
                    _ => self.read_by(q)?,
                };
                let fresh = parts.into_iter().filter(|p| marks.get(p) != Some(&true));
                stack.extend(fresh.map(|part| (part, false)));
            }
        }
        let first = self.enter_first()?;
        self.starts.extend(first);
        Ok(())
    }

    /// What a computed quantity is made of.
    fn read_by(&self, q: QuantityId) -> Result<Vec<QuantityId>, Problem> {
        if let Some(known) = self.reads.get(&q) {
            return Ok(known.clone());
        }
        let node = self.kind().quantity(q).node;
        let dynamics = &self.kind().node(node).dynamics;
        let mut found = Vec::new();
        for (_, value) in dynamics.derived.iter().filter(|(known, _)| *known == q) {
            let formulas: Vec<&Formula> = match value {
                nml_flat::Value::Formula(formula) => vec![formula],
                nml_flat::Value::Cases(cases) => {
                    cases.iter().flat_map(|(c, f)| c.iter().chain([f])).collect()
                }
            };
            for formula in formulas {
                found.extend(self.own(formula)?);
            }
        }
        Ok(found)
    }

    /// Whether every state's rate has a derivative by the state itself that can be written: no choice depends on it.
    pub(crate) fn is_linear(
        &self,
        rates: &FxHashMap<QuantityId, Rates<'a>>,
    ) -> Result<bool, Problem> {
        let mut all: Vec<QuantityId> = rates.keys().copied().collect();
        all.sort_unstable();
        for x in all {
            let Some(rate) = rates.get(&x) else { continue };
            let mut known = FxHashMap::default();
            let formulas = rate.always.iter().chain(rate.regimes.iter().map(|(_, f)| f));
            for formula in formulas {
                if self.degree(formula, x, &mut known, 0)? > 2 {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The degree of a formula in a state: 0, 1, 2 for anything that is smooth, 3 for choices and steps.
    fn degree(
        &self,
        formula: &Formula,
        x: QuantityId,
        known: &mut FxHashMap<QuantityId, u8>,
        depth: usize,
    ) -> Result<u8, Problem> {
        use nml_expr::{BinaryOp, Function, Node};
        /// Deeper chains count as not linear.
        const DEEP: usize = 100;
        if depth > DEEP {
            return Ok(3);
        }
        let mut degrees = Vec::new();
        for symbol in self.world.symbols(self.id, formula)? {
            degrees.push(match symbol {
                Symbol::Own(q) if q == x => 1,
                Symbol::Own(q) => self.degree_of(q, x, known, depth + 1)?,
                _ => 0,
            });
        }
        let expr = &formula.expr;
        let all: Vec<u8> = expr.map(|_, node, done: &[u8]| match node {
            Node::Number(_) => 0,
            Node::Variable(symbol) => degrees.get(symbol.index()).copied().unwrap_or(2),
            Node::Neg(a) => done[a.index()],
            Node::Call(Function::Heaviside | Function::Abs | Function::Ceil, a) => {
                done[a.index()].min(1) * 3
            }
            Node::Call(_, a) if done[a.index()] == 3 => 3,
            Node::Call(_, a) => done[a.index()].min(1) * 2,
            Node::Binary(op, a, b) => {
                let (a, b) = (done[a.index()], done[b.index()]);
                match op {
                    BinaryOp::Add | BinaryOp::Sub => a.max(b),
                    _ if a.max(b) == 3 => 3,
                    BinaryOp::Mul => (a + b).min(2),
                    BinaryOp::Div if b == 0 => a,
                    BinaryOp::Div | BinaryOp::Pow => a.max(b).min(1) * 2,
                    _ => a.max(b).min(1) * 3,
                }
            }
        });
        Ok(all.last().copied().unwrap_or(0))
    }

    fn degree_of(
        &self,
        q: QuantityId,
        x: QuantityId,
        known: &mut FxHashMap<QuantityId, u8>,
        depth: usize,
    ) -> Result<u8, Problem> {
        use nml_flat::{Reduce, Selection, Value};
        if let Some(found) = known.get(&q) {
            return Ok(*found);
        }
        let node = self.kind().quantity(q).node;
        let dynamics = &self.kind().node(node).dynamics;
        let mut degree = 0;
        for (_, value) in dynamics.derived.iter().filter(|(known, _)| *known == q) {
            match value {
                Value::Formula(formula) => {
                    degree = degree.max(self.degree(formula, x, known, depth)?);
                }
                Value::Cases(cases) => {
                    // A choice has corners.
                    for (condition, formula) in cases {
                        for formula in condition.iter().chain([formula]) {
                            degree = degree.max(self.degree(formula, x, known, depth)?.min(1) * 3);
                        }
                    }
                }
            }
        }
        for regime in &dynamics.regimes {
            for (_, value) in regime.derived.iter().filter(|(known, _)| *known == q) {
                let formulas: Vec<&Formula> = match value {
                    Value::Formula(formula) => vec![formula],
                    Value::Cases(cases) => {
                        cases.iter().flat_map(|(c, f)| c.iter().chain([f])).collect()
                    }
                };
                for formula in formulas {
                    degree = degree.max(self.degree(formula, x, known, depth)?.min(1) * 3);
                }
            }
        }
        for (_, selection) in dynamics.selected.iter().filter(|(known, _)| *known == q) {
            let Selection::Reduce { op, inside, .. } = selection else { continue };
            for &seen in inside {
                let inner = match self.world.seen(self.id, seen)? {
                    Symbol::Own(inner) if inner == x => 1,
                    Symbol::Own(inner) if depth < 100 => {
                        self.degree_of(inner, x, known, depth + 1)?
                    }
                    Symbol::Own(_) => 3,
                    _ => 0,
                };
                degree = match op {
                    Reduce::Add => degree.max(inner),
                    Reduce::Multiply if degree.max(inner) == 3 => 3,
                    Reduce::Multiply => (degree + inner).min(2),
                };
            }
        }
        known.insert(q, degree);
        Ok(degree)
    }
}
