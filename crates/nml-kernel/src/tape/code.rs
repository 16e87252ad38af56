//! The operations of a tape: single ones, and super-ops that do several in registers.
//!
//! A super-op computes exactly what its parts would, rounding for rounding.

use crate::ir::{BinaryOp, CompareOp, MaskOp, UnaryOp};

/// What one instruction of a tape does to its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Copy,
    Unary(UnaryOp),
    Binary(BinaryOp),
    /// ±a · b ± c.
    Fma {
        negate_product: bool,
        negate_addend: bool,
    },
    Compare(CompareOp),
    Mask(MaskOp),
    Not,
    Select,
    /// Select (a ? b) c d.
    CompareSelect(CompareOp),
    /// (id, counter, seed, stream).
    Random,
    /// outer (inner (a, b), c), or outer (c, inner (a, b)).
    Pair {
        outer: Arith,
        inner: Arith,
        inner_first: bool,
    },
    /// post (core (pre (…)), …).
    Rate(Pre, Core, Post),
    /// (x, α, β, k) ↦ fma (x − α/s, exp (s·k), α/s) with s = α + β: a gate by its rates, with k = −dt.
    RateGate,
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arith {
    Add,
    Sub,
    Mul,
    Div,
}

impl Arith {
    pub(super) fn new(op: BinaryOp) -> Option<Self> {
        match op {
            BinaryOp::Add => Some(Self::Add),
            BinaryOp::Sub => Some(Self::Sub),
            BinaryOp::Mul => Some(Self::Mul),
            BinaryOp::Div => Some(Self::Div),
            BinaryOp::Min | BinaryOp::Max | BinaryOp::Pow => None,
        }
    }

    pub(super) fn commutes(self) -> bool {
        matches!(self, Self::Add | Self::Mul)
    }
}

/// How a rate's argument is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pre {
    /// a.
    Identity,
    /// −a.
    Neg,
    /// a + b.
    Add,
    /// a − b.
    Sub,
    /// a · b.
    Mul,
    /// a / b.
    Div,
    /// (a − b) / c.
    SubDiv,
    /// a · b + c.
    Fma,
}

/// The transcendental function of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Core {
    Exp,
    Exprelr,
}

/// What a rate does with y, its function's value, and its last operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Post {
    /// y.
    Identity,
    /// a · y.
    Mul,
    /// a / (1 + y).
    OverOnePlus,
    /// (x − x∞) · y + x∞ with operands x, x∞: relaxation of a gate.
    Relax,
}
