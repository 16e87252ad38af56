//! HDF5 files, without libhdf5.
//!
//! [`TableWriter`] grows a file of equally long columns with a bounded amount of memory; [`open`] reads groups,
//! attributes and datasets of rows, block by block.

mod reader;
mod table;

pub use reader::{Group, Table, is_hdf5, open};
pub use table::{Column, Hdf5Error, TableWriter};
