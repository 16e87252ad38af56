//! Divisions as products.

use rustc_hash::FxHashMap;

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, Value};

/// Replaces a / (1 / b) by a · b, a / c by a · (1 / c) where c is a number, and a / b by a · (1 / b) where several are
/// divided by b.
///
/// Time constants are often written as reciprocals of rates, τ = 1/(α + β), and then divided by.
/// The first has one rounding instead of two, the others two instead of one: half a unit in the last place more, for
/// a tenth of the time.
/// Zeros, infinities and NaN come out alike, except that a denormal b no longer counts as 0, and that 1 / b may
/// overflow where a / b would not, for b below 10⁻³⁰⁸.
pub fn cancel_reciprocals(block: &Block) -> Block {
    let mut divided: FxHashMap<Value, u32> = FxHashMap::default();
    for op in &block.ops {
        // A reciprocal is itself what others can be multiplied by, or is divided by and vanishes.
        if let Op::Binary(BinaryOp::Div, x, y) = op
            && !is_one(block, *x)
        {
            *divided.entry(*y).or_default() += 1;
        }
    }
    rewrite(block, |b, old, op| match op {
        Op::Binary(BinaryOp::Div, x, y) if b.as_const(x) != Some(1.0) => {
            let Op::Binary(_, _, divisor) = block.ops[old.index()] else { return b.push(op) };
            let several = divided.get(&divisor).is_some_and(|times| *times > 1);
            match reciprocal_of(b, y, several) {
                Some(reciprocal) => b.mul(x, reciprocal),
                None => b.push(op),
            }
        }
        _ => b.push(op),
    })
}

fn is_one(block: &Block, v: Value) -> bool {
    matches!(block.ops[v.index()], Op::Const(x) if x.get() == 1.0)
}

/// 1 / y, if it is there or worth its while.
fn reciprocal_of(b: &mut BlockBuilder, y: Value, several: bool) -> Option<Value> {
    if let Some(c) = b.as_const(y) {
        let reciprocal = 1.0 / c;
        return reciprocal.is_normal().then(|| b.constant(reciprocal));
    }
    match b.op(y) {
        Op::Binary(BinaryOp::Div, one, x) if b.as_const(one) == Some(1.0) => Some(x),
        _ if several => {
            let one = b.constant(1.0);
            Some(b.div(one, y))
        }
        _ => None,
    }
}
