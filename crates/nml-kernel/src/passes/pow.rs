//! Powers as products, or by the exponential.

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, Op, UnaryOp, Value};

/// The largest exponent that is expanded.
const MAX_EXPONENT: u32 = 16;

/// Replaces xⁿ with constant whole n, |n| ≤ 16, by products, and other powers of which base or exponent is constant by
/// the exponential: aˣ = exp(x ln a) for a > 0, xᶜ = exp(c ln x) for c not whole.
///
/// x² = x·x; otherwise xⁿ = (x^⌊n/2⌋)² for even and xⁿ⁻¹·x for odd n; x⁻ⁿ = 1 / xⁿ.
/// So x³ = (x·x)·x and x⁴ = (x·x)·(x·x), as a careful author writes them.
/// Each product rounds once: the result is within n/2 ulp or so of the power, not the correctly rounded one; by the
/// exponential it is within 2 + |ln xᶜ| ulp.
pub fn expand_pow(block: &Block) -> Block {
    rewrite(block, |b, _, op| match op {
        Op::Binary(BinaryOp::Pow, x, y) => {
            let exponent = b.as_const(y);
            if let Some(n) = small_integer(exponent) {
                return power(b, x, n);
            }
            match (b.as_const(x), exponent) {
                (Some(base), None) if base > 0.0 && base.is_finite() => {
                    let log = b.constant(crate::math::log(base));
                    let product = b.mul(y, log);
                    b.exp(product)
                }
                (None, Some(c)) if c.is_finite() && c.trunc() != c => {
                    let log = b.unary(UnaryOp::Log, x);
                    let product = b.mul(log, y);
                    b.exp(product)
                }
                _ => b.push(op),
            }
        }
        _ => b.push(op),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "the magnitude is at most 16")]
fn small_integer(exponent: Option<f64>) -> Option<i32> {
    exponent.filter(|n| n.trunc() == *n && n.abs() <= f64::from(MAX_EXPONENT)).map(|n| n as i32)
}

/// xⁿ by products.
pub(super) fn power(b: &mut BlockBuilder, x: Value, n: i32) -> Value {
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
