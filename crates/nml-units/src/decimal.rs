//! Moving the decimal point without a second rounding.

/// The `f64` nearest to `text × 10^power`, where `text` is a decimal number that Rust can read.
pub(crate) fn shifted(text: &str, power: i32) -> Option<f64> {
    if power == 0 {
        return text.parse().ok();
    }
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], exponent(&text[at + 1..])),
        None => (text, 0),
    };
    format!("{mantissa}e{}", exponent.saturating_add(i64::from(power))).parse().ok()
}

/// `value × 10^power`, as the `f64` nearest to the shortest decimal text of `value` with its point moved.
pub(crate) fn shifted_value(value: f64, power: i32) -> f64 {
    if power == 0 || value == 0.0 || !value.is_finite() {
        return value;
    }
    shifted(&format!("{value:e}"), power).unwrap_or(f64::NAN)
}

/// A decimal exponent of any length; far out of range all sizes mean the same.
fn exponent(digits: &str) -> i64 {
    digits.parse().unwrap_or(if digits.starts_with('-') { -(1 << 40) } else { 1 << 40 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_moves_exactly() {
        assert_eq!(shifted("10.1", -3), Some(0.0101));
        assert_eq!(shifted("1e3", -3), Some(1.0));
        assert_eq!(shifted(".5E-3", 6), Some(500.0));
        assert_eq!(shifted("5.", -3), Some(0.005));
        assert_eq!(shifted("-7", 0), Some(-7.0));
        assert_eq!(shifted("1e-99999999999999999999", 3), Some(0.0));
        assert_eq!(shifted("1e99999999999999999999", 3), Some(f64::INFINITY));
        assert_eq!(shifted_value(0.0101, 3), 10.1);
        assert_eq!(shifted_value(5e-324, -400), 0.0);
    }
}
