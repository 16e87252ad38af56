//! Results to files.
//!
//! `docs/output.md` describes every format: rows, columns, units.

mod float;
mod hdf5;
mod npz;
mod spool;
mod text;

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
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

    /// Whether rows go to the file as they come; of the others they wait in another place until the end.
    pub const fn is_direct(self) -> bool {
        matches!(self, Self::Dat | Self::Csv)
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

/// Where rows go while a run lasts.
#[derive(Debug)]
pub enum Store {
    /// To a file open for reading and writing, after so many bytes of it.  Of a format that
    /// [is direct](Format::is_direct) this is the file of results, and the only possibility.
    File {
        /// The open file.
        file: File,
        /// How many bytes of it are there already; all that follows is cut off.
        length: u64,
    },
    /// To memory, and if there are many to a file without a name in this folder.
    Folder(PathBuf),
}

/// Opens the file of results, empty.
type Opening<'a> = &'a mut dyn FnMut() -> Result<File>;

/// One file being written.
trait Writer {
    fn rows(&mut self, rows: Rows<'_>) -> Result<()>;
    fn events(&mut self, events: &[EventRow]) -> Result<()>;
    /// Sees to it that all that has come is in the store; how long that is.
    fn length(&mut self) -> Result<u64>;
    fn finish(self: Box<Self>, open: Opening<'_>) -> Result<()>;
}

/// Writes the results of a run to files.
pub struct Files {
    traces: usize,
    shown: Vec<PathBuf>,
    writers: Vec<Option<Box<dyn Writer>>>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl Files {
    /// Begins the files of a run, or goes on with them; `stores` in the order of `names`, those of [`file_names`].  A
    /// file without one is left alone.
    ///
    /// # Errors
    /// The first file that cannot be begun, or is shorter than it should be, with the operating system's words.
    pub fn begin(
        prepared: &Prepared,
        format: Format,
        names: &[FileName],
        stores: Vec<Option<Store>>,
    ) -> std::result::Result<Self, SinkError> {
        let traces = prepared.experiment.outputs.len();
        let digits = Digits::of(prepared.request.scheme);
        let mut writers: Vec<Option<Box<dyn Writer>>> = Vec::with_capacity(stores.len());
        for ((at, store), name) in stores.into_iter().enumerate().zip(names) {
            let Some(store) = store else {
                writers.push(None);
                continue;
            };
            let store = store.cut().map_err(|e| unwritable(&name.path, &e))?;
            let columns = prepared.columns.get(at).filter(|_| at < traces);
            let events =
                at.checked_sub(traces).and_then(|at| prepared.experiment.event_outputs.get(at));
            let begun = match (format, columns, events) {
                (Format::Dat, Some(_), _) => boxed(text::Dat::rows(store, digits)),
                (Format::Csv, Some(columns), _) => boxed(text::Csv::rows(store, columns)),
                (Format::Npz, Some(columns), _) => boxed(npz::Npz::rows(store, columns)),
                (Format::Hdf5, Some(columns), _) => boxed(hdf5::Hdf5::rows(store, columns)),
                (Format::Dat, None, Some(output)) => {
                    boxed(text::Dat::events(store, output, digits))
                }
                (Format::Csv, None, Some(output)) => boxed(text::Csv::events(store, output)),
                (Format::Npz, None, Some(output)) => boxed(npz::Npz::events(store, output)),
                (Format::Hdf5, None, Some(output)) => boxed(hdf5::Hdf5::events(store, output)),
                (_, None, None) => continue,
            };
            writers.push(Some(begun.map_err(|e| unwritable(&name.path, &e))?));
        }
        Ok(Self { traces, shown: names.iter().map(|n| n.path.clone()).collect(), writers })
    }

    /// Sees to it that all rows that have come are in their stores, and answers how long those are, by file: to go
    /// on later from there.
    ///
    /// # Errors
    /// The first file that could not be written.
    pub fn lengths(&mut self) -> std::result::Result<Vec<u64>, SinkError> {
        let all = self.writers.iter_mut().zip(&self.shown);
        let length = |(writer, path): (&mut Option<Box<dyn Writer>>, &PathBuf)| {
            let length = writer.as_mut().map_or(Ok(0), |writer| writer.length());
            length.map_err(|e| unwritable(path, &e))
        };
        all.map(length).collect()
    }

    /// Completes all files with what has come so far.  `open` opens one of them by its place, empty and for writing; it
    /// is not asked for formats that [are direct](Format::is_direct).
    ///
    /// # Errors
    /// The first file that could not be written.
    pub fn finish(
        self,
        mut open: impl FnMut(usize) -> Result<File>,
    ) -> std::result::Result<(), SinkError> {
        let mut result = Ok(());
        for ((at, writer), path) in self.writers.into_iter().enumerate().zip(&self.shown) {
            let Some(writer) = writer else { continue };
            let finished = writer.finish(&mut || open(at)).map_err(|e| unwritable(path, &e));
            result = result.and(finished);
        }
        result
    }

    fn at(
        &mut self,
        at: usize,
        write: impl FnOnce(&mut dyn Writer) -> Result<()>,
    ) -> std::result::Result<(), SinkError> {
        let Some(Some(writer)) = self.writers.get_mut(at) else { return Ok(()) };
        write(&mut **writer).map_err(|e| unwritable(&self.shown[at], &e))
    }
}

fn boxed<W: Writer + 'static>(begun: Result<W>) -> Result<Box<dyn Writer>> {
    begun.map(|writer| -> Box<dyn Writer> { Box::new(writer) })
}

impl Store {
    /// Cuts a file to the length that counts.
    fn cut(self) -> Result<Self> {
        if let Self::File { file, length } = &self {
            if file.metadata()?.len() < *length {
                let what = format!("it has less than the {length} bytes it had");
                return Err(Error::new(ErrorKind::UnexpectedEof, what));
            }
            file.set_len(*length)?;
        }
        Ok(self)
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
