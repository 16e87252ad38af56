//! Bounds of what a block computes over an interval of one column.

use super::interval::Interval;
use super::jet::Jet;
use crate::ir::{BinaryOp, Block, CompareOp, MaskOp, Op, Value};

/// What a value surely is.
#[derive(Clone, Copy, Debug)]
enum Known {
    Real(Jet),
    /// None where it differs from place to place.
    Mask(Option<bool>),
}

/// The jets of all that a block stores, in the order of its stores, where the only column it loads lies in `x`.
pub(super) fn enclose(block: &Block, x: Interval) -> Vec<Jet> {
    let mut known: Vec<Known> = Vec::with_capacity(block.ops.len());
    for op in &block.ops {
        let real = |v: Value| match known[v.index()] {
            Known::Real(jet) => jet,
            Known::Mask(_) => Jet::any(),
        };
        let mask = |v: Value| match known[v.index()] {
            Known::Mask(truth) => truth,
            Known::Real(_) => None,
        };
        known.push(match *op {
            Op::Const(number) => Known::Real(Jet::constant(number.get())),
            Op::MaskConst(truth) => Known::Mask(Some(truth)),
            Op::Load(_) => Known::Real(Jet::argument(x)),
            Op::Uniform(_) | Op::Random { .. } => Known::Real(Jet::any()),
            Op::Unary(op, a) => Known::Real(real(a).unary(op)),
            Op::Binary(op, a, b) => Known::Real(binary(op, real(a), real(b))),
            Op::Fma(a, b, c) => Known::Real(real(a).mul(real(b)).add(real(c))),
            Op::Compare(op, a, b) => Known::Mask(compare(op, real(a).0[0], real(b).0[0])),
            Op::Mask(op, a, b) => Known::Mask(both(op, mask(a), mask(b))),
            Op::Not(a) => Known::Mask(mask(a).map(|truth| !truth)),
            Op::Select(m, a, b) => Known::Real(match mask(m) {
                Some(true) => real(a),
                Some(false) => real(b),
                None => kink(real(a), real(b)),
            }),
        });
    }
    let stored = block.stores.iter().map(|store| match known[store.value.index()] {
        Known::Real(jet) => jet,
        Known::Mask(_) => Jet::any(),
    });
    stored.collect()
}

/// One or the other: nothing is known of derivatives.
fn kink(a: Jet, b: Jet) -> Jet {
    let mut jet = Jet::any();
    jet.0[0] = a.hull(b).0[0];
    jet
}

fn binary(op: BinaryOp, a: Jet, b: Jet) -> Jet {
    let is_less = || compare(CompareOp::Lt, a.0[0], b.0[0]);
    match op {
        BinaryOp::Add => a.add(b),
        BinaryOp::Sub => a.sub(b),
        BinaryOp::Mul => a.mul(b),
        BinaryOp::Div => a.div(b),
        BinaryOp::Pow => a.pow(b),
        BinaryOp::Min => is_less().map_or_else(|| kink(a, b), |less| if less { a } else { b }),
        BinaryOp::Max => is_less().map_or_else(|| kink(a, b), |less| if less { b } else { a }),
    }
}

/// The truth value, where it is the same at all places.
fn compare(op: CompareOp, a: Interval, b: Interval) -> Option<bool> {
    if !a.is_bounded() || !b.is_bounded() {
        return None;
    }
    let apart = a.high < b.low || b.high < a.low;
    match op {
        CompareOp::Lt if a.high < b.low => Some(true),
        CompareOp::Lt if a.low >= b.high => Some(false),
        CompareOp::Le if a.high <= b.low => Some(true),
        CompareOp::Le if a.low > b.high => Some(false),
        CompareOp::Eq if apart => Some(false),
        CompareOp::Ne if apart => Some(true),
        _ => None,
    }
}

fn both(op: MaskOp, a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match op {
        MaskOp::And if a == Some(false) || b == Some(false) => Some(false),
        MaskOp::Or if a == Some(true) || b == Some(true) => Some(true),
        MaskOp::And => Some(a? && b?),
        MaskOp::Or => Some(a? || b?),
    }
}
