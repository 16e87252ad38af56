//! Errors of the maths against a correctly rounded reference of 140 bits, and its special cases against std.
#![expect(clippy::unwrap_used, reason = "a failure here fails the test")]

use dashu_float::FBig;
use nml_kernel::math;

type Big = FBig;

const PRECISION: usize = 140;
const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;

fn big(x: f64) -> Big {
    Big::try_from(x).unwrap().with_precision(PRECISION).value()
}

/// |computed − exact| in units of the last place of the exact value rounded to f64.
fn ulps(computed: f64, exact: &Big) -> f64 {
    let rounded = exact.to_f64().value();
    let magnitude = rounded.abs().max(f64::MIN_POSITIVE);
    let ulp = magnitude.next_up() - magnitude;
    let difference = (big(computed) - exact).to_f64().value();
    (difference / ulp).abs()
}

/// `n` points of [low, high], evenly spaced but for a part of a step that no period of the function shares.
fn points(low: f64, high: f64, n: u32) -> impl Iterator<Item = f64> {
    let step = (high - low) / f64::from(n);
    (0..n).map(move |i| {
        let jitter = (f64::from(i) * GOLDEN_RATIO).fract();
        low + (f64::from(i) + jitter) * step
    })
}

/// Both signs of `n` magnitudes from 10^low to 10^high.
fn magnitudes(low: i32, high: i32, n: u32) -> impl Iterator<Item = f64> {
    points(f64::from(low), f64::from(high), n).flat_map(|e| [10f64.powf(e), -(10f64.powf(e))])
}

fn worst(
    f: fn(f64) -> f64,
    exact: impl Fn(&Big) -> Big,
    xs: impl Iterator<Item = f64>,
) -> (f64, f64) {
    xs.map(|x| (ulps(f(x), &exact(&big(x))), x))
        .fold((0.0, 0.0), |worst, this| if this.0 > worst.0 { this } else { worst })
}

fn check(
    name: &str,
    limit: f64,
    f: fn(f64) -> f64,
    exact: impl Fn(&Big) -> Big,
    xs: impl Iterator<Item = f64>,
) {
    let (error, at) = worst(f, exact, xs);
    assert!(error <= limit, "{name}: {error} ulp at {at:e}, allowed {limit}");
}

#[test]
fn exp_is_within_1_1_ulp() {
    let exact = |x: &Big| x.exp();
    check("exp near 0", 1.1, math::exp, exact, points(-1.0, 1.0, 8_000));
    check("exp", 1.1, math::exp, exact, points(-20.0, 20.0, 8_000));
    check("exp, all", 1.1, math::exp, exact, points(-708.0, 709.7, 8_000));
    check("exp, denormal results", 1.1, math::exp, exact, points(-745.0, -708.0, 2_000));
}

#[test]
fn expm1_is_within_2_5_ulp() {
    let exact = |x: &Big| x.exp_m1();
    check("expm1 near 0", 2.5, math::expm1, exact, magnitudes(-30, 0, 4_000));
    check("expm1", 2.5, math::expm1, exact, points(-40.0, 40.0, 8_000));
    check("expm1, all", 2.5, math::expm1, exact, points(-709.0, 709.7, 4_000));
}

#[test]
fn exprelr_is_within_3_ulp() {
    let exact = |x: &Big| x / -((-x).exp_m1());
    check("exprelr near 0", 3.0, math::exprelr, exact, magnitudes(-30, 0, 4_000));
    check("exprelr", 3.0, math::exprelr, exact, points(-40.0, 40.0, 8_000));
    check("exprelr, all", 3.0, math::exprelr, exact, points(-700.0, 709.0, 4_000));
}

#[test]
fn log_is_within_1_ulp() {
    let exact = |x: &Big| x.ln();
    check("log near 1", 1.0, math::log, exact, points(0.5, 2.0, 8_000));
    let all = magnitudes(-307, 307, 4_000).filter(|x| *x > 0.0);
    check("log", 1.0, math::log, exact, all);
    let denormal = (1..2000u64).map(|i| f64::from_bits(i * i * i * 100_003));
    check("log of denormals", 1.0, math::log, exact, denormal);
}

/// NaN, infinities, zeros, overflow and denormals as std has them.
#[test]
fn special_cases_are_those_of_std() {
    let specials = [
        0.0,
        -0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        5e-324,
        -5e-324,
        1e-310,
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::MIN,
        709.782_712_893_384,
        709.782_712_893_385,
        710.0,
        -745.133_219_101_941_1,
        -745.133_219_101_941_3,
        -746.0,
        -1e9,
        1e9,
    ];
    let same = |name: &str, x: f64, ours: f64, std: f64| {
        let close = (ours - std).abs() <= std.abs() * 1e-15;
        let equal = ours.to_bits() == std.to_bits() || ours.is_nan() && std.is_nan();
        assert!(equal || close && std.is_normal(), "{name}({x:e}) = {ours:e}, std {std:e}");
    };
    for x in specials {
        same("exp", x, math::exp(x), x.exp());
        same("expm1", x, math::expm1(x), x.exp_m1());
        same("log", x, math::log(x), x.ln());
        same("pow", x, math::pow(x, 0.5), x.powf(0.5));
    }
    assert_eq!(math::exp(0.0), 1.0);
    assert_eq!(math::log(1.0).to_bits(), 0.0f64.to_bits());
    assert_eq!(math::exprelr(0.0), 1.0);
    assert_eq!(math::exprelr(-0.0), 1.0);
    assert_eq!(math::exprelr(5e-324), 1.0);
    assert_eq!(math::exprelr(f64::INFINITY), f64::INFINITY);
    assert_eq!(math::exprelr(-1e9), 0.0);
    assert!(math::exprelr(f64::NEG_INFINITY).is_nan());
}
