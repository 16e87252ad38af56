//! What is told about the runs.

use std::fmt::Write as _;

use super::compare::Spikes;
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

/// Rows agree where they differ by no more than this part of their range.
const ROWS: f64 = 1e-6;

fn within(spikes: Option<Spikes>, steps: f64, step_ms: f64) -> bool {
    // Times of events are sums of steps there, so a step is a little more than a step.
    spikes.is_some_and(|s| s.same && s.ours > 0 && s.shift * 1e3 <= steps * step_ms * 1.001)
}

fn verdict(c: &Compared) -> Verdict {
    if c.random {
        return Verdict::Statistics;
    }
    if c.at_step.0 <= ROWS {
        return Verdict::Rows;
    }
    if within(c.spikes, 1.0, c.step_ms) {
        return Verdict::Spikes;
    }
    let counts = c.quarter_spikes.is_none_or(|s| s.same);
    let shrinks = c.at_quarter.1 < 0.4 * c.at_step.1 || c.limit.1 < 0.15 * c.at_step.1;
    // Differences that small are those of coordinates in 32 bits.
    let tiny = c.at_quarter.1 < 1e-4;
    if counts && (shrinks || tiny) { Verdict::Limit } else { Verdict::Differs }
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

/// One model on one line, for the terminal.
pub(super) fn line(row: &Row) -> String {
    match &row.outcome {
        Outcome::Refused(what) => format!("{}: refused: {}", row.model, what.join("; ")),
        Outcome::Failed(what) => format!("{}: FAILED: {what}", row.model),
        Outcome::Compared(c) => format!("{}: {}  {}", row.model, word(verdict(c)), cells(c)),
    }
}

fn spikes(s: Option<Spikes>, step_ms: f64) -> String {
    s.map_or("–".to_owned(), |s| {
        format!("{}/{}, {:.2}", s.ours, s.theirs, s.shift * 1e3 / step_ms)
    })
}

fn cells(c: &Compared) -> String {
    format!(
        "{} | {} | {} | {} | {:.1e} | {:.1e} | {:.1e} | {:.1e}",
        c.step_ms,
        c.columns,
        spikes(c.spikes, c.step_ms),
        spikes(c.quarter_spikes, c.step_ms / 4.0),
        c.at_step.0,
        c.at_step.1,
        c.at_quarter.1,
        c.limit.1,
    )
}

const HEAD: &str = "\
# Exports, run in the real simulators

`cargo xtask engines --target neuron --write` makes this page: it exports the LEMS simulations of the standard's
examples with `nml convert`, compiles and runs them in NEURON, and compares the files with those of `nml simulate`.

The two do not step alike: `nml simulate` (`auto`) is of second order in the step (docs/semantics.md), NEURON's fixed
step of first order.  So at a given step rows agree only where nothing moves; what can be shown is that both have the
same limit for small steps.  Each model is run by both with the step of its file, a half and a quarter of it.

- *spikes*: counts ours/NEURON of rises through the middle of a column's range, and in files of events; then the largest distance of
  two that belong together, in steps.
- *difference*: of a column's range, the worst column; the largest at the file's step, then what 95 % of the rows stay
  below at that step, at a quarter, and of the limits (from steps h/2, h/4 of second order here, from h, h/2, h/4 of first
  order there).  Around a spike that is a fraction of a step late a difference is as large as the spike, hence the 95 %.
- verdict: *rows* all rows to a millionth of the range; *spikes* the same counts, each within one step; *limit* the same
  counts at a quarter of the step, and the difference falls with the step; *random* other random numbers, comparable by
  statistics only.

";

/// The page.
pub(super) fn table(rows: &[Row], version: &str) -> String {
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "NEURON {version}, nml {}.\n", env!("CARGO_PKG_VERSION"));
    let mut counts = [0_usize; 5];
    let (mut refused, mut failed) = (0, 0);
    text.push_str(
        "| model | verdict | step, ms | columns | spikes at h | spikes at h/4 | largest at h | 95 % at h | 95 % at h/4 | \
         95 % of limits |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut export, mut warnings) = (0.0, 0);
    for row in rows {
        match &row.outcome {
            Outcome::Compared(c) => {
                let verdict = verdict(c);
                counts[verdict as usize] += 1;
                export += c.export_s;
                warnings += c.warnings;
                let _ = writeln!(text, "| {} | {} | {} |", row.model, word(verdict), cells(c));
            }
            Outcome::Refused(what) => {
                refused += 1;
                let what = what.join("; ").replace('|', "\\|");
                let _ = writeln!(text, "| {} | refused: {what} | | | | | | | | |", row.model);
            }
            Outcome::Failed(what) => {
                failed += 1;
                let what = what.replace('|', "\\|").replace('\n', " ");
                let _ = writeln!(text, "| {} | **failed**: {what} | | | | | | | | |", row.model);
            }
        }
    }
    let [rows_agree, spikes_agree, limit, random, differs] = counts;
    let _ = writeln!(
        text,
        "\nOf {} models: rows {rows_agree}, spikes {spikes_agree}, limit {limit}, random {random}, differs {differs}, \
         refused {refused}, failed {failed}.  Compiler warnings: {warnings}.  Export of all that were written: {export:.2} s.",
        rows.len(),
    );
    text
}
