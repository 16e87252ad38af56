//! Forward-mode differentiation.

use crate::ir::{BinaryOp, BlockBuilder, CompareOp, Op, UnaryOp, Value};

/// The derivatives d`ys`/d`x`, as new values of the block.
///
/// `x` is any value, usually a load; what it is made of is taken as constant.
/// Steps (`floor`, `ceil`, comparisons) and random numbers have derivative 0; `abs`, `min`, `max` and `select` have that
/// of the branch taken, which at a kink is the one the operation itself takes.
pub fn differentiate(b: &mut BlockBuilder, ys: &[Value], x: Value) -> Vec<Value> {
    let one = b.constant(1.0);
    let found = push_forward(b, ys, &[(x, Some(one))]);
    found.into_iter().map(|dy| dy.unwrap_or_else(|| b.constant(0.0))).collect()
}

/// The derivatives of `ys` along a direction: each of the `seeds` is a value and its derivative, whatever it is made of,
/// and what is not made of them is constant.  None is zero.
pub fn push_forward(
    b: &mut BlockBuilder,
    ys: &[Value],
    seeds: &[(Value, Option<Value>)],
) -> Vec<Option<Value>> {
    let last = ys.iter().map(|y| y.index()).max();
    let mut tangents: Vec<Option<Value>> = Vec::new();
    for i in 0..last.map_or(0, |last| last + 1) {
        let seed = seeds.iter().find(|(x, _)| x.index() == i);
        let tangent = match seed {
            Some(&(_, dx)) => dx,
            None => tangent(b, Value::new(i), &tangents),
        };
        tangents.push(tangent);
    }
    ys.iter().map(|y| tangents[y.index()]).collect()
}

/// The derivative of one operation; none is zero.
fn tangent(b: &mut BlockBuilder, y: Value, tangents: &[Option<Value>]) -> Option<Value> {
    let d = |v: Value| tangents[v.index()];
    match b.op(y) {
        Op::Const(_)
        | Op::MaskConst(_)
        | Op::Uniform(_)
        | Op::Load(_)
        | Op::Compare(..)
        | Op::Mask(..)
        | Op::Not(_)
        | Op::Random { .. } => None,
        Op::Unary(op, a) => {
            let da = d(a)?;
            unary(b, op, a, y, da)
        }
        Op::Binary(op, p, q) => binary(b, op, (p, d(p)), (q, d(q)), y),
        Op::Fma(p, q, r) => {
            let terms = [d(p).map(|dp| b.mul(dp, q)), d(q).map(|dq| b.mul(p, dq)), d(r)];
            terms.into_iter().fold(None, |sum, term| add(b, sum, term))
        }
        Op::Select(mask, p, q) => choose(b, mask, d(p), d(q)),
    }
}

fn add(b: &mut BlockBuilder, p: Option<Value>, q: Option<Value>) -> Option<Value> {
    match (p, q) {
        (Some(p), Some(q)) => Some(b.add(p, q)),
        (p, q) => p.or(q),
    }
}

fn choose(
    b: &mut BlockBuilder,
    mask: Value,
    dp: Option<Value>,
    dq: Option<Value>,
) -> Option<Value> {
    if dp.is_none() && dq.is_none() {
        return None;
    }
    let zero = b.constant(0.0);
    Some(b.select(mask, dp.unwrap_or(zero), dq.unwrap_or(zero)))
}

fn unary(b: &mut BlockBuilder, op: UnaryOp, a: Value, y: Value, da: Value) -> Option<Value> {
    let one = b.constant(1.0);
    let slope = match op {
        UnaryOp::Ceil | UnaryOp::Floor => return None,
        UnaryOp::Neg => return Some(b.neg(da)),
        UnaryOp::Sqrt => {
            let twice = b.add(y, y);
            return Some(b.div(da, twice));
        }
        UnaryOp::Log => return Some(b.div(da, a)),
        UnaryOp::Abs => {
            let zero = b.constant(0.0);
            let negative = b.lt(a, zero);
            let minus = b.neg(da);
            return Some(b.select(negative, minus, da));
        }
        UnaryOp::Exp => y,
        UnaryOp::Expm1 => b.add(y, one),
        UnaryOp::Exprelr => exprelr_slope(b, a, y),
        UnaryOp::Sin => b.unary(UnaryOp::Cos, a),
        UnaryOp::Cos => {
            let sin = b.unary(UnaryOp::Sin, a);
            b.neg(sin)
        }
        UnaryOp::Tan => b.fma(y, y, one),
        UnaryOp::Sinh => b.unary(UnaryOp::Cosh, a),
        UnaryOp::Cosh => b.unary(UnaryOp::Sinh, a),
        UnaryOp::Tanh => {
            let square = b.mul(y, y);
            b.sub(one, square)
        }
    };
    Some(b.mul(slope, da))
}

/// The slope of f(a) = a/(1 − e⁻ᵃ): (1 − f(−a)) · f(a)/a, by its series ½ + a/6 − a³/180 + a⁵/5040 for |a| < 0.03, where
/// the quotient cancels.  Either is within 1e-14 of the slope.
fn exprelr_slope(b: &mut BlockBuilder, a: Value, f: Value) -> Value {
    let one = b.constant(1.0);
    let minus_a = b.neg(a);
    let mirrored = b.unary(UnaryOp::Exprelr, minus_a);
    let rest = b.sub(one, mirrored);
    let ratio = b.div(f, a);
    let quotient = b.mul(rest, ratio);

    let square = b.mul(a, a);
    let [c1, c3, c5, half] = [1.0 / 6.0, -1.0 / 180.0, 1.0 / 5040.0, 0.5].map(|c| b.constant(c));
    let inner = b.fma(square, c5, c3);
    let odd = b.fma(square, inner, c1);
    let series = b.fma(a, odd, half);

    let (magnitude, limit) = (b.unary(UnaryOp::Abs, a), b.constant(0.03));
    let near = b.lt(magnitude, limit);
    b.select(near, series, quotient)
}

fn binary(
    b: &mut BlockBuilder,
    op: BinaryOp,
    (p, dp): (Value, Option<Value>),
    (q, dq): (Value, Option<Value>),
    y: Value,
) -> Option<Value> {
    if dp.is_none() && dq.is_none() {
        return None;
    }
    match op {
        BinaryOp::Add => add(b, dp, dq),
        BinaryOp::Sub => match (dp, dq) {
            (Some(dp), Some(dq)) => Some(b.sub(dp, dq)),
            (None, Some(dq)) => Some(b.neg(dq)),
            (dp, None) => dp,
        },
        BinaryOp::Mul => {
            let (left, right) = (dp.map(|dp| b.mul(dp, q)), dq.map(|dq| b.mul(p, dq)));
            add(b, left, right)
        }
        BinaryOp::Div => {
            // (dp − y dq) / q.
            let numerator = match (dp, dq) {
                (dp, Some(dq)) => {
                    let term = b.mul(y, dq);
                    match dp {
                        Some(dp) => b.sub(dp, term),
                        None => b.neg(term),
                    }
                }
                (dp, None) => dp?,
            };
            Some(b.div(numerator, q))
        }
        BinaryOp::Min | BinaryOp::Max => {
            let less = if op == BinaryOp::Min { b.lt(p, q) } else { b.lt(q, p) };
            let nan = b.compare(CompareOp::Ne, p, p);
            let first = b.or(less, nan);
            choose(b, first, dp, dq)
        }
        BinaryOp::Pow => {
            // q p^(q−1) dp + y log p dq.
            let base = dp.map(|dp| {
                let one = b.constant(1.0);
                let lower = b.sub(q, one);
                let power = b.binary(BinaryOp::Pow, p, lower);
                let slope = b.mul(q, power);
                b.mul(slope, dp)
            });
            let exponent = dq.map(|dq| {
                let log = b.unary(UnaryOp::Log, p);
                let slope = b.mul(y, log);
                b.mul(slope, dq)
            });
            add(b, base, exponent)
        }
    }
}
