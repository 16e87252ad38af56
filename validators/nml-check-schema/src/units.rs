//! Reading a unit symbol for the sake of a good message: `uS_per_cm2` is 10⁻² S/m².
//!
//! This is not how units get their meaning (that is `nml-units`); it understands symbols that
//! NeuroML does not have, to say what they were meant to be.

/// Exponents of mass, length, time, current, temperature and amount.
type Exponents = [i32; 6];

/// What a symbol means: `10^power` times a product of SI base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Meaning {
    pub(crate) power: i32,
    pub(crate) exponents: Exponents,
    /// Whether it is a power of ten of SI units, without another factor or offset.
    pub(crate) decimal: bool,
}

/// Units that are no power of ten of SI units.
const NOT_DECIMAL: [&str; 5] = ["min", "hour", "h", "K", "degC"];

const BASES: [(&str, i32, Exponents); 25] = [
    ("min", 0, [0, 0, 1, 0, 0, 0]),
    ("hour", 0, [0, 0, 1, 0, 0, 0]),
    ("h", 0, [0, 0, 1, 0, 0, 0]),
    ("m", 0, [0, 1, 0, 0, 0, 0]),
    ("s", 0, [0, 0, 1, 0, 0, 0]),
    ("sec", 0, [0, 0, 1, 0, 0, 0]),
    ("Hz", 0, [0, 0, -1, 0, 0, 0]),
    ("V", 0, [1, 2, -3, -1, 0, 0]),
    ("A", 0, [0, 0, 0, 1, 0, 0]),
    ("C", 0, [0, 0, 1, 1, 0, 0]),
    ("ohm", 0, [1, 2, -3, -2, 0, 0]),
    ("Ohm", 0, [1, 2, -3, -2, 0, 0]),
    ("Ω", 0, [1, 2, -3, -2, 0, 0]),
    ("S", 0, [-1, -2, 3, 2, 0, 0]),
    ("siemens", 0, [-1, -2, 3, 2, 0, 0]),
    ("F", 0, [-1, -2, 4, 2, 0, 0]),
    ("K", 0, [0, 0, 0, 0, 1, 0]),
    ("degC", 0, [0, 0, 0, 0, 1, 0]),
    ("mol", 0, [0, 0, 0, 0, 0, 1]),
    ("M", 3, [0, -3, 0, 0, 0, 1]),
    ("molar", 3, [0, -3, 0, 0, 0, 1]),
    ("litre", -3, [0, 3, 0, 0, 0, 0]),
    ("L", -3, [0, 3, 0, 0, 0, 0]),
    ("J", 0, [1, 2, -2, 0, 0, 0]),
    ("volt", 0, [1, 2, -3, -1, 0, 0]),
];

const PREFIXES: [(&str, i32); 12] = [
    ("f", -15),
    ("p", -12),
    ("n", -9),
    ("u", -6),
    ("µ", -6),
    ("μ", -6),
    ("m", -3),
    ("c", -2),
    ("d", -1),
    ("k", 3),
    ("M", 6),
    ("G", 9),
];

/// The names of the dimensions that structures use, told by one unit of each.
const DIMENSIONS: [(&str, &str); 20] = [
    ("time", "s"),
    ("frequency", "Hz"),
    ("length", "m"),
    ("area", "m2"),
    ("volume", "m3"),
    ("voltage", "V"),
    ("current", "A"),
    ("charge", "C"),
    ("resistance", "ohm"),
    ("conductance", "S"),
    ("capacitance", "F"),
    ("temperature", "K"),
    ("amount of substance", "mol"),
    ("concentration", "M"),
    ("conductance density", "S_per_m2"),
    ("current density", "A_per_m2"),
    ("specific capacitance", "F_per_m2"),
    ("resistivity", "ohm_m"),
    ("permeability", "m_per_s"),
    ("conductance per voltage", "S_per_V"),
];

impl Meaning {
    /// What a symbol means, if it is made of SI units, `_per_` and `_` (also `/`).
    pub(crate) fn of(symbol: &str) -> Option<Self> {
        let mut out = Self { power: 0, exponents: [0; 6], decimal: true };
        let mut sign = 1;
        for word in symbol.split(['_', '/', '*', '.']).filter(|w| !w.is_empty()) {
            if word == "per" {
                sign = -1;
                continue;
            }
            if symbol.contains('/') && symbol.find('/') < symbol.find(word) {
                sign = -1;
            }
            let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
            let count: i32 = if digits.is_empty() { 1 } else { digits.parse().ok()? };
            if !(1..=9).contains(&count) {
                return None;
            }
            out.decimal &= !NOT_DECIMAL.contains(&word);
            let (power, exponents) = atom(&word[..word.len() - digits.len()])?;
            out.power += sign * count * power;
            for (sum, e) in out.exponents.iter_mut().zip(exponents) {
                *sum += sign * count * e;
            }
        }
        (out.exponents != [0; 6]).then_some(out)
    }

    /// The name of the dimension.
    pub(crate) fn dimension(self) -> Option<&'static str> {
        let same = |symbol| Self::of(symbol).is_some_and(|m| m.exponents == self.exponents);
        DIMENSIONS.iter().find(|(_, symbol)| same(symbol)).map(|(name, _)| *name)
    }
}

fn atom(word: &str) -> Option<(i32, Exponents)> {
    let base = |w: &str| BASES.iter().find(|b| b.0 == w).map(|b| (b.1, b.2));
    base(word).or_else(|| {
        PREFIXES.iter().find_map(|(prefix, power)| {
            let (shift, exponents) = base(word.strip_prefix(prefix)?)?;
            Some((power + shift, exponents))
        })
    })
}

/// A dimension of the structure table in everyday words.
pub(crate) fn words(dimension: &str) -> String {
    if dimension == "per_time" {
        return "rate".to_owned();
    }
    let mut out = String::new();
    for c in dimension.chars() {
        match c {
            '_' => out.push(' '),
            c if c.is_ascii_uppercase() => {
                out.push(' ');
                out.push(c.to_ascii_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use nml_schemas::structure::simple_types;

    #[test]
    fn symbols_are_understood() {
        let power = |s: &str| Meaning::of(s).map(|m| m.power);
        assert_eq!(power("uS_per_cm2"), Some(-2));
        assert_eq!(power("pS/um2"), Some(0));
        assert_eq!(power("mM"), Some(0));
        assert_eq!(power("Mohm"), Some(6));
        assert_eq!(power("mol_per_cm_per_uA_per_ms"), Some(11));
        assert_eq!(power("furlong"), None);
        assert_eq!(Meaning::of("us").and_then(Meaning::dimension), Some("time"));
        assert_eq!(Meaning::of("kHz").and_then(Meaning::dimension), Some("frequency"));
    }

    #[test]
    fn every_unit_of_the_table_is_understood_and_all_of_one_type_agree() {
        for quantity in simple_types().iter().filter_map(|t| t.quantity) {
            let all: Vec<_> = quantity.units.iter().map(|u| Meaning::of(u).unwrap()).collect();
            assert!(all.windows(2).all(|w| w[0].exponents == w[1].exponents), "{quantity:?}");
        }
    }

    #[test]
    fn dimensions_read_as_words() {
        assert_eq!(words("conductanceDensity"), "conductance density");
        assert_eq!(words("per_time"), "rate");
        assert_eq!(words("rho_factor"), "rho factor");
    }
}
