//! The files that simulations write, kept for those who ask.

use std::path::{Component, Path, PathBuf};

use nml::omv::{Keep, KeptRun};
use nml::results::{Files, Format, Store, file_names};
use nml::simulate::{EventRow, Prepared, Rows, Sink, SinkError};

use crate::atomic::Growing;

/// A folder with a folder for each run: the path of the model without its ending, then the scheme.
pub(super) struct Folder {
    root: PathBuf,
    working_folder: PathBuf,
}

/// The files of one run.
struct Kept {
    files: Files,
    growing: Vec<(Growing, PathBuf)>,
}

impl Folder {
    pub(super) fn new(root: PathBuf, working_folder: &Path) -> Self {
        Self { root, working_folder: working_folder.to_owned() }
    }
}

/// The names in a path, without a root and without leading up, so that everything stays in the folder.
fn inside(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir | Component::Prefix(_) | Component::RootDir => {}
        }
    }
    out
}

fn cannot(path: &Path, error: &std::io::Error) -> SinkError {
    SinkError(format!("cannot write {}: {error}", path.display()))
}

impl Keep for Folder {
    fn begin(&self, target: &Path, prepared: &Prepared) -> Result<Box<dyn KeptRun>, SinkError> {
        let target = target.strip_prefix(&self.working_folder).unwrap_or(target);
        let model = inside(&target.with_extension(""));
        let folder = self.root.join(model).join(prepared.request.scheme.name());
        let names = file_names(prepared, Format::Dat).map_err(|e| SinkError(e.to_string()))?;
        let (mut growing, mut stores) = (Vec::new(), Vec::new());
        for name in &names {
            let path = folder.join(inside(&name.path));
            let (grows, file) = Growing::begin(&path).map_err(|e| cannot(&path, &e))?;
            stores.push(Some(Store::File { file, length: 0 }));
            growing.push((grows, path));
        }
        let files = Files::begin(prepared, Format::Dat, &names, stores)?;
        Ok(Box::new(Kept { files, growing }))
    }
}

impl Sink for Kept {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.files.rows(output, rows)
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.files.events(output, events)
    }
}

impl KeptRun for Kept {
    fn finish(self: Box<Self>) -> Result<(), SinkError> {
        // Text needs no other file.
        self.files.finish(|_| Err(std::io::ErrorKind::Unsupported.into()))?;
        for (grows, path) in self.growing {
            grows.finish().map_err(|e| cannot(&path, &e))?;
        }
        Ok(())
    }
}
