//! The files of a run while they are written.

use std::path::{Path, PathBuf};

use nml::results::{FileName, Files, Format, Target, file_names};
use nml::simulate::Prepared;

use crate::Stop;
use crate::atomic::Growing;

/// Files that take their names at the end.
pub(super) struct Outputs {
    /// What takes results.
    pub(super) files: Files,
    growing: Vec<Growing>,
    names: Vec<FileName>,
    folder: PathBuf,
}

/// The names of the files of a run; two outputs cannot share one.
pub(super) fn names(prepared: &Prepared, format: Format) -> Result<Vec<FileName>, Stop> {
    file_names(prepared, format).map_err(|twice| {
        Stop(format!("two outputs of the model would write the same file, {}", twice.display()))
    })
}

impl Outputs {
    pub(super) fn begin(prepared: &Prepared, format: Format, folder: &Path) -> Result<Self, Stop> {
        let names = names(prepared, format)?;
        let (mut growing, mut targets) = (Vec::new(), Vec::new());
        for name in &names {
            let path = folder.join(&name.path);
            let begun = Growing::begin(&path);
            let begun = begun.map_err(|e| Stop(format!("cannot write {}: {e}", path.display())));
            let (grows, file) = begun?;
            targets.push(Target { file, path: grows.scratch().to_owned() });
            growing.push(grows);
        }
        let files = Files::begin(prepared, format, &names, targets);
        let files = files.map_err(|e| Stop(e.to_string()))?;
        Ok(Self { files, growing, names, folder: folder.to_owned() })
    }

    pub(super) fn names(&self) -> &[FileName] {
        &self.names
    }

    /// Completes the files and gives them their names; answers the names, relative to the folder.
    pub(super) fn finish(self) -> Result<Vec<PathBuf>, Stop> {
        self.files.finish().map_err(|e| Stop(e.to_string()))?;
        for (growing, name) in self.growing.into_iter().zip(&self.names) {
            let path = self.folder.join(&name.path);
            growing.finish().map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
        }
        Ok(self.names.into_iter().map(|name| name.path).collect())
    }
}
