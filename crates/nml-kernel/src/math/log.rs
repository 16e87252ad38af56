//! The natural logarithm over lanes.
//!
//! x = 2ᵏ m with √½ ≤ m < √2, f = m − 1, s = f / (2 + f): log m = f − (f²/2 − s (f²/2 + R)), where
//! R = 2 artanh(s)/s − 2 = s² P(s²) (the arrangement of Ng's fdlibm, 1993; P is our own fit).
#![expect(
    clippy::inline_always,
    reason = "lane functions must be compiled with their caller's instruction set"
)]
#![expect(clippy::unreadable_literal, reason = "coefficients in shortest round-trip form")]

use super::exp::{LN2_HI, LN2_LO};
use crate::simd::Real;

/// P interpolated at the Chebyshev nodes of 0 ≤ s² ≤ 0.02945; relative error of the logarithm 4.7e-18.
const P: [f64; 7] = [
    0.666666666666667,
    0.3999999999989926,
    0.285714286260867,
    0.22222211116643983,
    0.18182890447465838,
    0.15331677659440854,
    0.1461699270804503,
];

/// Upper bits of √½: adding `ONE − SQRT_HALF` to the bits of x makes its exponent field that of 2ᵏ.
const SQRT_HALF: i64 = 0x3fe6_a09e_0000_0000;
const ONE: i64 = 0x3ff0_0000_0000_0000;
const MANTISSA: i64 = 0x000f_ffff_ffff_ffff;
/// 2⁵², in whose low bits an integer can be placed.
const TWO52: f64 = 4503599627370496.0;
/// 2⁵⁴ makes every denormal number normal.
const TWO54: f64 = 18014398509481984.0;

/// log x.
#[inline(always)]
pub(crate) fn log<V: Real>(x: V) -> V {
    let zero = x.splat(0.0);
    let denormal = x.lt(x.splat(f64::MIN_POSITIVE));
    let normal = V::select(denormal, x.mul(x.splat(TWO54)), x);

    let shifted = normal.bits_add(ONE - SQRT_HALF);
    let biased = shifted.bits_exponent().bits_or(x.splat(TWO52));
    let bias = V::select(denormal, x.splat(TWO52 + 1023.0 + 54.0), x.splat(TWO52 + 1023.0));
    let k = biased.sub(bias);
    let m = shifted.bits_and(MANTISSA).bits_add(SQRT_HALF);

    let f = m.sub(x.splat(1.0));
    let s = f.div(f.add(x.splat(2.0)));
    let z = s.mul(s);
    let z2 = z.mul(z);
    let pair = |i: usize| x.splat(P[i + 1]).fma(z, x.splat(P[i]));
    let p = x.splat(P[6]).fma(z2, pair(4)).fma(z2, pair(2)).fma(z2, pair(0));
    let half_square = f.mul(f).mul(x.splat(0.5));
    let correction = s.fma(z.fma(p, half_square), k.mul(x.splat(LN2_LO)));
    let y = k.fma(x.splat(LN2_HI), f.sub(half_square.sub(correction)));

    let y = V::select(x.lt(x.splat(f64::INFINITY)), y, x);
    let y = V::select(x.lt(zero), x.splat(f64::NAN), y);
    V::select(x.eq(zero), x.splat(f64::NEG_INFINITY), y)
}
