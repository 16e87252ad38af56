//! NEURON.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use super::compare::{self, Spikes};
use super::traces::{self, Traces};
use crate::Result;

/// A model and what became of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) model: String,
    pub(super) outcome: Outcome,
}

/// What became of a model.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The target says what it cannot express.
    Refused(Vec<String>),
    /// Something failed that should not.
    Failed(String),
    Compared(Box<Compared>),
}

/// Numbers about a model that runs in both.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// Whether random numbers come from other streams.
    pub(super) random: bool,
    /// The step of the file in ms.
    pub(super) step_ms: f64,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// At the step of the file.
    pub(super) spikes: Option<Spikes>,
    /// At the step of the file: largest and typical difference, of a column's range.
    pub(super) at_step: (f64, f64),
    /// With a step of a quarter in both.
    pub(super) at_quarter: (f64, f64),
    pub(super) quarter_spikes: Option<Spikes>,
    /// Of the limits for small steps.
    pub(super) limit: (f64, f64),
    /// Seconds: export, compile and first run, their run alone, our run.
    pub(super) export_s: f64,
    pub(super) compile_s: f64,
    /// Warnings of the compiler.
    pub(super) warnings: usize,
}

/// A release build of the program.
pub(super) fn built(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(["build", "--release", "--package", "nml-cli"])
        .current_dir(root)
        .status()?;
    if !done.success() {
        return Err("the release build failed".into());
    }
    Ok(root.join("target/release/nml"))
}

/// An interpreter with NEURON, installed by name into a virtual environment.
pub(super) fn installed(root: &Path) -> Result<PathBuf> {
    let folder = root.join("target/engines/neuron");
    let python = folder.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "neuron>=9,<10"]))?;
    }
    Ok(python)
}

pub(super) fn version(python: &Path) -> Result<String> {
    let code = "import neuron, sys; sys.stdout.write(neuron.__version__)";
    let output = run(Command::new(python).args(["-c", code]))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn run(command: &mut Command) -> Result<Output> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = text.lines().rev().filter(|l| !l.trim().is_empty()).take(3).collect();
    Err(last.into_iter().rev().collect::<Vec<_>>().join(" / ").into())
}

/// The LEMS simulations of the corpus, the examples of the standard first.
pub(super) fn models(corpus: &Path, names: &[String]) -> Result<Vec<PathBuf>> {
    let examples = corpus.join("models/NeuroML2/LEMSexamples");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(examples)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_model =
            name.starts_with("LEMS_NML2_Ex") && path.extension().is_some_and(|e| e == "xml");
        let wanted = names.is_empty() || names.iter().any(|part| name.contains(part.as_str()));
        if is_model && wanted {
            found.push(path);
        }
    }
    // A name that is a path is that file.
    found.extend(names.iter().map(PathBuf::from).filter(|path| path.is_file()));
    let key = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let number: String = name.chars().skip_while(|c| !c.is_ascii_digit()).collect();
        let rest = number.split_once("Ex").map_or(number.as_str(), |(_, rest)| rest);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse::<u32>().unwrap_or(u32::MAX), name)
    };
    found.sort_by_key(key);
    Ok(found)
}

/// Exports, compiles, runs and compares one model.
pub(super) fn prove(nml: &Path, python: &Path, model: &Path, folder: &Path) -> Row {
    let name = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = folder.join(&name);
    // What was there before may be of another version.
    let _ = std::fs::remove_dir_all(&folder);
    let proof = Proof { nml, python, model, folder };
    let outcome = match proof.carry_out() {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Failed(error.to_string()),
    };
    Row { model: name, outcome }
}

struct Proof<'a> {
    nml: &'a Path,
    python: &'a Path,
    model: &'a Path,
    folder: PathBuf,
}

/// Steps are divided by these; three values tell the order, and the limit.
const DIVISORS: [u32; 3] = [1, 2, 4];

impl Proof<'_> {
    fn carry_out(&self) -> Result<Outcome> {
        let package = self.folder.join("package");
        let begun = Instant::now();
        let exported = Command::new(self.nml)
            .args(["convert", "--to", "neuron", "-o"])
            .args([&package, &self.model.to_owned()])
            .output()?;
        let export_s = begun.elapsed().as_secs_f64();
        let told = String::from_utf8_lossy(&exported.stderr).into_owned();
        if exported.status.code() == Some(1) {
            let lines = told.lines().filter_map(|line| line.trim().strip_prefix("× "));
            return Ok(Outcome::Refused(lines.map(str::to_owned).collect()));
        }
        if !exported.status.success() {
            return Err(told.into());
        }
        let step_ms = step_of(&package)?;
        let mut made =
            Compared { export_s, step_ms, random: told.contains("streams"), ..Compared::default() };
        let mut theirs = Vec::new();
        let mut ours = Vec::new();
        for divisor in DIVISORS {
            let step = step_ms / f64::from(divisor);
            let begun = Instant::now();
            let to = self.folder.join(format!("neuron{divisor}"));
            let output = run(Command::new(self.python)
                .args(["run.py", "--dt", &step.to_string(), "-o"])
                .arg(&to)
                .current_dir(&package))?;
            if divisor == 1 {
                made.compile_s = begun.elapsed().as_secs_f64();
                let text = String::from_utf8_lossy(&output.stderr).to_lowercase();
                let warning = |l: &&str| l.contains("warning") && !l.contains("display");
                made.warnings = text.lines().filter(warning).count();
            }
            theirs.push(to);
            let to = self.folder.join(format!("nml{divisor}"));
            run(Command::new(self.nml)
                .args(["simulate", "--quiet", "--dt", &format!("{step}ms"), "-o"])
                .args([&to, &self.model.to_owned()]))?;
            ours.push(to);
        }
        compare_all(&ours, &theirs, &mut made)?;
        Ok(Outcome::Compared(Box::new(made)))
    }
}

/// Reads and compares all files of two runs.
fn compare_all(ours: &[PathBuf], theirs: &[PathBuf], made: &mut Compared) -> Result<()> {
    let mut spikes = Spikes::none();
    let mut quarter = Spikes::none();
    for file in files(&theirs[0])? {
        let read = |folders: &[PathBuf]| -> Option<Vec<Traces>> {
            let strides = DIVISORS.iter().map(|d| *d as usize);
            folders.iter().zip(strides).map(|(f, s)| traces::read(&f.join(&file), s)).collect()
        };
        let is_events = file.extension().is_some_and(|e| e == "spikes")
            || traces::read(&theirs[0].join(&file), 1).is_none();
        if is_events {
            for (at, all) in [(0, &mut spikes), (2, &mut quarter)] {
                let (a, b) = (ours[at].join(&file), theirs[at].join(&file));
                let (a, b) = (traces::events(&a), traces::events(&b));
                let (a, b) = a.zip(b).ok_or("a file of events cannot be read")?;
                let mut ids: Vec<&String> = a.iter().chain(&b).map(|(id, _)| id).collect();
                ids.sort();
                ids.dedup();
                let times = |of: &[(String, Vec<f64>)], id: &String| {
                    of.iter().find(|(known, _)| known == id).map_or(Vec::new(), |(_, t)| t.clone())
                };
                for id in ids {
                    all.add(&times(&a, id), &times(&b, id));
                }
            }
            continue;
        }
        let Some((a, b)) = read(ours).zip(read(theirs)) else {
            return Err(format!("{} cannot be read in both", file.display()).into());
        };
        made.columns += a[0].columns.len();
        made.rows = made.rows.max(a[0].time.len());
        compare::spikes(&a[0], &b[0], &mut spikes);
        compare::spikes(&a[2], &b[2], &mut quarter);
        let worse = |x: (f64, f64), y: (f64, f64)| (x.0.max(y.0), x.1.max(y.1));
        let differ = |x: &Traces, y: &Traces| {
            compare::difference(x, y).ok_or("the files have different numbers of rows or columns")
        };
        made.at_step = worse(made.at_step, differ(&a[0], &b[0])?);
        made.at_quarter = worse(made.at_quarter, differ(&a[2], &b[2])?);
        // Of a second-order method with steps h/2, h/4; of a first-order one with h, h/2, h/4.
        let limit = compare::mixed(&[(-1.0 / 3.0, &a[1]), (4.0 / 3.0, &a[2])]);
        let other = compare::mixed(&[(1.0 / 3.0, &b[0]), (-2.0, &b[1]), (8.0 / 3.0, &b[2])]);
        if let Some((limit, other)) = limit.zip(other) {
            made.limit = worse(made.limit, differ(&limit, &other)?);
        }
    }
    made.spikes = Some(spikes).filter(|s| s.ours + s.theirs > 0);
    made.quarter_spikes = Some(quarter).filter(|s| s.ours + s.theirs > 0);
    Ok(())
}

/// The step that a package was written with, in ms.
fn step_of(package: &Path) -> Result<f64> {
    for entry in std::fs::read_dir(package)? {
        let file = entry?.path().join("__init__.py");
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let line = text.lines().find_map(|line| line.strip_prefix("STEP = "));
        if let Some(word) = line.and_then(|line| line.split_whitespace().next()) {
            return Ok(word.parse()?);
        }
    }
    Err("the package does not say its step".into())
}

/// All files below a folder, relative to it.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(inner) = path.strip_prefix(folder) {
                found.push(inner.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}
