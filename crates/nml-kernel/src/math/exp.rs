//! The exponential and its relatives over lanes.
//!
//! With n = round(x / ln 2) and r = x − n ln 2 (Cody and Waite 1980, two-part constant), eˣ = 2ⁿ (1 + p),
//! p = eʳ − 1 = r + r² q(r).
//! q has degree 9, so the whole polynomial has degree 11.
#![expect(
    clippy::inline_always,
    reason = "lane functions must be compiled with their caller's instruction set"
)]
#![expect(clippy::unreadable_literal, reason = "coefficients in shortest round-trip form")]

use crate::simd::Real;

/// (eʳ − 1 − r) / r² interpolated at the Chebyshev nodes of |r| ≤ 1.0003 · ln 2 / 2; the error of the whole is 1.7e-17.
const Q: [f64; 10] = [
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666662406,
    0.008333333333330056,
    0.001388888891724774,
    0.0001984126986307978,
    2.480152124310193e-05,
    2.7557268419352836e-06,
    2.762011358004812e-07,
    2.5100404824318008e-08,
];

/// The upper 33 bits of ln 2, so that its product with n is exact.
pub(super) const LN2_HI: f64 = 0.6931471804855391;
/// ln 2 − `LN2_HI`.
pub(super) const LN2_LO: f64 = 7.440617110012397e-11;

/// 1.5 · 2⁵²: adding it rounds to an integer, which then stands in the low bits.
const ROUND: f64 = 6755399441055744.0;
/// Below, eˣ rounds to 0.
const EXP_MIN: f64 = -746.0;
/// Above, eˣ overflows.
const EXP_MAX: f64 = 710.0;
/// Below, eˣ − 1 rounds to −1; small enough a range that 2ⁿ⁻¹ is normal.
const EXPM1_MIN: f64 = -50.0;
/// Below this magnitude eˣ − 1 rounds to x.
const EXPM1_IDENTITY: f64 = 2.7755575615628914e-17;

/// x limited to [low, high]; NaN stays.
#[inline(always)]
fn clamp<V: Real>(x: V, low: f64, high: f64) -> V {
    x.splat(low).greater(x.splat(high).lesser(x))
}

/// eʳ − 1 on |r| ≤ ln 2 / 2.
///
/// Horner's rule in r² over pairs costs what plain Horner costs and halves the chain of dependent operations.
#[inline(always)]
fn expm1_reduced<V: Real>(r: V) -> V {
    let r2 = r.mul(r);
    let pair = |i: usize| r.splat(Q[i + 1]).fma(r, r.splat(Q[i]));
    let q = pair(8).fma(r2, pair(6)).fma(r2, pair(4)).fma(r2, pair(2)).fma(r2, pair(0));
    q.fma(r2, r)
}

/// x − n ln 2.
#[inline(always)]
fn reduce<V: Real>(x: V, n: V) -> V {
    n.fma(x.splat(-LN2_LO), n.fma(x.splat(-LN2_HI), x))
}

/// eˣ.
#[inline(always)]
pub(crate) fn exp<V: Real>(x: V) -> V {
    let x = clamp(x, EXP_MIN, EXP_MAX);
    let rounded = x.fma(x.splat(std::f64::consts::LOG2_E), x.splat(ROUND));
    let n = rounded.sub(x.splat(ROUND));
    let p = expm1_reduced(reduce(x, n));
    p.add(x.splat(1.0)).scale(n, rounded)
}

/// eˣ − 1 = 2 (2ⁿ⁻¹ p + (2ⁿ⁻¹ − ½)); the halves keep 2ⁿ finite up to the overflow of the result.
#[inline(always)]
pub(crate) fn expm1<V: Real>(x: V) -> V {
    /// [`ROUND`] plus the biased exponent of ½: the low bits are then the exponent field of 2ⁿ⁻¹.
    const ROUND_HALF: f64 = ROUND + 1022.0;
    let clamped = clamp(x, EXPM1_MIN, EXP_MAX);
    let rounded = clamped.fma(x.splat(std::f64::consts::LOG2_E), x.splat(ROUND_HALF));
    let n = rounded.sub(x.splat(ROUND_HALF));
    let p = expm1_reduced(reduce(clamped, n));
    let half_power = rounded.bits_to_exponent();
    let half = half_power.fma(p, half_power.sub(x.splat(0.5)));
    V::select(x.abs().lt(x.splat(EXPM1_IDENTITY)), x, half.add(half))
}

/// x / (1 − e⁻ˣ) = z / (eᶻ − 1) with z = −x.
#[inline(always)]
pub(crate) fn exprelr<V: Real>(x: V) -> V {
    let z = x.neg();
    V::select(x.eq(x.splat(0.0)), x.splat(1.0), z.div(expm1(z)))
}
