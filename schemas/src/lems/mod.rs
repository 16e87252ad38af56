//! The LEMS definitions of the NeuroML core types: dimensions, units, component types, compiled in.
//!
//! The source is `schemas/lems/*.xml`.  Nothing is built when a program starts; looking up a name is a
//! binary search in a static table.

use std::ops::Range;

use nml_lems::{ComponentType, Dimension, Unit};

macro_rules! string {
    ($value:literal) => {
        ::nml_lems::Str::Borrowed($value)
    };
}
macro_rules! text {
    ($value:literal) => {
        ::nml_lems::Text { value: ::nml_lems::Str::Borrowed($value), span: None }
    };
}
macro_rules! list {
    ($($item:expr),* $(,)?) => {
        ::nml_lems::List::Borrowed(&[$($item),*])
    };
}

#[expect(clippy::unreadable_literal, reason = "numbers of the standard, digit for digit")]
#[rustfmt::skip]
mod generated;

/// One definition file of the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, as LEMS files include it.
    pub name: &'static str,
    /// What it defines.
    pub description: &'static str,
    /// The files it includes.
    pub includes: &'static [&'static str],
    /// Its part of [`COMPONENT_TYPES`].
    pub types: Range<usize>,
}

/// The definition files, in the order of the standard.
pub static FILES: &[File] = generated::FILES;
/// The component types, file by file and in the order written.
pub static COMPONENT_TYPES: &[ComponentType] = generated::COMPONENT_TYPES;
/// The dimensions.
pub static DIMENSIONS: &[Dimension] = generated::DIMENSIONS;
/// The units.
pub static UNITS: &[Unit] = generated::UNITS;

/// The component type of a name.
pub fn component_type(name: &str) -> Option<&'static ComponentType> {
    index_of(name).map(|i| &COMPONENT_TYPES[i])
}

/// Where in [`COMPONENT_TYPES`] the type of a name stands.
pub fn index_of(name: &str) -> Option<usize> {
    let key = |i: &u16| COMPONENT_TYPES[usize::from(*i)].name.as_str();
    let at = generated::BY_NAME.binary_search_by(|i| key(i).cmp(name)).ok()?;
    Some(usize::from(generated::BY_NAME[at]))
}

/// The definition file of a name.
pub fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|f| f.name == name)
}

/// A page in Markdown about a type of the standard; `None` where there is none of that name.
pub fn explain(name: &str) -> Option<String> {
    let ty = component_type(name)?;
    let line = std::iter::successors(Some(ty), |t| component_type(t.extends.as_ref()?));
    let line: Vec<&ComponentType> = line.collect();
    let units = |dimension: &str| {
        let all = UNITS.iter().filter(|u| u.dimension == *dimension);
        all.take(6).map(|u| u.symbol.to_string()).collect()
    };
    Some(nml_lems::explain(&line, &units))
}
