//! The toolchain as a library: load a model, check it, look into it.

pub use nml_base as base;
pub use nml_model as model;
pub use nml_units as units;
