//! What a definition file holds besides component types: dimensions, units, constants, includes.

use nml_base::Span;

use crate::{ComponentType, Str, Text};

/// A named physical dimension: a product of powers of the seven SI base quantities.
///
/// Two names are never declared, since they are part of the language: `none` (dimensionless) and `*`
/// (any dimension).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its name, as used in `dimension="voltage"`.
    pub name: Text,
    /// Exponent of mass (kilogram).
    pub m: i8,
    /// Exponent of length (metre).
    pub l: i8,
    /// Exponent of time (second).
    pub t: i8,
    /// Exponent of electric current (ampere).
    pub i: i8,
    /// Exponent of temperature (kelvin).
    pub k: i8,
    /// Exponent of amount of substance (mole).
    pub n: i8,
    /// Exponent of luminous intensity (candela).
    pub j: i8,
    /// What it measures.
    pub description: Str,
    /// The definition file it belongs to; empty for what a user defines.
    pub file: Str,
}

/// A unit: SI value = (number + offset) × scale × 10^power.
///
/// The order of offset and scale cannot be told apart in the standard, whose only offset is that of
/// `degC`, 273.15 with scale 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// What stands behind the number, `mV`.
    pub symbol: Text,
    /// The name of its dimension.
    pub dimension: Text,
    /// Power of ten to SI; 0 where not written.
    pub power: i32,
    /// Factor to SI beside the power of ten; 1 where not written.
    pub scale: f64,
    /// Offset to SI; 0 where not written.
    pub offset: f64,
    /// Its full name, `millivolt`.
    pub description: Str,
    /// The definition file it belongs to; empty for what a user defines.
    pub file: Str,
}

impl Default for Unit {
    fn default() -> Self {
        Self {
            symbol: Text::EMPTY,
            dimension: Text::EMPTY,
            power: 0,
            scale: 1.0,
            offset: 0.0,
            description: Str::Borrowed(""),
            file: Str::Borrowed(""),
        }
    }
}

/// A named quantity: inside a [`ComponentType`], or (with a symbol) of a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constant {
    /// Its name; what expressions of the type use.
    pub name: Text,
    /// For a constant of a whole file: what expressions use.
    pub symbol: Option<Text>,
    /// The name of its dimension.
    pub dimension: Text,
    /// Number with unit; with `*` or `/` in it, an expression.
    pub value: Text,
    /// What it stands for.
    pub description: Str,
}

/// A reference to another definition file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// The path or address as written.
    pub file: Text,
    /// Whether it was written as `url="…"`.
    pub is_url: bool,
}

/// The component to run when a file is simulated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its identifier.
    pub component: Text,
    /// A file to which a simulator writes what it did.
    pub report_file: Option<Text>,
    /// A file to which a simulator writes the time steps.
    pub times_file: Option<Text>,
}

/// A statement that a product of dimensions is a named one, checked by a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assertion {
    /// The name of a dimension.
    pub dimension: Text,
    /// An expression over dimension names that must come out the same.
    pub matches: Text,
}

/// All definitions of one file, in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// Description of the file as a whole.
    pub description: Str,
    /// Files to be read before this one.
    pub includes: Vec<Include>,
    /// Dimensions.
    pub dimensions: Vec<Dimension>,
    /// Units.
    pub units: Vec<Unit>,
    /// Constants of the whole file.
    pub constants: Vec<Constant>,
    /// Component types.
    pub component_types: Vec<ComponentType>,
    /// Components to run.
    pub targets: Vec<Target>,
    /// Statements about dimensions.
    pub assertions: Vec<Assertion>,
    /// The root element in the source.
    pub span: Option<Span>,
}
