//! Files in memory.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Files by path, relative to the folder that the user names; in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifacts {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

/// A path that leads out of the folder, or is taken already.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no path of a new file")]
pub struct BadPath(pub String);

impl Artifacts {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// [`BadPath`] for a path that is taken, or that is not made of plain names.
    pub fn add(
        &mut self,
        path: impl Into<PathBuf>,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<(), BadPath> {
        let path = path.into();
        let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        let bad = path.as_os_str().is_empty() || !plain || self.files.contains_key(&path);
        if bad {
            return Err(BadPath(path.display().to_string()));
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The files, by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Path, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// One file.
    pub fn get(&self, path: impl AsRef<Path>) -> Option<&[u8]> {
        self.files.get(path.as_ref()).map(Vec::as_slice)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_in_their_folder() {
        let mut files = Artifacts::new();
        assert_eq!(files.add("b/run.py", "x"), Ok(()));
        assert_eq!(files.add("a.txt", "y"), Ok(()));
        for bad in ["", "../x", "/x", "a.txt"] {
            assert!(files.add(bad, "").is_err(), "{bad}");
        }
        let paths: Vec<_> = files.iter().map(|(path, _)| path.to_owned()).collect();
        assert_eq!(paths, [PathBuf::from("a.txt"), PathBuf::from("b/run.py")]);
    }
}
