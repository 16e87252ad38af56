//! Types of attribute values and texts.

use super::generated::simple_types::{N_OWN, SIMPLE_TYPES};

/// A simple type of the standard, or one of those that XML Schema brings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SimpleId(pub(crate) u8);

/// What a value is before patterns and bounds (XML Schema part 2, section 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base {
    /// Any text, white space kept.
    String,
    /// A number of double precision; white space around it does not count.
    Double,
    /// A number of single precision; white space around it does not count.
    Float,
    /// Digits with an optional sign, from 0.
    NonNegativeInteger,
    /// Digits with an optional sign, from 1.
    PositiveInteger,
    /// A path or address.
    AnyUri,
}

/// A number with one of some units.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    /// The dimension, as the core types call it; `none` for plain numbers.
    pub dimension: &'static str,
    /// The symbols of the units that are allowed here; fewer than the core types define.
    pub units: &'static [&'static str],
}

/// A deterministic automaton over bytes; state 0 refuses everything.
#[derive(Debug)]
pub struct Dfa {
    pub(crate) start: u8,
    pub(crate) n_classes: u8,
    pub(crate) accepting: [u64; 4],
    pub(crate) classes: &'static [u8; 256],
    pub(crate) next: &'static [u8],
}

impl Dfa {
    /// Whether the whole value is accepted.
    pub fn matches(&self, value: &str) -> bool {
        let mut state = usize::from(self.start);
        let width = usize::from(self.n_classes);
        for &byte in value.as_bytes() {
            let class = usize::from(self.classes[usize::from(byte)]);
            state = usize::from(self.next[state * width + class]);
        }
        self.accepting[state / 64] >> (state % 64) & 1 == 1
    }
}

/// A type of attribute values and texts.
#[derive(Debug)]
pub struct SimpleType {
    /// Its handle.
    pub id: SimpleId,
    /// Its name in the schema, `xs:` in front for those of XML Schema.
    pub name: &'static str,
    /// What it is, one phrase.
    pub about: &'static str,
    /// What a value is before patterns and bounds.
    pub base: Base,
    /// Patterns as written in the schema.
    pub patterns: &'static [&'static str],
    /// The pattern, compiled.
    pub dfa: Option<&'static Dfa>,
    /// The values allowed; empty where there is no such list.
    pub enumeration: &'static [&'static str],
    /// Least value.
    pub min_inclusive: Option<f64>,
    /// Value that must be exceeded.
    pub min_exclusive: Option<f64>,
    /// Greatest value.
    pub max_inclusive: Option<f64>,
    /// For quantities, the dimension and its units.
    pub quantity: Option<Quantity>,
}

impl SimpleType {
    /// Whether a value, as it stands in the document, is valid.
    pub fn accepts(&self, value: &str) -> bool {
        match self.base {
            Base::String => {
                self.dfa.is_none_or(|dfa| dfa.matches(value))
                    && (self.enumeration.is_empty() || self.enumeration.contains(&value))
            }
            Base::AnyUri => true,
            Base::NonNegativeInteger => non_negative_integer(collapse(value)),
            Base::PositiveInteger => {
                let value = collapse(value);
                let digits = value.strip_prefix('+').unwrap_or(value);
                all_digits(digits) && digits.bytes().any(|b| b != b'0')
            }
            Base::Double | Base::Float => self.accepts_number(collapse(value)),
        }
    }

    fn accepts_number(&self, value: &str) -> bool {
        if !is_number(value) {
            return false;
        }
        let bounded = self.min_inclusive.is_some()
            || self.min_exclusive.is_some()
            || self.max_inclusive.is_some();
        if !bounded && self.enumeration.is_empty() {
            return true;
        }
        // Only `INF` and `NaN` differ from what Rust reads, and Rust reads those too.
        let number = match self.base {
            Base::Float => value.parse::<f32>().map(f64::from),
            _ => value.parse::<f64>(),
        };
        let Ok(number) = number else { return false };
        let listed = || {
            let mut values = self.enumeration.iter().filter_map(|e| e.parse::<f64>().ok());
            values.any(|e| e == number)
        };
        // Comparisons with NaN fail, as they should.
        self.min_inclusive.is_none_or(|min| number >= min)
            && self.min_exclusive.is_none_or(|min| number > min)
            && self.max_inclusive.is_none_or(|max| number <= max)
            && (self.enumeration.is_empty() || listed())
    }
}

fn collapse(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\n', '\r'])
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn non_negative_integer(value: &str) -> bool {
    match value.strip_prefix('-') {
        Some(zeros) => !zeros.is_empty() && zeros.bytes().all(|b| b == b'0'),
        None => all_digits(value.strip_prefix('+').unwrap_or(value)),
    }
}

/// The lexical space of `xs:double` and `xs:float` (XML Schema 1.0 part 2, section 3.2.5).
fn is_number(value: &str) -> bool {
    if matches!(value, "INF" | "-INF" | "NaN") {
        return true;
    }
    let digits = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut rest = value.as_bytes();
    if let [b'+' | b'-', tail @ ..] = rest {
        rest = tail;
    }
    let whole = digits(rest);
    rest = &rest[whole..];
    let mut fraction = 0;
    if let [b'.', tail @ ..] = rest {
        fraction = digits(tail);
        rest = &tail[fraction..];
    }
    if whole + fraction == 0 {
        return false;
    }
    if let [b'e' | b'E', tail @ ..] = rest {
        let tail = if let [b'+' | b'-', tail @ ..] = tail { tail } else { tail };
        let exponent = digits(tail);
        if exponent == 0 {
            return false;
        }
        rest = &tail[exponent..];
    }
    rest.is_empty()
}

/// The type of a handle.
pub fn simple_type(id: SimpleId) -> &'static SimpleType {
    &SIMPLE_TYPES[usize::from(id.0)]
}

/// The simple types of the standard, in the order of the table.
pub fn simple_types() -> &'static [SimpleType] {
    &SIMPLE_TYPES[..N_OWN]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> &'static SimpleType {
        SIMPLE_TYPES.iter().find(|t| t.name == name).unwrap()
    }

    fn sort(name: &str, good: &[&str], bad: &[&str]) {
        let ty = named(name);
        for value in good {
            assert!(ty.accepts(value), "{name} refuses `{value}`");
        }
        for value in bad {
            assert!(!ty.accepts(value), "{name} accepts `{value}`");
        }
    }

    #[test]
    fn numbers_are_as_xml_schema_says() {
        let good = ["1", "-1.5", "+.5", "5.", "1e5", "1E-5", "1e+5", " 1 ", "INF", "-INF", "NaN"];
        sort("xs:double", &good, &["", ".", "1e", "e5", "+INF", "inf", "nan", "1 2", "0x1", "1_0"]);
        sort("DoubleGreaterThanZero", &["1e-3", "INF"], &["0", "-1", "NaN", "-0.0"]);
        sort("ZeroToOne", &["0", "1", "0.5", "1.00000000001"], &["-0.1", "1.1", "NaN", "INF"]);
        sort("ZeroOrOne", &["0", "1", "1.0", "0e3"], &["0.5", "2"]);
    }

    #[test]
    fn whole_numbers_have_no_bound() {
        let good = ["0", "-0", "+7", " 7 ", "99999999999999999999"];
        sort("NonNegativeInteger", &good, &["", "-1", "1.0", "+", "-", "1e3"]);
        sort("PositiveInteger", &["1", "+007"], &["0", "-0", "-1", "000", ""]);
    }

    #[test]
    fn quantities_are_patterns_on_text() {
        let good = ["-65mV", "5 mV", "5 \t\n mV", ".5mV", "mV", "1E1mV", "-mV", "1e-3V"];
        let bad = ["+10mV", "5.mV", "1e+1mV", " 5mV", "5mV ", "5", "5uV", "5 m V", ""];
        sort("Nml2Quantity_voltage", &good, &bad);
        sort("Nml2Quantity_none", &["", "1", "-.5e3"], &["1mV", "1 ", "e"]);
        sort("Nml2Quantity", &["", "5furlong", "5 a_b9"], &["5 a-b", "5 é"]);
    }

    #[test]
    fn paths_and_names_are_patterns() {
        let good = ["../pop/0/cell", "pop[0]", "../pop[3]", "pop/0", "pop/0/1/2/c/"];
        let bad = ["pop", "../pop", "../../pop/0/c", "pop[x]", "pop[0]/c", "/pop/0"];
        sort("Nml2PopulationReferencePath", &good, &bad);
        sort("NmlId", &["a", "_a9"], &["", "9a", "a-b", "a b", "é"]);
        sort("gateTypes", &["gateKS"], &["gateks", "gateKS ", ""]);
    }
}
