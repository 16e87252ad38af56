//! One state moves while everything else stands still.

use nml_kernel::passes::{exponential_euler, push_forward};
use nml_kernel::{BinaryOp, BlockBuilder, CompareOp, Op, UnaryOp, Value};

/// The state after `h` if dx/dt = `f`: exact where `f` is linear in x, else the exponential Rosenbrock–Euler step.
/// `frozen` values stand still.
pub(super) fn substep(
    b: &mut BlockBuilder,
    f: Value,
    x: Value,
    h: Value,
    frozen: &[Value],
) -> Value {
    if let Some(new) = exponential_euler(b, f, x, h, frozen) {
        return new;
    }
    let one = b.constant(1.0);
    let mut seeds: Vec<(Value, Option<Value>)> = frozen.iter().map(|v| (*v, None)).collect();
    seeds.insert(0, (x, Some(one)));
    let Some(slope) = push_forward(b, &[f], &seeds)[0] else {
        let change = b.mul(h, f);
        return b.add(x, change);
    };
    rosenbrock(b, (f, slope), x, h, false)
}

/// x + h φ₁(h f′) f with φ₁(z) = (eᶻ − 1)/z (Hochbruck and Ostermann 2010, eq. 2.50).
///
/// If `f` is not `linear` in x, z is at most 1: a state that runs away does so by the growth of its rate, not by that
/// of the exponential.  Where the slope is not a number the step is Euler's.
pub(super) fn rosenbrock(
    b: &mut BlockBuilder,
    (f, slope): (Value, Value),
    x: Value,
    h: Value,
    linear: bool,
) -> Value {
    let mut z = b.mul(h, slope);
    if may_fail(b, slope) {
        let zero = b.constant(0.0);
        let is_number = b.compare(CompareOp::Eq, z, z);
        z = b.select(is_number, z, zero);
    }
    if !linear {
        let one = b.constant(1.0);
        z = b.binary(BinaryOp::Min, z, one);
    }
    let minus = b.neg(z);
    let divisor = b.unary(UnaryOp::Exprelr, minus);
    let euler = b.mul(h, f);
    let change = b.div(euler, divisor);
    b.add(x, change)
}

/// Whether a derivative may be undefined where what it is of is not: quotients, powers, roots and logarithms.
fn may_fail(b: &BlockBuilder, slope: Value) -> bool {
    made_of(b, slope, |b, op| match op {
        Op::Binary(BinaryOp::Div, _, by) => made_of(b, by, |_, op| matches!(op, Op::Load(_))),
        Op::Binary(BinaryOp::Pow, ..) | Op::Unary(UnaryOp::Sqrt | UnaryOp::Log, _) => true,
        _ => false,
    })
}

/// Whether a value is made of another.
pub(super) fn depends(b: &BlockBuilder, value: Value, on: Value) -> bool {
    value == on || {
        let on = b.op(on);
        made_of(b, value, |_, op| op == on)
    }
}

/// Whether any operation that a value is made of fits.
fn made_of(b: &BlockBuilder, value: Value, fits: impl Fn(&BlockBuilder, Op) -> bool) -> bool {
    let mut seen = vec![false; value.0 as usize + 1];
    let mut open = vec![value];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at.0 as usize], true) {
            continue;
        }
        let op = b.op(at);
        if fits(b, op) {
            return true;
        }
        op.for_each_operand(|operand| open.push(operand));
    }
    false
}
