//! When something changes.

/// The first double at which something found changed at `after`, and not at `before`, is changed, to the last bit: by
/// bisection.  Of several changes in between one is found.
pub(super) fn bisect(mut before: f64, mut after: f64, mut changed: impl FnMut(f64) -> bool) -> f64 {
    while before.next_up() < after {
        let middle = before + 0.5 * (after - before);
        // Close together the sum rounds to an end.
        let middle = middle.clamp(before.next_up(), after.next_down());
        if changed(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    after
}

/// When a line through three values at equal distances crosses 0 behind the first, in seconds after it.
///
/// `None` where the values lie on no line (to rounding), or it does not cross 0 there.
pub(super) fn crossing(values: [f64; 3], distance: f64) -> Option<f64> {
    let [a, b, c] = values;
    let bend = (c - 2.0 * b + a).abs();
    let size = a.abs().max(b.abs()).max(c.abs());
    let time = -2.0 * a * distance / (c - a);
    (bend <= 1e-12 * size && time.is_finite() && time > 0.0).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_found_to_the_bit() {
        for at in [0.3, 1e-9, 0.999_999_999] {
            assert_eq!(bisect(0.0, 1.0, |t| t >= at), at);
            assert_eq!(bisect(0.0, 1.0, |t| t > at), at.next_up());
        }
        assert_eq!(bisect(0.5, 0.5_f64.next_up(), |_| true), 0.5_f64.next_up());
    }

    #[test]
    fn lines_are_followed_to_zero() {
        let line = |t: f64| 0.1 - t;
        let found = crossing([line(0.02), line(0.021), line(0.022)], 1e-3).unwrap();
        assert!((found - 0.08).abs() < 1e-10, "{found}");
        assert_eq!(crossing([1.0, 1.1, 1.2], 1.0), None);
        assert_eq!(crossing([1.0, 0.5, 0.1], 1.0), None);
        assert_eq!(crossing([1.0, 1.0, 1.0], 1.0), None);
    }
}
