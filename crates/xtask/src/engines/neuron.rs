//! NEURON.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use super::compare::{self, Agreement};
use super::patience;
use super::traces::{self, Traces};

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
#[derive(Debug)]
pub(super) struct Compared {
    /// Whether random numbers are drawn.
    pub(super) random: bool,
    /// The step of the file in ms.
    pub(super) step_ms: f64,
    pub(super) columns: usize,
    /// With the fixed step of the file: spikes, the largest and the typical difference, of a column's range.
    pub(super) fixed: Agreement,
    /// The length of the runs in ms, where it is not that of the file.
    pub(super) length_ms: Option<f64>,
    /// With variable steps there and in continuous time here; else why not.
    pub(super) exact: Result<Agreement, String>,
    /// Why instead of continuous time the limit of our steps is compared with.
    pub(super) by_limit: Option<String>,
    /// Of random models: the intervals between spikes of both, and how likely it is that they are of one
    /// distribution.
    pub(super) random_intervals: Option<(usize, usize, f64)>,
    /// With a quarter of the step, and of the limits for small steps; where nothing is known of variable steps.
    pub(super) small: Option<(Agreement, Agreement)>,
    /// Warnings of the compiler.
    pub(super) warnings: usize,
}

/// A release build of the program.
pub(super) fn built(root: &Path) -> crate::Result<PathBuf> {
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

/// What is installed, by name.
pub(super) const PACKAGE: &str = "neuron>=9,<10";

/// An interpreter with NEURON, installed by name into a virtual environment.
pub(super) fn installed(root: &Path) -> crate::Result<PathBuf> {
    let folder = root.join("target/engines/neuron");
    let python = folder.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PACKAGE]))?;
    }
    Ok(python)
}

pub(super) fn version(python: &Path) -> crate::Result<String> {
    let code = "import neuron, sys; sys.stdout.write(neuron.__version__)";
    let output = run(Command::new(python).args(["-c", code]))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(super) fn run(command: &mut Command) -> crate::Result<Output> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = text.lines().rev().filter(|l| !l.trim().is_empty()).take(3).collect();
    Err(last.into_iter().rev().collect::<Vec<_>>().join(" / ").into())
}

/// The LEMS simulations of the corpus, the examples of the standard first.
pub(super) fn models(corpus: &Path, names: &[String]) -> crate::Result<Vec<PathBuf>> {
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
    found.sort_by_key(|path| order(&path.file_stem().unwrap_or_default().to_string_lossy()));
    Ok(found)
}

/// Examples come by their number.
pub(super) fn order(name: &str) -> (u32, String) {
    let number: String = name.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    let rest = number.split_once("Ex").map_or(number.as_str(), |(_, rest)| rest);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse::<u32>().unwrap_or(u32::MAX), name.to_owned())
}

/// Exports, compiles, runs and compares one model, for so many ms if its own length is too long.
pub(super) fn prove(
    nml: &Path,
    python: &Path,
    (name, model): (&str, &Path),
    length_ms: Option<f64>,
    folder: &Path,
) -> Row {
    let name = name.to_owned();
    let folder = folder.join(name.replace(' ', "-"));
    // What was there before may be of another version.
    let _ = std::fs::remove_dir_all(&folder);
    let proof = Proof { nml, python, model, folder, length_ms };
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
    length_ms: Option<f64>,
}

/// Steps are divided by these; three values tell the order, and the limit.
const DIVISORS: [u32; 3] = [1, 2, 4];
/// Of variable steps, relative.
const TOLERANCE: &str = "1e-12";

impl Proof<'_> {
    fn carry_out(&self) -> crate::Result<Outcome> {
        let package = self.folder.join("package");
        let exported = Command::new(self.nml)
            .args(["convert", "--to", "neuron", "--cvode", "-o"])
            .args([&package, &self.model.to_owned()])
            .output()?;
        let told = String::from_utf8_lossy(&exported.stderr).into_owned();
        if exported.status.code() == Some(1) {
            let lines = told.lines().filter_map(|line| line.trim().strip_prefix("× "));
            return Ok(Outcome::Refused(lines.map(str::to_owned).collect()));
        }
        if !exported.status.success() {
            return Err(told.into());
        }
        let step_ms = step_of(&package)?;
        let mut made = Compared {
            random: draws(&package)?,
            step_ms,
            columns: 0,
            length_ms: self.length_ms,
            fixed: Agreement::default(),
            exact: Err(String::new()),
            by_limit: None,
            random_intervals: None,
            small: None,
            warnings: 0,
        };
        let (theirs, text) = self.theirs(&package, step_ms, 1)?;
        let warning = |l: &&str| l.to_lowercase().contains("warning") && !l.contains("DISPLAY");
        made.warnings = text.lines().filter(warning).count();
        let ours = self.ours(step_ms, 1)?;
        made.columns = columns(&theirs)?;
        made.fixed = agreement(&ours, &theirs, 1, Path::to_path_buf)?;
        if made.random {
            made.exact = self.exact(&package, step_ms).map_err(|e| e.to_string());
            if !made.exact.as_ref().is_ok_and(|a| a.rows() || a.spikes(step_ms)) {
                made.random_intervals = Some(self.intervals(&package)?);
            }
            return Ok(Outcome::Compared(Box::new(made)));
        }
        let (mut a, mut b) = (vec![ours], vec![theirs]);
        made.exact = self.exact(&package, step_ms).map_err(|e| e.to_string());
        if let Err(why) = &made.exact {
            for divisor in &DIVISORS[1..] {
                a.push(self.ours(step_ms, *divisor)?);
            }
            let limit = self.near_limit(&package, step_ms, &a);
            made.by_limit = limit.is_ok().then(|| why.clone());
            made.exact = limit.map_err(|e| format!("{why}; {e}"));
        }
        if made.exact.as_ref().is_ok_and(|a| a.rows() || a.spikes(step_ms)) {
            return Ok(Outcome::Compared(Box::new(made)));
        }
        for (at, divisor) in DIVISORS.iter().enumerate().skip(1) {
            if a.len() <= at {
                a.push(self.ours(step_ms, *divisor)?);
            }
            b.push(self.theirs(&package, step_ms, *divisor)?.0);
        }
        let quarter = agreement(&a[2], &b[2], 4, Path::to_path_buf)?;
        made.small = Some((quarter, limits(&a, &b)?));
        Ok(Outcome::Compared(Box::new(made)))
    }

    /// Runs the package with a fixed step; answers the folder of results, and what was said.
    fn theirs(
        &self,
        package: &Path,
        step_ms: f64,
        divisor: u32,
    ) -> crate::Result<(PathBuf, String)> {
        let to = self.folder.join(format!("neuron{divisor}"));
        let step = step_ms / f64::from(divisor);
        let mut command = Command::new(self.python);
        command.args(["run.py", "--no-cvode", "--dt", &step.to_string(), "-o"]);
        command.arg(&to).current_dir(package);
        // The first run compiles the mechanisms as well, of which there may be dozens.
        let told = self.run_within(&mut command, PATIENCE * 3)?;
        Ok((to, told))
    }

    /// Our run with a fixed step; answers the folder of results.
    fn ours(&self, step_ms: f64, divisor: u32) -> crate::Result<PathBuf> {
        let to = self.folder.join(format!("nml{divisor}"));
        let step = step_ms / f64::from(divisor);
        let mut command = Command::new(self.nml);
        command.args(["simulate", "--quiet", "--dt", &format!("{step}ms"), "-o"]);
        self.run(command.args([&to, &self.model.to_owned()]))?;
        Ok(to)
    }

    /// Runs a program of either for the length that is asked for.
    fn run(&self, command: &mut Command) -> crate::Result<String> {
        self.run_within(command, PATIENCE)
    }

    fn run_within(&self, command: &mut Command, patience: Duration) -> crate::Result<String> {
        if let Some(length) = self.length_ms {
            let ours = command.get_program() == self.nml;
            let (word, text) = if ours {
                ("--duration", format!("{length}ms"))
            } else {
                ("--length", length.to_string())
            };
            command.args([word, &text]);
        }
        patience::run(command, patience)
    }

    /// Random models: intervals of both for several seeds; the columns are one sample each, and the least likely
    /// of them counts, times their number (Bonferroni).
    fn intervals(&self, package: &Path) -> crate::Result<(usize, usize, f64)> {
        let mut all: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for seed in 1..=SEEDS {
            let (ours, theirs) = (self.folder.join("nml-seed"), self.folder.join("neuron-seed"));
            let seed = seed.to_string();
            let mut command = Command::new(self.nml);
            command.args(["simulate", "--quiet", "--seed", &seed, "-o"]);
            self.run(command.args([&ours, &self.model.to_owned()]))?;
            let mut command = Command::new(self.python);
            command.args(["run.py", "--no-cvode", "--seed", &seed, "-o"]);
            command.arg(&theirs).current_dir(package);
            self.run(&mut command)?;
            let mut at = 0;
            for file in files(&theirs)?.iter().filter(|file| !is_events(file)) {
                let read = |folder: &Path| traces::read(&folder.join(file), 1);
                let Some((a, b)) = read(&ours).zip(read(&theirs)) else { continue };
                for column in 0..a.columns.len().min(b.columns.len()) {
                    all.resize(all.len().max(at + 1), (Vec::new(), Vec::new()));
                    let level = a.level(column);
                    let between = |t: &Traces| -> Vec<f64> {
                        let times = t.crossings(column, level);
                        times.windows(2).map(|pair| pair[1] - pair[0]).collect()
                    };
                    all[at].0.extend(between(&a));
                    all[at].1.extend(between(&b));
                    at += 1;
                }
            }
        }
        all.retain(|(a, b)| !a.is_empty() || !b.is_empty());
        let count = |of: fn(&(Vec<f64>, Vec<f64>)) -> usize| all.iter().map(of).sum::<usize>();
        let (n, m) = (count(|(a, _)| a.len()), count(|(_, b)| b.len()));
        let columns = all.len() as f64;
        let least = all.iter_mut().map(|(a, b)| compare::one_distribution(a, b));
        let least = least.fold(1.0, f64::min);
        Ok((n, m, (least * columns).min(1.0)))
    }

    /// Variable steps there, continuous time here.
    fn exact(&self, package: &Path, step_ms: f64) -> crate::Result<Agreement> {
        let ours = self.folder.join("nml-reference");
        let mut command = Command::new(self.nml);
        command.args(["simulate", "--quiet", "--scheme", "reference", "--format", "csv", "-o"]);
        self.run_within(command.args([&ours, &self.model.to_owned()]), EXPLICIT_PATIENCE)?;
        let theirs = self.variable(package, step_ms, TOLERANCE)?;
        let mut made = Self::beside_reference(&ours, &theirs)?;
        if made.is_near() {
            return Ok(made);
        }
        // Whether it is NEURON's tolerance that is seen, or its steps: many short ones add up their rounding.
        let mut fall = Vec::new();
        let short = step_ms < LONGEST_MS;
        let lengths = short.then_some(LONGEST_MS).into_iter().chain(FALL.map(|n| step_ms / n));
        for (at, length) in lengths.enumerate() {
            let Ok(theirs) = self.variable(package, length, TIGHTER) else { break };
            let again = Self::beside_reference(&ours, &theirs)?;
            if at > 0 || !short {
                fall.extend(again.potential_mv);
            }
            if nearer(&again) < nearer(&made) {
                made = again;
            }
            if made.is_near() {
                break;
            }
        }
        // Of one run there is nothing that falls.
        made.fall_mv = if fall.len() > 1 { fall } else { Vec::new() };
        Ok(made)
    }

    fn beside_reference(ours: &Path, theirs: &Path) -> crate::Result<Agreement> {
        let csv = |file: &Path| traces::csv(ours, file);
        let mut made = agreement(ours, theirs, 1, |file| {
            let found = csv(file);
            found.strip_prefix(ours).map_or(found.clone(), Path::to_path_buf)
        })?;
        for file in files(theirs)?.iter().filter(|file| !is_events(file)) {
            let potentials = traces::potentials(&csv(file));
            let read = |path: &Path| traces::read(path, 1);
            let Some((a, b)) = read(&csv(file)).zip(read(&theirs.join(file))) else { continue };
            let columns = a.columns.iter().zip(&b.columns).zip(potentials);
            for ((a, b), _) in columns.filter(|(_, is_potential)| *is_potential) {
                made.potential(compare::largest(a, b) * 1e3);
            }
        }
        Ok(made)
    }

    /// Variable steps there, none longer than that; answers the folder of results.
    fn variable(&self, package: &Path, longest: f64, tolerance: &str) -> crate::Result<PathBuf> {
        let to = self.folder.join(format!("neuron-cvode-{tolerance}"));
        // Spikes of cells with sections are found on the straight line between two steps.
        let longest = longest.min(LONGEST_MS).to_string();
        let mut command = Command::new(self.python);
        command.args(["run.py", "--cvode", "--tolerance", tolerance, "--longest", &longest, "-o"]);
        self.run(command.arg(&to).current_dir(package))?;
        Ok(to)
    }

    /// Variable steps there, the limit of our steps h/2 and h/4 here: for models too stiff for an explicit method.
    fn near_limit(
        &self,
        package: &Path,
        step_ms: f64,
        ours: &[PathBuf],
    ) -> crate::Result<Agreement> {
        let theirs = self.folder.join(format!("neuron-cvode-{TOLERANCE}"));
        let theirs =
            if theirs.exists() { theirs } else { self.variable(package, step_ms, LOOSER)? };
        let mut made = Agreement::default();
        for file in files(&theirs)?.iter().filter(|file| !is_events(file)) {
            let read =
                |at: usize| traces::read(&ours[at].join(file), DIVISORS[at] as usize).ok_or(UNLIKE);
            let limit = compare::mixed(&[(-1.0 / 3.0, &read(1)?), (4.0 / 3.0, &read(2)?)]);
            let theirs = traces::read(&theirs.join(file), 1);
            let (limit, theirs) = limit.zip(theirs).ok_or(UNLIKE)?;
            compare::spikes(&limit, &theirs, &mut made.crossings);
            made.worse(compare::difference(&limit, &theirs).ok_or(UNLIKE)?);
        }
        Ok(made)
    }
}

/// What else the package can do, beside the run that has been proven in that folder: options, and how they came out.
///
/// # Errors
/// Where a run fails, or its rows or events differ.
pub(super) fn options(python: &Path, folder: &Path) -> crate::Result<Vec<(String, &'static str)>> {
    let mut all = Vec::new();
    for option in [&["--threads", "2"][..], &["--coreneuron"]] {
        let name = option.join(" ");
        let to = folder.join(format!("neuron{}", option.concat()));
        let mut command = Command::new(python);
        command
            .args(["run.py", "--no-cvode"])
            .args(option)
            .arg("-o")
            .arg(&to)
            .current_dir(folder.join("package"));
        let outcome = match patience::run(&mut command, PATIENCE) {
            Ok(_) => {
                let beside = agreement(&folder.join("neuron1"), &to, 1, Path::to_path_buf)?;
                if !beside.rows() {
                    let part = beside.difference.0;
                    return Err(
                        format!("with {name} rows differ by {part:.1e} of their range").into()
                    );
                }
                if beside.difference.0 == 0.0 { "the same" } else { "the same rows" }
            }
            // The package says what this model cannot do.
            Err(why) if why.to_string().contains("run.py: error:") => "refused",
            Err(why) => return Err(why),
        };
        all.push((name, outcome));
    }
    Ok(all)
}

/// The same where potentials are not near with that.
const TIGHTER: &str = "1e-15";
/// Then the longest step is divided by these, until they are.
const FALL: [f64; 3] = [1.0, 4.0, 16.0];
/// The longest that one run may take.
const PATIENCE: Duration = Duration::from_secs(400);
/// The same of the explicit method, which stiff models take out of reach.
const EXPLICIT_PATIENCE: Duration = Duration::from_secs(60);
/// So many runs of random models are taken together.
const SEEDS: u32 = 5;
/// Of variable steps beside a limit of ours, which is not nearer than that.
const LOOSER: &str = "1e-9";

/// In ms.
const LONGEST_MS: f64 = 0.05;

fn nearer(a: &Agreement) -> f64 {
    a.potential_mv.unwrap_or(f64::INFINITY)
}

/// How many columns the files of a run have.
fn columns(folder: &Path) -> crate::Result<usize> {
    let all = files(folder)?;
    let count = |file: &PathBuf| traces::read(&folder.join(file), usize::MAX);
    let traces = all.iter().filter(|file| !is_events(file)).filter_map(count);
    Ok(traces.map(|t| t.columns.len()).sum())
}

/// Whether a file is one of events, by its name: `x.spikes`, `x.spikes.dat`.
fn is_events(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').skip(1).any(|part| part == "spikes")
}

/// Reads and compares all files of two runs; `other` is how ours calls one of theirs.
fn agreement(
    ours: &Path,
    theirs: &Path,
    stride: usize,
    other: impl Fn(&Path) -> PathBuf,
) -> crate::Result<Agreement> {
    let mut made = Agreement::default();
    for file in files(theirs)? {
        let (a, b) = (ours.join(other(&file)), theirs.join(&file));
        let rows = (!is_events(&file))
            .then(|| traces::read(&a, stride).zip(traces::read(&b, stride)))
            .flatten();
        if let Some((a, b)) = rows {
            compare::spikes(&a, &b, &mut made.crossings);
            made.worse(compare::difference(&a, &b).ok_or(UNLIKE)?);
            continue;
        }
        let pair = traces::events(&a).zip(traces::events(&b));
        let (a, b) = pair.ok_or_else(|| format!("{} cannot be read in both", file.display()))?;
        let mut ids: Vec<&String> = a.iter().chain(&b).map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        let times = |of: &[(String, Vec<f64>)], id: &String| {
            of.iter().find(|(known, _)| known == id).map_or(Vec::new(), |(_, t)| t.clone())
        };
        for id in ids {
            made.events.add(&times(&a, id), &times(&b, id));
        }
    }
    Ok(made)
}

const UNLIKE: &str = "the files have different numbers of rows or columns";

/// The limits for small steps: of a second-order method with steps h/2, h/4, and of a first-order one with h, h/2,
/// h/4.
fn limits(ours: &[PathBuf], theirs: &[PathBuf]) -> crate::Result<Agreement> {
    let mut made = Agreement::default();
    for file in files(&theirs[0])?.iter().filter(|file| !is_events(file)) {
        let read = |folders: &[PathBuf]| -> Option<Vec<Traces>> {
            let strides = DIVISORS.iter().map(|d| *d as usize);
            folders.iter().zip(strides).map(|(f, s)| traces::read(&f.join(file), s)).collect()
        };
        let Some((a, b)) = read(ours).zip(read(theirs)) else { continue };
        let limit = compare::mixed(&[(-1.0 / 3.0, &a[1]), (4.0 / 3.0, &a[2])]);
        let other = compare::mixed(&[(1.0 / 3.0, &b[0]), (-2.0, &b[1]), (8.0 / 3.0, &b[2])]);
        if let Some((limit, other)) = limit.zip(other) {
            made.worse(compare::difference(&limit, &other).ok_or(UNLIKE)?);
        }
    }
    Ok(made)
}

/// Whether a mechanism of a package draws random numbers.
fn draws(package: &Path) -> crate::Result<bool> {
    for file in files(package)?.iter().filter(|file| file.extension().is_some_and(|e| e == "mod")) {
        if std::fs::read_to_string(package.join(file))?.contains("\n    RANDOM ") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The step that a package was written with, in ms.
fn step_of(package: &Path) -> crate::Result<f64> {
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
pub(super) fn files(folder: &Path) -> crate::Result<Vec<PathBuf>> {
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
