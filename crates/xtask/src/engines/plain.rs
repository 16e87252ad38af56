//! Brian 2 and Arbor: one run at the step of the file, beside ours.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compare::{self, Spikes};
use super::limits::{self, DIVISORS, Distance};
use super::page::{Page, Run, carry_out};
use super::refusals::refusals;
use super::{Wanted, corpus, neuron, report, traces};
use crate::Result;

/// A target that is run so.
struct Engine {
    word: &'static str,
    title: &'static str,
    page: &'static str,
    /// What is installed, by name.
    packages: &'static [&'static str],
    /// What its program is told, beside the step and the folder.
    options: &'static [&'static str],
    /// Runs with smaller steps follow where there are no more steps than so.
    steps: f64,
}

const ENGINES: [Engine; 2] = [
    Engine {
        word: "brian2",
        title: "Brian 2",
        page: "benches/ENGINES-BRIAN.md",
        packages: &["brian2>=2.9,<3", "numpy<2"],
        options: &["--compiled"],
        steps: 60_000.0,
    },
    Engine {
        word: "arbor",
        title: "Arbor",
        page: "benches/ENGINES-ARBOR.md",
        packages: &["arbor>=0.12,<0.13", "cmake", "numpy"],
        options: &[],
        steps: 300_000.0,
    },
];

/// Runs everything and prints the table; with `write` it replaces that of the repository.
pub(super) fn run(root: &Path, wanted: &Wanted) -> Result<()> {
    let engine = ENGINES.iter().find(|engine| engine.word == wanted.target);
    let engine = engine.ok_or("no such target")?;
    let all = neuron::models(&corpus(root), &[])?;
    let models = neuron::models(&corpus(root), &wanted.models)?;
    let models: Vec<_> = models.into_iter().map(|path| (name_of(&path), path, None)).collect();
    let page = Page {
        target: engine.word,
        file: engine.page,
        packages: engine.packages,
        text: &|rows| table(engine, rows, &all),
    };
    page.run(root, wanted, &models, &|run| prove(engine, run))
}

fn name_of(model: &Path) -> String {
    model.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The page; `all` are the models that it should have.
fn table(engine: &Engine, rows: &[(String, String)], all: &[PathBuf]) -> String {
    let mut text = head(engine);
    report::tally(&mut text, rows, &["counts", "random", "differs", "refused"]);
    let missing = all.iter().map(|model| name_of(model));
    let missing: Vec<String> =
        missing.filter(|name| rows.iter().all(|(known, _)| known != name)).collect();
    if !missing.is_empty() {
        let _ = writeln!(text, "\nNot run yet: {}.", missing.join(", "));
    }
    text
}

/// Exports, runs and compares one model; answers the cells of its row.
fn prove(engine: &Engine, run: &Run<'_>) -> Result<String> {
    let Run { nml, python, model, folder, .. } = *run;
    let package = folder.join("package");
    let mut export = Command::new(nml);
    export.args(["convert", "--to", engine.word, "-o"]).args([&package, &model.to_owned()]);
    let exported = export.output()?;
    let told = String::from_utf8_lossy(&exported.stderr).into_owned();
    if exported.status.code() == Some(1) {
        return Ok(format!("refused: {} | | | | ", refusals(&told).join("; ")));
    }
    if !exported.status.success() {
        return Err(told.into());
    }
    let step_ms = told_by(&package, "STEP = ")?;
    let steps = told_by(&package, "LENGTH = ")? / step_ms;
    let runs = Runs { engine, nml, python, model, folder, package, step_ms };
    let theirs = runs.theirs(None)?;
    let ours = runs.ours(None)?;
    let mut spikes = Spikes::none();
    let mut worst = (0.0_f64, 0.0_f64);
    for file in neuron::files(&theirs)? {
        let read = |of: &Path| traces::read(&of.join(&file), 1);
        let Some((a, b)) = read(&ours).zip(read(&theirs)).filter(|(a, _)| !a.columns.is_empty())
        else {
            continue;
        };
        let Some(difference) = compare::difference(&a, &b) else { continue };
        compare::spikes(&a, &b, &mut spikes);
        worst = (worst.0.max(difference.0), worst.1.max(difference.1));
    }
    let random = told.contains("streams");
    let limit = if random || steps > engine.steps { None } else { runs.limit(&ours, &theirs)? };
    let verdict = match (random, spikes.same) {
        (true, _) => "random",
        (false, true) => "counts",
        (false, false) => "**differs**",
    };
    Ok(format!(
        "{verdict} | {}/{}, {:.3} | {:.1e} | {:.1e} | {}",
        spikes.ours,
        spikes.theirs,
        spikes.shift * 1e3,
        worst.0,
        worst.1,
        limit.map_or("–".to_owned(), remains)
    ))
}

fn remains(limit: Distance) -> String {
    let spikes = limit.spikes.map_or("counts differ".to_owned(), |s| format!("{:.1e}", s * 1e3));
    format!("{spikes}; {:.1e}", limit.rows)
}

/// Runs of one model with several steps.
struct Runs<'a> {
    engine: &'a Engine,
    nml: &'a Path,
    python: &'a Path,
    model: &'a Path,
    folder: &'a Path,
    package: PathBuf,
    step_ms: f64,
}

impl Runs<'_> {
    /// There, with a part of the step of the file, or just as the file says; answers the folder of results.
    fn theirs(&self, divisor: Option<u32>) -> Result<PathBuf> {
        let to = self.folder.join(format!("theirs{}", divisor.unwrap_or(1)));
        let mut command = Command::new(self.python);
        command.arg("run.py").args(self.engine.options).arg("-o").arg(&to);
        command.current_dir(&self.package);
        if let Some(divisor) = divisor {
            command.args(["--dt", &(self.step_ms / f64::from(divisor)).to_string()]);
        }
        carry_out(&mut command)?;
        Ok(to)
    }

    /// Here, likewise.
    fn ours(&self, divisor: Option<u32>) -> Result<PathBuf> {
        let to = self.folder.join(format!("ours{}", divisor.unwrap_or(1)));
        let mut command = Command::new(self.nml);
        command.args(["simulate", "--quiet", "-o"]).args([&to, self.model]);
        if let Some(divisor) = divisor {
            command.args(["--dt", &format!("{}ms", self.step_ms / f64::from(divisor))]);
        }
        carry_out(&mut command)?;
        Ok(to)
    }

    /// How far the limits for small steps are from each other.
    fn limit(&self, ours: &Path, theirs: &Path) -> Result<Option<Distance>> {
        let [_, half, quarter] = DIVISORS.map(Some);
        let ours = [ours.to_owned(), self.ours(half)?, self.ours(quarter)?];
        let theirs = [theirs.to_owned(), self.theirs(half)?, self.theirs(quarter)?];
        limits::distance(&ours, &theirs)
    }
}

/// A time that a program was written with, in ms: its step or its length.
fn told_by(package: &Path, word: &str) -> Result<f64> {
    let text = std::fs::read_to_string(package.join("model.py"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(word));
    let number = line.and_then(|line| line.split([' ', '*']).next());
    Ok(number.ok_or("the program does not say its step and length")?.parse()?)
}

fn head(engine: &Engine) -> String {
    let options: String = engine.options.iter().flat_map(|option| [" ", option]).collect();
    format!(
        "# Exports, run in {0}\n\n`cargo xtask engines --target {1} --write` makes this page: it exports the LEMS \
         simulations of the standard's\nexamples with `nml convert --to {1}`, runs them in {0} (`python run.py{3}`) with the step of the \
         file, and compares with `nml simulate`.\n\n\
         - *spikes*: counts ours/{0} of rises through the middle of a column's range; the largest distance of two, ms.\n\
         - *largest*, *95 %*: the difference of rows, of a column's range, the worst column.  Where a potential is reset, \
         the rows between\n  two resets that belong together differ by the whole jump, so that *largest* may be all of the range.\n\
         - *limit*: what remains for small steps, from runs with h, h/2 and h/4: the largest distance of two spikes, ms; \
         what 95 % of the rows\n  stay below.  Ours is taken to be of second order; there, the error to be h and h² times \
         something.  Resets and delays on the\n  grid of steps are not smooth in h and stay.  – where there are \
         more than {2} steps.\n\
         - verdict: *counts* the same number of spikes in each column; *random* other random numbers.\n\n\
         | model | verdict | spikes | largest | 95 % | limit |\n|---|---|---|---|---|---|\n",
        engine.title, engine.word, engine.steps, options
    )
}
