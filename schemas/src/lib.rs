//! The NeuroML 2.3.1 standard as data, compiled into static tables.

pub mod json;
pub mod lems;
pub mod structure;
