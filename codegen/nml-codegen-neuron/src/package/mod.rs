//! The Python package around the mechanisms.

mod cells;
mod kinds;
mod network;
mod plan;
mod python;
mod records;
mod write;

pub(crate) use plan::plan;
pub(crate) use write::write;
