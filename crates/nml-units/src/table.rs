//! The dimensions and units in force for one model.

use std::borrow::Cow;

use indexmap::IndexMap;
use nml_base::nearest;
use rustc_hash::FxBuildHasher;

use crate::{Dimension, Unit};

/// Dimensions by name and units by symbol, in the order of their definition.
#[derive(Clone, Debug, Default)]
pub struct UnitTable {
    dimensions: IndexMap<Cow<'static, str>, Dimension, FxBuildHasher>,
    units: IndexMap<Cow<'static, str>, Unit, FxBuildHasher>,
}

/// What an insertion did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Added {
    /// The name is new.
    New,
    /// The name was there with the same meaning; nothing changed.
    Repeated,
}

/// A definition that contradicts the table; nothing changed.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum UnitConflict {
    /// A dimension of that name has other exponents.
    Dimension {
        /// The name.
        name: String,
        /// The exponents in the table.
        existing: Dimension,
    },
    /// A unit of that symbol means something else.
    Unit {
        /// The unit in the table.
        existing: Box<Unit>,
    },
    /// The unit names a dimension that is not in the table, or is there with other exponents.
    UnknownDimension {
        /// The name as written.
        name: String,
        /// The name that may have been meant.
        suggestion: Option<String>,
    },
    /// The scale is not a finite number other than 0, or the offset is not finite.
    BadScale,
}

impl std::fmt::Display for UnitConflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dimension { name, existing } => {
                write!(f, "dimension `{name}` is already defined as {existing}")
            }
            Self::Unit { existing } => {
                let Unit { symbol, dimension_name, power, scale, offset, .. } = &**existing;
                write!(f, "unit `{symbol}` is already defined as a unit of {dimension_name}")?;
                write!(f, " with power {power}, scale {scale} and offset {offset}")
            }
            Self::UnknownDimension { name, .. } => write!(f, "there is no dimension `{name}`"),
            Self::BadScale => f.write_str("the scale must be finite and not 0, the offset finite"),
        }
    }
}

impl std::error::Error for UnitConflict {}

impl UnitTable {
    /// An empty table; `none` is always known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a dimension.
    ///
    /// # Errors
    /// [`UnitConflict::Dimension`] where the name stands for other exponents.
    pub fn insert_dimension(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        dimension: Dimension,
    ) -> Result<Added, UnitConflict> {
        let name = name.into();
        match self.dimension(&name) {
            Some(existing) if existing == dimension => Ok(Added::Repeated),
            Some(existing) => Err(UnitConflict::Dimension { name: name.into_owned(), existing }),
            None => {
                self.dimensions.insert(name, dimension);
                Ok(Added::New)
            }
        }
    }

    /// Adds a unit.
    ///
    /// # Errors
    /// [`UnitConflict::UnknownDimension`] where its dimension has to be added first,
    /// [`UnitConflict::Unit`] where the symbol means something else, [`UnitConflict::BadScale`].
    pub fn insert_unit(&mut self, unit: Unit) -> Result<Added, UnitConflict> {
        if self.dimension(&unit.dimension_name) != Some(unit.dimension) {
            let suggestion = self.suggest_dimension(&unit.dimension_name).map(str::to_owned);
            let name = unit.dimension_name.into_owned();
            return Err(UnitConflict::UnknownDimension { name, suggestion });
        }
        if !unit.scale.is_finite() || unit.scale == 0.0 || !unit.offset.is_finite() {
            return Err(UnitConflict::BadScale);
        }
        match self.units.get(&unit.symbol) {
            Some(existing) if existing.same_meaning(&unit) => Ok(Added::Repeated),
            Some(existing) => Err(UnitConflict::Unit { existing: Box::new(existing.clone()) }),
            None => {
                self.units.insert(unit.symbol.clone(), unit);
                Ok(Added::New)
            }
        }
    }

    /// The dimension of that name; `none` is always known.
    pub fn dimension(&self, name: &str) -> Option<Dimension> {
        self.dimensions.get(name).copied().or((name == "none").then_some(Dimension::NONE))
    }

    /// The unit of that symbol.
    pub fn unit(&self, symbol: &str) -> Option<&Unit> {
        self.units.get(symbol)
    }

    /// All dimensions in the order of their definition.
    pub fn dimensions(&self) -> impl Iterator<Item = (&str, Dimension)> {
        self.dimensions.iter().map(|(name, &dimension)| (name.as_ref(), dimension))
    }

    /// All units in the order of their definition.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The names of a dimension in the order of their definition.
    pub fn dimension_names(&self, dimension: Dimension) -> impl Iterator<Item = &str> {
        let none = dimension.is_none() && !self.dimensions.contains_key("none");
        let known = self.dimensions().filter(move |&(_, d)| d == dimension).map(|(name, _)| name);
        none.then_some("none").into_iter().chain(known)
    }

    /// The units of a dimension in the order of their definition.
    pub fn units_of(&self, dimension: Dimension) -> impl Iterator<Item = &Unit> {
        self.units().filter(move |unit| unit.dimension == dimension)
    }

    /// A dimension in words for messages: its first name, `dimensionless`, or its SI units.
    pub fn describe(&self, dimension: Dimension) -> String {
        if dimension.is_none() {
            return "dimensionless".to_owned();
        }
        self.dimension_names(dimension).next().map_or_else(|| dimension.to_string(), str::to_owned)
    }

    /// The unit that a wrong symbol may have meant, after common spellings such as `µm`, `ms^-1` or
    /// `S/m2` and slips of the pen.
    pub fn suggest_unit(&self, symbol: &str) -> Option<&Unit> {
        if symbol.len() > 100 {
            return None;
        }
        let plain = symbol
            .replace(['µ', 'μ'], "u")
            .replace(['Ω', 'Ω'], "ohm")
            .replace('°', "deg")
            .replace('²', "2")
            .replace('³', "3")
            .replace('^', "")
            .replace('/', "_per_");
        let names = || self.units.keys().map(AsRef::as_ref);
        self.unit(&plain).or_else(|| nearest(&plain, names()).and_then(|name| self.unit(name)))
    }

    /// The dimension name that a wrong one may have meant.
    pub fn suggest_dimension(&self, name: &str) -> Option<&str> {
        nearest(name, self.dimensions().map(|(known, _)| known))
    }

    /// The unit in which to show an SI value: the largest decimal one that leaves a number in 1…1000,
    /// else the one that comes nearest to that; the SI unit for 0.  Shorter symbols win ties.
    ///
    /// `None` where the dimension has no decimal unit without offset.
    pub fn best_unit(&self, dimension: Dimension, si: f64) -> Option<&Unit> {
        let decimal = |unit: &&Unit| unit.scale == 1.0 && unit.offset == 0.0;
        let exponent = if si == 0.0 || !si.is_finite() { 0 } else { decimal_exponent(si) };
        // Decades by which the number misses 0, 1 or 2 leading decades; then decades below the unit.
        let cost = |unit: &Unit| {
            let left = exponent - i64::from(unit.power);
            let miss = if left < 0 { -left } else { (left - 2).max(0) };
            (miss, left.max(0), unit.symbol.len())
        };
        self.units_of(dimension).filter(decimal).min_by_key(|unit| cost(unit))
    }

    /// An SI value as text in its best unit, `20 mV`; in SI base units where there is none.
    pub fn show(&self, dimension: Dimension, si: f64) -> String {
        let number = nml_base::format_f64;
        match self.best_unit(dimension, si) {
            Some(unit) => format!("{} {}", number(unit.from_si(si)), unit.symbol),
            None if dimension.is_none() => number(si),
            None => format!("{} {dimension}", number(si)),
        }
    }
}

/// The decimal exponent of a finite number other than 0.
fn decimal_exponent(value: f64) -> i64 {
    let text = format!("{value:e}");
    text.find('e').and_then(|at| text[at + 1..].parse().ok()).unwrap_or(0)
}
