//! Division by a reciprocal.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, Value};

/// Replaces a / (1 / b) by a · b: one rounding instead of two.
///
/// Time constants are often written as reciprocals of rates, τ = 1/(α + β), and then divided by.
/// Zeros, infinities and NaN come out alike, except that a denormal b no longer counts as 0.
pub fn cancel_reciprocals(block: &Block) -> Block {
    rewrite(block, |b, _, op| match op {
        Op::Binary(BinaryOp::Div, x, y) => match reciprocal_of(b, y) {
            Some(y) => b.mul(x, y),
            None => b.push(op),
        },
        _ => b.push(op),
    })
}

fn reciprocal_of(b: &BlockBuilder, v: Value) -> Option<Value> {
    match b.op(v) {
        Op::Binary(BinaryOp::Div, one, x) if b.as_const(one) == Some(1.0) => Some(x),
        _ => None,
    }
}
