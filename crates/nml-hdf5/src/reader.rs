//! Groups, their attributes, and datasets of rows and columns, read block by block.

use std::io::{Read, Seek};

use hdf5_pure::{
    AttrValue, DType, Dataset, File, FileAccessProperties, MetadataCacheConfig, ReadSeekSource,
};

use crate::Hdf5Error;

/// The first bytes of every HDF5 file without a user block.
const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";

/// How many rows are decoded together, where chunks are not longer than this.
const BLOCK_ROWS: u64 = 1 << 16;

/// Whether the bytes begin like an HDF5 file.
pub fn is_hdf5(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// A group of a file, with its attributes as text.
#[derive(Debug)]
pub struct Group {
    path: String,
    attributes: Vec<(String, String)>,
    inner: hdf5_pure::Group,
}

/// A dataset: where it lies, its attributes, and the size it claims to have.
#[derive(Debug)]
pub struct Table {
    path: String,
    attributes: Vec<(String, String)>,
    shape: Vec<u64>,
    element_bytes: u64,
    dtype: Option<DType>,
    inner: Dataset,
}

/// How many bytes of what describes a file are remembered.
const METADATA_BYTES: usize = 1 << 20;

/// The root group of a file; what is in the groups stays in the file until asked for.
///
/// # Errors
/// [`Hdf5Error`] where the bytes are no HDF5 file, or one cut short.
pub fn open(bytes: impl Read + Seek + Send + 'static) -> Result<Group, Hdf5Error> {
    let source = ReadSeekSource::new(bytes).map_err(hdf5_pure::Error::from)?;
    let cache = MetadataCacheConfig::new(METADATA_BYTES);
    let properties = FileAccessProperties::new().with_metadata_cache(cache);
    let file = File::from_source_with_options(source, properties)?;
    Group::new(String::new(), file.root())
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn find<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// The attributes that are one text or one number, by name.
fn attributes<'a>(all: impl Iterator<Item = (&'a String, &'a AttrValue)>) -> Vec<(String, String)> {
    let mut found: Vec<_> =
        all.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
    found.sort();
    found
}

fn text(value: &AttrValue) -> Option<String> {
    let number = || value.as_i64().map(|n| n.to_string());
    let unsigned = || value.as_u64().map(|n| n.to_string());
    let float = || value.as_f64().map(|x| x.to_string());
    value.as_str().map(str::to_owned).or_else(number).or_else(unsigned).or_else(float)
}

impl Group {
    fn new(path: String, inner: hdf5_pure::Group) -> Result<Self, Hdf5Error> {
        let attributes = attributes(inner.attrs()?.iter());
        Ok(Self { path, attributes, inner })
    }

    /// Its last name.
    pub fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// From the root of the file; empty for the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The attributes that are one text or one number, sorted by name.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.attributes
    }

    /// One of them.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        find(&self.attributes, name)
    }

    /// The groups inside, sorted by name.
    ///
    /// # Errors
    /// [`Hdf5Error`] where the file is damaged.
    pub fn groups(&self) -> Result<Vec<Self>, Hdf5Error> {
        let mut found = Vec::new();
        for (name, inner) in self.inner.iter_groups()? {
            found.push(Self::new(format!("{}/{name}", self.path), inner)?);
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The datasets inside, sorted by name; their values are not read yet.
    ///
    /// # Errors
    /// [`Hdf5Error`] where the file is damaged.
    pub fn tables(&self) -> Result<Vec<Table>, Hdf5Error> {
        let mut found = Vec::new();
        for (name, inner) in self.inner.iter_datasets()? {
            found.push(Table {
                path: format!("{}/{name}", self.path),
                attributes: attributes(inner.attrs()?.iter()),
                shape: inner.shape()?,
                element_bytes: inner.element_size()?,
                dtype: inner.dtype().ok(),
                inner,
            });
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }
}

impl Table {
    /// Its last name.
    pub fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// From the root of the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// One of its attributes, as text.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        find(&self.attributes, name)
    }

    /// The extents it claims, slowest first.
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// The memory its values claim to take; `None` beyond 64 bits.
    pub fn bytes(&self) -> Option<u64> {
        self.shape.iter().try_fold(self.element_bytes, |all, &n| all.checked_mul(n))
    }

    /// Whether its values are numbers.
    pub fn is_numeric(&self) -> bool {
        use DType::{F32, F64, I8, I16, I32, I64, U8, U16, U32, U64};
        matches!(self.dtype, Some(F32 | F64 | I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64))
    }

    /// Whether its values are 32-bit floats.
    pub fn is_single(&self) -> bool {
        matches!(self.dtype, Some(DType::F32))
    }

    /// Hands out the values block by block: the number of the first row, and whole rows, one after the other.
    ///
    /// A block is as large as a chunk of the file, or some 65 536 rows.
    ///
    /// # Errors
    /// [`Hdf5Error`] where the file is damaged; blocks before that have been handed out.
    pub fn blocks(&self, mut each: impl FnMut(u64, &[f64])) -> Result<(), Hdf5Error> {
        let Some(&rows) = self.shape.first() else {
            return Err(Hdf5Error::from_text(format!("`{}` is a single value", self.path)));
        };
        let chunk = self.inner.chunk_shape()?.and_then(|c| c.first().copied()).unwrap_or(1).max(1);
        let block = BLOCK_ROWS.div_ceil(chunk).saturating_mul(chunk);
        let width = self.shape.iter().skip(1).try_fold(1_u64, |all, &n| all.checked_mul(n));
        let mut first = 0;
        while first < rows {
            let count = block.min(rows - first);
            let values = self.inner.read_f64_rows(first, count)?;
            if width.and_then(|w| w.checked_mul(count)) != Some(values.len() as u64) {
                return Err(Hdf5Error::from_text(format!("`{}` ends early", self.path)));
            }
            each(first, &values);
            first += count;
        }
        Ok(())
    }
}
