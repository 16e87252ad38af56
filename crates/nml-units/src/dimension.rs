//! Physical dimensions as SI exponents.

use std::fmt;

/// Exponents of mass, length, time, current, temperature, amount and luminous intensity, in the order of
/// the LEMS attributes `m l t i k n j`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Dimension(pub [i8; 7]);

impl Dimension {
    /// A pure number.
    pub const NONE: Self = Self([0; 7]);
    /// Length, m.
    pub const LENGTH: Self = Self([0, 1, 0, 0, 0, 0, 0]);
    /// Time, s.
    pub const TIME: Self = Self([0, 0, 1, 0, 0, 0, 0]);
    /// Current, A.
    pub const CURRENT: Self = Self([0, 0, 0, 1, 0, 0, 0]);
    /// Temperature, K.
    pub const TEMPERATURE: Self = Self([0, 0, 0, 0, 1, 0, 0]);
    /// Voltage, V.
    pub const VOLTAGE: Self = Self([1, 2, -3, -1, 0, 0, 0]);
    /// Conductance, S.
    pub const CONDUCTANCE: Self = Self([-1, -2, 3, 2, 0, 0, 0]);
    /// Capacitance, F.
    pub const CAPACITANCE: Self = Self([-1, -2, 4, 2, 0, 0, 0]);
    /// Concentration, mol/m³.
    pub const CONCENTRATION: Self = Self([0, -3, 0, 0, 0, 1, 0]);

    /// Whether this is a pure number.
    pub const fn is_none(self) -> bool {
        let mut i = 0;
        while i < 7 {
            if self.0[i] != 0 {
                return false;
            }
            i += 1;
        }
        true
    }

    /// The dimension of a product; `None` where an exponent leaves −128…127.
    #[must_use]
    pub const fn mul(self, other: Self) -> Option<Self> {
        let mut out = [0; 7];
        let mut i = 0;
        while i < 7 {
            match self.0[i].checked_add(other.0[i]) {
                Some(e) => out[i] = e,
                None => return None,
            }
            i += 1;
        }
        Some(Self(out))
    }

    /// The dimension of a quotient; `None` where an exponent leaves −128…127.
    #[must_use]
    pub const fn div(self, other: Self) -> Option<Self> {
        let mut out = [0; 7];
        let mut i = 0;
        while i < 7 {
            match self.0[i].checked_sub(other.0[i]) {
                Some(e) => out[i] = e,
                None => return None,
            }
            i += 1;
        }
        Some(Self(out))
    }

    /// The dimension of a whole power; `None` where an exponent leaves −128…127.
    #[must_use]
    pub const fn pow(self, n: i8) -> Option<Self> {
        let mut out = [0; 7];
        let mut i = 0;
        while i < 7 {
            match self.0[i].checked_mul(n) {
                Some(e) => out[i] = e,
                None => return None,
            }
            i += 1;
        }
        Some(Self(out))
    }

    /// The dimension of the `n`-th root; `None` for `n = 0` and where an exponent does not divide.
    #[must_use]
    pub const fn root(self, n: i8) -> Option<Self> {
        let mut out = [0; 7];
        let mut i = 0;
        while i < 7 {
            match (self.0[i].checked_rem(n), self.0[i].checked_div(n)) {
                (Some(0), Some(e)) => out[i] = e,
                _ => return None,
            }
            i += 1;
        }
        Some(Self(out))
    }

    /// The dimension of a real power; `None` unless every exponent times `x` is a whole number in
    /// −128…127.
    #[must_use]
    pub fn powf(self, x: f64) -> Option<Self> {
        let mut out = [0; 7];
        for (new, old) in out.iter_mut().zip(self.0) {
            if old == 0 {
                continue;
            }
            let e = f64::from(old) * x;
            if e != e.trunc() || !(-128.0..=127.0).contains(&e) {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "whole and in range, just tested")]
            {
                *new = e as i8;
            }
        }
        Some(Self(out))
    }
}

impl fmt::Display for Dimension {
    /// SI base units with exponents, `kg·m²·s⁻³·A⁻¹`; `1` for a pure number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const BASE: [&str; 7] = ["kg", "m", "s", "A", "K", "mol", "cd"];
        const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        if self.is_none() {
            return f.pad("1");
        }
        let mut out = String::new();
        for (base, exponent) in BASE.iter().zip(self.0) {
            if exponent == 0 {
                continue;
            }
            if !out.is_empty() {
                out.push('·');
            }
            out.push_str(base);
            if exponent == 1 {
                continue;
            }
            if exponent < 0 {
                out.push('⁻');
            }
            let size = exponent.unsigned_abs();
            for place in [100, 10, 1] {
                if size >= place {
                    out.push(DIGITS[usize::from(size / place % 10)]);
                }
            }
        }
        f.pad(&out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_of_exponents() {
        assert_eq!(Dimension::VOLTAGE.mul(Dimension::CONDUCTANCE), Some(Dimension::CURRENT));
        assert_eq!(
            Dimension::CURRENT.div(Dimension::CAPACITANCE),
            Dimension::VOLTAGE.div(Dimension::TIME)
        );
        assert_eq!(Dimension::LENGTH.pow(2).and_then(|a| a.root(2)), Some(Dimension::LENGTH));
        assert_eq!(Dimension::LENGTH.root(2), None);
        assert_eq!(Dimension::LENGTH.root(0), None);
        assert_eq!(Dimension([-128, 0, 0, 0, 0, 0, 0]).root(-1), None);
        assert_eq!(Dimension::VOLTAGE.pow(127), None);
        assert_eq!(Dimension([0, 2, 0, 0, 0, 0, 0]).powf(0.5), Some(Dimension::LENGTH));
        assert_eq!(Dimension([0, 3, 0, 0, 0, 0, 0]).powf(1.0 / 3.0), Some(Dimension::LENGTH));
        assert_eq!(Dimension::LENGTH.powf(0.5), None);
        assert_eq!(Dimension::LENGTH.powf(f64::NAN), None);
        assert_eq!(Dimension::LENGTH.powf(f64::INFINITY), None);
        assert_eq!(Dimension::NONE.powf(0.3), Some(Dimension::NONE));
    }

    #[test]
    fn shown_in_si() {
        assert_eq!(Dimension::VOLTAGE.to_string(), "kg·m²·s⁻³·A⁻¹");
        assert_eq!(Dimension::NONE.to_string(), "1");
        assert_eq!(Dimension([0, 0, -128, 0, 10, 0, 0]).to_string(), "s⁻¹²⁸·K¹⁰");
    }
}
