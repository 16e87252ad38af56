//! Conditions: what is looked at in each step.

use nml_expr::{BinaryOp, BuildId, Builder, Expr, ExprId, Function, Node};
use nml_flat::{Action, Formula, NodeId};

use super::definition::Definition;
use super::mechanism::{Carries, Lowering};
use super::order;
use super::scope::Problem;
use crate::nmodl::{Receive, Stmt};

/// The event by which a mechanism begins to watch.
const BEGIN: u32 = 1;
/// The events at which inputs change, which make a variable step begin anew.
const EDGE: u32 = 1000;
/// In ms: so much earlier a condition with "or equal" counts, because the simulator knows only "above".
const TOLERANCE: f64 = 1e-9;

impl<'a> Lowering<'a> {
    /// What conditions and events do.
    pub(super) fn events(&mut self) -> Result<(), Problem> {
        let nodes: Vec<NodeId> = self.scope.nodes().collect();
        let mut own = Vec::new();
        let mut watches: Vec<Watch> = Vec::new();
        let mut flag = BEGIN;
        let kind = self.scope.kind;
        for &node in nodes.iter().rev() {
            let dynamics = &kind.node(node).dynamics;
            let plain = dynamics.on_condition.iter().map(|c| (None, c));
            let regimes = (0_u32..).zip(&dynamics.regimes);
            let inner = regimes
                .flat_map(|(at, r)| r.on_condition.iter().map(move |c| (Some((node, at)), c)));
            for (regime, (condition, actions)) in plain.chain(inner) {
                if self.is_held(actions) {
                    continue;
                }
                if regime.is_none() && self.simple(actions) && !self.mechanism.point {
                    // A membrane has no events: the condition is looked at in each step.
                    let body = self.actions(node, actions, 0)?;
                    let when = self.formula(condition, nml_units::Dimension::NONE)?;
                    let body = Stmt::If(vec![(Some(when), body)]);
                    let pool = matches!(self.build.carries, Carries::Concentration(..));
                    let block = if pool {
                        &mut self.mechanism.breakpoint
                    } else {
                        &mut self.mechanism.after_solve
                    };
                    block.push(body);
                    continue;
                }
                flag += 1;
                let remark = condition.expr.to_string();
                let mut body = self.actions(node, actions, 0)?;
                if let Some((node, at)) = regime {
                    body = vec![Stmt::If(vec![(Some(self.in_regime(node, at)), body)])];
                }
                let watched = self.watched(condition)?;
                watches.push((regime, watched, flag));
                own.push((flag, remark, body));
            }
        }
        let ports = self.ports()?;
        let edges = self.edges()?;
        let begins = !watches.is_empty();
        if !begins && ports.is_empty() && edges.is_empty() {
            return Ok(());
        }
        let mut receive = Receive {
            argument: self.namer.give(if ports.len() > 1 { "port" } else { "unused" }),
            ports,
            ..Receive::default()
        };
        if begins {
            let watch = self.watch(watches);
            receive.own.push((BEGIN, "begin to watch".to_owned(), watch));
            self.at_start.push(Stmt::Schedule(zero(), BEGIN));
        }
        receive.own.extend(own);
        if !edges.is_empty() {
            receive.own.push((EDGE, "an input changes".to_owned(), Vec::new()));
            for edge in edges {
                self.at_start.push(edge);
            }
        }
        if begins && !self.regimes.is_empty() {
            // Watching begins anew by an event of its own, which sees the potential that a handler has set.
            receive.rearm.push(Stmt::Schedule(zero(), BEGIN));
            receive.regime = self.regimes.iter().map(|(_, name)| name.clone()).collect();
        }
        receive.locals = std::mem::take(&mut self.handler_locals);
        receive.locals.sort();
        receive.locals.dedup();
        self.mechanism.receive = Some(receive);
        Ok(())
    }

    /// The statements that begin to watch.  The simulator sees only what comes to hold from now on; what holds
    /// already acts at the next step.
    fn watch(&mut self, watches: Vec<Watch>) -> Vec<Stmt> {
        let mut all = Vec::new();
        for (regime, watched, flag) in watches {
            let at_once = vec![Stmt::Schedule(Expr::variable("dt"), flag)];
            let mut body =
                vec![Stmt::If(vec![(positive(&watched), at_once)]), Stmt::Watch(watched, flag)];
            if let Some((node, at)) = regime {
                let active = self.in_regime(node, at);
                body = vec![Stmt::If(vec![(Some(active), body)])];
            }
            all.extend(body);
        }
        all
    }

    /// By port of the root, what an event from outside does.
    fn ports(&mut self) -> Result<Vec<Vec<Stmt>>, Problem> {
        let root = self.scope.root;
        let count = self.scope.kind.node(root).ports_in.len();
        let mut ports = Vec::new();
        for port in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            ports.push(self.arrives(root, port, 0)?);
        }
        if ports.iter().all(Vec::is_empty) {
            ports.clear();
        }
        Ok(ports)
    }

    /// Whether actions are nothing but values that follow their conditions anyway.
    fn is_held(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| match action {
            Action::Assign(q, _) => {
                matches!(self.all.computed.get(q), Some(Definition::Held(_)))
            }
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    /// Whether actions do nothing but set states, from what is never computed.
    fn simple(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| match action {
            Action::Assign(_, formula) => order::own(&self.scope, [formula])
                .is_ok_and(|own| own.iter().all(|q| !self.all.computed.contains_key(q))),
            Action::Send(_) | Action::Enter(_) => false,
        })
    }

    /// An expression that is above 0 where a condition holds.
    fn watched(&mut self, condition: &Formula) -> Result<Expr, Problem> {
        let roots = order::own(&self.scope, [condition])?;
        let order = order::sorted(&self.scope, &self.all, roots)?;
        let mut expr = self.formula(condition, nml_units::Dimension::NONE)?;
        // A watched expression is computed by itself, so what is derived is written out.
        for q in order.into_iter().rev() {
            let name = self.name(q)?;
            let Some(own) = self.plain(q)? else {
                let what = "a condition on a variable that is defined by cases";
                let span = condition.span.unwrap_or(self.scope.kind.span);
                return Err(Problem { span, what: what.to_owned() });
            };
            let put = expr.substitute(|known| (known == name).then(|| own.clone()));
            expr = put.map_err(|_| self.too_large(condition))?;
        }
        above_zero(&expr).ok_or_else(|| self.too_large(condition))
    }

    /// When inputs change by themselves: times that conditions on `t` name.
    fn edges(&mut self) -> Result<Vec<Stmt>, Problem> {
        let mut conditions: Vec<&'a Formula> = Vec::new();
        let mut all: Vec<_> = self.all.computed.keys().copied().collect();
        all.sort_unstable();
        for q in all {
            match self.all.computed.get(&q) {
                Some(Definition::Held(list)) => conditions.extend(list.iter().map(|(c, _)| *c)),
                Some(Definition::Value(nml_flat::Value::Cases(cases))) => {
                    conditions.extend(cases.iter().filter_map(|(c, _)| c.as_ref()));
                }
                _ => {}
            }
        }
        let mut found: Vec<Expr> = Vec::new();
        for condition in conditions {
            if !condition.operands.iter().any(|o| matches!(o, nml_flat::Operand::Time)) {
                continue;
            }
            let expr = self.formula(condition, nml_units::Dimension::NONE)?;
            for edge in times(&expr) {
                let fixed = edge.symbols().all(|name| self.is_fixed(name));
                if fixed && !found.contains(&edge) {
                    found.push(edge);
                }
            }
        }
        let mut sent = Vec::new();
        for edge in found {
            let mut b = Builder::new();
            let (at, t) = (b.import(&edge), b.variable("t"));
            let later = b.binary(BinaryOp::Gt, at, t);
            let wait = b.binary(BinaryOp::Sub, at, t);
            if let (Ok(later), Ok(wait)) = (b.finish(later), b.finish(wait)) {
                sent.push(Stmt::If(vec![(Some(later), vec![Stmt::Schedule(wait, EDGE)])]));
            }
        }
        Ok(sent)
    }
}

/// What is watched: in which regime, what rises above 0, and the event that follows.
type Watch = (Option<(NodeId, u32)>, Expr, u32);

/// The condition that an expression is above 0.
fn positive(expr: &Expr) -> Option<Expr> {
    let mut b = Builder::new();
    let (x, zero) = (b.import(expr), b.number(0.0)?);
    let root = b.binary(BinaryOp::Gt, x, zero);
    b.finish(root).ok()
}

fn zero() -> Expr {
    Expr::number(0.0).unwrap_or_else(|| Expr::variable("t"))
}

/// What `t` is compared with, wherever it stands alone on one side.
fn times(expr: &Expr) -> Vec<Expr> {
    let is_time =
        |id: ExprId| matches!(expr.node(id), Node::Variable(symbol) if expr.symbol(symbol) == "t");
    let mut found = Vec::new();
    for (_, node) in expr.nodes() {
        let Node::Binary(op, a, b) = node else { continue };
        if op.is_arithmetic() || matches!(op, BinaryOp::And | BinaryOp::Or) {
            continue;
        }
        let other = match (is_time(a), is_time(b)) {
            (true, false) => b,
            (false, true) => a,
            _ => continue,
        };
        found.extend(part(expr, other));
    }
    found
}

/// A part of an expression by itself.
fn part(expr: &Expr, root: ExprId) -> Option<Expr> {
    let mut b = Builder::new();
    let ids: Vec<Option<BuildId>> = expr.map(|_, node, done: &[Option<BuildId>]| {
        Some(match node {
            Node::Number(x) => b.number(x)?,
            Node::Variable(symbol) => b.variable(expr.symbol(symbol)),
            Node::Neg(a) => {
                let a = done[a.index()]?;
                b.neg(a)
            }
            Node::Call(f, a) => {
                let a = done[a.index()]?;
                b.call(f, a)
            }
            Node::Binary(op, x, y) if op.is_arithmetic() => {
                let (x, y) = (done[x.index()]?, done[y.index()]?);
                b.binary(op, x, y)
            }
            Node::Binary(..) => return None,
        })
    });
    b.finish((*ids.get(root.index())?)?).ok()
}

/// A number that is above 0 where a condition holds: differences for comparisons, the lesser for "and", the
/// greater for "or".
fn above_zero(expr: &Expr) -> Option<Expr> {
    let mut b = Builder::new();
    let half = b.number(0.5)?;
    let tolerance = b.number(TOLERANCE)?;
    let ids: Vec<BuildId> = expr.map(|_, node, done: &[BuildId]| match node {
        Node::Number(x) => b.number(x).unwrap_or(half),
        Node::Variable(symbol) => b.variable(expr.symbol(symbol)),
        Node::Neg(a) => b.neg(done[a.index()]),
        Node::Call(f, a) => b.call(f, done[a.index()]),
        Node::Binary(op, x, y) => {
            let (x, y) = (done[x.index()], done[y.index()]);
            match op {
                BinaryOp::Gt => b.binary(BinaryOp::Sub, x, y),
                BinaryOp::Lt => b.binary(BinaryOp::Sub, y, x),
                BinaryOp::Geq | BinaryOp::Leq => {
                    let (x, y) = if op == BinaryOp::Geq { (x, y) } else { (y, x) };
                    let difference = b.binary(BinaryOp::Sub, x, y);
                    b.binary(BinaryOp::Add, difference, tolerance)
                }
                BinaryOp::Eq | BinaryOp::Neq => {
                    let difference = b.binary(BinaryOp::Sub, x, y);
                    let size = b.call(Function::Abs, difference);
                    match op {
                        BinaryOp::Eq => b.binary(BinaryOp::Sub, tolerance, size),
                        _ => b.binary(BinaryOp::Sub, size, tolerance),
                    }
                }
                BinaryOp::And | BinaryOp::Or => {
                    let sum = b.binary(BinaryOp::Add, x, y);
                    let difference = b.binary(BinaryOp::Sub, x, y);
                    let size = b.call(Function::Abs, difference);
                    let sign = if op == BinaryOp::And { BinaryOp::Sub } else { BinaryOp::Add };
                    let both = b.binary(sign, sum, size);
                    b.binary(BinaryOp::Mul, half, both)
                }
                _ => b.binary(op, x, y),
            }
        }
    });
    b.finish(*ids.last()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_become_differences() {
        let expr: Expr = "v .gt. 3 .and. w .lt. 0.5".parse().expect("it is an expression");
        let watched = above_zero(&expr).map(|e| e.to_string());
        let expected = "0.5 * ((v - 3 + 0.5 - w) - abs(v - 3 - (0.5 - w)))";
        assert_eq!(watched.as_deref(), Some(expected));
    }

    #[test]
    fn times_are_found() {
        let expr: Expr = "t .geq. a .and. t .lt. b + a".parse().expect("it is an expression");
        let found: Vec<String> = times(&expr).iter().map(Expr::to_string).collect();
        assert_eq!(found, ["a", "b + a"]);
    }
}
