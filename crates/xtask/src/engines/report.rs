//! What is told about the runs.

use std::fmt::Write as _;

use super::compare::{Agreement, Spikes};
use super::neuron::{Compared, Outcome, Row};

/// How far a model agrees, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Verdict {
    Rows,
    Spikes,
    Limit,
    Statistics,
    Differs,
}

fn verdict(c: &Compared) -> Verdict {
    if let Ok(exact) = &c.exact {
        if exact.rows() {
            return Verdict::Rows;
        }
        if exact.spikes(c.step_ms) {
            return Verdict::Spikes;
        }
    }
    if c.random {
        return Verdict::Statistics;
    }
    let Some((quarter, limit)) = &c.small else { return Verdict::Differs };
    let (at_step, quarter_of) = (c.fixed.difference.1, quarter.difference.1);
    let shrinks = quarter_of < 0.4 * at_step || limit.difference.1 < 0.15 * at_step;
    // Differences that small are those of coordinates in 32 bits.
    let tiny = quarter_of < 1e-4;
    if quarter.all().same && (shrinks || tiny) { Verdict::Limit } else { Verdict::Differs }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Rows => "rows",
        Verdict::Spikes => "spikes",
        Verdict::Limit => "limit",
        Verdict::Statistics => "random",
        Verdict::Differs => "**differs**",
    }
}

/// Whether a model runs in both and does the same.
pub(super) fn agrees(row: &Row) -> bool {
    match &row.outcome {
        Outcome::Compared(c) => !matches!(verdict(c), Verdict::Statistics | Verdict::Differs),
        Outcome::Refused(_) | Outcome::Failed(_) => false,
    }
}

/// One model on one line, for the terminal.
pub(super) fn line(row: &Row) -> String {
    match &row.outcome {
        Outcome::Refused(what) => format!("{}: refused: {}", row.model, what.join("; ")),
        Outcome::Failed(what) => format!("{}: FAILED: {what}", row.model),
        Outcome::Compared(c) => format!("{}: {}  {}", row.model, word(verdict(c)), cells(c)),
    }
}

fn spikes(s: Spikes, step_ms: f64) -> String {
    if s.ours + s.theirs == 0 {
        return "–".to_owned();
    }
    format!("{}/{}, {:.2}", s.ours, s.theirs, s.shift * 1e3 / step_ms)
}

fn exact(a: &Agreement, step_ms: f64) -> String {
    let s = a.all();
    let times = if s.ours + s.theirs == 0 {
        "–".to_owned()
    } else {
        format!("{}/{}, {:.1e}", s.ours, s.theirs, s.shift * 1e3 / step_ms)
    };
    format!("{times} | {:.1e}", a.difference.0)
}

fn cells(c: &Compared) -> String {
    let exact = match &c.exact {
        Ok(exact) => self::exact(exact, c.step_ms),
        Err(_) => "– | –".to_owned(),
    };
    let limit =
        c.small.map_or("–".to_owned(), |(_, limit)| format!("{:.1e}", limit.difference.1));
    format!(
        "{} | {} | {exact} | {} | {:.1e} | {limit}",
        c.step_ms,
        c.columns,
        spikes(c.fixed.all(), c.step_ms),
        c.fixed.difference.1,
    )
}

const HEAD: &str = "\
# Exports, run in the real simulators

`cargo xtask engines --target neuron --write` makes this page: it exports the LEMS simulations of the standard's
examples with `nml convert`, compiles and runs them in NEURON, and compares the files with those of `nml simulate`.

Whether the equations of an export are those of the model is seen where neither side has a step: NEURON with variable
steps (`run.py --cvode`, relative tolerance 1e-12, steps no longer than that of the file and 0.05 ms) beside
`nml simulate --scheme reference`.  NEURON finds a threshold on the straight line between two steps, so times of events
there are right to about the square of the step.

With fixed steps the two do not step alike: `nml simulate` (`auto`) is of second order in the step
(docs/semantics.md), NEURON of first order, so rows agree only where nothing moves.

- *variable steps*: counts ours/NEURON of rises through the middle of a column's range, and in files of events, with the largest distance
  of two that belong together, in steps of the file; then the largest difference of all rows, of a column's range, the worst column.
- *fixed step*: the same with the step of the file in both, but what 95 % of the rows stay below: around a spike that is a fraction of
  a step late a difference is as large as the spike.
- *limit*: where variable steps do not show it, what 95 % of the rows stay below of the limits for small steps (from steps
  h/2, h/4 of second order here, from h, h/2, h/4 of first order there).
- verdict: *rows* all rows to a millionth of the range with variable steps; *spikes* the same counts with variable steps, each within one
  step; *limit* the same counts at a quarter of the step, and the difference falls with the step; *random* other random
  numbers, comparable by statistics only.

";

/// A row of the page, and what has to be said about it.
pub(super) fn row(row: &Row) -> String {
    let name = &row.model;
    match &row.outcome {
        Outcome::Compared(c) => {
            let why = c.exact.as_ref().err().filter(|_| !c.random);
            let why =
                why.map_or(String::new(), |why| format!(" (no variable steps: {})", one_line(why)));
            format!("| {name} | {}{why} | {} | {} |", word(verdict(c)), cells(c), c.warnings)
        }
        Outcome::Refused(what) => {
            format!("| {name} | refused: {} | | | | | | | | |", one_line(&what.join("; ")))
        }
        Outcome::Failed(what) => {
            format!("| {name} | **failed**: {} | | | | | | | | |", one_line(what))
        }
    }
}

/// The rows of a page, by model.
pub(super) fn rows(page: &str) -> Vec<(String, String)> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| model"));
    rows.filter_map(|line| {
        let name = line.split('|').nth(1)?.trim();
        Some((name.to_owned(), line.to_owned()))
    })
    .collect()
}

/// The page.
pub(super) fn table(rows: &[(String, String)], version: &str) -> String {
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "NEURON {version}, nml {}.\n", env!("CARGO_PKG_VERSION"));
    text.push_str(
        "| model | verdict | step, ms | columns | variable steps: spikes | largest | fixed step: spikes | 95 % | limit, \
         95 % | compiler warnings |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let kinds = ["rows", "spikes", "limit", "random", "**differs**", "refused", "**failed**"];
    let mut counts = [0_usize; 7];
    for (_, row) in rows {
        let _ = writeln!(text, "{row}");
        let verdict = row.split('|').nth(2).unwrap_or_default().trim();
        if let Some(at) = kinds.iter().position(|kind| verdict.starts_with(kind)) {
            counts[at] += 1;
        }
    }
    let told = kinds.iter().zip(counts).map(|(kind, n)| format!("{} {n}", kind.replace('*', "")));
    let told: Vec<String> = told.collect();
    let _ = writeln!(text, "\nOf {} models: {}.", rows.len(), told.join(", "));
    text
}

fn one_line(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
