//! JSON with the order of its members, and the numbers that stand in it as expressions.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::random::Random;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, b: bool) -> Result<Value, E> {
                Ok(Value::Bool(b))
            }

            fn visit_i64<E>(self, i: i64) -> Result<Value, E> {
                Ok(Value::Number(i as f64))
            }

            fn visit_u64<E>(self, u: u64) -> Result<Value, E> {
                Ok(Value::Number(u as f64))
            }

            fn visit_f64<E>(self, x: f64) -> Result<Value, E> {
                Ok(Value::Number(x))
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Value::List(values))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Value::Map(members))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Value {
    /// A member of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The members of an object.
    pub(super) fn members(&self) -> &[(String, Self)] {
        if let Self::Map(members) = self { members } else { &[] }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether Python takes it for true; what is not is as good as not there.
    pub(super) fn is_set(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(b) => *b,
            Self::Number(x) => *x != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
        }
    }
}

/// The number without its digits after the point; 0 below 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast ends at the ends of the type, which is far beyond what is made"
)]
pub(super) fn whole_part(x: f64) -> usize {
    x as usize
}

/// The deepest nesting of parentheses and parameters.
const MAX_DEPTH: usize = 64;

/// The value of a number or of an expression: `+ - * / **`, parentheses, parameters and `random()`, as Python
/// reads them; `None` for anything else.
pub(super) fn evaluate(value: &Value, parameters: &Value, random: &mut Random) -> Option<f64> {
    evaluate_at(value, parameters, random, 0)
}

fn evaluate_at(
    value: &Value,
    parameters: &Value,
    random: &mut Random,
    depth: usize,
) -> Option<f64> {
    if depth > MAX_DEPTH {
        return None;
    }
    let found = match value {
        Value::Number(x) => *x,
        Value::Text(text) => {
            let mut parser = Parser { rest: text.trim(), parameters, random, depth, lead: depth };
            let x = parser.sum()?;
            if !parser.rest.is_empty() {
                return None;
            }
            x
        }
        _ => return None,
    };
    found.is_finite().then_some(found)
}

struct Parser<'a> {
    rest: &'a str,
    parameters: &'a Value,
    random: &'a mut Random,
    depth: usize,
    lead: usize,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<f64> {
        let mut x = self.product()?;
        loop {
            if self.eat("+") {
                x += self.product()?;
            } else if self.eat("-") {
                x -= self.product()?;
            } else {
                return Some(x);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut x = self.factor()?;
        loop {
            if self.rest.starts_with("**") || self.rest.starts_with("//") {
                return None;
            }
            if self.eat("*") {
                x *= self.factor()?;
            } else if self.eat("/") {
                x /= self.factor()?;
            } else {
                return Some(x);
            }
        }
    }

    /// A sign binds less than the power after it.
    fn factor(&mut self) -> Option<f64> {
        let mut negative = false;
        loop {
            if self.eat("-") {
                negative = !negative;
            } else if !self.eat("+") {
                break;
            }
        }
        let base = self.atom()?;
        let x = if self.eat("**") { self.deeper(Self::factor)?.mul_power(base) } else { base };
        Some(if negative { -x } else { x })
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Option<f64>) -> Option<f64> {
        self.lead += 1;
        if self.lead > MAX_DEPTH {
            return None;
        }
        let found = inner(self);
        self.lead -= 1;
        found
    }

    fn atom(&mut self) -> Option<f64> {
        if self.eat("(") {
            let x = self.deeper(Self::sum)?;
            return self.eat(")").then_some(x);
        }
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let mut end = self.rest.find(|c: char| !word(c)).unwrap_or(self.rest.len());
        let first = self.rest.chars().next()?;
        let is_number = first.is_ascii_digit() || first == '.';
        // The sign of an exponent belongs to the number.
        if is_number
            && self.rest[..end].ends_with(['e', 'E'])
            && self.rest[end..].starts_with(['+', '-'])
        {
            let more = &self.rest[end + 1..];
            end += 1 + more.find(|c: char| !c.is_ascii_digit()).unwrap_or(more.len());
        }
        let token = &self.rest[..end];
        self.rest = self.rest[end..].trim_start();
        if is_number {
            return token.parse().ok();
        }
        if token == "random" {
            return (self.eat("(") && self.eat(")")).then(|| self.random.next());
        }
        let value = self.parameters.get(token)?;
        evaluate_at(value, self.parameters, self.random, self.depth + 1)
    }
}

trait Power {
    fn mul_power(self, base: f64) -> f64;
}

impl Power for f64 {
    /// `base` to this power; whole powers by multiplication, so that they are the same everywhere.
    fn mul_power(self, base: f64) -> f64 {
        if self.fract() != 0.0 || self.abs() > 1024.0 {
            return f64::NAN;
        }
        let whole = (0..whole_part(self.abs())).fold(1.0, |x, _| x * base);
        if self < 0.0 { 1.0 / whole } else { whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_those_of_python() {
        let parameters: Value =
            serde_json::from_str(r#"{"N": 10, "w": "N / 4", "loop": "loop"}"#).unwrap();
        let mut random = Random::new(1);
        let mut value =
            |text: &str| evaluate(&Value::Text(text.to_owned()), &parameters, &mut random);
        for (text, expected) in [
            ("2 + 3 * N", 32.0),
            ("-2**2", -4.0),
            ("2**-1", 0.5),
            ("w * 2", 5.0),
            ("1e-3*(N-4)", 0.006),
            (" 7 ", 7.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "10mV",
            "N N",
            "loop",
            "1/0",
            "(",
            "2 //3",
            "math.exp(1)",
            "random",
            &"(".repeat(9999),
        ] {
            assert_eq!(value(text), None, "{}", text.len());
        }
    }
}
