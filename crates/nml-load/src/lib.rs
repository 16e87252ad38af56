//! Files to a [`Model`](nml_model::Model): decoding, archives, HDF5 networks, SWC, JSON and
//! `NeuroMLlite` files, NeuroML 1, includes.
//!
//! Loading never stops at the first problem and never fails: the result is always a model, perhaps with
//! holes, and a list of findings.

mod container;
mod document;
mod grammar;
mod hdf5;
mod json;
mod lite;
mod loader;
mod manifest;
mod rules;
mod sonata;
mod swc;
mod v1;

pub use container::{ContainerLoader, is_archive, is_model};
pub use document::{DocumentObserver, ObserverFactory, source};
pub use loader::Loader;
pub use rules::{RULES, malformed_xml};
