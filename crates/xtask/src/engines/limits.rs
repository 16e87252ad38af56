//! The limits of two simulators for small steps.

use std::path::{Path, PathBuf};

use super::compare;
use super::neuron;
use super::traces::{self, Traces};
use crate::Result;

/// Steps are divided by these.
pub(super) const DIVISORS: [u32; 3] = [1, 2, 4];
/// Of a method of second order: what the runs with h, h/2 and h/4 count.
const SECOND: [f64; 3] = [0.0, -1.0 / 3.0, 4.0 / 3.0];
/// Of a method of first order whose error is a smooth function of the step; of second order as well.
const FIRST: [f64; 3] = [1.0 / 3.0, -2.0, 8.0 / 3.0];

/// How far the limits are from each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Distance {
    /// Of spikes that belong together, in s; none where counts differ with the step.
    pub(super) spikes: Option<f64>,
    /// Of rows: what 95 % of them stay below, of a column's range, the worst column.
    pub(super) rows: f64,
}

/// Compares what the runs in these folders, in the order of the divisors, tend to.
pub(super) fn distance(ours: &[PathBuf; 3], theirs: &[PathBuf; 3]) -> Result<Option<Distance>> {
    let mut all: Option<Distance> = None;
    for file in neuron::files(&theirs[0])? {
        let Some((a, b)) = read(ours, &file).zip(read(theirs, &file)) else { continue };
        let Some(found) = of_file(&a, &b) else { continue };
        let so_far = all.get_or_insert(Distance { spikes: Some(0.0), rows: 0.0 });
        so_far.spikes = so_far.spikes.zip(found.spikes).map(|(x, y)| x.max(y));
        so_far.rows = so_far.rows.max(found.rows);
    }
    Ok(all)
}

/// The rows of the largest step.
fn read(folders: &[PathBuf; 3], file: &Path) -> Option<[Traces; 3]> {
    let of = |at: usize| {
        let found = traces::read(&folders[at].join(file), DIVISORS[at] as usize)?;
        (!found.columns.is_empty()).then_some(found)
    };
    Some([of(0)?, of(1)?, of(2)?])
}

fn of_file(ours: &[Traces; 3], theirs: &[Traces; 3]) -> Option<Distance> {
    let limit = |all: &[Traces; 3], weights: [f64; 3]| {
        let parts: Vec<(f64, &Traces)> = weights.into_iter().zip(all).collect();
        compare::mixed(&parts)
    };
    let (a, b) = (limit(ours, SECOND)?, limit(theirs, FIRST)?);
    let (_, rows) = compare::difference(&a, &b)?;
    let mut spikes = Some(0.0_f64);
    for column in 0..a.columns.len() {
        if ours[2].range(column) > 0.0 {
            spikes = spikes.zip(shift(ours, theirs, column)).map(|(x, y)| x.max(y));
        }
    }
    Some(Distance { spikes, rows })
}

/// The largest distance of the limits of a column's spikes; none where their number depends on the step.
fn shift(ours: &[Traces; 3], theirs: &[Traces; 3], column: usize) -> Option<f64> {
    let level = ours[2].level(column);
    let times = |all: &[Traces; 3], weights: [f64; 3]| -> Option<Vec<f64>> {
        let [a, b, c] = [0, 1, 2].map(|k: usize| all[k].crossings(column, level));
        let same = a.len() == b.len() && b.len() == c.len();
        let mixed = |at: usize| weights[0] * a[at] + weights[1] * b[at] + weights[2] * c[at];
        same.then(|| (0..a.len()).map(mixed).collect())
    };
    let (a, b) = (times(ours, SECOND)?, times(theirs, FIRST)?);
    let same = a.len() == b.len();
    same.then(|| a.iter().zip(&b).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ramp through ½ that is late by some time.
    fn ramp(late: f64) -> Traces {
        let time: Vec<f64> = (0..=10).map(f64::from).collect();
        let values = time.iter().map(|t| (t - late) / 10.0).collect();
        Traces { time, columns: vec![values] }
    }

    #[test]
    fn errors_that_fall_with_the_step_vanish() {
        // Of second order here, of first order and a little of second there.
        let ours = [1.0, 0.5, 0.25].map(|h| ramp(0.3 + 0.1 * h * h));
        let theirs = [1.0, 0.5, 0.25].map(|h| ramp(0.3 + 0.4 * h - 0.1 * h * h));
        let found = of_file(&ours, &theirs).expect("they have the same rows");
        assert!(found.rows < 1e-12, "{found:?}");
        assert!(found.spikes.is_some_and(|shift| shift < 1e-9), "{found:?}");
    }
}
