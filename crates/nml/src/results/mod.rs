//! Results to files.
//!
//! `docs/output.md` describes every format: rows, columns, units.

mod float;
mod hdf5;
mod npz;
mod text;

use std::fs::File;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

use nml_sim::{EventRow, Rows, Scheme, Sink, SinkError};
use rustc_hash::FxHashSet;

use self::float::Digits;
use crate::simulate::{EventOutput, Prepared};

/// How files are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Format {
    /// As the program does whose steps the scheme follows, else as the reference interpreter: text, tabs, no header.
    #[default]
    Dat,
    /// Text in double precision, commas, a header with units.
    Csv,
    /// Arrays for numpy, one per column.
    Npz,
    /// HDF5, one dataset per column.
    Hdf5,
}

impl Format {
    /// All there are, the default first.
    pub const ALL: &[Self] = &[Self::Dat, Self::Csv, Self::Npz, Self::Hdf5];

    /// What it is called on a command line, and the extension of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dat => "dat",
            Self::Csv => "csv",
            Self::Npz => "npz",
            Self::Hdf5 => "h5",
        }
    }

    /// What it is, in half a sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Dat => "text as the reference interpreter writes it",
            Self::Csv => "text with a header of names and units, in full precision",
            Self::Npz => "arrays for numpy, one per column",
            Self::Hdf5 => "HDF5, one dataset per column",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// A number in single precision as Java writes it, as in text of [`Format::Dat`].
pub fn java_float(value: f64) -> String {
    let mut text = Vec::new();
    float::push_java_float(&mut text, value);
    text.into_iter().map(char::from).collect()
}

/// A column of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its identifier in the model.
    pub id: String,
    /// The path to what it shows.
    pub path: String,
    /// The dimension of what it shows, where that is declared.
    pub dimension: Option<String>,
    /// The SI unit of its numbers; empty for plain numbers.
    pub unit: String,
}

/// A file that results go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// As the model names it, relative to where the user wants results; the extension is that of the format,
    /// unless this is [`Format::Dat`].
    pub path: PathBuf,
    /// Whether events go there.
    pub events: bool,
}

/// The files of a run, traces first, then events; an error where two outputs would write the same one.
///
/// # Errors
/// The name that two outputs give.
pub fn file_names(
    prepared: &Prepared,
    format: Format,
) -> std::result::Result<Vec<FileName>, PathBuf> {
    let traces = prepared.experiment.outputs.len();
    let asked = prepared.files().into_iter().enumerate();
    let asked: Vec<(PathBuf, bool)> = asked.map(|(at, path)| (path, at >= traces)).collect();
    let mut seen = FxHashSet::default();
    if let Some((twice, _)) = asked.iter().find(|(path, _)| !seen.insert(normal(path))) {
        return Err(twice.clone());
    }
    let renamed = |path: &Path| path.with_extension(format.name());
    let mut seen = FxHashSet::default();
    // `a.dat` and `a.spikes` cannot both become `a.csv`.
    let clash = asked.iter().any(|(path, _)| !seen.insert(normal(&renamed(path))));
    let named = asked.into_iter().map(|(path, events)| {
        let path = match format {
            Format::Dat => path,
            _ if clash => {
                let mut name = path.into_os_string();
                name.push(".");
                name.push(format.name());
                name.into()
            }
            _ => renamed(&path),
        };
        FileName { path, events }
    });
    Ok(named.collect())
}

/// Tells what numbers a reader of files in [`Format::Dat`] gets.
#[derive(Debug)]
pub(crate) struct Rereading {
    digits: Digits,
    scratch: Vec<u8>,
}

impl Rereading {
    /// For the files of a run under a scheme.
    pub(crate) const fn new(scheme: Scheme) -> Self {
        Self { digits: Digits::of(scheme), scratch: Vec::new() }
    }

    /// What is read for a number of a row.
    pub(crate) fn row(&mut self, value: f64) -> f64 {
        self.digits.row_as_read(&mut self.scratch, value)
    }

    /// What is read for the time of an event.
    pub(crate) fn event(&mut self, value: f64) -> f64 {
        self.digits.event_as_read(&mut self.scratch, value)
    }
}

/// A path without `.` and doubled slashes.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

/// Where the bytes of a file go: to a file that is open and empty.
#[derive(Debug)]
pub struct Target {
    /// The open file.
    pub file: File,
    /// Its path.
    pub path: PathBuf,
}

/// One file being written.
trait Writer {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()>;
    fn events(&mut self, events: &[EventRow]) -> Result<()>;
    fn finish(self: Box<Self>) -> Result<()>;
}

/// Writes the results of a run to files.
pub struct Files {
    traces: usize,
    shown: Vec<PathBuf>,
    writers: Vec<Box<dyn Writer>>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl Files {
    /// Begins the files of a run; `targets` in the order of `names`, those of [`file_names`].
    ///
    /// # Errors
    /// The first file that cannot be begun, with the operating system's words.
    pub fn begin(
        prepared: &Prepared,
        format: Format,
        names: &[FileName],
        targets: Vec<Target>,
    ) -> std::result::Result<Self, SinkError> {
        let traces = prepared.experiment.outputs.len();
        let digits = Digits::of(prepared.request.scheme);
        let mut writers: Vec<Box<dyn Writer>> = Vec::with_capacity(targets.len());
        for ((at, target), name) in targets.into_iter().enumerate().zip(names) {
            let columns = prepared.columns.get(at).filter(|_| at < traces);
            let events =
                at.checked_sub(traces).and_then(|at| prepared.experiment.event_outputs.get(at));
            let begun: Result<Box<dyn Writer>> = match (format, columns, events) {
                (Format::Dat, Some(_), _) => Ok(Box::new(text::Dat::rows(target, digits))),
                (Format::Csv, Some(columns), _) => Ok(Box::new(text::Csv::rows(target, columns))),
                (Format::Npz, Some(columns), _) => Ok(Box::new(npz::Npz::rows(target, columns))),
                (Format::Hdf5, Some(columns), _) => {
                    hdf5::Hdf5::rows(&target, columns).map(|w| -> Box<dyn Writer> { Box::new(w) })
                }
                (Format::Dat, None, Some(output)) => {
                    Ok(Box::new(text::Dat::events(target, output, digits)))
                }
                (Format::Csv, None, Some(output)) => {
                    Ok(Box::new(text::Csv::events(target, output)))
                }
                (Format::Npz, None, Some(output)) => Ok(Box::new(npz::Npz::events(target, output))),
                (Format::Hdf5, None, Some(output)) => {
                    hdf5::Hdf5::events(&target, output).map(|w| -> Box<dyn Writer> { Box::new(w) })
                }
                (_, None, None) => continue,
            };
            writers.push(begun.map_err(|e| unwritable(&name.path, &e))?);
        }
        Ok(Self { traces, shown: names.iter().map(|n| n.path.clone()).collect(), writers })
    }

    /// Completes all files with what has come so far.
    ///
    /// # Errors
    /// The first file that could not be written.
    pub fn finish(self) -> std::result::Result<(), SinkError> {
        let mut result = Ok(());
        for (writer, path) in self.writers.into_iter().zip(&self.shown) {
            let finished = writer.finish().map_err(|e| unwritable(path, &e));
            result = result.and(finished);
        }
        result
    }

    fn at(
        &mut self,
        at: usize,
        write: impl FnOnce(&mut dyn Writer) -> Result<()>,
    ) -> std::result::Result<(), SinkError> {
        let Some(writer) = self.writers.get_mut(at) else { return Ok(()) };
        write(&mut **writer).map_err(|e| unwritable(&self.shown[at], &e))
    }
}

fn unwritable(path: &Path, error: &Error) -> SinkError {
    SinkError(format!("cannot write {}: {error}", path.display()))
}

impl Sink for Files {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> std::result::Result<(), SinkError> {
        // What comes after the files is for displays.
        if output < self.traces { self.at(output, |w| w.rows(rows)) } else { Ok(()) }
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> std::result::Result<(), SinkError> {
        self.at(self.traces + output, |w| w.events(events))
    }
}

/// Names for arrays: each once, none of them `taken`, without slashes.
fn array_names(taken: &[&str], wanted: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: FxHashSet<String> = taken.iter().map(|&name| name.to_owned()).collect();
    let mut names = Vec::new();
    for (at, name) in wanted.enumerate() {
        let plain = |c: char| if c == '/' || c.is_control() { '_' } else { c };
        let name: String = name.chars().map(plain).collect();
        let name = if name.is_empty() { format!("column{at}") } else { name };
        let mut unique = name.clone();
        let mut number = 1;
        while !seen.insert(unique.clone()) {
            unique = format!("{name}_{number}");
            number += 1;
        }
        names.push(unique);
    }
    names
}

/// What stands in a file for each port.
fn ids(output: &EventOutput) -> Vec<String> {
    output.selections.iter().map(|selection| selection.id.clone()).collect()
}
