//! The numbers a test looks at.

use std::path::{Path, PathBuf};

use nml_base::SourceLoader;

/// The files that a run wrote, as numbers.
pub trait Recorded {
    /// One column of a file.
    ///
    /// # Errors
    /// [`DataError`] where the run wrote no such file, or it has no such column, or that holds no numbers.
    fn column(&self, path: &Path, column: usize) -> Result<Vec<f64>, DataError>;
}

/// Why there are no numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DataError {
    /// The run does not write the file.
    NotWritten {
        /// The file asked for.
        path: PathBuf,
        /// The files it writes.
        written: Vec<PathBuf>,
    },
    /// The file has fewer columns.
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column asked for, from 0.
        column: usize,
        /// How many there are.
        columns: usize,
    },
    /// What stands there is no number.
    NoNumber {
        /// The file.
        path: PathBuf,
        /// What stands there.
        text: String,
    },
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
}

/// Columns of a table in a text file, as `numpy.loadtxt` reads them: separated by white space, `#` begins a
/// comment, empty lines do not count; the first `header` lines are left out.
///
/// # Errors
/// [`DataError`] where the file cannot be read, has too few columns or holds something else than numbers.
pub fn table(
    files: &dyn SourceLoader,
    path: &Path,
    columns: &[usize],
    header: usize,
) -> Result<Vec<Vec<f64>>, DataError> {
    let bytes = files
        .read(path)
        .map_err(|e| DataError::Unreadable { path: path.to_owned(), reason: e.reason })?;
    let text = String::from_utf8_lossy(&bytes);
    let mut out = vec![Vec::new(); columns.len()];
    for line in text.lines().skip(header) {
        let line = line.split('#').next().unwrap_or("");
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        for (out, &column) in out.iter_mut().zip(columns) {
            let word = words.get(column).ok_or_else(|| DataError::NoColumn {
                path: path.to_owned(),
                column,
                columns: words.len(),
            })?;
            out.push(word.parse().map_err(|_| DataError::NoNumber {
                path: path.to_owned(),
                text: (*word).to_owned(),
            })?);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use nml_base::MemoryLoader;

    use super::*;

    #[test]
    fn tables_are_read_column_by_column() {
        let mut files = MemoryLoader::new();
        files.insert("a.dat", "t v\n# none\n0 1e-3 x\n\n1\t2 y # end\n");
        let path = Path::new("a.dat");
        assert_eq!(table(&files, path, &[1, 0], 1), Ok(vec![vec![1e-3, 2.0], vec![0.0, 1.0]]));
        assert!(matches!(
            table(&files, path, &[3], 1),
            Err(DataError::NoColumn { columns: 3, .. })
        ));
        assert!(matches!(table(&files, path, &[2], 1), Err(DataError::NoNumber { .. })));
        assert!(table(&files, Path::new("b.dat"), &[0], 0).is_err());
    }
}
