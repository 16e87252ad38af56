//! HDF5 files, without libhdf5.
//!
//! [`Layout`] describes a file of groups, attributes and datasets whose sizes are known, and its [`Writer`] takes the
//! values in blocks; [`open`] reads groups, attributes and datasets of rows, block by block.

mod decimal;
mod error;
mod reader;
mod write;

pub use decimal::decimal;
pub use error::Hdf5Error;
pub use reader::{Group, Table, is_hdf5, open};
pub use write::{Layout, Number, Type, Value, Writer};
