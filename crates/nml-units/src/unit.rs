//! One unit.

use std::borrow::Cow;

use crate::Dimension;
use crate::decimal::{shifted, shifted_value};

/// A unit: `SI value = number × scale × 10^power + offset`.
///
/// jLEMS adds the offset before scaling (`jLEMS` `Unit.java`), the formula of the standard after it; the
/// only unit with an offset, `degC`, has scale 1 and power 0, where both agree.
#[derive(Clone, PartialEq, Debug)]
pub struct Unit {
    /// The word after the number, `mV`.
    pub symbol: Cow<'static, str>,
    /// The name of its dimension, `voltage`.
    pub dimension_name: Cow<'static, str>,
    /// Its dimension.
    pub dimension: Dimension,
    /// Power of ten.
    pub power: i32,
    /// Factor besides the power of ten, 1 for decimal units.
    pub scale: f64,
    /// What is added in SI, 0 for all but temperatures on a shifted scale.
    pub offset: f64,
}

impl Unit {
    /// A decimal unit of static data: `10^power` of the SI unit.
    pub const fn decimal(
        symbol: &'static str,
        dimension_name: &'static str,
        dimension: Dimension,
        power: i32,
    ) -> Self {
        Self {
            symbol: Cow::Borrowed(symbol),
            dimension_name: Cow::Borrowed(dimension_name),
            dimension,
            power,
            scale: 1.0,
            offset: 0.0,
        }
    }

    /// The same unit with another scale.
    #[must_use]
    pub const fn with_scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// The same unit with another offset.
    #[must_use]
    pub const fn with_offset(mut self, offset: f64) -> Self {
        self.offset = offset;
        self
    }

    /// `scale × 10^power`, for bulk conversion; rounded once or twice.
    pub fn factor(&self) -> f64 {
        shifted_value(self.scale, self.power)
    }

    /// A number in this unit as SI value.
    pub fn to_si(&self, number: f64) -> f64 {
        let scaled = if self.scale == 1.0 { number } else { number * self.scale };
        add_offset(shifted_value(scaled, self.power), self.offset)
    }

    /// An SI value as number in this unit.
    pub fn from_si(&self, si: f64) -> f64 {
        let plain = if self.offset == 0.0 { si } else { si - self.offset };
        let shifted = shifted_value(plain, self.power.saturating_neg());
        if self.scale == 1.0 { shifted } else { shifted / self.scale }
    }

    /// Decimal text in this unit as SI value; correctly rounded where the scale is 1 and the offset 0.
    pub(crate) fn text_to_si(&self, number: &str) -> Option<f64> {
        if self.scale == 1.0 {
            Some(add_offset(shifted(number, self.power)?, self.offset))
        } else {
            Some(self.to_si(number.parse().ok()?))
        }
    }

    /// Whether both convert alike, whatever their names.
    pub fn same_meaning(&self, other: &Self) -> bool {
        self.dimension == other.dimension
            && self.power == other.power
            && self.scale == other.scale
            && self.offset == other.offset
    }
}

/// Leaves −0 alone when there is no offset.
fn add_offset(value: f64, offset: f64) -> f64 {
    if offset == 0.0 { value } else { value + offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_si_and_back() {
        let mv = Unit::decimal("mV", "voltage", Dimension::VOLTAGE, -3);
        assert_eq!(mv.to_si(10.0), 0.01);
        assert_eq!(mv.to_si(-54.387), -0.054_387);
        assert_eq!(mv.from_si(0.02), 20.0);
        assert_eq!(mv.factor(), 1e-3);
        let deg_c =
            Unit::decimal("degC", "temperature", Dimension::TEMPERATURE, 0).with_offset(273.15);
        assert_eq!(deg_c.to_si(37.0), 310.15);
        assert!((deg_c.from_si(310.15) - 37.0).abs() < 1e-12, "one subtraction of rounded numbers");
        let hour = Unit::decimal("hour", "time", Dimension::TIME, 0).with_scale(3600.0);
        assert_eq!(hour.to_si(0.5), 1800.0);
        assert_eq!(hour.from_si(1800.0), 0.5);
        let absurd = Unit::decimal("x", "time", Dimension::TIME, i32::MIN);
        assert_eq!(absurd.to_si(1.0), 0.0);
        assert_eq!(absurd.from_si(1.0), f64::INFINITY);
    }
}
