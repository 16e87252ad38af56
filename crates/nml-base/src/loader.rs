//! The one door to the file system.

use std::io::{Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read {}: {reason}", path.display())]
pub struct LoadError {
    /// The file asked for.
    pub path: PathBuf,
    /// The operating system's words.
    pub reason: String,
}

/// Bytes that can be read from any place on.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Reads files; everything above asks through this, so that tests and editors can answer from memory.
pub trait SourceLoader: Sync + Send {
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`LoadError`] when the file is missing, not readable, or larger than the loader allows.
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError>;

    /// The bytes of a file, to be read piece by piece: a large network need not be in memory twice.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, LoadError> {
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }

    /// The first bytes of a file, at most `limit`; enough to see what kind of file it is.
    ///
    /// # Errors
    /// [`LoadError`] when the file is missing or not readable.
    fn read_head(&self, path: &Path, limit: usize) -> Result<Vec<u8>, LoadError> {
        let mut bytes = self.read(path)?;
        bytes.truncate(limit);
        Ok(bytes)
    }

    /// Whether `path` names a file that can be read.
    fn is_file(&self, path: &Path) -> bool;

    /// The names of the files and folders in a folder, in order; empty where it cannot be read.
    fn list(&self, folder: &Path) -> Vec<String> {
        let _ = folder;
        Vec::new()
    }

    /// One spelling for all ways to reach the same file; the path itself where there is none.
    fn canonical(&self, path: &Path) -> PathBuf;
}

/// What is read from a pipe or a device.
const MAX_PIPE_BYTES: u64 = 256 << 20;

/// Files of the machine's file system.
#[derive(Debug, Clone, Copy)]
pub struct OsLoader {
    /// Files larger than this many bytes are refused.
    pub max_bytes: u64,
}

impl Default for OsLoader {
    /// Allows files up to 4 GiB less one byte, what a [`Span`](crate::Span) can address.
    fn default() -> Self {
        Self { max_bytes: u64::from(u32::MAX) - 1 }
    }
}

/// A file, its length, and the most bytes that may be read.
type Opened = (std::fs::File, std::fs::Metadata, u64);

impl OsLoader {
    /// A file of which it is known that it is no folder and not too large.
    fn file(self, path: &Path) -> Result<Opened, LoadError> {
        let error = |reason: String| LoadError { path: path.to_owned(), reason };
        let io_error = |e: std::io::Error| error(e.to_string());
        let meta = std::fs::metadata(path).map_err(io_error)?;
        if meta.is_dir() {
            return Err(error("it is a folder".to_owned()));
        }
        // A pipe or a device does not say how long it is, and may have no end.
        let limit =
            if meta.is_file() { self.max_bytes } else { self.max_bytes.min(MAX_PIPE_BYTES) };
        if meta.len() > limit {
            return Err(error(format!("it has {} bytes, the limit is {limit}", meta.len())));
        }
        #[expect(clippy::disallowed_methods, reason = "this is the door the lint points to")]
        let file = std::fs::File::open(path).map_err(io_error)?;
        Ok((file, meta, limit))
    }
}

impl SourceLoader for OsLoader {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let error = |reason: String| LoadError { path: path.to_owned(), reason };
        let (file, meta, limit) = self.file(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| error(e.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(error(format!("it has more bytes, the limit is {limit}")));
        }
        Ok(bytes)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, LoadError> {
        let (file, meta, _) = self.file(path)?;
        if meta.is_file() {
            return Ok(Box::new(file));
        }
        // What cannot seek is read as a whole.
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }

    fn read_head(&self, path: &Path, limit: usize) -> Result<Vec<u8>, LoadError> {
        let error = |e: std::io::Error| LoadError { path: path.to_owned(), reason: e.to_string() };
        #[expect(clippy::disallowed_methods, reason = "this is the door the lint points to")]
        let file = std::fs::File::open(path).map_err(error)?;
        let mut bytes = Vec::new();
        file.take(limit as u64).read_to_end(&mut bytes).map_err(error)?;
        Ok(bytes)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        names
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}

/// Files held in memory, for tests and for embedding.
#[derive(Debug, Clone, Default)]
pub struct MemoryLoader {
    files: FxHashMap<PathBuf, Vec<u8>>,
}

impl MemoryLoader {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(normal(path.as_ref()), bytes.into());
    }
}

impl SourceLoader for MemoryLoader {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        self.files.get(&normal(path)).cloned().ok_or_else(|| LoadError {
            path: path.to_owned(),
            reason: "no such file in memory".to_owned(),
        })
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(&normal(path))
    }

    fn list(&self, folder: &Path) -> Vec<String> {
        let folder = normal(folder);
        let inside = |path: &PathBuf| {
            let first = path.strip_prefix(&folder).ok()?.components().next()?;
            Some(first.as_os_str().to_string_lossy().into_owned())
        };
        let mut names: Vec<String> = self.files.keys().filter_map(inside).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        normal(path)
    }
}

/// Resolves `.` and `..` by the text of the path alone.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_files_are_found_by_any_spelling() {
        let mut loader = MemoryLoader::new();
        loader.insert("a/b.nml", "x");
        assert!(loader.is_file(Path::new("a/./c/../b.nml")));
        assert_eq!(loader.read(Path::new("a/b.nml")), Ok(b"x".to_vec()));
        assert!(loader.read(Path::new("b.nml")).is_err());
        loader.insert("a/c/d.nml", "y");
        assert_eq!(loader.list(Path::new("./a")), ["b.nml", "c"]);
    }
}
