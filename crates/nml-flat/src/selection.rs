//! Selections of instances: `line[index % 5 .eq. 0]`, `line .minus. ipoints`, `pe .or. pi`.
//!
//! The language of jLEMS (`selection/SelectionParser`): names joined by `/`, predicates in brackets (a position
//! or a condition), and `.or.`, `.and.`, `.minus.` from the left.  Conditions compare sums and products of
//! numbers and of variables, `x`, or `p:x` for the variable `x` of what is known as `p`.

/// How deep brackets may be nested.
const MAX_DEPTH: usize = 64;

/// How many operators there may be; what is read is a tree as deep as they are many.
const MAX_OPERATORS: usize = 1000;

/// A set of instances.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Set {
    /// What is found at a path.
    Path(Vec<Segment>),
    /// Two sets brought together.
    Both(SetOp, Box<Set>, Box<Set>),
}

/// How two sets become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOp {
    Or,
    And,
    Minus,
}

/// One part of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    pub(crate) name: String,
    pub(crate) predicates: Vec<Predicate>,
}

/// Which of several are meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Predicate {
    /// The one at a position.
    At(usize),
    /// Those for which a condition holds.
    Where(Test),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Compare(Comparison, Sum, Sum),
    Both(bool, Box<Test>, Box<Test>),
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

/// A number to be computed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sum {
    Number(f64),
    /// A variable, of what is known under a name.
    Variable(Option<String>, String),
    Abs(Box<Sum>),
    Operator(char, Box<Sum>, Box<Sum>),
}

impl Test {
    /// Whether it holds; `None` where a variable has no value.
    pub(crate) fn holds(
        &self,
        value: &mut impl FnMut(Option<&str>, &str) -> Option<f64>,
    ) -> Option<bool> {
        Some(match self {
            Self::Compare(how, a, b) => {
                let (a, b) = (a.value(value)?, b.value(value)?);
                match how {
                    Comparison::Less => a < b,
                    Comparison::LessOrEqual => a <= b,
                    Comparison::Greater => a > b,
                    Comparison::GreaterOrEqual => a >= b,
                    Comparison::Equal => a == b,
                    Comparison::Unequal => a != b,
                }
            }
            Self::Both(and, a, b) => {
                let (a, b) = (a.holds(value)?, b.holds(value)?);
                if *and { a && b } else { a || b }
            }
        })
    }
}

impl Sum {
    fn value(&self, lookup: &mut impl FnMut(Option<&str>, &str) -> Option<f64>) -> Option<f64> {
        Some(match self {
            Self::Number(x) => *x,
            Self::Variable(of, name) => lookup(of.as_deref(), name)?,
            Self::Abs(x) => x.value(lookup)?.abs(),
            Self::Operator(op, a, b) => {
                let (a, b) = (a.value(lookup)?, b.value(lookup)?);
                match op {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    '/' => a / b,
                    _ => a % b,
                }
            }
        })
    }
}

/// Reads a set; the error says what was expected.
pub(crate) fn set(text: &str) -> Result<Set, String> {
    let mut reader = Reader::new(text);
    let found = reader.set()?;
    reader.end().map(|()| found)
}

/// Reads a condition.
pub(crate) fn test(text: &str) -> Result<Test, String> {
    let mut reader = Reader::new(text);
    let found = reader.test()?;
    reader.end().map(|()| found)
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
    operators: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text.trim_start(), depth: 0, operators: 0 }
    }

    fn end(&self) -> Result<(), String> {
        if self.rest.is_empty() { Ok(()) } else { Err(format!("`{}` is left over", self.rest)) }
    }

    fn take(&mut self, token: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        self.rest = rest.trim_start();
        true
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { Err(format!("`{token}` is missing")) }
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err("brackets are nested too deep".to_owned()) } else { Ok(()) }
    }

    fn longer(&mut self) -> Result<(), String> {
        self.operators += 1;
        if self.operators > MAX_OPERATORS { Err("it is too long".to_owned()) } else { Ok(()) }
    }

    fn name(&mut self) -> Result<&'t str, String> {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return Err("a name is missing".to_owned());
        }
        self.rest = rest.trim_start();
        Ok(name)
    }

    fn set(&mut self) -> Result<Set, String> {
        let mut found = self.term()?;
        loop {
            let ops = [(".or.", SetOp::Or), (".and.", SetOp::And), (".minus.", SetOp::Minus)];
            let Some((_, op)) = ops.into_iter().find(|(token, _)| self.take(token)) else {
                return Ok(found);
            };
            self.longer()?;
            let other = self.term()?;
            found = Set::Both(op, Box::new(found), Box::new(other));
        }
    }

    fn term(&mut self) -> Result<Set, String> {
        if self.take("(") {
            self.deeper()?;
            let found = self.set()?;
            self.depth -= 1;
            return self.expect(")").map(|()| found);
        }
        let mut segments = Vec::new();
        loop {
            let name = if self.take("..") { ".." } else { self.name()? }.to_owned();
            let mut predicates = Vec::new();
            while self.take("[") {
                self.deeper()?;
                let digits = self.rest.split(']').next().unwrap_or("").trim();
                if let Ok(at) = digits.parse() {
                    self.rest = self.rest[digits.len()..].trim_start();
                    predicates.push(Predicate::At(at));
                } else {
                    predicates.push(Predicate::Where(self.test()?));
                }
                self.depth -= 1;
                self.expect("]")?;
            }
            segments.push(Segment { name, predicates });
            if !self.take("/") {
                return Ok(Set::Path(segments));
            }
        }
    }

    fn test(&mut self) -> Result<Test, String> {
        let mut found = self.comparison()?;
        loop {
            let and = if self.take(".and.") {
                true
            } else if self.take(".or.") {
                false
            } else {
                return Ok(found);
            };
            self.longer()?;
            let other = self.comparison()?;
            found = Test::Both(and, Box::new(found), Box::new(other));
        }
    }

    fn comparison(&mut self) -> Result<Test, String> {
        let a = self.sum()?;
        let ops = [
            (".lt.", Comparison::Less),
            (".le.", Comparison::LessOrEqual),
            (".leq.", Comparison::LessOrEqual),
            (".gt.", Comparison::Greater),
            (".ge.", Comparison::GreaterOrEqual),
            (".geq.", Comparison::GreaterOrEqual),
            (".eq.", Comparison::Equal),
            (".neq.", Comparison::Unequal),
        ];
        let op = ops.into_iter().find(|(token, _)| self.take(token));
        let (_, op) = op.ok_or_else(|| "a comparison such as `.lt.` is missing".to_owned())?;
        Ok(Test::Compare(op, a, self.sum()?))
    }

    fn sum(&mut self) -> Result<Sum, String> {
        let mut found = self.product()?;
        loop {
            let Some(op) = ['+', '-'].into_iter().find(|op| self.take(op.encode_utf8(&mut [0; 4])))
            else {
                return Ok(found);
            };
            self.longer()?;
            let other = self.product()?;
            found = Sum::Operator(op, Box::new(found), Box::new(other));
        }
    }

    fn product(&mut self) -> Result<Sum, String> {
        let mut found = self.factor()?;
        loop {
            let ops = ['*', '%', '/'];
            let Some(op) = ops.into_iter().find(|op| self.take(op.encode_utf8(&mut [0; 4]))) else {
                return Ok(found);
            };
            self.longer()?;
            let other = self.factor()?;
            found = Sum::Operator(op, Box::new(found), Box::new(other));
        }
    }

    fn factor(&mut self) -> Result<Sum, String> {
        if self.take("(") {
            self.deeper()?;
            let found = self.sum()?;
            self.depth -= 1;
            return self.expect(")").map(|()| found);
        }
        let number = |c: char| c.is_ascii_digit() || c == '.';
        if self.rest.starts_with(|c: char| c.is_ascii_digit())
            || (self.rest.starts_with('.')
                && self.rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let end = self.rest.find(|c| !number(c)).unwrap_or(self.rest.len());
            // `5.lt.` ends before the dot of the operator.
            let digits = &self.rest[..end];
            let operator = self.rest[end..].starts_with(|c: char| c.is_ascii_alphabetic());
            let digits = if operator { digits.trim_end_matches('.') } else { digits };
            let value = digits.parse().map_err(|_| format!("`{digits}` is no number"))?;
            self.rest = self.rest[digits.len()..].trim_start();
            return Ok(Sum::Number(value));
        }
        let name = self.name()?;
        if self.take("(") {
            if name != "abs" {
                return Err(format!("the function `{name}` is not known here"));
            }
            self.deeper()?;
            let inside = self.sum()?;
            self.depth -= 1;
            self.expect(")")?;
            return Ok(Sum::Abs(Box::new(inside)));
        }
        if self.take(":") || self.take("/") {
            return Ok(Sum::Variable(Some(name.to_owned()), self.name()?.to_owned()));
        }
        Ok(Sum::Variable(None, name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_reference_are_understood() {
        for text in [
            "a .or. b",
            "a/b/c[2]/d[l .eq. 4]",
            "a[p  .lt. 4]/b[v .gt. 1]",
            "a[3] .or. b[4]",
            "a .minus. a[3]",
            "line[index % 5 .eq. 0]",
            "x[abs(p:distance - q:distance) .lt. range]",
        ] {
            assert!(set(text).is_ok(), "{text}: {:?}", set(text));
        }
        for text in ["", "a .or.", "a[", "a[index]", "a[x .lt. 3", "a b", "a[foo(x) .lt. 1]"] {
            assert!(set(text).is_err(), "{text}");
        }
        assert!(set(&"(".repeat(100_000)).is_err());
        assert!(set(&format!("a{}", " .or. a".repeat(100_000))).is_err());
        assert!(test(&format!("{}1 .lt. 2", "(".repeat(100_000))).is_err());
    }

    #[test]
    fn conditions_compute() {
        let holds = |text: &str| {
            test(text).unwrap().holds(&mut |of, name| match (of, name) {
                (None, "index") => Some(10.0),
                (Some("p"), "x") => Some(3.0),
                _ => None,
            })
        };
        assert_eq!(holds("index % 5 .eq. 0"), Some(true));
        assert_eq!(holds("abs(p:x - 5) .lt. 2.5"), Some(true));
        assert_eq!(holds("index .gt. 3 .and. index .lt. 5"), Some(false));
        assert_eq!(holds("unknown .gt. 3"), None);
    }
}
