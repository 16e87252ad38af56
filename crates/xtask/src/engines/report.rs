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
    /// Random events at other times, of the same distribution.
    Distribution,
    Differs,
}

/// Random models differ where chance would bring that about less often.
const LIKELY: f64 = 0.01;

fn verdict(c: &Compared) -> Verdict {
    if let Ok(exact) = &c.exact {
        if exact.rows() {
            return Verdict::Rows;
        }
        if exact.spikes(c.step_ms) {
            return Verdict::Spikes;
        }
    }
    if let Some((_, _, p)) = c.random_intervals {
        return if p > LIKELY { Verdict::Distribution } else { Verdict::Differs };
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
        Verdict::Distribution => "distribution",
        Verdict::Differs => "**differs**",
    }
}

/// Whether a model runs in both and does the same.
pub(super) fn agrees(row: &Row) -> bool {
    match &row.outcome {
        Outcome::Compared(c) => verdict(c) != Verdict::Differs,
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
    let mut potential = a.potential_mv.map_or("–".to_owned(), |mv| format!("{mv:.1e}"));
    if !a.fall_mv.is_empty() && !a.is_near() {
        let all: Vec<String> = a.fall_mv.iter().map(|mv| format!("{mv:.1e}")).collect();
        potential = all.join(" → ");
    }
    format!("{times} | {:.1e} | {potential}", a.difference.0)
}

fn cells(c: &Compared) -> String {
    let exact = match &c.exact {
        Ok(exact) => self::exact(exact, c.step_ms),
        Err(_) => "– | – | –".to_owned(),
    };
    let limit = match (&c.small, c.random_intervals) {
        (Some((_, limit)), _) => format!("{:.1e}", limit.difference.1),
        (None, Some((n, m, p))) => format!("{n}/{m} intervals, p = {p:.2}"),
        (None, None) => "–".to_owned(),
    };
    let length = c.length_ms.map_or(String::new(), |length| format!(" of {length}"));
    format!(
        "{}{length} | {} | {exact} | {} | {:.1e} | {limit}",
        c.step_ms,
        c.columns,
        spikes(c.fixed.all(), c.step_ms),
        c.fixed.difference.1,
    )
}

const HEAD: &str = "\
# Exports, run in the real simulators

`cargo xtask engines --target neuron --write` makes this page: it exports the LEMS simulations of the standard's
examples with `nml convert --cvode`, compiles and runs them in NEURON, and compares the files with those of `nml simulate`.

Whether the equations of an export are those of the model is seen where neither side has a step: NEURON with variable
steps (`run.py --cvode`, relative tolerance 1e-12, steps no longer than that of the file and 0.05 ms) beside
`nml simulate --scheme reference`.  Where potentials differ by more than 1e-6 mV with that, the tolerance is 1e-15 and steps
are up to 0.05 ms long; what is still further apart is run with longest steps of h, h/4 and h/16, and the page shows all three.

With fixed steps the two do not step alike: `nml simulate` (`auto`) is of second order in the step
(docs/semantics.md), NEURON of first order, so rows agree only where nothing moves.

- *variable steps*: counts ours/NEURON of rises through the middle of a column's range, and in files of events, with the largest distance
  of two that belong together, in steps of the file; then the largest difference of all rows: of a column's range, the worst column,
  and of all columns that are membrane potentials in mV, spikes included.
- *fixed step*: the same with the step of the file in both, but what 95 % of the rows stay below: around a spike that is a fraction of
  a step late a difference is as large as the spike.
- *limit*: where variable steps do not show it, what 95 % of the rows stay below of the limits for small steps (from steps
  h/2, h/4 of second order here, from h, h/2, h/4 of first order there).  Both sides of random models draw the same numbers;
  where that does not show, the intervals between spikes of ours/NEURON from five seeds each with the step of the file, and how
  likely it is that the columns are of one distribution each (Kolmogorov and Smirnov, the least likely column times their number).
- verdict: *rows* all rows to a millionth of the range with variable steps; *spikes* the same counts with variable steps, each within one
  step; *limit* the same counts at a quarter of the step, and the difference falls with the step; *distribution* random
  events at other times, p above 0.01.

What is left, where it is known:

- NEURON keeps the coordinates of sections in 32 bits, and the standard's area of a segment has π with nine digits
  (3.14159265): on the rise of the last spike of Ex5 1.7e-4 mV with every tolerance.  So cells of one compartment are
  written with the area that their equations have, and the difference falls with the tolerance: 1.4e-5 with 1e-10,
  1.7e-6 with 1e-12, 1.2e-7 with 1e-14.
- NEURON's time is the sum of its steps: 700 000 of them make the spikes of Ex15 1.3e-8 ms late, 4e-6 mV on their rise, 16
  times as many 13 times as late.  With steps up to 0.05 ms, and as tight a tolerance, it is 1.5e-7 mV.
- NEURON finds a threshold on the straight line between two steps, 1e-6 ms early or late even where steps follow the
  tolerance.  Mechanisms with thresholds of their own see that and look again (`sharp` in their text): the first cell
  of Ex2, 29 spikes, was 6.7e-3 mV away from the solution of its equations with 1e-12, and is 2.4e-7 with 1e-14,
  5e-8 with 1e-15; ours is 1e-8 (a Taylor series of order 24 with 64 binary digits, spikes by bisection).
- Spikes of cells with sections are events of NEURON's own, found on the straight line: what they change in other cells
  is as far apart as the square of the step (Ex25: the cells that are not reached by events agree to 3e-8 mV).
- Where a regime holds the potential, a mechanism can only pull it there, 1e7 times a millisecond: currents of synapses
  move it by 4e-7 mV all the same (SpikePass2, whose third cell is 4e-5 mV away on its steepest rise, with every step).
- The condition of a graded synapse (`1 - inf < 1e-4`) holds for as long as the other cell is up, and sets `s` to `inf`;
  NEURON's mechanism acts once, so `s` is up to 1e-4 lower while it holds (Ex20a, Ex26).

`cargo xtask engines --quick` also runs models of the repository with `--threads 2` and in CoreNEURON: with threads
the files are the same byte for byte, with CoreNEURON, where it can carry the model out, rows are to a millionth of
their range.

";

/// A row of the page, and what has to be said about it.
pub(super) fn row(row: &Row) -> String {
    let name = &row.model;
    match &row.outcome {
        Outcome::Compared(c) => {
            let why = match (&c.exact, &c.by_limit) {
                (Err(why), _) if !c.random => format!(" (no variable steps: {})", one_line(why)),
                (_, Some(why)) => format!(" (our limit: reference {})", one_line(why)),
                _ => String::new(),
            };
            format!("| {name} | {}{why} | {} | {} |", word(verdict(c)), cells(c), c.warnings)
        }
        Outcome::Refused(what) => {
            format!("| {name} | refused: {} | | | | | | | | | |", one_line(&what.join("; ")))
        }
        Outcome::Failed(what) => {
            format!("| {name} | **failed**: {} | | | | | | | | | |", one_line(what))
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
    let (examples, larger): (Vec<_>, Vec<_>) =
        rows.iter().partition(|(name, _)| name.starts_with("LEMS_NML2_Ex"));
    part(&mut text, &examples);
    if !larger.is_empty() {
        text.push_str(LARGER);
        part(&mut text, &larger);
    }
    text
}

const LARGER: &str = "
## Larger models of the corpus

Cells with many compartments and networks, by repository; `--larger` runs these alone.  *of* is the length of the runs in ms where the
file's own is longer.  A run that takes more than 400 s is given up.  Where `--scheme reference`, whose method is explicit, takes longer
than 60 s, NEURON with variable steps is compared with the limit of our steps h/2 and h/4, and the verdict says so.

";

/// A table and how many rows came out how.
fn part(text: &mut String, rows: &[&(String, String)]) {
    text.push_str(
        "| model | verdict | step, ms | columns | variable steps: spikes | largest | potentials, mV | fixed step: spikes \
         | 95 % | limit, 95 % | compiler warnings |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let kinds = ["rows", "spikes", "limit", "distribution", "**differs**", "refused", "**failed**"];
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
}

fn one_line(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Adds the table of the examples, and that of the larger models where there are some, each with its counts.
pub(super) fn examples_and_larger(
    text: &mut String,
    rows: &[(String, String)],
    head: &str,
    verdicts: &[&str],
) {
    let (examples, larger): (Vec<_>, Vec<_>) =
        rows.iter().cloned().partition(|(name, _)| name.starts_with("LEMS_NML2_Ex"));
    text.push_str(head);
    tally(text, &examples, verdicts);
    if larger.is_empty() {
        return;
    }
    text.push_str(
        "\n## Larger models of the corpus\n\nBy repository; `--larger` runs these alone.  *of* is the length of the runs in ms \
         where the file's own is longer.\n\n",
    );
    text.push_str(head);
    tally(text, &larger, verdicts);
}

/// Adds rows of a page, and a line that counts those that say each of some verdicts.
pub(super) fn tally(text: &mut String, rows: &[(String, String)], verdicts: &[&str]) {
    let mut counts = vec![0_usize; verdicts.len() + 1];
    for (_, row) in rows {
        let _ = writeln!(text, "{row}");
        let verdict = row.split('|').nth(2).unwrap_or_default().trim().trim_start_matches('*');
        let at = verdicts.iter().position(|word| verdict.starts_with(word));
        counts[at.unwrap_or(verdicts.len())] += 1;
    }
    let words = verdicts.iter().chain(&["failed"]).zip(counts);
    let told: Vec<String> = words.map(|(word, count)| format!("{word} {count}")).collect();
    let _ = writeln!(text, "\nOf {} models: {}.", rows.len(), told.join(", "));
}
