//! Where an axis is marked.

/// The marks of an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ticks {
    /// Where, within the ends of the axis.
    pub(crate) at: Vec<f64>,
    /// Digits after the point of their labels.
    pub(crate) decimals: usize,
    /// A power of ten that the labels are to be multiplied by; 0 for none.
    pub(crate) exponent: i32,
}

fn power_of_ten(exponent: i32) -> f64 {
    10.0_f64.powi(exponent)
}

fn floor_log10(value: f64) -> i32 {
    // From the text, which is exact.
    let text = format!("{value:e}");
    text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0)
}

/// A step of 1, 2 or 5 times a power of ten that makes at most `most` intervals of `span`.
fn step(span: f64, most: f64) -> (f64, i32) {
    let least = span / most;
    let exponent = floor_log10(least);
    for (factor, more) in [(1.0, 0), (2.0, 0), (5.0, 0), (1.0, 1)] {
        let step = factor * power_of_ten(exponent + more);
        if step >= least * (1.0 - 1e-9) {
            return (step, exponent + more);
        }
    }
    (10.0 * power_of_ten(exponent), exponent + 1)
}

/// Marks between `low` and `high`, at most `most + 1` of them.
pub(crate) fn ticks(low: f64, high: f64, most: f64) -> Ticks {
    let (step, mut exponent) = step(high - low, most);
    let (first, last) = ((low / step - 1e-6).ceil(), (high / step + 1e-6).floor());
    let mut at = Vec::new();
    let mut k = first;
    while k <= last && at.len() < 100 {
        at.push(k * step);
        k += 1.0;
    }
    let largest = floor_log10(low.abs().max(high.abs()));
    // Numbers far from 1 share a power of ten, as in 1.5 × 10⁻⁶.
    let shared = if (-3..5).contains(&largest) { 0 } else { largest.div_euclid(3) * 3 };
    exponent -= shared;
    let decimals = usize::try_from(-exponent).unwrap_or(0);
    Ticks { at, decimals, exponent: shared }
}

/// The ends of an axis for data between `low` and `high`: those wished for if the data fill them by a third at
/// least and are not cut off, else ends on a mark a little outside of the data.
pub(crate) fn ends(low: f64, high: f64, wished: (Option<f64>, Option<f64>)) -> (f64, f64) {
    if let (Some(bottom), Some(top)) = wished
        && bottom <= low
        && high <= top
        && high - low >= (top - bottom) / 3.0
        && top > bottom
    {
        return (bottom, top);
    }
    let size = low.abs().max(high.abs());
    if high - low <= size * 1e-6 {
        // A flat line has no scale of its own.
        let room = if size == 0.0 { 1.0 } else { size * 0.1 };
        return (low - room, high + room);
    }
    let (step, _) = step(high - low, 6.0);
    let margin = (high - low) * 0.02;
    let (bottom, top) =
        (((low - margin) / step).floor() * step, ((high + margin) / step).ceil() * step);
    // Half a step is enough where a whole one leaves much room.
    let half = step / 2.0;
    let bottom = if low - margin >= bottom + half { bottom + half } else { bottom };
    let top = if high + margin <= top - half { top - half } else { top };
    // What is never negative starts at 0.
    (if low >= 0.0 { bottom.max(0.0) } else { bottom }, top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_numbers() {
        let t = ticks(0.0, 100.0, 6.0);
        assert_eq!((t.at, t.decimals), (vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0));
        let t = ticks(-0.12, 0.31, 5.0);
        assert_eq!((t.at, t.decimals), (vec![-0.1, 0.0, 0.1, 0.2, 0.300_000_000_000_000_04], 1));
        let t = ticks(0.0, 3e-7, 5.0);
        assert_eq!((t.exponent, t.decimals, t.at.len()), (-9, 0, 4));
    }

    #[test]
    fn wishes_are_granted_if_they_fit() {
        assert_eq!(ends(-77.0, 40.0, (Some(-90.0), Some(50.0))), (-90.0, 50.0));
        let (low, high) = ends(-77.0, 40.0, (Some(-0.1), Some(0.1)));
        assert!(low < -77.0 && high > 40.0);
        assert_eq!(ends(0.0, 0.0, (None, None)), (-1.0, 1.0));
        assert_eq!(ends(0.0, 0.95, (None, None)).0, 0.0);
    }
}
