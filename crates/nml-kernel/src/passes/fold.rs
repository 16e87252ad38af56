//! Constant folding.

use super::rewrite;
use crate::eval::{Environment, Scalar, eval};
use crate::ir::{Block, BlockBuilder, MaskOp, Op, Value};

/// Computes operations on constants with the arithmetic of the oracle, and decides selects and connectives with a known
/// operand; exact.
pub fn fold_constants(block: &Block) -> Block {
    rewrite(block, |b, _, op| fold(b, op).unwrap_or_else(|| b.push(op)))
}

struct Constants<'a>(&'a BlockBuilder);

impl Environment for Constants<'_> {
    fn value(&self, value: Value) -> Scalar {
        known(self.0, value).unwrap_or(Scalar::Real(f64::NAN))
    }

    fn leaf(&self, _: Op) -> f64 {
        f64::NAN
    }

    fn seed(&self) -> u64 {
        0
    }
}

/// What a value is, if it is a constant.
fn known(b: &BlockBuilder, value: Value) -> Option<Scalar> {
    match b.op(value) {
        Op::Const(x) => Some(Scalar::Real(x.get())),
        Op::MaskConst(truth) => Some(Scalar::Mask(truth)),
        _ => None,
    }
}

fn fold(b: &mut BlockBuilder, op: Op) -> Option<Value> {
    match op {
        Op::Const(_) | Op::MaskConst(_) | Op::Uniform(_) | Op::Load(_) | Op::Random { .. } => {
            return None;
        }
        Op::Select(mask, x, y) => {
            if x == y {
                return Some(x);
            }
            if let Some(mask) = known(b, mask) {
                return Some(if mask.mask() { x } else { y });
            }
        }
        Op::Mask(op, x, y) => {
            if x == y {
                return Some(x);
            }
            // `true` decides `or` and is neutral in `and`.
            let decided_by = op == MaskOp::Or;
            for (one, other) in [(x, y), (y, x)] {
                if let Some(Scalar::Mask(truth)) = known(b, one) {
                    return Some(if truth == decided_by { one } else { other });
                }
            }
        }
        Op::Not(x) => {
            if let Op::Not(inner) = b.op(x) {
                return Some(inner);
            }
        }
        Op::Unary(..) | Op::Binary(..) | Op::Fma(..) | Op::Compare(..) => {}
    }
    let mut all = true;
    op.for_each_operand(|v| all &= known(b, v).is_some());
    if !all {
        return None;
    }
    Some(match eval(op, &Constants(b)) {
        Scalar::Real(x) => b.constant(x),
        Scalar::Mask(truth) => b.mask(truth),
    })
}
