//! Quantities: no text panics, halves lie inside the text, values are finite and survive a round trip.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nml_units::{Dimension, Unit, UnitTable, parse_quantity};

static UNITS: LazyLock<UnitTable> = LazyLock::new(nml_fuzz::units);

fuzz_target!(|text: &str| {
    match UNITS.quantity(text) {
        Ok(quantity) => {
            assert!(quantity.si.is_finite());
            let parsed = parse_quantity(text).expect("it was read before");
            assert_eq!(parsed, quantity.parsed);
            let (number, unit) = (parsed.number_range.slice(text), parsed.unit_range.slice(text));
            assert_eq!(number.parse::<f64>(), Ok(parsed.number));
            assert_eq!(UNITS.quantity(&format!(" {number}\t{unit} ")).map(|q| q.si), Ok(quantity.si));
            if let Some(unit) = quantity.unit {
                let back = unit.to_si(unit.from_si(quantity.si));
                // An offset or a scale rounds; a decimal unit rounds twice at most.
                let near = (back - quantity.si).abs() <= quantity.si.abs() * 1e-12 + 1e-9;
                assert!(near || !back.is_finite(), "{} {back}", quantity.si);
            }
            let shown = UNITS.show(quantity.dimension, quantity.si);
            assert!(!shown.is_empty());
        }
        Err(error) => {
            let range = error.range.start as usize..error.range.end as usize;
            assert!(text.get(range).is_some(), "{error:?}");
            let _ = (error.to_string(), error.help());
        }
    }
    // A table that a file fills: `name symbol exponents`.
    let mut table = UNITS.clone();
    let mut words = text.split_whitespace();
    while let (Some(name), Some(symbol), Some(numbers)) = (words.next(), words.next(), words.next()) {
        let byte = |i: usize| numbers.as_bytes().get(i).copied().unwrap_or(b'0');
        let exponents = std::array::from_fn(|i| byte(i).wrapping_sub(b'0') as i8);
        let dimension = Dimension(exponents);
        let _ = table.insert_dimension(name.to_owned(), dimension);
        let unit = Unit {
            symbol: symbol.to_owned().into(),
            dimension_name: name.to_owned().into(),
            dimension,
            power: numbers.parse().unwrap_or(i32::from(byte(0)) - 64),
            scale: numbers.parse().unwrap_or(1.0),
            offset: f64::from(byte(1)) - 48.0,
        };
        let _ = table.insert_unit(unit).map_err(|e| e.to_string());
        let _ = table.quantity(&format!("{numbers}{symbol}")).map(|q| table.show(q.dimension, q.si));
        let _ = (dimension.to_string(), dimension.powf(0.5), dimension.pow(exponents[0]), dimension.root(exponents[1]));
    }
});
