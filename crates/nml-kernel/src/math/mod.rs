//! The one implementation of every function a kernel can call.
//!
//! `exp`, `expm1`, `exprelr` and `log` are written once over a vector of lanes; the functions here are their one-lane
//! form.
//! They use nothing but IEEE 754 operations, the fused multiply-add among them, so every instruction set gives the same
//! bits; a processor without FMA instructions computes it in software (`f64::mul_add`), slowly and exactly.
//! The other functions go through the `libm` crate lane by lane.
//!
//! Infinite, denormal and NaN arguments and results are as in C99.
//! Largest errors found against a correctly rounded reference are asserted by `tests/accuracy.rs`.

mod exp;
mod log;

pub(crate) use exp::{exp as exp_lanes, expm1 as expm1_lanes, exprelr as exprelr_lanes};
pub(crate) use log::log as log_lanes;

/// eˣ, within 1.1 ulp.
#[must_use]
pub fn exp(x: f64) -> f64 {
    exp_lanes(x)
}

/// eˣ − 1, within 2.5 ulp.
#[must_use]
pub fn expm1(x: f64) -> f64 {
    expm1_lanes(x)
}

/// x / (1 − e⁻ˣ), within 3 ulp; 1 at 0, NaN at −∞.
///
/// The rate form "exp-linear" of Hodgkin and Huxley 1952, without its removable singularity.
#[must_use]
pub fn exprelr(x: f64) -> f64 {
    exprelr_lanes(x)
}

/// The natural logarithm, within 1 ulp; −∞ at ±0, NaN below.
#[must_use]
pub fn log(x: f64) -> f64 {
    log_lanes(x)
}

/// aᵇ, within 1 ulp; special cases as in C99.
#[must_use]
pub fn pow(a: f64, b: f64) -> f64 {
    libm::pow(a, b)
}

/// Sine of radians.
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of radians.
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Tangent of radians.
#[must_use]
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// Hyperbolic sine.
#[must_use]
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// Hyperbolic cosine.
#[must_use]
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// Hyperbolic tangent.
#[must_use]
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}
