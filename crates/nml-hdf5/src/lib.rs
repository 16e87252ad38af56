//! HDF5 files, without libhdf5.
//!
//! [`TableWriter`] grows a file of equally long columns with a bounded amount of memory.

mod table;

pub use table::{Column, Hdf5Error, TableWriter};
