//! Functions of one number over an interval: bounds of the value and of the first four derivatives.
//!
//! A jet is the polynomial of Taylor coefficients f, f′, f″/2, f‴/6, f⁗/24, each an interval that holds it at every place
//! (Moore 1966, Interval Analysis, chapter 11).

use super::interval::{ANY, Interval};
use crate::ir::UnaryOp;
use crate::math;

/// Coefficients up to the fourth.
pub(super) const ORDER: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Jet(pub(super) [Interval; ORDER]);

const ZERO: Interval = Interval { low: 0.0, high: 0.0 };
const ONE: Interval = Interval { low: 1.0, high: 1.0 };

impl Jet {
    pub(super) fn constant(x: f64) -> Self {
        let mut all = [ZERO; ORDER];
        all[0] = Interval::point(x);
        Self(all)
    }

    /// The argument itself, anywhere in an interval.
    pub(super) fn argument(x: Interval) -> Self {
        let mut all = [ZERO; ORDER];
        all[0] = x;
        all[1] = ONE;
        Self(all)
    }

    /// Nothing is known.
    pub(super) fn any() -> Self {
        Self([ANY; ORDER])
    }

    pub(super) fn is_bounded(&self) -> bool {
        self.0.iter().all(|c| c.is_bounded())
    }

    fn zip(self, other: Self, f: impl Fn(Interval, Interval) -> Interval) -> Self {
        Self(std::array::from_fn(|k| f(self.0[k], other.0[k])))
    }

    /// Around both.
    pub(super) fn hull(self, other: Self) -> Self {
        self.zip(other, Interval::hull)
    }

    pub(super) fn neg(self) -> Self {
        Self(self.0.map(Interval::neg))
    }

    pub(super) fn add(self, other: Self) -> Self {
        self.zip(other, Interval::add)
    }

    pub(super) fn sub(self, other: Self) -> Self {
        self.zip(other, Interval::sub)
    }

    pub(super) fn mul(self, other: Self) -> Self {
        Self(std::array::from_fn(|k| {
            (0..=k).fold(ZERO, |sum, i| sum.add(self.0[i].mul(other.0[k - i])))
        }))
    }

    pub(super) fn div(self, other: Self) -> Self {
        let mut q = [ZERO; ORDER];
        for k in 0..ORDER {
            let known = (0..k).fold(self.0[k], |left, i| left.sub(q[i].mul(other.0[k - i])));
            q[k] = known.div(other.0[0]);
        }
        Self(q)
    }

    /// A function of the jet, by the function's own Taylor coefficients over the jet's values.
    fn through(self, coefficients: [Interval; ORDER]) -> Self {
        let mut delta = self;
        delta.0[0] = ZERO;
        let mut sum = Self([ZERO; ORDER]);
        for c in coefficients.into_iter().rev() {
            sum = sum.mul(delta);
            sum.0[0] = sum.0[0].add(c);
        }
        // The value is no sum.
        sum.0[0] = coefficients[0];
        sum
    }

    pub(super) fn exp(self) -> Self {
        let e = self.0[0].rising(math::exp);
        let mut factor = 1.0;
        let all = std::array::from_fn(|k| {
            factor /= (k as f64).max(1.0);
            // 1/k! is good to a unit in the last place.
            e.mul(Interval::new(f64::next_down(factor), f64::next_up(factor)))
        });
        self.through(all)
    }

    /// log f = ∫ f′/f, coefficient by coefficient.
    fn log(self) -> Self {
        let mut all = [ANY; ORDER];
        if self.0[0].low <= 0.0 {
            return Self(all);
        }
        all[0] = self.0[0].rising(math::log);
        for k in 1..ORDER {
            let known = (1..k).fold(self.0[k].scaled(k as f64), |left, i| {
                left.sub(all[i].mul(self.0[k - i]).scaled(i as f64))
            });
            all[k] = known.div(self.0[0].scaled(k as f64));
        }
        Self(all)
    }

    fn sqrt(self) -> Self {
        let mut all = [ANY; ORDER];
        if self.0[0].low <= 0.0 {
            return Self(all);
        }
        all[0] = self.0[0].rising(f64::sqrt);
        for k in 1..ORDER {
            let known = (1..k).fold(self.0[k], |left, i| left.sub(all[i].mul(all[k - i])));
            all[k] = known.div(all[0].scaled(2.0));
        }
        Self(all)
    }

    /// aᵇ; a small whole power as a product, else through the logarithm.
    pub(super) fn pow(self, b: Self) -> Self {
        let exponent = b.0[0];
        let fixed = b.0[1..].iter().all(|c| *c == ZERO) && exponent.low == exponent.high;
        if fixed && exponent.low.fract() == 0.0 && (0.0..=16.0).contains(&exponent.low) {
            let mut product = Self::constant(1.0);
            let mut left = exponent.low;
            while left > 0.5 {
                product = product.mul(self);
                left -= 1.0;
            }
            return product;
        }
        self.log().mul(b).exp()
    }

    /// x / (1 − e⁻ˣ).
    fn exprelr(self) -> Self {
        let x = self.0[0];
        if x.low > NEAR || x.high < -NEAR {
            let below = Self::constant(1.0).sub(self.neg().exp());
            return self.div(below);
        }
        if x.magnitude() > 1.0 {
            return Self::any();
        }
        self.through(series(x))
    }

    /// A function of one real.
    pub(super) fn unary(self, op: UnaryOp) -> Self {
        let one = Self::constant(1.0);
        match op {
            UnaryOp::Neg => self.neg(),
            UnaryOp::Abs if self.0[0].low > 0.0 => self,
            UnaryOp::Abs if self.0[0].high < 0.0 => self.neg(),
            UnaryOp::Sqrt => self.sqrt(),
            UnaryOp::Exp => self.exp(),
            UnaryOp::Expm1 => self.exp().sub(one),
            UnaryOp::Exprelr => self.exprelr(),
            UnaryOp::Log => self.log(),
            UnaryOp::Tanh => {
                let two = Self::constant(2.0);
                one.sub(two.div(two.mul(self).exp().add(one)))
            }
            UnaryOp::Sinh => {
                let half = Self::constant(0.5);
                half.mul(self.exp().sub(self.neg().exp()))
            }
            UnaryOp::Cosh => {
                let half = Self::constant(0.5);
                half.mul(self.exp().add(self.neg().exp()))
            }
            // Steps, kinks, and what no rate is made of.
            UnaryOp::Abs
            | UnaryOp::Ceil
            | UnaryOp::Floor
            | UnaryOp::Sin
            | UnaryOp::Cos
            | UnaryOp::Tan => Self::any(),
        }
    }
}

/// Where x / (1 − e⁻ˣ) is taken by its series rather than as written.
const NEAR: f64 = 0.8;

/// B₂ₙ / (2n)! for n from 1: the coefficients of the even powers of x / (1 − e⁻ˣ) = 1 + x/2 + Σ B₂ₙ x²ⁿ / (2n)!
/// (Abramowitz and Stegun 1964, 23.1.1, at −x).
const EVEN: [(f64, f64); 8] = [
    (1.0, 12.0),
    (-1.0, 720.0),
    (1.0, 30_240.0),
    (-1.0, 1_209_600.0),
    (1.0, 47_900_160.0),
    (-691.0, 1_307_674_368_000.0),
    (1.0, 74_724_249_600.0),
    (-3617.0, 10_670_622_842_880_000.0),
];

/// Its Taylor coefficients over an interval within −1 and 1.
fn series(x: Interval) -> [Interval; ORDER] {
    let binomial = |n: usize, k: usize| {
        (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
    };
    std::array::from_fn(|k| {
        // xⁿ has the coefficient C(n, k) xⁿ⁻ᵏ.
        let term = |n: usize, factor: Interval| {
            if n < k {
                return ZERO;
            }
            let power = (0..n - k).fold(ONE, |power, _| power.mul(x));
            power.mul(factor).scaled(binomial(n, k))
        };
        let mut sum = term(0, ONE).add(term(1, Interval::point(0.5)));
        for (at, &(up, down)) in EVEN.iter().enumerate() {
            let factor = Interval::point(up).div(Interval::point(down));
            sum = sum.add(term(2 * (at + 1), factor));
        }
        // |B₂ₙ| / (2n)! < 4 / (2π)²ⁿ (Abramowitz and Stegun 1964, 23.1.15), |x| ≤ 1; from n = 9 each term is less than a
        // twentieth of the one before, C(2n, k) included.
        let n = 2 * (EVEN.len() + 1);
        let tail = 4.0 * binomial(n, k) / std::f64::consts::TAU.powi(18) * 1.06;
        sum.add(Interval::new(-tail, tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Derivatives by the closed form at a point, against bounds over an interval around it.
    #[test]
    fn bounds_hold_derivatives() {
        for x in [-3.0, -0.7, -0.2, 0.0, 0.3, 0.79, 0.81, 2.0_f64] {
            let near = Jet::argument(Interval::new(x - 0.001, x + 0.001));
            let e = near.exp();
            let mut factor = 1.0;
            for (k, bound) in e.0.iter().enumerate() {
                factor /= (k as f64).max(1.0);
                assert!(bound.low < factor * x.exp() && factor * x.exp() < bound.high, "{x} {k}");
            }
            let r = near.unary(UnaryOp::Exprelr);
            // Central differences of the function itself for the first derivative.
            let f = |x: f64| if x == 0.0 { 1.0 } else { x / -(-x).exp_m1() };
            let slope = (f(x + 1e-4) - f(x - 1e-4)) / 2e-4;
            assert!(r.0[0].low <= f(x) && f(x) <= r.0[0].high, "{x}");
            assert!(r.0[1].low <= slope && slope <= r.0[1].high, "{x} {slope} {:?}", r.0[1]);
            assert!(r.0[0].radius() < 0.01 && r.0[4].radius() < 0.01, "{x} {:?}", r.0);
        }
    }

    #[test]
    fn the_series_and_the_quotient_agree() {
        for x in [-0.9, 0.8, 0.6_f64] {
            let by_series = series(Interval::point(x));
            let jet = Jet::argument(Interval::point(x));
            let quotient = jet.div(Jet::constant(1.0).sub(jet.neg().exp()));
            for (a, b) in by_series.iter().zip(&quotient.0) {
                assert!(
                    (a.middle() - b.middle()).abs() <= a.radius() + b.radius(),
                    "{x} {a:?} {b:?}"
                );
            }
        }
    }

    #[test]
    fn logarithms_roots_and_powers() {
        let x = Jet::argument(Interval::point(2.0));
        let log = x.unary(UnaryOp::Log);
        assert!((log.0[2].middle() + 1.0 / 8.0).abs() < 1e-14);
        let root = x.unary(UnaryOp::Sqrt);
        assert!(root.mul(root).0.iter().zip(&x.0).all(|(a, b)| a.low <= b.high && b.low <= a.high));
        let cube = x.pow(Jet::constant(3.0));
        assert_eq!(cube.0.map(|c| c.middle().round()), [8.0, 12.0, 6.0, 1.0, 0.0]);
        let odd = x.pow(Jet::constant(1.5));
        assert!((odd.0[1].middle() - 1.5 * 2.0_f64.sqrt()).abs() < 1e-12);
    }
}
