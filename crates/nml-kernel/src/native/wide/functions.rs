//! What machine code calls: functions of vectors that lie side by side, lane by lane; results replace the first.
#![expect(unsafe_code, reason = "they are called from machine code")]

use super::super::functions::{Cos, Cosh, Function, OfOne, Sin, Sinh, Tan, Tanh};
use crate::columns::LANES;
use crate::ir::UnaryOp;
use crate::{math, random};

/// Arguments: where vectors lie, how many lanes count.
type Code = unsafe extern "sysv64" fn(*mut f64, usize);

/// Where a function is.
pub(super) fn address(function: Function) -> u64 {
    let code: Code = match function {
        // Functions of many are traced, not called.
        Function::Many(op) | Function::Unary(op) => match op {
            UnaryOp::Sin => each::<Sin>,
            UnaryOp::Cos => each::<Cos>,
            UnaryOp::Tan => each::<Tan>,
            UnaryOp::Sinh => each::<Sinh>,
            UnaryOp::Cosh => each::<Cosh>,
            _ => each::<Tanh>,
        },
        Function::Pow => pow,
        Function::Random => draw,
    };
    (code as *const ()).expose_provenance() as u64
}

/// # Safety
/// `at` must be readable and writable for a vector, which has as many `lanes`.
unsafe extern "sysv64" fn each<F: OfOne>(at: *mut f64, lanes: usize) {
    for lane in 0..lanes {
        // SAFETY: the caller vouches for all lanes.
        unsafe { *at.add(lane) = F::eval(*at.add(lane)) }
    }
}

/// # Safety
/// `at` must be readable and writable for two vectors, which have as many `lanes`.
unsafe extern "sysv64" fn pow(at: *mut f64, lanes: usize) {
    for lane in 0..lanes {
        // SAFETY: the caller vouches for all lanes of both.
        unsafe { *at.add(lane) = math::pow(*at.add(lane), *at.add(LANES + lane)) }
    }
}

/// All lanes at once; seed and stream are the same in all.
///
/// # Safety
/// AVX-512 F and DQ must be available, and `at` readable and writable for four vectors.
#[target_feature(enable = "avx512f,avx512dq")]
unsafe extern "sysv64" fn draw(at: *mut f64, _: usize) {
    // SAFETY: the caller vouches for all lanes of all four.
    unsafe {
        let vector = |k: usize| *at.add(k * LANES).cast::<[f64; LANES]>();
        let (seed, stream) = (vector(2)[0].to_bits(), vector(3)[0].to_bits());
        let stream = u16::try_from(stream).unwrap_or(0);
        let drawn = random::draw_lanes(seed, stream, vector(0), vector(1));
        *at.cast::<[f64; LANES]>() = drawn;
    }
}
