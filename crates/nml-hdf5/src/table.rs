//! A file with one dataset per column, written bit by bit.

use std::path::Path;

use hdf5_pure::{
    AttrValue, Dataset, File, FileAccessProperties, FileBuilder, MaxExtent, SyncPolicy,
};

/// The most rows of a column that wait in memory, and the length of a chunk in the file.
const LONGEST_CHUNK: usize = 8192;
/// The most numbers of all columns together that wait in memory (64 MiB).
const MOST_WAITING: usize = 8 << 20;

/// A dataset to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, without slashes.
    pub name: String,
    /// What is told about it, by name: `units`, `quantity`.
    pub attributes: Vec<(String, String)>,
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Hdf5Error(String);

impl Hdf5Error {
    /// An error in these words.
    pub fn from_text(text: String) -> Self {
        Self(text)
    }
}

impl From<hdf5_pure::FormatError> for Hdf5Error {
    fn from(error: hdf5_pure::FormatError) -> Self {
        Self(error.to_string())
    }
}

impl From<hdf5_pure::Error> for Hdf5Error {
    fn from(error: hdf5_pure::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for Hdf5Error {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Grows a file of columns of 64-bit floats; all may grow without limit.
#[derive(Debug)]
pub struct TableWriter {
    file: File,
    columns: Vec<(Dataset, Vec<f64>)>,
    chunk: usize,
}

impl TableWriter {
    /// Begins a file, in place of one that may be there.  `texts` are datasets of texts, complete as they are.
    ///
    /// # Errors
    /// [`Hdf5Error`], in the words of the operating system or the library.
    pub fn create(
        path: &Path,
        columns: &[Column],
        texts: &[(&str, &[String])],
    ) -> Result<Self, Hdf5Error> {
        let chunk = (MOST_WAITING / columns.len().max(1)).clamp(256, LONGEST_CHUNK);
        let mut builder = FileBuilder::new();
        for (name, list) in texts.iter().filter(|(_, list)| !list.is_empty()) {
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            builder.create_dataset(name).with_strings(&list)?;
        }
        for column in columns {
            let dataset = builder.create_dataset(&column.name);
            dataset
                .with_f64_data(&[])
                .with_shape(&[0])
                .with_maxshape(&[MaxExtent::Unlimited])
                .with_chunks(&[chunk as u64]);
            for (name, value) in &column.attributes {
                dataset.set_attr(name, AttrValue::String(value.clone()));
            }
        }
        builder.write(path)?;
        let properties = FileAccessProperties::new().with_sync_policy(SyncPolicy::OnClose);
        let file = File::open_rw_with_options(path, properties)?;
        let mut open = Vec::with_capacity(columns.len());
        for column in columns {
            open.push((file.dataset(&column.name)?, Vec::new()));
        }
        Ok(Self { file, columns: open, chunk })
    }

    /// Adds to the end of a column.
    ///
    /// # Errors
    /// [`Hdf5Error`].
    ///
    /// # Panics
    /// If there is no such column.
    pub fn append(
        &mut self,
        column: usize,
        values: impl IntoIterator<Item = f64>,
    ) -> Result<(), Hdf5Error> {
        let (dataset, waiting) = &mut self.columns[column];
        waiting.extend(values);
        let whole = waiting.len() / self.chunk * self.chunk;
        if whole > 0 {
            dataset.append(&waiting[..whole])?;
            waiting.drain(..whole);
        }
        Ok(())
    }

    /// Writes what waits and closes the file.
    ///
    /// # Errors
    /// [`Hdf5Error`].
    pub fn finish(mut self) -> Result<(), Hdf5Error> {
        for (dataset, waiting) in &mut self.columns {
            if !waiting.is_empty() {
                dataset.append(waiting)?;
            }
        }
        drop(self.columns);
        Ok(self.file.close()?)
    }
}
