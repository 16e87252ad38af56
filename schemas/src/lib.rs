//! The NeuroML 2.3.1 standard as data, compiled into static tables.

pub mod lems;
pub mod structure;
