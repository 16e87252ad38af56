//! NetPyNE: what is written for it is run beside what is written for NEURON, which is underneath both.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::compare::{self, Spikes};
use super::page::{Page, Run, carry_out};
use super::refusals::refusals;
use super::traces::{self, Traces};
use super::{Wanted, examples_or_larger, neuron, report};
use crate::Result;

/// What became of a model.
#[derive(Debug)]
enum Outcome {
    /// The target says what it cannot express.
    Refused(Vec<String>),
    Compared(Compared),
}

/// Numbers about a model that runs in all three.
#[derive(Debug)]
struct Compared {
    step_ms: f64,
    /// The length of the runs in ms, where it is not that of the file.
    length_ms: Option<f64>,
    rows: usize,
    /// Rows of spikes, which NetPyNE takes a moment later.
    late: usize,
    /// The largest difference of all other rows, of a column's range.
    rest: f64,
    /// Against our own run: NetPyNE, and NEURON.
    spikes: Spikes,
    neuron: Spikes,
}

/// Rows are the same where they differ by no more than this part of their range.
const SAME: f64 = 1e-9;
/// Rounding, which the upstroke of a spike may have made larger.
const CLOSE: f64 = 1e-3;
/// A column stands still where its range is less than this part of its size, which then counts.
const STILL: f64 = 1e-5;
/// A row is of a spike where it is so near to the next one; an input may come in that very step.
const NEAR: f64 = 0.03;

/// Runs everything and prints the table; with `write` it replaces that of the repository.
pub(super) fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    let page = Page {
        target: "netpyne",
        file: "benches/ENGINES-NETPYNE.md",
        packages: &["netpyne==1.1.1", "neuron>=9,<10"],
        text: &page,
    };
    let models = examples_or_larger(root, wanted)?;
    page.run(root, wanted, &models, &|run| prove(run).map(|outcome| cells(&outcome)))
}

/// Exports, compiles, runs and compares one model.
fn prove(asked: &Run<'_>) -> Result<Outcome> {
    let Run { nml, python, model, length_ms, folder } = *asked;
    for target in ["netpyne", "neuron"] {
        let output = Command::new(nml)
            .args(["convert", "--to", target, "-o"])
            .args([folder.join(target), model.to_owned()])
            .output()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code() == Some(1) {
            return Ok(Outcome::Refused(refusals(&told)));
        }
        if !output.status.success() {
            return Err(told.into());
        }
    }
    let config = std::fs::read_to_string(folder.join("netpyne/simConfig.json"))?;
    let number = |key: &str| {
        let line = config.lines().find_map(|line| line.trim().strip_prefix(key));
        line.map(|line| line.trim_end_matches(',').to_owned()).ok_or(format!("there is no {key}"))
    };
    let (step, every) = (number("\"dt\": ")?, number("\"recordStep\": ")?);
    let run = |target: &str| -> Result<PathBuf> {
        let to = folder.join(format!("{target}-out"));
        let mut command = Command::new(python);
        command.args(["run.py", "--dt", &step, "--every", &every, "-o"]);
        command.arg(&to).current_dir(folder.join(target));
        if let Some(length) = length_ms {
            let word = if target == "netpyne" { "--duration" } else { "--length" };
            command.args([word, &length.to_string()]);
        }
        carry_out(&mut command)?;
        Ok(to)
    };
    let netpyne = run("netpyne")?;
    let neuron = match done(folder)? {
        Some(there) if step == every => there,
        _ => run("neuron")?,
    };
    let own = folder.join("nml-out");
    let mut ours = Command::new(nml);
    ours.args(["simulate", "--quiet", "-o"]).arg(&own).arg(model);
    if let Some(length) = length_ms {
        ours.args(["--duration", &format!("{length}ms")]);
    }
    carry_out(&mut ours)?;
    let mut made = Compared {
        step_ms: step.parse()?,
        length_ms,
        rows: 0,
        late: 0,
        rest: 0.0,
        spikes: Spikes::none(),
        neuron: Spikes::none(),
    };
    compare_all(&own, &netpyne, &neuron, &mut made)?;
    Ok(Outcome::Compared(made))
}

/// What `--target neuron` has run of the very same export, byte by byte.
fn done(folder: &Path) -> Result<Option<PathBuf>> {
    let (Some(runs), Some(name)) = (folder.parent(), folder.file_name()) else { return Ok(None) };
    let there = runs.with_file_name("runs").join(name);
    let package = folder.join("neuron");
    for file in neuron::files(&package)? {
        let known = std::fs::read(there.join("package").join(&file)).ok();
        if known != Some(std::fs::read(package.join(&file))?) {
            return Ok(None);
        }
    }
    let rows = there.join("neuron1");
    Ok(rows.is_dir().then_some(rows))
}

fn compare_all(own: &Path, netpyne: &Path, neuron: &Path, made: &mut Compared) -> Result<()> {
    for file in neuron::files(neuron)? {
        let unread = || format!("{} cannot be read in all", file.display());
        let read = |folder: &Path| traces::read(&folder.join(&file), 1);
        let Some(theirs) = read(neuron).filter(|t| !t.columns.is_empty() && evenly(t)) else {
            let read = |folder: &Path| traces::events(&folder.join(&file)).ok_or_else(unread);
            let (ours, here, there) = (read(own)?, read(netpyne)?, read(neuron)?);
            let times = |of: &[(String, Vec<f64>)], id: &String| {
                of.iter().find(|(known, _)| known == id).map_or(Vec::new(), |(_, t)| t.clone())
            };
            let mut ids: Vec<&String> = ours.iter().chain(&here).map(|(id, _)| id).collect();
            ids.sort();
            ids.dedup();
            for id in ids {
                made.spikes.add(&times(&ours, id), &times(&here, id));
                made.neuron.add(&times(&ours, id), &times(&there, id));
            }
            continue;
        };
        let (ours, here) = (read(own).ok_or_else(unread)?, read(netpyne).ok_or_else(unread)?);
        if here.time.len() != theirs.time.len() || here.columns.len() != theirs.columns.len() {
            return Err(format!("{} has other rows or columns", file.display()).into());
        }
        compare::spikes(&ours, &here, &mut made.spikes);
        compare::spikes(&ours, &theirs, &mut made.neuron);
        rows(&here, &theirs, made);
    }
    Ok(())
}

/// Whether times are those of rows, not of events.
fn evenly(traces: &Traces) -> bool {
    let [first, second, .., last] = traces.time[..] else { return false };
    let steps = (traces.time.len() - 1) as f64;
    first == 0.0 && (last - second * steps).abs() < 1e-6 * last.abs()
}

/// Compares the rows of the two that NEURON carries out.
fn rows(here: &Traces, theirs: &Traces, made: &mut Compared) {
    made.rows += theirs.time.len();
    for column in 0..theirs.columns.len() {
        let size = theirs.columns[column].iter().fold(f64::MIN_POSITIVE, |m, x| m.max(x.abs()));
        let range = theirs.range(column).max(STILL * size);
        let (a, b) = (&here.columns[column], &theirs.columns[column]);
        for row in 0..a.len() {
            let difference = (a[row] - b[row]).abs() / range;
            let next = b.get(row + 1).map_or(f64::INFINITY, |next| (a[row] - next).abs() / range);
            if difference > SAME && next < NEAR && next < difference {
                made.late += 1;
            } else {
                made.rest = made.rest.max(difference);
            }
        }
    }
}

fn verdict(c: &Compared) -> &'static str {
    match (c.rest <= SAME, c.spikes.same) {
        (true, true) => "same",
        (true, false) => "as NEURON",
        (false, _) if c.rest <= CLOSE && c.spikes.theirs == c.neuron.theirs => "close",
        (false, _) => "**differs**",
    }
}

fn spikes(s: Spikes, step_ms: f64) -> String {
    if s.ours + s.theirs == 0 {
        return "–".to_owned();
    }
    format!("{}/{}, {:.2}", s.ours, s.theirs, s.shift * 1e3 / step_ms)
}

/// The cells of a row.
fn cells(outcome: &Outcome) -> String {
    let c = match outcome {
        Outcome::Refused(what) => return format!("refused: {} | | | | | | ", what.join("; ")),
        Outcome::Compared(c) => c,
    };
    let length = c.length_ms.map_or(String::new(), |length| format!(" of {length}"));
    format!(
        "{} | {}{length} | {} | {} | {} | {} | {:.1e}",
        verdict(c),
        c.step_ms,
        spikes(c.spikes, c.step_ms),
        spikes(c.neuron, c.step_ms),
        c.rows,
        c.late,
        c.rest
    )
}

const HEAD: &str = "\
# Exports, run in NetPyNE

`cargo xtask engines --target netpyne --write` makes this page: it exports the LEMS simulations of the standard's
examples with `nml convert --to netpyne` and `--to neuron`, compiles and runs both with the step of the file, and
compares them with each other and with `nml simulate`.

NEURON is underneath both, so their rows must be the same; [ENGINES.md](ENGINES.md) shows how far NEURON and
`nml simulate` agree.  Only one thing differs: NetPyNE takes a row a moment after the step, so that the row of a spike
may show the potential after its reset where NEURON shows it before.

- *spikes*: counts ours/NetPyNE and ours/NEURON of rises through the middle of a column's range, and in files of events;
  then the largest distance of two that belong together, in steps.
- *late*: values that differ and are those of the next row.
- *rest*: the largest difference of all other values from NEURON's, of a column's range.
- verdict: *same* rows as NEURON's (to 10⁻⁹ of the range) and as many spikes as ours; *as NEURON* the rows of NEURON, but
  not our count of spikes; *close* to a thousandth and as many spikes as in NEURON: membranes of cells without segments have
  another area here, whose rounding an exponential upstroke makes larger.

";

const TABLE: &str = "\
| model | verdict | step, ms | spikes, NetPyNE | spikes, NEURON | rows | late | rest |
|---|---|---|---|---|---|---|---|
";

/// The page.
fn page(rows: &[(String, String)]) -> String {
    let mut text = HEAD.to_owned();
    let verdicts = ["same", "as NEURON", "close", "differs", "refused"];
    report::examples_and_larger(&mut text, rows, TABLE, &verdicts);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_of_a_spike_may_be_the_next_one() {
        let time: Vec<f64> = (0..6).map(f64::from).collect();
        let of = |values: [f64; 6]| Traces { time: time.clone(), columns: vec![values.to_vec()] };
        let theirs = of([0.0, 0.5, 1.0, 0.0, 0.2, 0.4]);
        let here = of([0.0, 0.5, 0.0, 0.0, 0.2, 0.6]);
        let mut made = Compared {
            step_ms: 1.0,
            length_ms: None,
            rows: 0,
            late: 0,
            rest: 0.0,
            spikes: Spikes::none(),
            neuron: Spikes::none(),
        };
        rows(&here, &theirs, &mut made);
        assert_eq!((made.rows, made.late), (6, 1));
        assert!((made.rest - 0.2).abs() < 1e-12);
        assert!(evenly(&theirs));
    }
}
