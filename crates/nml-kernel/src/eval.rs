//! One operation on numbers: shared by the oracle, constant folding and a tape's run-once part.

use crate::ir::{BinaryOp, CompareOp, MaskOp, Op, UnaryOp, Value};
use crate::{math, random};

/// What a value holds for one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    /// A real.
    Real(f64),
    /// A truth value.
    Mask(bool),
}

impl Scalar {
    /// The real; a mask, which validation excludes, reads as NaN.
    pub(crate) fn real(self) -> f64 {
        match self {
            Self::Real(x) => x,
            Self::Mask(_) => f64::NAN,
        }
    }

    /// The truth value; a real, which validation excludes, reads as false.
    pub(crate) fn mask(self) -> bool {
        self == Self::Mask(true)
    }
}

/// Where the operations without operands get their values.
pub(crate) trait Environment {
    /// The value of an operand.
    fn value(&self, value: Value) -> Scalar;
    /// The value of [`Op::Load`] or [`Op::Uniform`].
    fn leaf(&self, op: Op) -> f64;
    /// The seed of the run.
    fn seed(&self) -> u64;
}

/// The result of `op`.
pub(crate) fn eval(op: Op, env: &impl Environment) -> Scalar {
    let real = |v| env.value(v).real();
    let mask = |v| env.value(v).mask();
    Scalar::Real(match op {
        Op::Const(number) => number.get(),
        Op::Uniform(_) | Op::Load(_) => env.leaf(op),
        Op::Unary(op, a) => unary(op, real(a)),
        Op::Binary(op, a, b) => binary(op, real(a), real(b)),
        Op::Fma(a, b, c) => real(a).mul_add(real(b), real(c)),
        Op::Select(m, a, b) => real(if mask(m) { a } else { b }),
        Op::Random { stream, id, counter } => {
            random::draw(env.seed(), stream, real(id), real(counter))
        }
        Op::MaskConst(truth) => return Scalar::Mask(truth),
        Op::Compare(op, a, b) => return Scalar::Mask(compare(op, real(a), real(b))),
        Op::Mask(MaskOp::And, a, b) => return Scalar::Mask(mask(a) && mask(b)),
        Op::Mask(MaskOp::Or, a, b) => return Scalar::Mask(mask(a) || mask(b)),
        Op::Not(a) => return Scalar::Mask(!mask(a)),
    })
}

fn unary(op: UnaryOp, x: f64) -> f64 {
    match op {
        UnaryOp::Neg => -x,
        UnaryOp::Abs => x.abs(),
        UnaryOp::Sqrt => x.sqrt(),
        UnaryOp::Exp => math::exp(x),
        UnaryOp::Expm1 => math::expm1(x),
        UnaryOp::Exprelr => math::exprelr(x),
        UnaryOp::Log => math::log(x),
        UnaryOp::Sin => math::sin(x),
        UnaryOp::Cos => math::cos(x),
        UnaryOp::Tan => math::tan(x),
        UnaryOp::Sinh => math::sinh(x),
        UnaryOp::Cosh => math::cosh(x),
        UnaryOp::Tanh => math::tanh(x),
        UnaryOp::Ceil => x.ceil(),
        UnaryOp::Floor => x.floor(),
    }
}

fn binary(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div => a / b,
        BinaryOp::Min => {
            if a < b || a.is_nan() {
                a
            } else {
                b
            }
        }
        BinaryOp::Max => {
            if a > b || a.is_nan() {
                a
            } else {
                b
            }
        }
        BinaryOp::Pow => math::pow(a, b),
    }
}

fn compare(op: CompareOp, a: f64, b: f64) -> bool {
    match op {
        CompareOp::Lt => a < b,
        CompareOp::Le => a <= b,
        CompareOp::Eq => a == b,
        CompareOp::Ne => a != b,
    }
}
