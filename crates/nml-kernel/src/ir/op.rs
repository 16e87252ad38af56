//! The operations.

use super::{Column, Uniform, Value};

/// An `f64` compared and hashed by its bits; all NaNs are one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u64);

impl Number {
    /// The number as `f64`.
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl From<f64> for Number {
    fn from(x: f64) -> Self {
        Self(if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() })
    }
}

impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.get(), f)
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// An `f64`.
    Real,
    /// A truth value.
    Mask,
}

/// Functions of one real.  NaN gives NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnaryOp {
    /// −x, by flipping the sign bit.
    Neg,
    /// |x|, by clearing the sign bit.
    Abs,
    /// √x, correctly rounded.
    Sqrt,
    /// eˣ.
    Exp,
    /// eˣ − 1, without cancellation near 0.
    Expm1,
    /// x / (1 − e⁻ˣ), 1 at 0.
    Exprelr,
    /// Natural logarithm; −∞ at 0, NaN below.
    Log,
    /// Sine of radians.
    Sin,
    /// Cosine of radians.
    Cos,
    /// Tangent of radians.
    Tan,
    /// Hyperbolic sine.
    Sinh,
    /// Hyperbolic cosine.
    Cosh,
    /// Hyperbolic tangent.
    Tanh,
    /// Least integer not below x.
    Ceil,
    /// Greatest integer not above x.
    Floor,
}

/// Functions of two reals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BinaryOp {
    /// a + b.
    Add,
    /// a − b.
    Sub,
    /// a · b.
    Mul,
    /// a / b, IEEE 754 for zero and infinite operands.
    Div,
    /// `a` if a < b or a is NaN, else `b`; so NaN if either is.
    Min,
    /// `a` if a > b or a is NaN, else `b`; so NaN if either is.
    Max,
    /// aᵇ as in C99.
    Pow,
}

/// Comparisons.  With a NaN all are false but `Ne`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompareOp {
    /// a < b.
    Lt,
    /// a ≤ b.
    Le,
    /// a = b; −0 = 0.
    Eq,
    /// a ≠ b.
    Ne,
}

/// Connectives of two truth values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaskOp {
    /// Both.
    And,
    /// At least one.
    Or,
}

/// One operation of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// A number.
    Const(Number),
    /// A truth value.
    MaskConst(bool),
    /// A scalar of the run.
    Uniform(Uniform),
    /// A column as it was before the block.
    Load(Column),
    /// A function of one real.
    Unary(UnaryOp, Value),
    /// A function of two reals.
    Binary(BinaryOp, Value, Value),
    /// a · b + c, rounded once.
    Fma(Value, Value, Value),
    /// A comparison of two reals, giving a mask.
    Compare(CompareOp, Value, Value),
    /// A connective of two masks.
    Mask(MaskOp, Value, Value),
    /// The complement of a mask.
    Not(Value),
    /// The second where the mask (first) holds, else the third; both are computed.
    Select(Value, Value, Value),
    /// A uniform number in [0, 1): see [`crate::random`].
    Random {
        /// Which of the instance's streams, below 65 536.
        stream: u16,
        /// The global id of the instance, as a whole number.
        id: Value,
        /// How many draws the stream has made, as a whole number.
        counter: Value,
    },
}

impl Op {
    /// Calls `f` with each operand, in order.
    pub fn for_each_operand(&self, mut f: impl FnMut(Value)) {
        match *self {
            Self::Const(_) | Self::MaskConst(_) | Self::Uniform(_) | Self::Load(_) => {}
            Self::Unary(_, a) | Self::Not(a) => f(a),
            Self::Binary(_, a, b)
            | Self::Compare(_, a, b)
            | Self::Mask(_, a, b)
            | Self::Random { id: a, counter: b, .. } => {
                f(a);
                f(b);
            }
            Self::Fma(a, b, c) | Self::Select(a, b, c) => {
                f(a);
                f(b);
                f(c);
            }
        }
    }

    /// The same operation on operands `f(operand)`.
    #[must_use]
    pub fn map_operands(self, mut f: impl FnMut(Value) -> Value) -> Self {
        match self {
            Self::Const(_) | Self::MaskConst(_) | Self::Uniform(_) | Self::Load(_) => self,
            Self::Unary(op, a) => Self::Unary(op, f(a)),
            Self::Not(a) => Self::Not(f(a)),
            Self::Binary(op, a, b) => Self::Binary(op, f(a), f(b)),
            Self::Compare(op, a, b) => Self::Compare(op, f(a), f(b)),
            Self::Mask(op, a, b) => Self::Mask(op, f(a), f(b)),
            Self::Random { stream, id, counter } => {
                Self::Random { stream, id: f(id), counter: f(counter) }
            }
            Self::Fma(a, b, c) => Self::Fma(f(a), f(b), f(c)),
            Self::Select(a, b, c) => Self::Select(f(a), f(b), f(c)),
        }
    }

    /// The type of the result.
    pub fn ty(&self) -> Type {
        match self {
            Self::MaskConst(_) | Self::Compare(..) | Self::Mask(..) | Self::Not(_) => Type::Mask,
            _ => Type::Real,
        }
    }

    /// The type each operand must have.
    pub(crate) fn operand_types(&self) -> [Type; 3] {
        match self {
            Self::Mask(..) | Self::Not(_) => [Type::Mask; 3],
            Self::Select(..) => [Type::Mask, Type::Real, Type::Real],
            _ => [Type::Real; 3],
        }
    }
}
