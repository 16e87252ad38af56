//! The rate form x / (1 − e⁻ˣ) as one function.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, CompareOp, Op, UnaryOp, Value};

/// Replaces x / (1 − e⁻ˣ) by [`UnaryOp::Exprelr`], and leaves out the case that the standard makes of its singularity:
/// `x ≠ 0 ? a · x / (1 − e⁻ˣ) : a` is a · exprelr x.
///
/// The function has no cancellation near 0, where the quotient loses all digits, and is 1 at 0, where it is NaN.
pub fn find_exprelr(block: &Block) -> Block {
    rewrite(block, |b, _, op| find(b, op).unwrap_or_else(|| b.push(op)))
}

fn find(b: &mut BlockBuilder, op: Op) -> Option<Value> {
    match op {
        Op::Binary(BinaryOp::Div, x, y) => {
            let exponent = one_less_exp(b, y)?;
            are_opposite(b, x, exponent).then(|| b.unary(UnaryOp::Exprelr, x))
        }
        Op::Select(test, elsewhere, at_zero) => {
            let x = compared_with_zero(b, test, CompareOp::Ne)?;
            let limit = limit(b, elsewhere, x)?;
            has_limit(b, at_zero, x, limit).then_some(elsewhere)
        }
        _ => None,
    }
}

/// y, of 1 − eʸ.
fn one_less_exp(b: &BlockBuilder, v: Value) -> Option<Value> {
    let Op::Binary(BinaryOp::Sub, one, exp) = b.op(v) else { return None };
    match b.op(exp) {
        Op::Unary(UnaryOp::Exp, y) if b.as_const(one) == Some(1.0) => Some(y),
        _ => None,
    }
}

/// Whether y is written −x: as negation, or as quotient or product with the opposite constant.
fn are_opposite(b: &BlockBuilder, x: Value, y: Value) -> bool {
    let constants = |p: Value, q: Value| match (b.as_const(p), b.as_const(q)) {
        (Some(p), Some(q)) => p == -q,
        _ => false,
    };
    match (b.op(x), b.op(y)) {
        (_, Op::Unary(UnaryOp::Neg, inner)) if inner == x => true,
        (Op::Unary(UnaryOp::Neg, inner), _) if inner == y => true,
        (Op::Binary(BinaryOp::Div, p, c), Op::Binary(BinaryOp::Div, q, d)) => {
            p == q && constants(c, d)
        }
        (Op::Binary(BinaryOp::Mul, p, c), Op::Binary(BinaryOp::Mul, q, d)) => {
            // Constants may stand on either side.
            [(p, c), (c, p)]
                .into_iter()
                .any(|(p, c)| [(q, d), (d, q)].into_iter().any(|(q, d)| p == q && constants(c, d)))
        }
        _ => false,
    }
}

/// What is compared with 0.
fn compared_with_zero(b: &BlockBuilder, v: Value, how: CompareOp) -> Option<Value> {
    match b.op(v) {
        Op::Compare(op, x, y) if op == how => [(x, y), (y, x)]
            .into_iter()
            .find(|(_, zero)| b.as_const(*zero) == Some(0.0))
            .map(|p| p.0),
        _ => None,
    }
}

/// What a · exprelr x is at 0: a, or 1 where there is none.
fn limit(b: &mut BlockBuilder, v: Value, x: Value) -> Option<Value> {
    let is_exprelr = |b: &BlockBuilder, v: Value| b.op(v) == Op::Unary(UnaryOp::Exprelr, x);
    match b.op(v) {
        _ if is_exprelr(b, v) => Some(b.constant(1.0)),
        Op::Binary(BinaryOp::Mul, p, q) if is_exprelr(b, q) => Some(p),
        Op::Binary(BinaryOp::Mul, p, q) if is_exprelr(b, p) => Some(q),
        _ => None,
    }
}

/// Whether a value is the limit, or is where x is 0.
fn has_limit(b: &BlockBuilder, v: Value, x: Value, limit: Value) -> bool {
    let when_zero = match b.op(v) {
        Op::Select(test, value, _) => {
            (compared_with_zero(b, test, CompareOp::Eq) == Some(x)).then_some(value)
        }
        _ => None,
    };
    v == limit || when_zero == Some(limit)
}
