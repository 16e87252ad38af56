//! Numbers as text.

use nml_base::format_f64;

/// A value in SI in a unit that is 10^`power` SI, with the digits that the author wrote.
///
/// The shortest decimal text of the value has its point moved, so nothing is rounded: −0.065 V is `-65` with
/// power −3.
pub fn in_unit(si: f64, power: i32) -> String {
    format_f64(moved(si, -power))
}

/// `value · 10^power`, as the number nearest to its shortest decimal text with the point moved.
pub fn moved(value: f64, power: i32) -> f64 {
    if power == 0 || value == 0.0 || !value.is_finite() {
        return value;
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    format!("{digits}e{}", exponent + i64::from(power)).parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        assert_eq!(in_unit(-0.054_387, -3), "-54.387");
        assert_eq!(in_unit(1200.0, 4), "0.12");
        assert_eq!(in_unit(1e-5, -3), "0.01");
        assert_eq!(in_unit(0.0, -3), "0");
        assert_eq!(in_unit(36.0e-1, 0), "3.6");
    }
}
