//! The exact step of a rate that is linear in its state.

use super::linear::linear_with;
use crate::ir::{BinaryOp, BlockBuilder, Op, UnaryOp, Value};

/// The state after `dt` if dx/dt = `f` is linear in x with coefficients held for the step (Rush and Larsen 1978); none
/// if [`linear_in`] finds no such form.
///
/// `f` = (x∞ − x)/τ gives x∞ + (x − x∞)·exp(−dt/τ).
/// Any other a + b·x gives x + dt·f/exprelr(−b·dt), which is the same number for b ≠ 0 and x + dt·f for b = 0.
///
/// `frozen` values are taken as independent of x, whatever they are made of.
pub fn exponential_euler(
    b: &mut BlockBuilder,
    f: Value,
    x: Value,
    dt: Value,
    frozen: &[Value],
) -> Option<Value> {
    let linear = linear_with(b, f, x, frozen)?;
    if let Some((inf, tau)) = relaxation(b, f, x, frozen) {
        let minus_dt = b.neg(dt);
        let exponent = b.div(minus_dt, tau);
        let decay = b.exp(exponent);
        let distance = b.sub(x, inf);
        let rest = b.mul(distance, decay);
        return Some(b.add(rest, inf));
    }
    let exponent = b.mul(linear.b, dt);
    let minus = b.neg(exponent);
    let divisor = b.unary(UnaryOp::Exprelr, minus);
    let euler = b.mul(dt, f);
    let change = b.div(euler, divisor);
    Some(b.add(x, change))
}

/// x∞ and τ, if `f` is written (x∞ − x)/τ; the caller knows that `f` is linear, so neither can contain x unless x is
/// subtracted from itself.
fn relaxation(
    b: &mut BlockBuilder,
    f: Value,
    x: Value,
    frozen: &[Value],
) -> Option<(Value, Value)> {
    let Op::Binary(BinaryOp::Div, difference, tau) = b.op(f) else { return None };
    let Op::Binary(BinaryOp::Sub, inf, subtracted) = b.op(difference) else { return None };
    let zero = b.constant(0.0);
    let free = linear_with(b, inf, x, frozen).is_some_and(|l| l.b == zero && l.a == inf);
    (subtracted == x && free).then_some((inf, tau))
}
