//! Events and regimes: what handlers do.

use nml_expr::Expr;
use nml_flat::{Action, Formula, NodeId, QuantityId};

use super::mechanism::Lowering;
use super::order;
use super::scope::{Problem, Symbol};
use crate::nmodl::Stmt;

/// How long a chain of events and transitions within one instance may be.
const LONGEST_CHAIN: usize = 16;

impl Lowering<'_> {
    /// The variable that says which regime of a node is active.
    pub(super) fn regime(&mut self, node: NodeId) -> String {
        if let Some((_, name)) = self.regimes.iter().find(|(known, _)| *known == node) {
            return name.clone();
        }
        let inner = &self.scope.kind.node(node).name;
        let wish =
            if node == self.scope.root { "regime".to_owned() } else { format!("{inner}_regime") };
        let name = self.namer.give(&wish);
        self.extra.push(crate::nmodl::Assigned { name: name.clone(), unit: None });
        self.regimes.push((node, name.clone()));
        name
    }

    /// 1 where a regime is active, else 0.
    pub(super) fn is_active(&mut self, node: NodeId, regime: u32) -> Expr {
        let name = self.regime(node);
        // The numbers of regimes are whole, so the product of these is exact.
        let text = format!("H(0.25 - ({name} - {regime})^2)");
        text.parse().unwrap_or_else(|_| Expr::variable(&name))
    }

    /// A condition that a regime is active.
    pub(super) fn in_regime(&mut self, node: NodeId, regime: u32) -> Expr {
        let name = self.regime(node);
        let text = format!("{name} .eq. {regime}");
        text.parse().unwrap_or_else(|_| Expr::variable(&name))
    }

    /// What a list of actions does.
    pub(super) fn actions(
        &mut self,
        node: NodeId,
        actions: &[Action],
        depth: usize,
    ) -> Result<Vec<Stmt>, Problem> {
        if depth > LONGEST_CHAIN {
            return Err(self
                .scope
                .problem(node, "a chain of events within one component that does not end"));
        }
        let mut body = Vec::new();
        let formulas: Vec<&Formula> = actions
            .iter()
            .filter_map(|action| match action {
                Action::Assign(_, formula) => Some(formula),
                Action::Send(_) | Action::Enter(_) => None,
            })
            .collect();
        // Derived variables are those from before the handler.
        let roots = order::own(&self.scope, formulas.iter().copied())?;
        let (computed, locals) = self.compute(roots)?;
        self.handler_locals.extend(locals);
        body.extend(computed);
        for action in actions {
            match action {
                Action::Assign(q, formula) => {
                    let dimension = self.scope.dimension(self.scope.kind, *q);
                    if !self.matters(*q) {
                        continue;
                    }
                    self.handling = true;
                    let value = self.formula(formula, dimension);
                    self.handling = false;
                    let value = value?;
                    if self.scope.v == Some(*q) {
                        body.push(Stmt::Assign("v".to_owned(), value));
                        if let Some(held) = self.holds_at.clone() {
                            body.push(Stmt::Assign(held, Expr::variable("v")));
                        }
                        continue;
                    }
                    if let Symbol::Own(q) = self.scope.quantity(*q)? {
                        body.push(Stmt::Assign(self.name(q)?, value));
                    }
                }
                Action::Send(port) => {
                    let mut inner = Vec::new();
                    for wire in &self.scope.kind.wires {
                        if wire.from == (node, *port) {
                            inner.push(wire.to);
                        }
                    }
                    if self.build.sends.contains(&(node, *port)) || inner.is_empty() {
                        body.push(Stmt::Send);
                    }
                    for (to, port) in inner {
                        body.extend(self.arrives(to, port, depth + 1)?);
                    }
                }
                Action::Enter(regime) => body.extend(self.enter(node, *regime, depth + 1)?),
            }
        }
        Ok(body)
    }

    /// What an event does that comes in at a port of a node.
    pub(super) fn arrives(
        &mut self,
        node: NodeId,
        port: u32,
        depth: usize,
    ) -> Result<Vec<Stmt>, Problem> {
        if !self.scope.has(node) {
            return Err(self.scope.problem(node, "an event from one mechanism to another"));
        }
        let kind = self.scope.kind;
        let dynamics = &kind.node(node).dynamics;
        let mut body = Vec::new();
        for (_, actions) in dynamics.on_event.iter().filter(|(at, _)| *at == port) {
            body.extend(self.actions(node, actions, depth)?);
        }
        let mut cases = Vec::new();
        for (at, regime) in (0..).zip(&dynamics.regimes) {
            let mut inner = Vec::new();
            for (_, actions) in regime.on_event.iter().filter(|(known, _)| *known == port) {
                inner.extend(self.actions(node, actions, depth)?);
            }
            if !inner.is_empty() {
                cases.push((Some(self.in_regime(node, at)), inner));
            }
        }
        if !cases.is_empty() {
            body.push(Stmt::If(cases));
        }
        // What comes in may go on to the parts inside.
        let onward: Vec<(NodeId, u32)> = kind
            .wires
            .iter()
            .filter(|wire| wire.from == (node, port) && self.scope.has(wire.to.0))
            .filter(|_| kind.node(node).ports_out.is_empty())
            .map(|wire| wire.to)
            .collect();
        for (to, port) in onward {
            body.extend(self.arrives(to, port, depth + 1)?);
        }
        Ok(body)
    }

    /// The transition into a regime.
    pub(super) fn enter(
        &mut self,
        node: NodeId,
        regime: u32,
        depth: usize,
    ) -> Result<Vec<Stmt>, Problem> {
        let name = self.regime(node);
        let mut body = Vec::new();
        if let Some(number) = Expr::number(f64::from(regime)) {
            body.push(Stmt::Assign(name, number));
        }
        if let Some(held) = self.holds_at.clone()
            && node == self.scope.root
        {
            body.push(Stmt::Assign(held, Expr::variable("v")));
        }
        let kind = self.scope.kind;
        if let Some(regime) = kind.node(node).dynamics.regimes.get(regime as usize) {
            for actions in &regime.on_entry {
                body.extend(self.actions(node, actions, depth)?);
            }
        }
        Ok(body)
    }

    /// Whether anything reads a state.
    fn matters(&self, q: QuantityId) -> bool {
        let rate = self.all.rates.contains_key(&q) && !self.integrated.contains(&q);
        self.scope.v == Some(q) || !rate
    }

    /// A symbol that stands at no formula.
    pub(super) fn symbol_at(&mut self, symbol: &Symbol, node: NodeId) -> Result<Expr, Problem> {
        let span = self.scope.problem(node, "").span;
        let expr = Expr::variable("t");
        let formula = Formula { expr, operands: Vec::new(), span: Some(span) };
        self.symbol(symbol, &formula)
    }
}
