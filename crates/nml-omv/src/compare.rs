//! The tolerance of a test.

/// Differences below this never count.
///
/// Source: `numpy.allclose`, argument `atol`, which OMV leaves at its default.
const ABSOLUTE: f64 = 1e-8;

/// Observed and expected values that differ by more than a test allows, or in number.
#[derive(Clone, PartialEq, Debug)]
pub struct Mismatch {
    /// What came out.
    pub observed: Vec<f64>,
    /// What should have come out.
    pub expected: Vec<f64>,
    /// The tolerance of the test.
    pub tolerance: f64,
    /// The pair furthest apart, where there are equally many.
    pub worst: Option<Worst>,
    /// A tolerance, rounded up to three digits, that this result would pass.
    pub passing: Option<f64>,
}

/// The pair of values furthest apart, relative to the expected one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Worst {
    /// Which, from 0.
    pub index: usize,
    /// What came out.
    pub observed: f64,
    /// What should have come out.
    pub expected: f64,
    /// Their difference over the expected value; not finite where that is 0 or one of them is not.
    pub error: f64,
}

/// Whether two numbers count as equal: |observed − expected| ≤ 1e-8 + tolerance · |expected|.
///
/// Source: OMV 0.4, `compare_arrays`, by way of `numpy.allclose`.
fn close(observed: f64, expected: f64, tolerance: f64) -> bool {
    if observed.is_finite() && expected.is_finite() {
        (observed - expected).abs() <= ABSOLUTE + tolerance * expected.abs()
    } else {
        observed == expected
    }
}

/// Compares value by value; on success the largest relative difference, `None` where nothing was compared.
///
/// # Errors
/// [`Mismatch`] where the numbers of values differ or one pair is further apart than `tolerance` allows.
pub fn compare(
    observed: &[f64],
    expected: &[f64],
    tolerance: f64,
) -> Result<Option<f64>, Box<Mismatch>> {
    let pairs = || observed.iter().copied().zip(expected.iter().copied());
    let same_number = observed.len() == expected.len();
    let mut worst: Option<Worst> = None;
    for (index, (o, e)) in pairs().enumerate() {
        let error = if o == e { 0.0 } else { ((o - e) / e).abs() };
        // What is not a number is furthest of all.
        let size = |x: f64| if x.is_nan() { f64::INFINITY } else { x };
        if worst.is_none_or(|w| size(error) > size(w.error)) {
            worst = Some(Worst { index, observed: o, expected: e, error });
        }
    }
    if same_number && pairs().all(|(o, e)| close(o, e, tolerance)) {
        return Ok(worst.map(|w| w.error));
    }
    let (worst, passing) =
        if same_number { (worst, passing(observed, expected)) } else { (None, None) };
    let (observed, expected) = (observed.to_vec(), expected.to_vec());
    Err(Box::new(Mismatch { observed, expected, tolerance, worst, passing }))
}

/// The smallest tolerance of three digits that all pairs pass.
fn passing(observed: &[f64], expected: &[f64]) -> Option<f64> {
    let pairs = || observed.iter().zip(expected);
    let needed = pairs().map(|(o, e)| ((o - e).abs() - ABSOLUTE) / e.abs()).fold(0.0, f64::max);
    if !needed.is_finite() {
        return None;
    }
    let text = format!("{needed:.2e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let hundredths: u32 = mantissa.replace('.', "").parse().ok()?;
    // Rounding may have gone down.
    (hundredths..=hundredths + 2).find_map(|h| {
        let tolerance = format!("{}.{:02}e{exponent}", h / 100, h % 100).parse().ok()?;
        pairs().all(|(o, e)| close(*o, *e, tolerance)).then_some(tolerance)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_that_of_numpy() {
        assert_eq!(
            compare(&[100.1], &[100.0], 0.001),
            Ok(Some(((100.1_f64 - 100.0) / 100.0).abs()))
        );
        assert!(compare(&[100.2], &[100.0], 0.001).is_err());
        // Relative to the expected value, with 1e-8 beside it.
        assert!(compare(&[1e-8], &[0.0], 0.0).is_ok());
        assert!(compare(&[1.1e-8], &[0.0], 10.0).is_err());
        assert_eq!(compare(&[], &[], 0.0), Ok(None));
        assert!(compare(&[f64::NAN], &[f64::NAN], 1.0).is_err());
        assert!(compare(&[f64::INFINITY], &[f64::INFINITY], 0.0).is_ok());
        assert!(compare(&[1.0], &[f64::INFINITY], 0.1).is_err());
    }

    #[test]
    fn the_worst_pair_and_a_tolerance_that_passes_are_told() {
        let m = compare(&[10.0, 20.5, 30.1], &[10.0, 20.0, 30.0], 0.001).unwrap_err();
        let worst = m.worst.unwrap();
        assert_eq!((worst.index, worst.observed, worst.expected), (1, 20.5, 20.0));
        assert_eq!(m.passing, Some(0.025));
        assert!(compare(&m.observed, &m.expected, 0.025).is_ok());
        let m = compare(&[1.0 / 3.0], &[1.0], 0.1).unwrap_err();
        assert_eq!(m.passing, Some(0.667));
        let m = compare(&[1.0, 2.0], &[1.0], 0.1).unwrap_err();
        assert_eq!((m.worst, m.passing), (None, None));
        let m = compare(&[1.0, f64::NAN], &[0.0, 1.0], 0.1).unwrap_err();
        assert_eq!(m.passing, None);
    }
}
