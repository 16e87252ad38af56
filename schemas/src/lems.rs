//! The LEMS definitions of the NeuroML core types.

use nml_lems::{ComponentType, Dimension, Unit};

/// One definition file of the standard.
#[derive(Debug)]
pub struct File {
    /// Its name, as LEMS files include it.
    pub name: &'static str,
}

/// The definition files.
pub static FILES: &[File] = &[];
/// The component types.
pub static COMPONENT_TYPES: &[ComponentType] = &[];
/// The dimensions.
pub static DIMENSIONS: &[Dimension] = &[];
/// The units.
pub static UNITS: &[Unit] = &[];
