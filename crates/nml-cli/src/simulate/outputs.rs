//! The files of a run while they are written.

use std::fs::File;
use std::path::{Path, PathBuf};

use nml::results::{FileName, Files, Format, Store, file_names};
use nml::simulate::{EventRow, Prepared, Rows, Sink, SinkError, Snapshot};

use super::checkpoints::Checkpoints;
use super::report::Times;
use crate::Stop;
use crate::atomic::{Growing, Partial};

/// Files that take their names at the end, and the times of all rows.
pub(super) struct Outputs {
    files: Files,
    parts: Vec<Part>,
    names: Vec<FileName>,
    folder: PathBuf,
    /// What the model asks for besides.
    pub(super) times: Times,
    checkpoints: Option<Checkpoints>,
}

/// What one of the files is for now.
enum Part {
    /// A file that is gone if the program ends; open where the results are not written to it as they come.
    Growing(Growing, Option<File>),
    /// A file that stays.
    Partial(Partial),
    /// It has come to its end already.
    Done,
}

/// The names of the files of a run.
pub(super) fn names(prepared: &Prepared, format: Format) -> Result<Vec<FileName>, Stop> {
    file_names(prepared, format).map_err(|error| Stop(error.to_string()))
}

fn cannot(path: &Path, error: impl std::fmt::Display) -> Stop {
    Stop(format!("cannot write {}: {error}", path.display()))
}

impl Outputs {
    pub(super) fn begin(
        prepared: &Prepared,
        format: Format,
        folder: &Path,
        checkpoints: Option<Checkpoints>,
    ) -> Result<Self, Stop> {
        let names = names(prepared, format)?;
        let mut times = Times::of(prepared);
        if let Some(checkpoints) = &checkpoints {
            times.go_on(checkpoints.times());
        }
        let (mut parts, mut stores) = (Vec::new(), Vec::new());
        for (at, name) in names.iter().enumerate() {
            let path = folder.join(&name.path);
            let begun = match &checkpoints {
                Some(checkpoints) => partial(&path, checkpoints.length(at), checkpoints.ended()),
                None => growing(&path, format),
            };
            let (part, store) = begun.map_err(|e| cannot(&path, e))?;
            parts.push(part);
            stores.push(store);
        }
        if let Some(checkpoints) = &checkpoints {
            checkpoints.forget()?;
        }
        let files = Files::begin(prepared, format, &names, stores);
        let files = files.map_err(|e| Stop(e.to_string()))?;
        let folder = folder.to_owned();
        Ok(Self { files, parts, names, folder, times, checkpoints })
    }

    pub(super) fn names(&self) -> &[FileName] {
        &self.names
    }

    /// Whether the run can be gone on with when the program has ended.
    pub(super) fn checkpoints(&self) -> Option<&Checkpoints> {
        self.checkpoints.as_ref()
    }

    /// Completes the files and gives them their names; answers the names, relative to the folder, and the times of
    /// all rows.
    pub(super) fn finish(mut self) -> Result<(Vec<PathBuf>, Times), Stop> {
        let stop = |e: SinkError| Stop(e.to_string());
        if let Some(checkpoints) = &mut self.checkpoints {
            let lengths = self.files.lengths().map_err(stop)?;
            // From here on files may have their names already when the program is ended.
            checkpoints.end(&self.names, &lengths, self.times.text()).map_err(stop)?;
        }
        let (folder, names, parts) = (&self.folder, &self.names, &mut self.parts);
        let mut made: Vec<Option<Growing>> = parts.iter().map(|_| None).collect();
        let open = |at: usize| match &mut parts[at] {
            Part::Growing(_, file) => {
                file.take().ok_or_else(|| std::io::ErrorKind::NotFound.into())
            }
            Part::Partial(_) | Part::Done => {
                let (growing, file) = Growing::begin(&folder.join(&names[at].path))?;
                made[at] = Some(growing);
                Ok(file)
            }
        };
        self.files.finish(open).map_err(stop)?;
        for ((part, made), name) in self.parts.into_iter().zip(made).zip(&self.names) {
            let path = self.folder.join(&name.path);
            let finished = match (part, made) {
                (Part::Done, _) => Ok(()),
                (Part::Growing(growing, _), _) => growing.finish(),
                (Part::Partial(partial), Some(made)) => {
                    made.finish().and_then(|()| partial.remove())
                }
                (Part::Partial(partial), None) => partial.finish(),
            };
            finished.map_err(|e| cannot(&path, e))?;
        }
        if let Some(checkpoints) = self.checkpoints {
            checkpoints.remove()?;
        }
        Ok((self.names.into_iter().map(|name| name.path).collect(), self.times))
    }
}

fn growing(path: &Path, format: Format) -> std::io::Result<(Part, Option<Store>)> {
    let (growing, file) = Growing::begin(path)?;
    if format.is_direct() {
        return Ok((Part::Growing(growing, None), Some(Store::File { file, length: 0 })));
    }
    let folder = growing.scratch().parent().unwrap_or(Path::new(".")).to_owned();
    Ok((Part::Growing(growing, Some(file)), Some(Store::Folder(folder))))
}

/// A file that begins, or one that goes on at a length it had; of a run that had ended it may have its name already.
fn partial(
    path: &Path,
    length: Option<u64>,
    ended: bool,
) -> std::io::Result<(Part, Option<Store>)> {
    let (partial, file) = Partial::begin(path, length.is_none())?;
    let length = length.unwrap_or(0);
    match file {
        Some(file) => Ok((Part::Partial(partial), Some(Store::File { file, length }))),
        None if ended && path.is_file() => Ok((Part::Done, None)),
        None => {
            let what = format!("{} is not there to go on with", partial.path().display());
            Err(std::io::Error::new(std::io::ErrorKind::NotFound, what))
        }
    }
}

impl Sink for Outputs {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.files.rows(output, rows)
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.files.events(output, events)
    }

    fn step(&mut self, time: f64) -> Result<(), SinkError> {
        self.times.add(time);
        Ok(())
    }

    fn wants_to_save(&mut self, time: f64) -> bool {
        self.checkpoints.as_mut().is_some_and(|checkpoints| checkpoints.are_due(time))
    }

    fn save(&mut self, snapshot: &mut Snapshot<'_>) -> Result<(), SinkError> {
        let Some(checkpoints) = &mut self.checkpoints else { return Ok(()) };
        let lengths = self.files.lengths()?;
        checkpoints.save(&self.names, &lengths, self.times.text(), snapshot)
    }
}
