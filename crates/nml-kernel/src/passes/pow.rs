//! Integer powers as products.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, Value};

/// The largest exponent that is expanded.
const MAX_EXPONENT: u32 = 16;

/// Replaces xⁿ with constant whole n, |n| ≤ 16, by products.
///
/// x² = x·x; otherwise xⁿ = (x^⌊n/2⌋)² for even and xⁿ⁻¹·x for odd n; x⁻ⁿ = 1 / xⁿ.
/// So x³ = (x·x)·x and x⁴ = (x·x)·(x·x), as a careful author writes them.
/// Each product rounds once: the result is within n/2 ulp or so of the power, not the correctly rounded one.
pub fn expand_pow(block: &Block) -> Block {
    rewrite(block, |b, _, op| match op {
        Op::Binary(BinaryOp::Pow, x, y) => match small_integer(b.as_const(y)) {
            Some(n) => power(b, x, n),
            None => b.push(op),
        },
        _ => b.push(op),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "the magnitude is at most 16")]
fn small_integer(exponent: Option<f64>) -> Option<i32> {
    exponent.filter(|n| n.trunc() == *n && n.abs() <= f64::from(MAX_EXPONENT)).map(|n| n as i32)
}

fn power(b: &mut BlockBuilder, x: Value, n: i32) -> Value {
    if n < 0 {
        let (one, positive) = (b.constant(1.0), power(b, x, -n));
        return b.div(one, positive);
    }
    match n {
        0 => b.constant(1.0),
        1 => x,
        n if n % 2 == 0 => {
            let root = power(b, x, n / 2);
            b.mul(root, root)
        }
        n => {
            let even = power(b, x, n - 1);
            b.mul(even, x)
        }
    }
}
