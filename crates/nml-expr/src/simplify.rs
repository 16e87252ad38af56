//! Exact simplification.

use crate::{BinaryOp, BuildId, Builder, Expr, Function, Node, eval};

impl Expr {
    /// Removes what changes nothing: operators and functions of literals alone are computed (unless the
    /// result is not finite), and `x + 0`, `x - 0`, `0 - x`, `x * 1`, `x / 1`, `x^1`, `x^0`, `1^x`, `--x`
    /// are shortened.
    ///
    /// The value is bit for bit the same, but for the sign of a zero.  Only an exact 0 or 1 counts.
    /// `0 * x` stays, for `x` may be infinite; powers stay where `random` is called, so that it is called
    /// as often as before.
    #[must_use]
    pub fn simplify(&self) -> Self {
        let mut builder = Builder::new();
        let random = self.is_random();
        let done = self.map(|id, node, done: &[BuildId]| match node {
            Node::Binary(BinaryOp::Pow, ..) if random => builder.copy(self, id, done),
            Node::Number(_) | Node::Variable(_) => builder.copy(self, id, done),
            Node::Neg(a) => neg(&mut builder, done[a.index()]),
            Node::Call(function, a) => call(&mut builder, function, done[a.index()]),
            Node::Binary(op, a, b) => binary(&mut builder, op, done[a.index()], done[b.index()]),
        });
        // The result is never larger than `self`, nor of another kind.
        builder.finish(done[self.root().index()]).unwrap_or_else(|_| self.clone())
    }
}

pub(crate) fn neg(builder: &mut Builder, a: BuildId) -> BuildId {
    match builder.negated(a) {
        Some(inner) => inner,
        None if builder.constant(a) == Some(0.0) => a,
        None => builder.neg(a),
    }
}

pub(crate) fn call(builder: &mut Builder, function: Function, a: BuildId) -> BuildId {
    if function != Function::Random
        && let Some(x) = builder.constant(a)
        && let Some(value) = builder.number(eval::call(function, x))
    {
        return value;
    }
    builder.call(function, a)
}

pub(crate) fn binary(builder: &mut Builder, op: BinaryOp, a: BuildId, b: BuildId) -> BuildId {
    let (left, right) = (builder.constant(a), builder.constant(b));
    if let (Some(x), Some(y)) = (left, right)
        && op.is_arithmetic()
        && let Some(value) = builder.number(eval::binary(op, x, y))
    {
        return value;
    }
    match (op, left, right) {
        (BinaryOp::Add, Some(0.0), _) | (BinaryOp::Mul, Some(1.0), _) => b,
        (BinaryOp::Add | BinaryOp::Sub, _, Some(0.0))
        | (BinaryOp::Mul | BinaryOp::Div | BinaryOp::Pow, _, Some(1.0))
        | (BinaryOp::Pow, Some(1.0), _) => a,
        (BinaryOp::Sub, Some(0.0), _) => neg(builder, b),
        (BinaryOp::Pow, _, Some(0.0)) => builder.number(1.0).unwrap_or(a),
        _ => match (op, builder.negated(b)) {
            (BinaryOp::Add, Some(inner)) => builder.binary(BinaryOp::Sub, a, inner),
            (BinaryOp::Sub, Some(inner)) => builder.binary(BinaryOp::Add, a, inner),
            _ => builder.binary(op, a, b),
        },
    }
}
