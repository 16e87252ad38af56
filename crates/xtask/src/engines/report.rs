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
    if c.random {
        return Verdict::Statistics;
    }
    if let Ok(exact) = &c.exact {
        if exact.rows() {
            return Verdict::Rows;
        }
        if exact.spikes(c.step_ms) {
            return Verdict::Spikes;
        }
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

/// The page.
pub(super) fn table(rows: &[Row], version: &str) -> String {
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "NEURON {version}, nml {}.\n", env!("CARGO_PKG_VERSION"));
    let mut counts = [0_usize; 5];
    let (mut refused, mut failed) = (0, 0);
    text.push_str(
        "| model | verdict | step, ms | columns | variable steps: spikes | largest | fixed step: spikes | 95 % | limit, \
         95 % |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut export, mut warnings) = (0.0, 0);
    let mut unlike = String::new();
    for row in rows {
        match &row.outcome {
            Outcome::Compared(c) => {
                let verdict = verdict(c);
                counts[verdict as usize] += 1;
                export += c.export_s;
                warnings += c.warnings;
                if let Err(why) = &c.exact
                    && !c.random
                {
                    let _ =
                        writeln!(unlike, "- {}: no variable steps: {}", row.model, one_line(why));
                }
                let _ = writeln!(text, "| {} | {} | {} |", row.model, word(verdict), cells(c));
            }
            Outcome::Refused(what) => {
                refused += 1;
                let what = what.join("; ").replace('|', "\\|");
                let _ = writeln!(text, "| {} | refused: {what} | | | | | | | |", row.model);
            }
            Outcome::Failed(what) => {
                failed += 1;
                let what = one_line(what);
                let _ = writeln!(text, "| {} | **failed**: {what} | | | | | | | |", row.model);
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
    if !unlike.is_empty() {
        let _ = write!(text, "\n{unlike}");
    }
    text
}

fn one_line(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
