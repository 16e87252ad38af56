//! Spikes from traces, and rates from spikes.

/// How spikes are found in a trace.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Detection {
    /// The first sample above a threshold, in the unit of the scaled trace.
    Threshold(f64),
    /// The sample at the top of each rise.
    Derivative,
}

/// The samples at which there are spikes, as indices into `v`; nothing is interpolated.
///
/// Source: OMV 0.4, `analyzers/utils/timeseries.py`, `detect_spikes`.
pub fn detect(v: &[f64], detection: Detection) -> Vec<usize> {
    let found: Vec<usize> = match detection {
        Detection::Threshold(threshold) => {
            (1..v.len()).filter(|&i| v[i - 1] <= threshold && v[i] > threshold).collect()
        }
        Detection::Derivative => (1..v.len().saturating_sub(1))
            .filter(|&i| v[i] - v[i - 1] >= 0.0 && v[i + 1] - v[i] < 0.0)
            .collect(),
    };
    found
}

/// How a rate is formed from spike times.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RateMethod {
    /// The number of intervals over their sum.
    #[default]
    Intervals,
    /// The number of spikes over the length of the window.
    Duration,
}

/// The rate of one cell from its spike times within `start..=end`, in one over their unit; 0 where there is no
/// interval.
///
/// Source: OMV 0.4, `analyzers/utils/timeseries.py`, `get_spike_rate`.
pub fn rate(times: &[f64], method: RateMethod, start: f64, end: f64) -> f64 {
    let inside = |time: f64| time >= start && time <= end;
    match method {
        RateMethod::Intervals => {
            let (mut intervals, mut sum) = (0.0, 0.0);
            for pair in times.windows(2) {
                if inside(pair[0]) && inside(pair[1]) {
                    intervals += 1.0;
                    sum += pair[1] - pair[0];
                }
            }
            if intervals > 0.0 { intervals / sum } else { 0.0 }
        }
        RateMethod::Duration => {
            times.iter().filter(|&&time| inside(time)).count() as f64 / (end - start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spikes_are_the_first_sample_above_or_the_top() {
        let v: Vec<f64> = [-1.0, 0.0, 1.0, 0.0].repeat(3);
        assert_eq!(detect(&v, Detection::Threshold(0.1)), [2, 6, 10]);
        assert_eq!(detect(&v, Detection::Threshold(1.0)), Vec::<usize>::new());
        assert_eq!(detect(&v, Detection::Derivative), [2, 6, 10]);
        // The last sample of a plateau is the top; a trace that begins above is no spike.
        assert_eq!(detect(&[2.0, 2.0, 1.0], Detection::Derivative), [1]);
        assert_eq!(detect(&[2.0, 1.0], Detection::Threshold(0.0)), Vec::<usize>::new());
        assert_eq!(detect(&[], Detection::Derivative), Vec::<usize>::new());
        assert_eq!(detect(&[f64::NAN, 1.0], Detection::Threshold(0.0)), Vec::<usize>::new());
    }

    #[test]
    fn rates_count_what_lies_inside() {
        let times = [0.1, 0.2, 0.3, 0.4];
        let all = f64::INFINITY;
        assert!((rate(&times, RateMethod::Intervals, 0.0, all) - 10.0).abs() < 1e-12);
        assert_eq!(rate(&times, RateMethod::Intervals, 0.15, 0.25), 0.0);
        assert_eq!(rate(&times, RateMethod::Duration, 0.2, 0.4), 3.0 / (0.4 - 0.2));
        assert_eq!(rate(&[], RateMethod::Intervals, 0.0, all), 0.0);
    }
}
