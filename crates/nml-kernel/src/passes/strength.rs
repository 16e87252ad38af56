//! Strength reduction.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, UnaryOp, Value};

/// Replaces operations by cheaper ones with the same bits: neutral elements, negations moved into constants, sums and
/// products, division by powers of two.
///
/// What is not exact is left alone: x + 0 changes −0, x · 0 and x − x change NaN and infinities, division by most
/// constants is not multiplication.
pub fn reduce_strength(block: &Block) -> Block {
    rewrite(block, |b, _, op| reduce(b, op).unwrap_or_else(|| b.push(op)))
}

fn reduce(b: &mut BlockBuilder, op: Op) -> Option<Value> {
    match op {
        Op::Unary(op, a) => unary(b, op, a),
        Op::Binary(BinaryOp::Add, x, y) => either(x, y, |x, y| match b.as_const(y) {
            Some(zero) if is_negative_zero(zero) => Some(x),
            _ => None,
        })
        .or_else(|| either(x, y, |x, y| negated(b, y).map(|y| (x, y))).map(|(x, y)| b.sub(x, y))),
        Op::Binary(BinaryOp::Sub, x, y) => {
            if b.as_const(y).is_some_and(|y| y == 0.0 && y.is_sign_positive()) {
                return Some(x);
            }
            negated(b, y).map(|y| b.add(x, y))
        }
        Op::Binary(BinaryOp::Mul, x, y) => product(b, x, y),
        Op::Binary(BinaryOp::Div, x, y) => quotient(b, x, y),
        Op::Binary(BinaryOp::Pow, x, y) => match b.as_const(y)? {
            1.0 => Some(x),
            0.0 => Some(b.constant(1.0)),
            _ => None,
        },
        Op::Fma(x, y, z) => {
            if b.as_const(z).is_some_and(is_negative_zero) {
                return Some(b.mul(x, y));
            }
            if let Some(x) = either(x, y, |x, y| (b.as_const(y) == Some(1.0)).then_some(x)) {
                return Some(b.add(x, z));
            }
            // Two negations cancel; one goes into a constant.
            match (negated(b, x), negated(b, y)) {
                (Some(x), Some(y)) => Some(b.fma(x, y, z)),
                (Some(x), None) => opposite(b, y).map(|y| b.fma(x, y, z)),
                (None, Some(y)) => opposite(b, x).map(|x| b.fma(x, y, z)),
                (None, None) => None,
            }
        }
        _ => None,
    }
}

fn unary(b: &mut BlockBuilder, op: UnaryOp, a: Value) -> Option<Value> {
    match (op, b.op(a)) {
        (UnaryOp::Neg, Op::Unary(UnaryOp::Neg, x)) => Some(x),
        // −(x c) = x (−c), −(x / c) = x / (−c).
        (UnaryOp::Neg, Op::Binary(BinaryOp::Mul, x, y)) => {
            either(x, y, |x, y| Some((x, b.as_const(y)?))).map(|(x, c)| {
                let c = b.constant(-c);
                b.mul(x, c)
            })
        }
        (UnaryOp::Neg, Op::Binary(BinaryOp::Div, x, y)) => {
            if let Some(c) = b.as_const(y) {
                let c = b.constant(-c);
                Some(b.div(x, c))
            } else {
                let c = -b.as_const(x)?;
                let c = b.constant(c);
                Some(b.div(c, y))
            }
        }
        (UnaryOp::Abs, Op::Unary(UnaryOp::Neg | UnaryOp::Abs, x)) => Some(b.unary(UnaryOp::Abs, x)),
        // These do not see the sign of zero, so 0 − x may become −x.
        (
            UnaryOp::Exp | UnaryOp::Exprelr | UnaryOp::Cos | UnaryOp::Cosh,
            Op::Binary(BinaryOp::Sub, zero, x),
        ) if b.as_const(zero) == Some(0.0) => {
            let x = negate(b, x);
            Some(b.unary(op, x))
        }
        (UnaryOp::Cos | UnaryOp::Cosh, Op::Unary(UnaryOp::Neg, x)) => Some(b.unary(op, x)),
        _ => None,
    }
}

/// −x, inside a division by a constant or a product with one where there is such.
fn negate(b: &mut BlockBuilder, x: Value) -> Value {
    unary(b, UnaryOp::Neg, x).unwrap_or_else(|| b.neg(x))
}

fn product(b: &mut BlockBuilder, x: Value, y: Value) -> Option<Value> {
    let constant = either(x, y, |x, y| Some((x, b.as_const(y)?)));
    match constant {
        Some((x, 1.0)) => return Some(x),
        Some((x, -1.0)) => return Some(negate(b, x)),
        _ => {}
    }
    match (negated(b, x), negated(b, y)) {
        (Some(x), Some(y)) => Some(b.mul(x, y)),
        (Some(x), None) => opposite(b, y).map(|y| b.mul(x, y)),
        (None, Some(y)) => opposite(b, x).map(|x| b.mul(x, y)),
        (None, None) => None,
    }
}

fn quotient(b: &mut BlockBuilder, x: Value, y: Value) -> Option<Value> {
    match b.as_const(y) {
        Some(1.0) => return Some(x),
        Some(-1.0) => return Some(negate(b, x)),
        Some(c) if is_power_of_two(c) => {
            let reciprocal = b.constant(1.0 / c);
            return Some(b.mul(x, reciprocal));
        }
        _ => {}
    }
    match (negated(b, x), negated(b, y)) {
        (Some(x), Some(y)) => Some(b.div(x, y)),
        (Some(x), None) => opposite(b, y).map(|y| b.div(x, y)),
        (None, Some(y)) => opposite(b, x).map(|x| b.div(x, y)),
        (None, None) => None,
    }
}

/// Tries a commutative rule both ways.
fn either<T>(x: Value, y: Value, rule: impl Fn(Value, Value) -> Option<T>) -> Option<T> {
    rule(x, y).or_else(|| rule(y, x))
}

/// x, if the value is −x.
fn negated(b: &BlockBuilder, value: Value) -> Option<Value> {
    match b.op(value) {
        Op::Unary(UnaryOp::Neg, x) => Some(x),
        _ => None,
    }
}

/// −x, if that costs nothing per instance: x is a constant or a scalar of the run.
fn opposite(b: &mut BlockBuilder, x: Value) -> Option<Value> {
    match b.op(x) {
        Op::Const(c) => Some(b.constant(-c.get())),
        Op::Uniform(_) => Some(b.neg(x)),
        _ => None,
    }
}

fn is_negative_zero(x: f64) -> bool {
    x == 0.0 && x.is_sign_negative()
}

/// Whether x is ±2ⁿ and its reciprocal is exact and normal.
fn is_power_of_two(x: f64) -> bool {
    const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
    x.is_normal() && x.to_bits() & MANTISSA == 0 && (1.0 / x).is_normal()
}
