//! Python as typed data and as text, for targets that are driven by Python.

use std::fmt::Write as _;

use nml_base::format_f64;

/// The longest line.
const WIDTH: usize = 100;

/// Words of Python, none of which is a name.
pub const WORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// An expression of Python.
#[derive(Clone, Debug, PartialEq)]
pub enum Py {
    /// A floating-point number.
    Number(f64),
    /// A whole number.
    Int(u64),
    /// A text.
    Text(String),
    /// A text of several lines, between triple quotes.
    Block(Vec<String>),
    /// A name, an attribute, or any other expression written elsewhere.
    Name(String),
    /// A list.
    List(Vec<Self>),
    /// A tuple.
    Tuple(Vec<Self>),
    /// A dictionary with texts as keys.
    Dict(Vec<(String, Self)>),
    /// A call with plain and with named arguments.
    Call(String, Vec<Self>, Vec<(&'static str, Self)>),
}

impl Py {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A name.
    pub fn name(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }

    /// A whole number.
    pub fn int(n: u32) -> Self {
        Self::Int(u64::from(n))
    }

    /// A call without named arguments.
    pub fn call(name: impl Into<String>, plain: Vec<Self>) -> Self {
        Self::Call(name.into(), plain, Vec::new())
    }

    /// Whether it needs several lines.
    fn tall(&self) -> bool {
        match self {
            Self::Block(_) => true,
            Self::List(list) | Self::Tuple(list) => list.iter().any(Self::tall),
            Self::Dict(list) => list.iter().any(|(_, v)| v.tall()),
            Self::Call(_, list, named) => {
                list.iter().chain(named.iter().map(|(_, v)| v)).any(Self::tall)
            }
            Self::Number(_) | Self::Int(_) | Self::Text(_) | Self::Name(_) => false,
        }
    }

    fn parts(&self) -> Option<(String, Vec<String>, &'static str)> {
        let all = |list: &[Self]| list.iter().map(Self::flat).collect::<Vec<_>>();
        Some(match self {
            Self::List(list) => ("[".to_owned(), all(list), "]"),
            Self::Tuple(list) => {
                ("(".to_owned(), all(list), if list.len() == 1 { ",)" } else { ")" })
            }
            Self::Dict(list) => {
                let pairs = list.iter().map(|(k, v)| format!("{}: {}", quoted(k), v.flat()));
                ("{".to_owned(), pairs.collect(), "}")
            }
            Self::Call(name, list, named) => {
                let mut parts = all(list);
                parts.extend(named.iter().map(|(k, v)| format!("{k}={}", v.flat())));
                (format!("{name}("), parts, ")")
            }
            Self::Number(_) | Self::Int(_) | Self::Text(_) | Self::Block(_) | Self::Name(_) => {
                return None;
            }
        })
    }

    /// On one line.
    pub fn flat(&self) -> String {
        match self {
            Self::Number(x) => number(*x),
            Self::Int(n) => n.to_string(),
            Self::Text(text) => quoted(text),
            Self::Block(lines) => quoted(&lines.join("\n")),
            Self::Name(name) => name.clone(),
            _ => {
                let (open, parts, close) = self.parts().unwrap_or_default();
                format!("{open}{}{close}", parts.join(", "))
            }
        }
    }

    /// On as many lines as it needs, the first after `before` characters, those inside indented from `indent` on.
    pub fn print(&self, indent: usize, before: usize) -> String {
        let flat = self.flat();
        if before + flat.len() <= WIDTH && !self.tall() {
            return flat;
        }
        let inner = indent + 4;
        let pad = " ".repeat(inner);
        let end = " ".repeat(indent);
        let (open, rows): (String, Vec<String>) = match self {
            Self::Block(lines) => {
                let line = |line: &String| {
                    let plain = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
                    if plain.is_empty() { "\n".to_owned() } else { format!("{pad}{plain}\n") }
                };
                let lines: String = lines.iter().map(line).collect();
                return format!("\"\"\"\n{lines}{end}\"\"\"");
            }
            Self::Call(name, list, named) => {
                let plain = list.iter().map(|v| v.print(inner, inner));
                let named = named
                    .iter()
                    .map(|(k, v)| format!("{k}={}", v.print(inner, inner + k.len() + 1)));
                (format!("{name}("), plain.chain(named).collect())
            }
            Self::Dict(list) => {
                let rows = list.iter().map(|(k, v)| {
                    format!("{}: {}", quoted(k), v.print(inner, inner + k.len() + 4))
                });
                ("{".to_owned(), rows.collect())
            }
            Self::List(list) | Self::Tuple(list) => {
                let open = if matches!(self, Self::List(_)) { "[" } else { "(" };
                (open.to_owned(), filled(list, inner))
            }
            Self::Number(_) | Self::Int(_) | Self::Text(_) | Self::Name(_) => return flat,
        };
        let close = self.parts().map_or("", |(_, _, close)| close).trim_start_matches(',');
        let rows: Vec<String> = rows.iter().map(|row| format!("{pad}{row},\n")).collect();
        format!("{open}\n{}{end}{close}", rows.concat())
    }
}

/// The items of a list, as many on a line as fit.
fn filled(list: &[Py], indent: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for item in list {
        let text = item.print(indent, indent);
        match rows.last_mut() {
            Some(row) if !text.contains('\n') && indent + row.len() + text.len() + 3 <= WIDTH => {
                row.push_str(", ");
                row.push_str(&text);
            }
            _ => rows.push(text),
        }
    }
    rows
}

/// A number as Python reads it.
pub fn number(x: f64) -> String {
    if x.is_nan() {
        "float('nan')".to_owned()
    } else if x.is_infinite() {
        if x > 0.0 { "float('inf')".to_owned() } else { "float('-inf')".to_owned() }
    } else {
        format_f64(x)
    }
}

/// A text as Python reads it; so does JSON.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quoted("a\"b\\c\nd\u{7}"), "\"a\\\"b\\\\c\\nd\\u0007\"");
        assert_eq!(number(1e-20), "1e-20");
    }

    #[test]
    fn long_lists_are_filled() {
        let list = Py::List((0..60).map(Py::int).collect());
        let text = list.print(0, 0);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.starts_with("[\n    0, 1, "));
        assert!(Py::Tuple(vec![Py::int(1)]).flat() == "(1,)");
    }

    #[test]
    fn blocks_stand_on_lines_of_their_own() {
        let block = Py::Block(vec!["dv/dt = a : 1".to_owned(), "a : 1".to_owned()]);
        let text = Py::call("f", vec![Py::int(1), block]).print(0, 0);
        assert_eq!(
            text,
            "f(\n    1,\n    \"\"\"\n        dv/dt = a : 1\n        a : 1\n    \"\"\",\n)"
        );
    }
}
