//! What a run writes, kept in memory as far as tests read it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use nml_omv::{DataError, Recorded};
use nml_sim::{EventRow, Rows, Sink, SinkError};

use super::KeptRun;
use super::targets::normal;
use crate::results::Rereading;
use crate::simulate::{EventFormat, Prepared};

/// The columns that tests read, by file; column 0 is time.
pub(super) type Needs = IndexMap<PathBuf, BTreeSet<usize>>;

/// The files of a run as numbers.
#[derive(Debug, Default)]
pub(super) struct Recording {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// In its one spelling.
    path: PathBuf,
    /// As it is shown.
    shown: PathBuf,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    /// A trace file of so many columns, some of which are kept.
    Trace { width: usize, columns: Vec<(usize, Vec<f64>)> },
    /// An event file: the identifiers of its ports, then a row per event.
    Events { format: EventFormat, ids: Vec<String>, times: Vec<f64>, ports: Vec<u32> },
}

impl Recording {
    /// Nothing yet; `folder` is where the run writes.
    pub(super) fn new(prepared: &Prepared, folder: &Path, needs: &Needs) -> Self {
        let names = prepared.files();
        let traces = prepared.experiment.outputs.len();
        let mut files = Vec::with_capacity(names.len());
        for (at, name) in names.into_iter().enumerate() {
            let shown = folder.join(name);
            let path = normal(&shown);
            let kept = if let Some(output) = prepared.experiment.outputs.get(at) {
                let width = output.columns.len() + 1;
                let wanted = needs.get(&path).into_iter().flatten().copied();
                let columns = wanted.filter(|&c| c < width).map(|c| (c, Vec::new())).collect();
                Kept::Trace { width, columns }
            } else {
                let output = &prepared.experiment.event_outputs[at - traces];
                let ids = output.selections.iter().map(|s| s.id.clone()).collect();
                Kept::Events { format: output.format, ids, times: Vec::new(), ports: Vec::new() }
            };
            files.push(File { path, shown, kept });
        }
        Self { files }
    }
}

impl Recorded for Recording {
    fn column(&self, path: &Path, column: usize) -> Result<Vec<f64>, DataError> {
        let wanted = normal(path);
        // Of files with the same name the last one is what is left on a disk.
        let Some(file) = self.files.iter().rev().find(|file| file.path == wanted) else {
            let written = self.files.iter().map(|file| file.shown.clone()).collect();
            return Err(DataError::NotWritten { path: path.to_owned(), written });
        };
        let none = |columns| Err(DataError::NoColumn { path: path.to_owned(), column, columns });
        match &file.kept {
            Kept::Trace { width, columns } => match columns.iter().find(|(c, _)| *c == column) {
                Some((_, values)) => Ok(values.clone()),
                None => none(*width),
            },
            Kept::Events { .. } if column > 1 => none(2),
            Kept::Events { format, ids, times, ports } => {
                if (column == 0) == (*format == EventFormat::TimeId) {
                    return Ok(times.clone());
                }
                let text = |port: u32| ids.get(port as usize).map_or("", String::as_str);
                let number = |&port: &u32| {
                    let text = text(port);
                    text.parse().map_err(|_| DataError::NoNumber {
                        path: path.to_owned(),
                        text: text.to_owned(),
                    })
                };
                ports.iter().map(number).collect()
            }
        }
    }
}

/// Fills a recording, and the files somebody keeps.
pub(super) struct Capture<'r> {
    pub(super) recording: &'r mut Recording,
    traces: usize,
    rereading: Rereading,
    kept: Option<&'r mut Box<dyn KeptRun>>,
}

impl<'r> Capture<'r> {
    pub(super) fn new(
        recording: &'r mut Recording,
        prepared: &Prepared,
        kept: Option<&'r mut Box<dyn KeptRun>>,
    ) -> Self {
        let traces = prepared.experiment.outputs.len();
        let rereading = Rereading::new(prepared.request.scheme);
        Self { recording, traces, rereading, kept }
    }
}

impl Sink for Capture<'_> {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output < self.traces
            && let Some(Kept::Trace { columns, .. }) =
                self.recording.files.get_mut(output).map(|file| &mut file.kept)
        {
            for (column, values) in columns {
                for (time, row) in rows.iter() {
                    let value = if *column == 0 { time } else { row[*column - 1] };
                    values.push(self.rereading.row(value));
                }
            }
        }
        self.kept.as_mut().map_or(Ok(()), |kept| kept.rows(output, rows))
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        let file = self.recording.files.get_mut(self.traces + output).map(|file| &mut file.kept);
        if let Some(Kept::Events { times, ports, .. }) = file {
            for event in events {
                times.push(self.rereading.event(event.time));
                ports.push(event.port);
            }
        }
        self.kept.as_mut().map_or(Ok(()), |kept| kept.events(output, events))
    }
}
