//! How far two simulators agree.

use super::traces::Traces;

/// Spikes of both, counted and compared in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spikes {
    pub(super) ours: usize,
    pub(super) theirs: usize,
    /// Whether every column or source has the same count in both.
    pub(super) same: bool,
    /// The largest distance of two that belong together, in seconds.
    pub(super) shift: f64,
}

impl Spikes {
    pub(super) fn none() -> Self {
        Self { same: true, ..Self::default() }
    }

    pub(super) fn add(&mut self, ours: &[f64], theirs: &[f64]) {
        self.ours += ours.len();
        self.theirs += theirs.len();
        self.same &= ours.len() == theirs.len();
        for (a, b) in ours.iter().zip(theirs) {
            self.shift = self.shift.max((a - b).abs());
        }
    }
}

/// How far two runs agree.
#[derive(Clone, Debug)]
pub(super) struct Agreement {
    /// Rises of columns through the middle of their range.
    pub(super) crossings: Spikes,
    /// What files of events hold.
    pub(super) events: Spikes,
    /// Of a column's range, the worst column: the largest difference, and what 95 % of the rows stay below.
    pub(super) difference: (f64, f64),
    /// The largest difference of a membrane potential in any row, mV, where columns are known to be such.
    pub(super) potential_mv: Option<f64>,
    /// The same with longer and shorter variable steps, if that was tried.
    pub(super) fall_mv: Vec<f64>,
}

impl Default for Agreement {
    fn default() -> Self {
        Self {
            crossings: Spikes::none(),
            events: Spikes::none(),
            difference: (0.0, 0.0),
            potential_mv: None,
            fall_mv: Vec::new(),
        }
    }
}

/// Rows agree where they differ by no more than this part of their range.
const ROWS: f64 = 1e-6;
/// What membrane potentials are to agree to, in mV.
const NEAR_MV: f64 = 1e-6;

impl Agreement {
    /// Counts the difference of another file.
    pub(super) fn worse(&mut self, (largest, typical): (f64, f64)) {
        self.difference = (self.difference.0.max(largest), self.difference.1.max(typical));
    }

    /// Notes the difference of a potential.
    pub(super) fn potential(&mut self, mv: f64) {
        self.potential_mv = Some(self.potential_mv.map_or(mv, |known| known.max(mv)));
    }

    /// Whether membrane potentials are as near to each other as they should be.
    pub(super) fn is_near(&self) -> bool {
        self.potential_mv.is_none_or(|mv| mv <= NEAR_MV)
    }

    /// Whether all rows agree, and all events.
    pub(super) fn rows(&self) -> bool {
        self.difference.0 <= ROWS && self.events.same
    }

    /// Whether there are as many spikes in both, and each within one step of the other.
    pub(super) fn spikes(&self, step_ms: f64) -> bool {
        let all = self.all();
        // Times of events are sums of steps there, so a step is a little more than a step.
        all.same && all.ours > 0 && all.shift * 1e3 <= step_ms * 1.001
    }

    /// Spikes of columns and of files of events together.
    pub(super) fn all(&self) -> Spikes {
        let (a, b) = (self.crossings, self.events);
        Spikes {
            ours: a.ours + b.ours,
            theirs: a.theirs + b.theirs,
            same: a.same && b.same,
            shift: a.shift.max(b.shift),
        }
    }
}

/// The spikes of all columns of two files, at a level of the first.
pub(super) fn spikes(ours: &Traces, theirs: &Traces, all: &mut Spikes) {
    for column in 0..ours.columns.len().min(theirs.columns.len()) {
        let level = ours.level(column);
        if ours.range(column) > 0.0 {
            all.add(&ours.crossings(column, level), &theirs.crossings(column, level));
        }
    }
}

/// The largest and the typical difference of two files, each of a column's range: the worst column counts.
///
/// Typical is what 95 % of the rows stay below: around a spike that is a fraction of a step late the difference is
/// as large as the spike.
pub(super) fn difference(a: &Traces, b: &Traces) -> Option<(f64, f64)> {
    if a.columns.len() != b.columns.len() || a.time.len() != b.time.len() {
        return None;
    }
    let mut worst = (0.0_f64, 0.0_f64);
    for column in 0..a.columns.len() {
        let range = a.range(column).max(b.range(column));
        let pairs = a.columns[column].iter().zip(&b.columns[column]);
        let mut all: Vec<f64> = pairs.map(|(x, y)| (x - y).abs()).collect();
        let largest_value = a.columns[column].iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        // A column that stands still is measured by its size.
        let scale = if range > 0.0 { range } else { largest_value };
        if scale == 0.0 {
            continue;
        }
        all.sort_by(f64::total_cmp);
        let most = all.last().copied().unwrap_or(0.0) / scale;
        let typical = all.get(all.len() * 95 / 100).copied().unwrap_or(0.0) / scale;
        worst = (worst.0.max(most), worst.1.max(typical));
    }
    Some(worst)
}

/// The largest difference of two columns.
pub(super) fn largest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |largest, (x, y)| f64::max(largest, (x - y).abs()))
}

/// How likely two samples are to be that far apart if they are of one distribution (Kolmogorov and Smirnov; the
/// series for large samples with Stephens' correction).
pub(super) fn one_distribution(a: &mut [f64], b: &mut [f64]) -> f64 {
    let (n, m) = (a.len() as f64, b.len() as f64);
    if a.is_empty() || b.is_empty() {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let (mut i, mut j, mut apart) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        let x = a[i].min(b[j]);
        while i < a.len() && a[i] <= x {
            i += 1;
        }
        while j < b.len() && b[j] <= x {
            j += 1;
        }
        apart = apart.max((i as f64 / n - j as f64 / m).abs());
    }
    let root = (n * m / (n + m)).sqrt();
    let z = (root + 0.12 + 0.11 / root) * apart;
    if z < 0.2 {
        // The series is slow there, and its sum is 1 to twelve digits.
        return 1.0;
    }
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
        let k = f64::from(k);
        sign * (-2.0 * k * k * z * z).exp()
    };
    (2.0 * (1..=100).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

/// `Σ weight · traces`: the limit for small steps of a method whose order is known.
pub(super) fn mixed(parts: &[(f64, &Traces)]) -> Option<Traces> {
    let (_, first) = parts.first()?;
    let mut made = Traces { time: first.time.clone(), columns: Vec::new() };
    for column in 0..first.columns.len() {
        let mut sum = vec![0.0; first.time.len()];
        for (weight, part) in parts {
            let values = part.columns.get(column)?;
            if values.len() != sum.len() {
                return None;
            }
            for (total, x) in sum.iter_mut().zip(values) {
                *total += weight * x;
            }
        }
        made.columns.push(sum);
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces(values: &[f64]) -> Traces {
        let time = (0..values.len()).map(|k| k as f64).collect();
        Traces { time, columns: vec![values.to_vec()] }
    }

    #[test]
    fn distributions_are_told_apart() {
        let at = |k: u32, off: f64| f64::from(k) / 100.0 + off;
        let mut a: Vec<f64> = (0..100).map(|k| at(k, 0.0)).collect();
        let mut same: Vec<f64> = (0..100).map(|k| at(k, 0.004)).collect();
        let mut other: Vec<f64> = (0..100).map(|k| at(k, 0.3)).collect();
        assert!(one_distribution(&mut a, &mut same) > 0.99);
        assert!(one_distribution(&mut a, &mut other) < 1e-3);
    }

    #[test]
    fn spikes_are_counted_and_compared() {
        let (a, b) = (traces(&[0.0, 1.0, 0.0, 1.0]), traces(&[0.0, 1.0, 0.0, 0.0]));
        let mut all = Spikes::none();
        spikes(&a, &b, &mut all);
        assert_eq!((all.ours, all.theirs, all.same), (2, 1, false));
        let limit = mixed(&[(2.0, &a), (-1.0, &b)]).map(|t| t.columns[0].clone());
        assert_eq!(limit, Some(vec![0.0, 1.0, 0.0, 2.0]));
        assert_eq!(difference(&a, &b), Some((1.0, 1.0)));
    }
}
