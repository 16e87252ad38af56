//! One state moves while everything else stands still.

use nml_kernel::passes::{differentiate, exponential_euler};
use nml_kernel::{BinaryOp, BlockBuilder, CompareOp, UnaryOp, Value};

/// The state after `h` if dx/dt = `f`: exact where `f` is linear in x, else the exponential Rosenbrock–Euler step.
pub(super) fn substep(b: &mut BlockBuilder, f: Value, x: Value, h: Value) -> Value {
    if let Some(new) = exponential_euler(b, f, x, h) {
        return new;
    }
    let slope = differentiate(b, &[f], x)[0];
    rosenbrock(b, (f, slope), x, h)
}

/// x + h φ₁(h f′) f with φ₁(z) = (eᶻ − 1)/z (Hochbruck and Ostermann 2010, eq. 2.50).
///
/// z is at most 1: a state that runs away does so by the growth of its rate, not by that of the exponential.
/// Where the slope is not a number the step is Euler's.
pub(super) fn rosenbrock(
    b: &mut BlockBuilder,
    (f, slope): (Value, Value),
    x: Value,
    h: Value,
) -> Value {
    let z = b.mul(h, slope);
    let (zero, one) = (b.constant(0.0), b.constant(1.0));
    let is_number = b.compare(CompareOp::Eq, z, z);
    let z = b.select(is_number, z, zero);
    let z = b.binary(BinaryOp::Min, z, one);
    let minus = b.neg(z);
    let divisor = b.unary(UnaryOp::Exprelr, minus);
    let euler = b.mul(h, f);
    let change = b.div(euler, divisor);
    b.add(x, change)
}
