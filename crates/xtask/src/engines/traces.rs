//! Files of results.

use std::path::{Path, PathBuf};

/// A file of rows: time, then columns.
#[derive(Debug, Default, Clone)]
pub(super) struct Traces {
    pub(super) time: Vec<f64>,
    /// By column.
    pub(super) columns: Vec<Vec<f64>>,
}

/// The lines of a file below its header, if there is one.
fn body(text: &str) -> impl Iterator<Item = &str> {
    let header = usize::from(text.starts_with("t (s)"));
    text.lines().skip(header)
}

/// The cells of a line, between blanks or commas.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\t', ',']).filter(|cell| !cell.is_empty())
}

/// The file of comma-separated values that stands for one of plain text.
pub(super) fn csv(folder: &Path, file: &Path) -> PathBuf {
    let replaced = folder.join(file).with_extension("csv");
    let mut added = folder.join(file).into_os_string();
    added.push(".csv");
    let added = PathBuf::from(added);
    if added.exists() { added } else { replaced }
}

/// Reads a file; every `stride`-th row counts.
pub(super) fn read(path: &Path, stride: usize) -> Option<Traces> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut made = Traces::default();
    for line in body(&text).step_by(stride) {
        let row: Option<Vec<f64>> = cells(line).map(|x| x.parse().ok()).collect();
        let row = row?;
        let (time, values) = row.split_first()?;
        made.time.push(*time);
        made.columns.resize(values.len(), Vec::new());
        for (column, value) in made.columns.iter_mut().zip(values) {
            column.push(*value);
        }
    }
    Some(made)
}

/// Which columns of a file of comma-separated values are membrane potentials: those in volts.
pub(super) fn potentials(path: &Path) -> Vec<bool> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let header = text.lines().next().unwrap_or_default();
    header.split(',').skip(1).map(|name| name.trim().ends_with("(V)")).collect()
}

impl Traces {
    /// The range of a column: largest less smallest value.
    pub(super) fn range(&self, column: usize) -> f64 {
        let values = self.columns[column].iter().copied();
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (f64::min(l, x), f64::max(h, x)));
        high - low
    }

    /// The level at which a column's spikes are counted: the middle between its extremes, but for the first row,
    /// which may lie far from all others.
    pub(super) fn level(&self, column: usize) -> f64 {
        let values = self.columns[column].iter().copied().skip(1);
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (f64::min(l, x), f64::max(h, x)));
        f64::midpoint(low, high)
    }

    /// When a column rises above a level, between rows on the straight line.
    pub(super) fn crossings(&self, column: usize, level: f64) -> Vec<f64> {
        let values = &self.columns[column];
        let mut found = Vec::new();
        for row in 1..values.len() {
            let (a, b) = (values[row - 1], values[row]);
            if a < level && b >= level {
                let (t, u) = (self.time[row - 1], self.time[row]);
                found.push(t + (u - t) * (level - a) / (b - a));
            }
        }
        found
    }
}

/// The events of a file by identifier: times, ascending.  The identifier is the column that is no time.
pub(super) fn events(path: &Path) -> Option<Vec<(String, Vec<f64>)>> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for line in body(&text) {
        let mut words = cells(line);
        rows.push((words.next()?, words.next()?));
    }
    // Times have a point or an exponent somewhere.
    let is_time = |word: &str| word.contains(['.', 'e']) && word.parse::<f64>().is_ok();
    let first = rows.iter().filter(|(a, _)| is_time(a)).count();
    let second = rows.iter().filter(|(_, b)| is_time(b)).count();
    let mut all: Vec<(String, Vec<f64>)> = Vec::new();
    for (a, b) in rows {
        let (time, id) = if first >= second { (a, b) } else { (b, a) };
        let time: f64 = time.parse().ok()?;
        match all.iter_mut().find(|(known, _)| known == id) {
            Some((_, times)) => times.push(time),
            None => all.push((id.to_owned(), vec![time])),
        }
    }
    for (_, times) in &mut all {
        times.sort_by(f64::total_cmp);
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    Some(all)
}
