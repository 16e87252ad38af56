//! Intervals that surely hold the true value: each operation rounds outwards.

/// All numbers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// All numbers.
pub(super) const ANY: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };

/// Outwards by a unit in the last place at least; bounds that are no numbers are bounds no more.
fn wide(low: f64, high: f64) -> Interval {
    if low.is_nan() || high.is_nan() {
        return ANY;
    }
    // Far below anything that matters, far above where numbers lose digits.
    let more = |x: f64| f64::EPSILON * x.abs() + 1e-290;
    Interval { low: low - more(low), high: high + more(high) }
}

impl Interval {
    /// One number.
    pub(super) fn point(x: f64) -> Self {
        if x.is_finite() { Self { low: x, high: x } } else { ANY }
    }

    pub(super) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// The largest absolute value.
    pub(super) fn magnitude(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    pub(super) fn middle(self) -> f64 {
        0.5 * (self.low + self.high)
    }

    /// How far any of it is from the middle.
    pub(super) fn radius(self) -> f64 {
        let middle = self.middle();
        (self.high - middle).max(middle - self.low).next_up()
    }

    pub(super) fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    pub(super) fn holds_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// Around both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    pub(super) fn neg(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    pub(super) fn add(self, other: Self) -> Self {
        wide(self.low + other.low, self.high + other.high)
    }

    pub(super) fn sub(self, other: Self) -> Self {
        self.add(other.neg())
    }

    pub(super) fn mul(self, other: Self) -> Self {
        if !self.is_bounded() || !other.is_bounded() {
            return ANY;
        }
        // Most coefficients are none, and nothing of anything is nothing.
        let none = Self { low: 0.0, high: 0.0 };
        if self == none || other == none {
            return none;
        }
        let all = [
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ];
        wide(
            all.into_iter().fold(f64::INFINITY, f64::min),
            all.into_iter().fold(f64::NEG_INFINITY, f64::max),
        )
    }

    /// Any number where the divisor may be 0.
    pub(super) fn div(self, other: Self) -> Self {
        if other.holds_zero() || !other.is_bounded() {
            return ANY;
        }
        self.mul(wide(1.0 / other.high, 1.0 / other.low))
    }

    /// By a function that never falls, whose values are good to a few units in the last place.
    pub(super) fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        // Four units, where the functions of `math` keep below two.
        let down = |x: f64| x.next_down().next_down().next_down().next_down();
        let up = |x: f64| x.next_up().next_up().next_up().next_up();
        let (low, high) = (f(self.low), f(self.high));
        if low.is_nan() || high.is_nan() { ANY } else { Self { low: down(low), high: up(high) } }
    }

    pub(super) fn scaled(self, by: f64) -> Self {
        self.mul(Self::point(by))
    }
}
