//! A test as it stands in its two files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, SourceFile, SourceLoader, SourceMap, Span, nearest};

use crate::engine::{ENGINES, Engine, Role};
use crate::fields::{Fields, text, unusable};
use crate::spikes::{Detection, RateMethod};
use crate::{observe, rules, yaml};

/// A test file larger than this is not read.
const MAX_BYTES: usize = 16 << 20;

/// A model, an engine, and what is to be seen.
#[derive(Clone, Debug)]
pub struct Test {
    /// The engine.
    pub engine: Engine,
    /// Where the engine is named.
    pub engine_span: Span,
    /// The files to run or to check, relative to the folder of the test; may hold wildcards.
    pub targets: Vec<Target>,
    /// What is looked at.  Empty where a run that ends well is all that is asked for, and for engines of other
    /// simulators, whose expectations are not read.
    pub experiments: Vec<Experiment>,
}

/// What came of reading a test.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The engine, if that much could be read.
    pub engine: Option<Engine>,
    /// The test, if it can be used.
    pub test: Option<Test>,
    /// What is wrong with its files.
    pub findings: Vec<Diagnostic>,
}

/// A file to run or to check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The name or pattern as it is written.
    pub pattern: String,
    /// Where the key `target` has its value.
    pub span: Span,
}

/// A named group of checks.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Its name.
    pub name: String,
    /// What is checked.
    pub checks: Vec<Check>,
}

/// One observable with what is expected of it.
#[derive(Clone, Debug)]
pub struct Check {
    /// What is observed, in the words of the file.
    pub name: &'static str,
    /// Where it is named.
    pub span: Span,
    /// How it is formed.
    pub observable: Observable,
    /// What it should be.
    pub expected: Expected,
    /// How far apart the two may be, relative to the expected value.
    pub tolerance: f64,
}

/// Columns of a file with numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct TraceFile {
    /// The file, relative to where the test files' own paths start.
    pub path: PathBuf,
    /// The columns, from 0.
    pub columns: Vec<usize>,
    /// How many lines to leave out.
    pub header: usize,
    /// What each column is multiplied with.
    pub scaling: Vec<f64>,
}

/// Which of the two columns of a spike file holds what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpikeFormat {
    /// Identifier, then time.
    IdTime,
    /// Time, then identifier.
    TimeId,
    /// Identifier, then time, after three lines to leave out.
    IdTimeNest,
}

/// Whose spikes count.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ids {
    /// Those of all cells.
    All,
    /// Those of one.
    One(f64),
}

/// A file with a line per spike.
#[derive(Clone, PartialEq, Debug)]
pub struct SpikeFile {
    /// The file, relative to where the test files' own paths start.
    pub path: PathBuf,
    /// Which column holds what.
    pub format: SpikeFormat,
    /// Whose spikes count.
    pub ids: Ids,
    /// What times are multiplied with.
    pub scaling: f64,
}

/// Where spike times come from.
#[derive(Clone, PartialEq, Debug)]
pub enum SpikeSource {
    /// They are found in a trace: times in the first column, values in the second.
    Trace(TraceFile, Detection),
    /// They stand in the only column.
    Times(TraceFile),
    /// They stand in a spike file.
    Spikes(SpikeFile),
}

/// What is formed from the results of a run.
#[derive(Clone, PartialEq, Debug)]
pub enum Observable {
    /// Spike times of one cell.
    SpikeTimes(SpikeSource),
    /// The mean rate of the cells.
    SpikeRate {
        /// Where the spikes come from.
        source: SpikeSource,
        /// How the rate is formed.
        method: RateMethod,
        /// Spikes before do not count.
        start: f64,
        /// Spikes after do not count.
        end: f64,
    },
    /// The mean of the last values of the second column.
    Resting {
        /// Where it stands.
        file: TraceFile,
        /// How many values.
        average_last: usize,
    },
    /// All numbers of the columns.
    TimeSeries(TraceFile),
    /// Difference of voltage over difference of current between two windows of time.
    InputResistance {
        /// Times and voltages.
        voltage: TraceFile,
        /// Times and currents.
        current: TraceFile,
        /// The window before the step.
        holding: [f64; 2],
        /// The window in the step.
        command: [f64; 2],
    },
    /// All columns after the first stay between 0 and 1.
    ActivationVariables(TraceFile),
    /// The run ends well.
    Dry,
    /// Something only a live simulator can be asked for.
    Unsupported(&'static str),
}

/// What an observable should be.
#[derive(Clone, PartialEq, Debug)]
pub enum Expected {
    /// Nothing to compare with.
    Nothing,
    /// A number.
    Number(f64),
    /// Numbers.
    List(Vec<f64>),
    /// Numbers in rows, equally many in each.
    Rows(Vec<Vec<f64>>),
    /// Numbers in a file.
    File(TraceFile),
}

impl Observable {
    /// The files it reads, with the columns of each.
    pub fn reads(&self) -> Vec<(&Path, Vec<usize>)> {
        let trace = |file: &'_ TraceFile| file.columns.clone();
        match self {
            Self::SpikeTimes(source) | Self::SpikeRate { source, .. } => match source {
                SpikeSource::Trace(file, _) | SpikeSource::Times(file) => {
                    vec![(&file.path, trace(file))]
                }
                SpikeSource::Spikes(file) => vec![(&file.path, vec![0, 1])],
            },
            Self::Resting { file, .. }
            | Self::TimeSeries(file)
            | Self::ActivationVariables(file) => vec![(&file.path, trace(file))],
            Self::InputResistance { voltage, current, .. } => {
                vec![(&voltage.path, trace(voltage)), (&current.path, trace(current))]
            }
            Self::Dry | Self::Unsupported(_) => Vec::new(),
        }
    }
}

/// Reads a YAML file; `None`, and a finding, where that fails.
fn read(
    path: &Path,
    from: Option<Span>,
    files: &dyn SourceLoader,
    sources: &SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Arc<SourceFile>, yaml::Node)> {
    let refuse = |sink: &mut Diagnostics, reason: String| {
        // A file that is not there has no place to point to but the one that names it.
        let span = from.unwrap_or_else(|| sources.add(path, String::new()).span());
        sink.push(unusable(span, reason));
    };
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            refuse(sink, error.to_string());
            return None;
        }
    };
    if bytes.len() > MAX_BYTES {
        let (size, name) = (bytes.len(), path.display());
        refuse(sink, format!("{name} has {size} bytes, the limit is {MAX_BYTES}"));
        return None;
    }
    let Ok(text) = String::from_utf8(bytes) else {
        refuse(sink, format!("{} is not UTF-8", path.display()));
        return None;
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let file = sources.add(path, text);
    match yaml::parse(&file) {
        Ok(node) => Some((file, node)),
        Err(fault) => {
            let message = format!("this is not valid YAML: {}", fault.reason);
            sink.push(Diagnostic::new(&rules::UNREADABLE_TEST, fault.span, message));
            None
        }
    }
}

impl Test {
    /// Reads an `.omt` file and the `.mep` file it names.
    pub fn read(path: &Path, files: &dyn SourceLoader, sources: &SourceMap) -> Reading {
        let mut sink = Diagnostics::new();
        let mut engine = None;
        let test = Self::read_with(path, files, sources, &mut engine, &mut sink);
        let usable = !sink.has_errors();
        Reading { engine, test: test.filter(|_| usable), findings: sink.into_vec() }
    }

    fn read_with(
        path: &Path,
        files: &dyn SourceLoader,
        sources: &SourceMap,
        named: &mut Option<Engine>,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let (_, root) = read(path, None, files, sources, sink)?;
        let mut fields = Fields::of(&root, "a test", sink)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let engine = fields.need("engine", sink).and_then(|node| {
            let name = text(&node, "`engine`", sink)?;
            let engine = Engine::named(&name);
            if engine.is_none() {
                let near = nearest(&name, ENGINES.iter().map(|e| e.name));
                sink.push(
                    unusable(node.span, format!("there is no engine `{name}`"))
                        .maybe_help(near.map(|near| format!("did you mean `{near}`?"))),
                );
            }
            Some((engine?, node.span))
        });
        *named = engine.map(|(engine, _)| engine);
        let targets = fields.need("target", sink).and_then(|node| {
            let words = text(&node, "`target`", sink)?;
            let target = |word: &str| Target { pattern: word.to_owned(), span: node.span };
            let targets: Vec<Target> = words.split_whitespace().map(target).collect();
            if targets.is_empty() {
                sink.push(unusable(node.span, "`target` names no file"));
            }
            Some(targets)
        });
        let mep = fields.get("mep");
        let listed = fields.get("experiments");
        // Engines of other simulators have keys of their own.
        let known = engine.is_none_or(|(engine, _)| engine.role != Role::Foreign);
        if known {
            fields.finish(sink);
        }
        let mut experiments = Vec::new();
        if let (Some(mep), true) = (mep, known) {
            let name = text(&mep, "`mep`", sink)?;
            let at = folder.join(name);
            let (_, expected) = read(&at, Some(mep.span), files, sources, sink)?;
            let roots = observe::Roots { omt: folder, mep: at.parent().unwrap_or(Path::new("")) };
            if let Some(listed) = listed {
                experiments = observe::experiments(&listed, &expected, &roots, sink)?;
            } else {
                let why = "a test with a `mep` needs `experiments`";
                sink.push(unusable(mep.span, why));
            }
        } else if let (Some(listed), true) = (listed, known) {
            let why = "`experiments` are looked at only where a `mep` says what is expected";
            sink.push(Diagnostic::new(&rules::UNKNOWN_TEST_KEY, first(listed.span), why));
        }
        let (engine, engine_span) = engine?;
        let targets = targets?;
        Some(Self { engine, engine_span, targets, experiments })
    }
}

/// The place where something long begins.
fn first(span: Span) -> Span {
    Span::new(span.file, span.start, span.start)
}
