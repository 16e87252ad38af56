//! Failures in words.

use std::fmt::Write as _;
use std::path::Path;

use nml::omv::{Check, DataError, Failure, Mismatch, Observable};

/// How many numbers of a list are shown.
const MOST: usize = 12;

/// What is wrong and what would help, a line each.
pub(super) fn describe(check: &Check, failure: &Failure) -> Vec<String> {
    match failure {
        Failure::Data(error) => data(error),
        Failure::Mismatch(mismatch) => differ(check, mismatch),
        Failure::NotOneCell { cells } => vec![format!(
            "the file holds the spikes of {cells} cells, one was expected; `ids` chooses"
        )],
        Failure::Zero { expected } => {
            let which = if *expected { "expected" } else { "observed" };
            vec![format!(
                "there is a 0 among the {which} spike times, which counts as a missing value"
            )]
        }
        Failure::Shape { observed, expected } => vec![format!(
            "{} rows of {} columns came out, {} rows of {} were expected",
            observed.0, observed.1, expected.0, expected.1
        )],
        Failure::OutOfBounds { column, time, value } => vec![format!(
            "column {column} is {} at {}, it should stay between 0 and 1",
            number(*value),
            number(*time)
        )],
        _ => vec!["not as expected".to_owned()],
    }
}

fn data(error: &DataError) -> Vec<String> {
    match error {
        DataError::NotWritten { path, written } => {
            let mut lines = vec![format!("the simulation does not write {}", path.display())];
            lines.push(if written.is_empty() {
                "it writes no file at all".to_owned()
            } else {
                let names: Vec<String> =
                    written.iter().take(MOST).map(|path| path.display().to_string()).collect();
                let more = written.len().saturating_sub(MOST);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("it writes {}{more}", names.join(", "))
            });
            lines
        }
        DataError::NoColumn { path, column, columns } => vec![format!(
            "{} has {columns} columns, counted from 0; there is no column {column}",
            path.display()
        )],
        DataError::NoNumber { path, text } => {
            vec![format!("`{text}` in {} is no number", path.display())]
        }
        DataError::Unreadable { path, reason } => {
            vec![format!("cannot read {}: {reason}", path.display())]
        }
        _ => vec!["there are no numbers to look at".to_owned()],
    }
}

fn differ(check: &Check, m: &Mismatch) -> Vec<String> {
    let spikes = matches!(check.observable, Observable::SpikeTimes(_));
    let thing = if spikes { "spike" } else { "value" };
    let (observed, expected) = (m.observed.len(), m.expected.len());
    let Some(worst) = m.worst else {
        let mut line = format!("{observed} {thing}s came out, {expected} were expected");
        if let Some(at) = parting(m) {
            let _ = write!(line, "; they part at {thing} {}", at + 1);
        }
        let lists = [("observed", &m.observed), ("expected", &m.expected)];
        let lists = lists.map(|(name, values)| format!("{name}: {}", list(values)));
        return std::iter::once(line).chain(lists).collect();
    };
    let which = if expected == 1 && !spikes {
        "it".to_owned()
    } else if expected == 1 {
        "the spike".to_owned()
    } else {
        format!("{thing} {} of {expected}, the one furthest off,", worst.index + 1)
    };
    let mut lines = vec![format!(
        "{which} is {}, expected {}: off by {} of that, allowed is {}",
        number(worst.observed),
        number(worst.expected),
        if worst.error.is_finite() {
            number(round(worst.error))
        } else {
            "more than any part".to_owned()
        },
        number(round(m.tolerance))
    )];
    lines.extend(m.passing.map(|t| format!("`tolerance: {}` would pass", number(t))));
    lines
}

/// Where two lists of different length first differ by more than the tolerance.
fn parting(m: &Mismatch) -> Option<usize> {
    let mut pairs = m.observed.iter().zip(&m.expected);
    let apart = pairs.position(|(o, e)| (o - e).abs() > 1e-8 + m.tolerance * e.abs());
    let shorter = m.observed.len().min(m.expected.len());
    Some(apart.unwrap_or(shorter)).filter(|_| shorter > 0)
}

/// Three digits are enough to say how far off something is.
pub(super) fn round(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// The shortest digits that mean the number, with an exponent only where that is shorter.
pub(super) fn number(value: f64) -> String {
    let plain = format!("{value}");
    let short = format!("{value:e}");
    if short.len() + 2 < plain.len() { short } else { plain }
}

/// Numbers, the middle of a long list left out.
fn list(values: &[f64]) -> String {
    let text = |part: &[f64]| part.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", ");
    if values.len() <= MOST {
        return format!("[{}]", text(values));
    }
    let (head, tail) = (&values[..MOST - 2], &values[values.len() - 2..]);
    format!("[{}, … {} more …, {}]", text(head), values.len() - MOST, text(tail))
}

/// A path as it is shown, with `/` on every platform.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
