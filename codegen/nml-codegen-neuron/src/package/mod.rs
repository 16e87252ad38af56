//! The Python package around the mechanisms.

mod cells;
mod network;
mod python;
mod records;
mod write;

pub(crate) use write::write;
