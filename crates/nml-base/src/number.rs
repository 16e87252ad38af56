//! The one way numbers are printed.

/// The shortest text that reads back as the same `f64`: plain digits for everyday sizes, an exponent
/// for very small and very large ones (`0.025`, `1e-20`, `-65.0` prints as `-65`).
pub fn format_f64(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || !value.is_finite() || (1e-5..1e16).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back() {
        for v in [0.0, -65.0, 0.025, 1e-20, 6.022e23, f64::MIN_POSITIVE, f64::MAX, 1e16, 0.1 + 0.2]
        {
            assert_eq!(format_f64(v).parse::<f64>(), Ok(v));
        }
        assert_eq!(format_f64(-65.0), "-65");
        assert_eq!(format_f64(1e-20), "1e-20");
    }
}
