//! Decimals that went through a 32-bit float.

/// Powers of ten that are exact.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Significant decimal digits that a 32-bit float always keeps.
const KEPT: usize = 6;

/// The decimal of at most 6 digits that a 32-bit float stands for, or the float itself where there is none.
///
/// Writers of the format round every number to 32 bits: a delay of 0.1 ms becomes 0.10000000149 ms, one step more
/// than was meant wherever steps are counted up.  Six digits survive that way and are given back.
pub fn decimal(x: f64) -> f64 {
    let size = x.abs();
    if !(1e-15..1e6).contains(&size) {
        return x;
    }
    // 10^(KEPT - 1) ≤ scaled: all digits stand before the point.
    let power = POWERS.iter().position(|p| size * p >= POWERS[KEPT - 1]);
    let Some(power) = power.map(|at| POWERS[at]) else { return x };
    let near = (x * power).round() / power;
    #[expect(clippy::cast_possible_truncation, reason = "the question is what the rounding gives")]
    let same = near as f32 == x as f32;
    if same { near } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_come_back_and_others_stay() {
        for text in ["0.1", "-0.3", "1.5", "123.456", "0.000123457", "999999", "0", "1e-9", "0.7"] {
            let meant: f64 = text.parse().unwrap();
            let stored = f64::from(text.parse::<f32>().unwrap());
            assert_eq!(decimal(stored), meant, "{text}");
        }
        for x in [f64::from(1.0_f32 / 3.0), f64::from(16_777_216.0_f32), 1e30, 1e-40] {
            assert_eq!(decimal(x), x);
        }
        assert!(decimal(f64::NAN).is_nan() && decimal(f64::INFINITY).is_infinite());
    }

    proptest::proptest! {
        #[test]
        fn any_six_digits_come_back(digits in 1_i32..1_000_000, power in 0_i32..12) {
            let text = format!("{digits}e-{power}");
            let meant: f64 = text.parse().unwrap();
            let stored = f64::from(text.parse::<f32>().unwrap());
            proptest::prop_assert_eq!(decimal(stored), meant);
        }
    }
}
