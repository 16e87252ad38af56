//! Which files a run writes, and what is in each.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashSet;

use super::{Format, sonata};
use crate::simulate::Prepared;

/// A file that results go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// As the model names it, relative to where the user wants results; the extension is that of the format,
    /// unless this is [`Format::Dat`].
    pub path: PathBuf,
    /// Whether events go there.
    pub events: bool,
    /// The output of that sort whose rows go there, as an index.
    pub output: usize,
    /// Which of its columns, as indices; none for events.
    pub columns: Vec<usize>,
}

/// A run whose files cannot have names.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NameError {
    /// Two outputs give the same name.
    #[error("two outputs of the model would write the same file, {}", .0.display())]
    Twice(PathBuf),
    /// A format has no place for what is recorded.
    #[error("SONATA has no place for `{0}`, which is not of a cell in a population")]
    NoCell(String),
}

/// The files of a run, traces first, then events; of [`Format::Sonata`] one for each quantity of an output.
///
/// # Errors
/// [`NameError`].
pub fn file_names(prepared: &Prepared, format: Format) -> Result<Vec<FileName>, NameError> {
    let traces = prepared.experiment.outputs.len();
    let mut asked = Vec::new();
    let mut seen = FxHashSet::default();
    for (at, path) in prepared.files().into_iter().enumerate() {
        if !seen.insert(normal(&path)) {
            return Err(NameError::Twice(path));
        }
        let (events, output) = (at >= traces, at.checked_sub(traces).unwrap_or(at));
        let count = if events { 0 } else { prepared.columns[output].len() };
        let all = FileName { path, events, output, columns: (0..count).collect() };
        match format {
            Format::Sonata => asked.extend(sonata::files(prepared, all)?),
            Format::Dat | Format::Csv | Format::Npz | Format::Hdf5 => asked.push(all),
        }
    }
    if format == Format::Dat {
        return Ok(asked);
    }
    let renamed = |path: &Path| path.with_extension(format.extension());
    let mut seen = FxHashSet::default();
    // `a.dat` and `a.spikes` cannot both become `a.csv`.
    let clash = asked.iter().any(|file| !seen.insert(normal(&renamed(&file.path))));
    for file in &mut asked {
        if clash {
            let mut name = OsString::from(&file.path);
            name.push(".");
            name.push(format.extension());
            file.path = name.into();
        } else {
            file.path = renamed(&file.path);
        }
    }
    Ok(asked)
}

/// A path without `.` and doubled slashes.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// Names for arrays: each once, none of them `taken`, without slashes.
pub(super) fn array_names(taken: &[&str], wanted: impl Iterator<Item = String>) -> Vec<String> {
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
