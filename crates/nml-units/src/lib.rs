//! Dimensions, units and quantities of LEMS.
//!
//! A [`Dimension`] is seven SI exponents, a [`Unit`] a factor and an offset to SI, a quantity a number
//! with a unit as an author writes it (`"-65 mV"`).  A [`UnitTable`] holds the names in force for one
//! model: those of the standard, given as static data, and those a model adds.
//!
//! The SI value of a quantity is `number × scale × 10^power + offset`.  Decimal units convert as if the
//! author had moved the decimal point: `"10.1 mV"` is the `f64` nearest to 0.0101.

mod decimal;
mod dimension;
mod quantity;
mod table;
mod unit;

pub use dimension::Dimension;
pub use quantity::{ParsedQuantity, Quantity, QuantityError, QuantityErrorKind, parse_quantity};
pub use table::{Added, UnitConflict, UnitTable};
pub use unit::Unit;
