//! Conditions as expressions: what is above 0 where they hold, and what is known of them.

use nml_expr::{BinaryOp, BuildId, Builder, Expr, ExprId, Function, Node};
use nml_flat::{Action, Formula, Operand};
use rustc_hash::FxHashMap;

use super::constant;
use super::scope::Scope;

/// In ms: so much earlier a condition with "or equal" counts, because the simulator knows only "above".
const TOLERANCE: f64 = 1e-9;

/// Whether a condition may hold still when its actions are done: then they are done again at the next row.
pub(super) fn stays(scope: &Scope<'_>, condition: &Formula, actions: &[Action]) -> bool {
    let (world, id) = (scope.world, scope.id);
    let after = |operand: &Operand| match *operand {
        Operand::Time => None,
        Operand::Constant(x) => Some(x),
        Operand::Quantity(q) => {
            let set = actions.iter().rev().find_map(|action| match action {
                Action::Assign(to, formula) if *to == q => Some(formula),
                _ => None,
            });
            set.map_or_else(|| constant::of(world, id, q), |f| constant::formula(world, id, f))
        }
    };
    let names = condition.expr.symbols().zip(&condition.operands);
    let known: FxHashMap<&str, Expr> =
        names.filter_map(|(name, operand)| Some((name, Expr::number(after(operand)?)?))).collect();
    let expr = condition.expr.substitute(|name| known.get(name).cloned());
    !expr.is_ok_and(|expr| truth(&expr) == Some(false))
}

/// Whether an expression holds, where what is known in it decides.
pub(super) fn truth(expr: &Expr) -> Option<bool> {
    if let Node::Binary(op @ (BinaryOp::And | BinaryOp::Or), a, b) = expr.node(expr.root()) {
        let (a, b) = (truth(&part(expr, a)?), truth(&part(expr, b)?));
        let decides = op == BinaryOp::Or;
        return match (a, b) {
            _ if a == Some(decides) || b == Some(decides) => Some(decides),
            (Some(_), Some(_)) => Some(!decides),
            _ => None,
        };
    }
    (expr.symbols().len() == 0 && !expr.is_random()).then(|| expr.eval_with(&[], || 0.0).holds())
}

/// Both of two conditions.
pub(super) fn both(a: &Expr, b: &Expr) -> Option<Expr> {
    let mut made = Builder::new();
    let (a, b) = (made.import(a), made.import(b));
    let root = made.binary(BinaryOp::And, a, b);
    made.finish(root).ok()
}

/// A comparison of an expression with 0.
pub(super) fn than_zero(op: BinaryOp, expr: &Expr) -> Option<Expr> {
    let mut b = Builder::new();
    let (x, zero) = (b.import(expr), b.number(0.0)?);
    let root = b.binary(op, x, zero);
    b.finish(root).ok()
}

pub(super) fn zero() -> Expr {
    Expr::number(0.0).unwrap_or_else(|| Expr::variable("t"))
}

/// What `t` is compared with, wherever it stands alone on one side.
pub(super) fn times(expr: &Expr) -> Vec<Expr> {
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
pub(super) fn part(expr: &Expr, root: ExprId) -> Option<Expr> {
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
            Node::Binary(op, x, y) => {
                let (x, y) = (done[x.index()]?, done[y.index()]?);
                b.binary(op, x, y)
            }
        })
    });
    b.finish((*ids.get(root.index())?)?).ok()
}

/// Parts an "and" of what only handlers change, the first, and the rest.
pub(super) fn parted(expr: &Expr, is_discrete: impl Fn(&str) -> bool) -> Option<(Expr, Expr)> {
    let Node::Binary(BinaryOp::And, a, b) = expr.node(expr.root()) else { return None };
    let (a, b) = (part(expr, a)?, part(expr, b)?);
    let fixed = |e: &Expr| e.symbols().all(&is_discrete);
    match (fixed(&a), fixed(&b)) {
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        _ => None,
    }
}

/// A number that is above 0 where a condition holds: differences for comparisons, the lesser for "and", the
/// greater for "or".
pub(super) fn above_zero(expr: &Expr) -> Option<Expr> {
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
    fn what_handlers_change_bends_nothing() {
        let expr: Expr = "v .gt. 3 .and. x .lt. 0.5".parse().expect("it is an expression");
        let parts = parted(&expr, |name| name == "x").map(|(a, b)| format!("{a}; {b}"));
        assert_eq!(parts.as_deref(), Some("x .lt. 0.5; v .gt. 3"));
    }

    #[test]
    fn times_are_found() {
        let expr: Expr = "t .geq. a .and. t .lt. b + a".parse().expect("it is an expression");
        let found: Vec<String> = times(&expr).iter().map(Expr::to_string).collect();
        assert_eq!(found, ["a", "b + a"]);
    }
}
