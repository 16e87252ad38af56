//! Quantities as authors write them.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use nml_units::{
    Added, Dimension, QuantityErrorKind as Kind, Unit, UnitConflict, UnitTable, parse_quantity,
};
use proptest::prelude::*;

fn table() -> UnitTable {
    let mut table = UnitTable::new();
    let dimensions = [
        ("voltage", Dimension::VOLTAGE),
        ("time", Dimension::TIME),
        ("length", Dimension::LENGTH),
        ("temperature", Dimension::TEMPERATURE),
        ("charge", Dimension([0, 0, 1, 1, 0, 0, 0])),
        ("concentration", Dimension::CONCENTRATION),
        ("conductanceDensity", Dimension([-1, -4, 3, 2, 0, 0, 0])),
    ];
    for (name, dimension) in dimensions {
        assert_eq!(table.insert_dimension(name, dimension), Ok(Added::New));
    }
    let mut unit = |symbol, dimension: &'static str, power, scale, offset| {
        let exponents = table.dimension(dimension).unwrap();
        let unit = Unit::decimal(symbol, dimension, exponents, power);
        assert_eq!(table.insert_unit(unit.with_scale(scale).with_offset(offset)), Ok(Added::New));
    };
    unit("V", "voltage", 0, 1.0, 0.0);
    unit("mV", "voltage", -3, 1.0, 0.0);
    unit("s", "time", 0, 1.0, 0.0);
    unit("ms", "time", -3, 1.0, 0.0);
    unit("hour", "time", 0, 3600.0, 0.0);
    unit("m", "length", 0, 1.0, 0.0);
    unit("um", "length", -6, 1.0, 0.0);
    unit("degC", "temperature", 0, 1.0, 273.15);
    unit("K", "temperature", 0, 1.0, 0.0);
    unit("e", "charge", 0, 1.602_176_634e-19, 0.0);
    unit("mol_per_m3", "concentration", 0, 1.0, 0.0);
    unit("mM", "concentration", 0, 1.0, 0.0);
    unit("M", "concentration", 3, 1.0, 0.0);
    unit("S_per_m2", "conductanceDensity", 0, 1.0, 0.0);
    unit("mS_per_cm2", "conductanceDensity", 1, 1.0, 0.0);
    table
}

#[test]
fn good_quantities() {
    let table = table();
    for (text, si, unit) in [
        ("10 mV", 0.01, "mV"),
        ("10mV", 0.01, "mV"),
        ("-54.387 mV", -0.054_387, "mV"),
        (".5mV", 5e-4, "mV"),
        ("5. mV", 5e-3, "mV"),
        ("1e3 mV", 1.0, "mV"),
        ("1e-9ms", 1e-12, "ms"),
        ("1E+3ms", 1.0, "ms"),
        ("1e9hour", 3.6e12, "hour"),
        ("1e", 1.602_176_634e-19, "e"),
        ("1e3e", 1.602_176_634e-16, "e"),
        ("6.3 degC", 279.45, "degC"),
        ("-65", -65.0, ""),
        (" +2 ", 2.0, ""),
        ("1\t\nmM", 1.0, "mM"),
        ("120 mS_per_cm2", 1200.0, "mS_per_cm2"),
    ] {
        let quantity = table.quantity(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(quantity.si, si, "{text}");
        assert_eq!(quantity.parsed.unit_range.slice(text), unit, "{text}");
        assert_eq!(quantity.unit.map_or("", |u| u.symbol.as_ref()), unit, "{text}");
    }
    let long = format!("0.{}1 mV", "0".repeat(100_000));
    assert_eq!(table.quantity(&long).unwrap().si, 0.0);
}

#[test]
fn bad_quantities() {
    let table = table();
    for (text, part, kind) in [
        ("", "", Kind::Empty),
        ("  ", "  ", Kind::Empty),
        ("mV", "mV", Kind::MissingNumber),
        ("-", "-", Kind::NotANumber),
        (".", ".", Kind::NotANumber),
        ("--5 mV", "--5", Kind::NotANumber),
        ("- 5 mV", "-", Kind::NotANumber),
        ("1.2.3 mV", "1.2.3", Kind::NotANumber),
        ("inf mV", "inf", Kind::NotFinite),
        ("-Infinity", "-Infinity", Kind::NotFinite),
        ("NaN", "NaN", Kind::NotFinite),
        ("0x10 mV", "0x10", Kind::Hexadecimal),
        ("1,5 mV", ",", Kind::DecimalComma),
        ("1e400 mV", "1e400", Kind::TooLarge),
        ("10 mV garbage !!", "garbage !!", Kind::TrailingText),
    ] {
        let error = table.quantity(text).expect_err(text);
        assert_eq!(error.kind, kind, "{text}");
        assert_eq!(error.range.slice(text), part, "{text}");
        assert!(!error.to_string().is_empty());
    }
    for (text, wrong, right) in [
        ("5 mv", "mv", Some("mV")),
        ("5 µm", "µm", Some("um")),
        ("5 °C", "°C", Some("degC")),
        ("5 S/m2", "S/m2", Some("S_per_m2")),
        ("5 furlongs", "furlongs", None),
    ] {
        let error = table.quantity(text).expect_err(text);
        let Kind::UnknownUnit { symbol, suggestion } = &error.kind else { panic!("{error:?}") };
        assert_eq!((symbol.as_str(), suggestion.as_deref()), (wrong, right));
        assert_eq!(error.range.slice(text), wrong);
    }
}

#[test]
fn conflicts_are_found() {
    let mut table = table();
    let mv = |power| Unit::decimal("mV", "voltage", Dimension::VOLTAGE, power);
    assert_eq!(table.insert_unit(mv(-3)), Ok(Added::Repeated));
    assert!(matches!(table.insert_unit(mv(-2)), Err(UnitConflict::Unit { .. })));
    assert_eq!(table.insert_dimension("none", Dimension::NONE), Ok(Added::Repeated));
    let wrong = table.insert_dimension("voltage", Dimension::TIME);
    assert!(matches!(wrong, Err(UnitConflict::Dimension { .. })));
    let stray = Unit::decimal("x", "voltag", Dimension::VOLTAGE, 0);
    let Err(UnitConflict::UnknownDimension { suggestion, .. }) = table.insert_unit(stray) else {
        panic!("accepted")
    };
    assert_eq!(suggestion.as_deref(), Some("voltage"));
    let zero = Unit::decimal("x", "voltage", Dimension::VOLTAGE, 0).with_scale(0.0);
    assert_eq!(table.insert_unit(zero), Err(UnitConflict::BadScale));
}

#[test]
fn values_are_shown_in_fitting_units() {
    let table = table();
    for (dimension, si, text) in [
        (Dimension::VOLTAGE, 0.02, "20 mV"),
        (Dimension::VOLTAGE, -0.0101, "-10.1 mV"),
        (Dimension::VOLTAGE, 2.0, "2 V"),
        (Dimension::VOLTAGE, 0.0, "0 V"),
        (Dimension::TIME, 3600.0, "3600 s"),
        (Dimension::LENGTH, 1e-9, "0.001 um"),
        (Dimension::CONCENTRATION, 2.0, "2 mM"),
        (Dimension::TEMPERATURE, 300.0, "300 K"),
        (Dimension::CURRENT, 2.0, "2 A"),
        (Dimension::NONE, 0.5, "0.5"),
    ] {
        assert_eq!(table.show(dimension, si), text);
    }
    assert_eq!(table.describe(Dimension::VOLTAGE), "voltage");
    assert_eq!(table.describe(Dimension::NONE), "dimensionless");
    assert_eq!(table.describe(Dimension::CURRENT), "A");
    assert_eq!(table.dimension_names(Dimension::NONE).collect::<Vec<_>>(), ["none"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decimal_units_round_once(digits in "-?[0-9]{1,20}(\\.[0-9]{1,20})?", exponent in -20_i32..20) {
        let table = table();
        let near = |power: i32| format!("{digits}e{}", exponent + power).parse::<f64>().unwrap();
        let written = format!("{digits}e{exponent}");
        prop_assert_eq!(table.quantity(&format!("{written} mV")).unwrap().si, near(-3));
        prop_assert_eq!(table.quantity(&format!("{written}um")).unwrap().si, near(-6));
        prop_assert_eq!(table.quantity(&format!("{written} M")).unwrap().si, near(3));
    }

    #[test]
    fn shown_values_read_back(digits in 1_i64..999_999_999_999_999, exponent in -40_i32..20) {
        // Fifteen digits survive decimal text and back.
        let table = table();
        let value: f64 = format!("{digits}e{exponent}").parse().unwrap();
        let text = table.show(Dimension::VOLTAGE, value);
        prop_assert_eq!(table.quantity(&text).unwrap().si, value);
    }

    #[test]
    fn no_text_panics(text in ".{0,40}") {
        if let Ok(parsed) = parse_quantity(&text) {
            prop_assert!(parsed.number.is_finite());
            prop_assert!(parsed.number_range.end <= parsed.unit_range.start);
        }
    }

    #[test]
    fn no_numeric_text_panics(text in "[-+0-9.eExmV ,]{0,12}") {
        let _ = table().quantity(&text);
    }
}
