//! The compiled patterns against a regular expression engine, on random values.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::OnceLock;

use nml_schemas::structure::{SimpleType, simple_types};
use proptest::prelude::*;
use regex::Regex;

fn patterned() -> &'static [(&'static SimpleType, Regex)] {
    static ALL: OnceLock<Vec<(&'static SimpleType, Regex)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let all = simple_types().iter().filter(|t| t.dfa.is_some());
        all.map(|t| (t, Regex::new(&format!(r"\A(?:{})\z", t.patterns[0])).unwrap())).collect()
    })
}

/// Values that are near misses: bits of quantities, paths and names in random order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "-",
        "+",
        ".",
        "e",
        "E",
        "0",
        "1",
        "65",
        "9.5",
        " ",
        "\t",
        "\n",
        "mV",
        "V",
        "ms",
        "s",
        "nS",
        "S_per_m2",
        "mS_per_cm2",
        "_per_",
        "Hz",
        "per_s",
        "degC",
        "uF",
        "ohm_cm",
        "mM",
        "M",
        "m",
        "../",
        "/",
        "pop",
        "[",
        "]",
        "a_b",
        "Z",
        ":",
        "é",
        "\u{b5}",
        "mol_per_m_per_A_per_s",
    ]);
    prop::collection::vec(piece, 0..7).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn automata_agree_with_the_patterns(value in prop_oneof![pieces(), ".{0,12}"]) {
        for (ty, regex) in patterned() {
            // The XML Schema class `\s` is these four; the engine's is wider.
            let exotic = value.chars().any(|c| c.is_whitespace() && !" \t\n\r".contains(c));
            let expected = !exotic && regex.is_match(&value);
            prop_assert_eq!(ty.accepts(&value), expected, "{} {:?}", ty.name, value);
        }
    }
}

#[test]
fn every_pattern_is_met_and_missed() {
    for (ty, regex) in patterned() {
        for unit in ty.quantity.iter().flat_map(|q| q.units) {
            let value = format!("-1.5e-3 {unit}");
            assert!(ty.accepts(&value) && regex.is_match(&value), "{} {value}", ty.name);
        }
        assert!(!ty.accepts("\u{0}") && !regex.is_match("\u{0}"), "{}", ty.name);
    }
}
