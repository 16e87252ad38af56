//! What can go wrong.

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
