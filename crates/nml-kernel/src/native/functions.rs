//! What machine code calls: functions of numbers that lie side by side, which leave their results there.
#![expect(unsafe_code, reason = "they are called from machine code")]

use crate::ir::{BinaryOp, Op, UnaryOp};
use crate::simd::{Avx2, Lanes};
use crate::{math, random};

/// How many numbers fit where a function takes and leaves them.
pub(super) const ROOM: usize = 4;

/// A function that machine code may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Function {
    /// One number each, up to [`ROOM`] at once.
    Many(UnaryOp),
    /// Of one number.
    Unary(UnaryOp),
    /// Of two: a power.
    Pow,
    /// Of id, counter, and the bits of seed and stream.
    Random,
}

type Code = unsafe extern "sysv64" fn(*mut f64);

impl Function {
    /// The function that does an operation; none where machine code does it itself.
    pub(super) fn of(op: &Op) -> Option<Self> {
        Some(match op {
            Op::Unary(
                UnaryOp::Neg | UnaryOp::Abs | UnaryOp::Sqrt | UnaryOp::Ceil | UnaryOp::Floor,
                _,
            ) => return None,
            Op::Unary(op, _) => match op {
                UnaryOp::Exp | UnaryOp::Expm1 | UnaryOp::Exprelr | UnaryOp::Log => Self::Many(*op),
                _ => Self::Unary(*op),
            },
            Op::Binary(BinaryOp::Pow, ..) => Self::Pow,
            Op::Random { .. } => Self::Random,
            _ => return None,
        })
    }

    /// How many operations one call does.
    pub(super) fn room(self) -> usize {
        if matches!(self, Self::Many(_)) { ROOM } else { 1 }
    }

    /// Where it is.
    pub(super) fn address(self) -> u64 {
        let code: Code = match self {
            Self::Many(UnaryOp::Expm1) => expm1,
            Self::Many(UnaryOp::Exprelr) => exprelr,
            Self::Many(UnaryOp::Log) => log,
            Self::Many(_) => exp,
            Self::Unary(UnaryOp::Sin) => one::<Sin>,
            Self::Unary(UnaryOp::Cos) => one::<Cos>,
            Self::Unary(UnaryOp::Tan) => one::<Tan>,
            Self::Unary(UnaryOp::Sinh) => one::<Sinh>,
            Self::Unary(UnaryOp::Cosh) => one::<Cosh>,
            Self::Unary(_) => one::<Tanh>,
            Self::Pow => pow,
            Self::Random => draw,
        };
        (code as *const ()).expose_provenance() as u64
    }
}

/// Applies a function to [`ROOM`] numbers.
///
/// # Safety
/// AVX2 and FMA must be available, and `at` readable and writable for [`ROOM`] numbers.
#[target_feature(enable = "avx2,fma")]
unsafe fn many(at: *mut f64, f: impl Fn(Avx2) -> Avx2) {
    // SAFETY: the caller vouches for the instruction set and the numbers.
    unsafe {
        // They were written one by one a moment ago, which a processor forwards to equal reads only.
        let numbers: [f64; ROOM] = std::array::from_fn(|k| at.add(k).read_volatile());
        f(Avx2::load(numbers.as_ptr())).store(at);
    }
}

macro_rules! functions_of_many {
    ($($name:ident $lanes:path;)*) => {$(
        /// # Safety
        /// As [`many`].
        #[target_feature(enable = "avx2,fma")]
        unsafe extern "sysv64" fn $name(at: *mut f64) {
            // SAFETY: passed on to the caller.
            unsafe { many(at, |x| $lanes(x)) }
        }
    )*};
}

functions_of_many! {
    exp math::exp_lanes;
    expm1 math::expm1_lanes;
    exprelr math::exprelr_lanes;
    log math::log_lanes;
}

/// A function of one number.
pub(super) trait OfOne {
    fn eval(x: f64) -> f64;
}

macro_rules! functions_of_one {
    ($($name:ident $function:path;)*) => {$(
        pub(super) struct $name;
        impl OfOne for $name {
            fn eval(x: f64) -> f64 {
                $function(x)
            }
        }
    )*};
}

functions_of_one! {
    Sin math::sin;
    Cos math::cos;
    Tan math::tan;
    Sinh math::sinh;
    Cosh math::cosh;
    Tanh math::tanh;
}

/// # Safety
/// `at` must be readable and writable.
unsafe extern "sysv64" fn one<F: OfOne>(at: *mut f64) {
    // SAFETY: the caller vouches for it.
    unsafe { *at = F::eval(*at) }
}

/// # Safety
/// `at` must be readable and writable for two numbers.
unsafe extern "sysv64" fn pow(at: *mut f64) {
    // SAFETY: the caller vouches for it.
    unsafe { *at = math::pow(*at, *at.add(1)) }
}

/// # Safety
/// `at` must be readable and writable for four numbers.
unsafe extern "sysv64" fn draw(at: *mut f64) {
    // SAFETY: the caller vouches for it.
    unsafe {
        let (seed, stream) = ((*at.add(2)).to_bits(), (*at.add(3)).to_bits());
        *at = random::draw(seed, u16::try_from(stream).unwrap_or(0), *at, *at.add(1));
    }
}
