//! What the fuzz targets share.

use std::collections::BTreeSet;

use nml_units::{Unit, UnitTable};

pub mod flat;
pub mod grow;
pub mod names;
pub mod words;

/// Every element and attribute name of the standard, from its schema, and the words of LEMS.
pub fn names() -> BTreeSet<&'static str> {
    let written = nml_schemas::structure::XSD.split("name=\"").skip(1);
    let standard = written.filter_map(|rest| rest.split('"').next());
    standard.chain(words::LEMS_ELEMENTS).chain(words::ATTRIBUTES).collect()
}

/// The units of the standard.
pub fn units() -> UnitTable {
    let mut table = UnitTable::new();
    for d in nml_schemas::lems::DIMENSIONS {
        let exponents = nml_units::Dimension([d.m, d.l, d.t, d.i, d.k, d.n, d.j]);
        table.insert_dimension(d.name.value.clone(), exponents).expect("the standard is consistent");
    }
    for u in nml_schemas::lems::UNITS {
        let dimension = table.dimension(&u.dimension).expect("the standard is complete");
        let unit = Unit {
            symbol: u.symbol.value.clone(),
            dimension_name: u.dimension.value.clone(),
            dimension,
            power: u.power,
            scale: u.scale,
            offset: u.offset,
        };
        table.insert_unit(unit).expect("the standard is consistent");
    }
    table
}
