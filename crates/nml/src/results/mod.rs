//! Results to files.
//!
//! `docs/output.md` describes every format: rows, columns, units.

mod float;
mod hdf5;
mod names;
mod npz;
mod sonata;
mod spool;
mod text;

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use self::float::Digits;
use self::names::array_names;
pub use self::names::{FileName, NameError, file_names};
use crate::simulate::{EventOutput, Prepared};
use nml_sim::{EventRow, Rows, Scheme, Sink, SinkError};

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
    /// HDF5 as SONATA reports and spikes.
    Sonata,
}

impl Format {
    /// All there are, the default first.
    pub const ALL: &[Self] = &[Self::Dat, Self::Csv, Self::Npz, Self::Hdf5, Self::Sonata];

    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Sonata => Self::Hdf5.name(),
            _ => self.name(),
        }
    }

    /// What it is called on a command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dat => "dat",
            Self::Csv => "csv",
            Self::Npz => "npz",
            Self::Hdf5 => "h5",
            Self::Sonata => "sonata",
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
            Self::Sonata => "HDF5 as SONATA reports and spikes, by population and cell",
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
    names: Vec<FileName>,
    writers: Vec<Option<Box<dyn Writer>>>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").field("names", &self.names).finish_non_exhaustive()
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
        let digits = Digits::of(prepared.request.scheme);
        let mut writers: Vec<Option<Box<dyn Writer>>> = Vec::with_capacity(stores.len());
        for (store, name) in stores.into_iter().zip(names) {
            let Some(store) = store else {
                writers.push(None);
                continue;
            };
            let store = store.cut().map_err(|e| unwritable(&name.path, &e))?;
            let columns = prepared.columns.get(name.output).filter(|_| !name.events);
            let events = prepared.experiment.event_outputs.get(name.output);
            let begun = match (format, columns, events) {
                (Format::Dat, Some(_), _) => boxed(text::Dat::rows(store, digits)),
                (Format::Csv, Some(columns), _) => boxed(text::Csv::rows(store, columns)),
                (Format::Npz, Some(columns), _) => boxed(npz::Npz::rows(store, columns)),
                (Format::Hdf5, Some(columns), _) => boxed(hdf5::Hdf5::rows(store, columns)),
                (Format::Sonata, Some(_), _) => boxed(sonata::Report::new(store, prepared, name)),
                (Format::Dat, None, Some(output)) => {
                    boxed(text::Dat::events(store, output, digits))
                }
                (Format::Csv, None, Some(output)) => boxed(text::Csv::events(store, output)),
                (Format::Npz, None, Some(output)) => boxed(npz::Npz::events(store, output)),
                (Format::Hdf5, None, Some(output)) => boxed(hdf5::Hdf5::events(store, output)),
                (Format::Sonata, None, Some(_)) => {
                    boxed(sonata::Spikes::new(store, prepared, name))
                }
                (_, None, None) => continue,
            };
            writers.push(Some(begun.map_err(|e| unwritable(&name.path, &e))?));
        }
        Ok(Self { names: names.to_vec(), writers })
    }

    /// Sees to it that all rows that have come are in their stores, and answers how long those are, by file: to go
    /// on later from there.
    ///
    /// # Errors
    /// The first file that could not be written.
    pub fn lengths(&mut self) -> std::result::Result<Vec<u64>, SinkError> {
        let all = self.writers.iter_mut().zip(&self.names);
        let length = |(writer, name): (&mut Option<Box<dyn Writer>>, &FileName)| {
            let length = writer.as_mut().map_or(Ok(0), |writer| writer.length());
            length.map_err(|e| unwritable(&name.path, &e))
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
        for ((at, writer), name) in self.writers.into_iter().enumerate().zip(&self.names) {
            let Some(writer) = writer else { continue };
            let finished = writer.finish(&mut || open(at)).map_err(|e| unwritable(&name.path, &e));
            result = result.and(finished);
        }
        result
    }

    /// Writes to all files of an output.
    fn at(
        &mut self,
        (events, output): (bool, usize),
        mut write: impl FnMut(&mut dyn Writer) -> Result<()>,
    ) -> std::result::Result<(), SinkError> {
        for (writer, name) in self.writers.iter_mut().zip(&self.names) {
            if let (Some(writer), true) = (writer, (name.events, name.output) == (events, output)) {
                write(&mut **writer).map_err(|e| unwritable(&name.path, &e))?;
            }
        }
        Ok(())
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
        self.at((false, output), |writer| writer.rows(rows))
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> std::result::Result<(), SinkError> {
        self.at((true, output), |writer| writer.events(events))
    }
}

/// What stands in a file for each port.
fn ids(output: &EventOutput) -> Vec<String> {
    output.selections.iter().map(|selection| selection.id.clone()).collect()
}
