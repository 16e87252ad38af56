//! HDF5 files, without libhdf5.
//!
//! [`TableWriter`] grows a file of equally long columns with a bounded amount of memory; [`Layout`] describes a file
//! of groups, attributes and datasets whose sizes are known, and its [`Writer`] takes the values in blocks;
//! [`open`] reads groups, attributes and datasets of rows, block by block.

mod decimal;
mod reader;
mod table;
mod write;

pub use decimal::decimal;
pub use reader::{Group, Table, is_hdf5, open};
pub use table::{Column, Hdf5Error, TableWriter};
pub use write::{Layout, Number, Type, Value, Writer};
