//! Python as typed data and as text.

use std::fmt::Write as _;

use nml_base::format_f64;

/// The longest line.
const WIDTH: usize = 100;
/// Longer lists go to a file of their own.
const LONG: usize = 400;

/// An expression of Python.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Py {
    Number(f64),
    Int(u64),
    Text(String),
    /// A name or an attribute, `h.pulse`.
    Name(String),
    List(Vec<Py>),
    Tuple(Vec<Py>),
    Dict(Vec<(String, Py)>),
    Call(String, Vec<Py>, Vec<(&'static str, Py)>),
}

impl Py {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn int(n: u32) -> Self {
        Self::Int(u64::from(n))
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
            Self::Number(_) | Self::Int(_) | Self::Text(_) | Self::Name(_) => return None,
        })
    }

    /// On one line.
    pub(crate) fn flat(&self) -> String {
        match self {
            Self::Number(x) => number(*x),
            Self::Int(n) => n.to_string(),
            Self::Text(text) => quoted(text),
            Self::Name(name) => name.clone(),
            _ => {
                let (open, parts, close) = self.parts().unwrap_or_default();
                format!("{open}{}{close}", parts.join(", "))
            }
        }
    }

    /// On as many lines as it needs, the first after `before` characters.
    pub(crate) fn print(&self, indent: usize, before: usize) -> String {
        let flat = self.flat();
        if before + flat.len() <= WIDTH {
            return flat;
        }
        let inner = indent + 4;
        let pad = " ".repeat(inner);
        let end = " ".repeat(indent);
        let (open, rows): (String, Vec<String>) = match self {
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
            _ => return flat,
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
pub(crate) fn number(x: f64) -> String {
    if x.is_nan() {
        "float('nan')".to_owned()
    } else if x.is_infinite() {
        if x > 0.0 { "float('inf')".to_owned() } else { "float('-inf')".to_owned() }
    } else {
        format_f64(x)
    }
}

/// A text as Python reads it.
pub(crate) fn quoted(text: &str) -> String {
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

/// Words of Python and names of the modules.
pub(crate) const RESERVED: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "match", "case", "type", "h", "net", "cell", "cells", "runtime", "table",
    "build", "record", "float", "int", "list", "dict", "range", "neuron", "network", "run",
    "print", "len", "sum", "min", "max", "str", "self",
];

/// Long lists, kept in a file of their own.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    all: Vec<(String, Py)>,
}

impl Tables {
    /// A list in place, or the call that reads it.
    pub(crate) fn list(&mut self, name: &str, list: Vec<Py>) -> Py {
        if list.len() <= LONG {
            return Py::List(list);
        }
        let name = format!("{name}_{}", self.all.len() + 1);
        let call = Py::Call("net.table".to_owned(), vec![Py::text(name.clone())], Vec::new());
        self.all.push((name, Py::List(list)));
        call
    }

    /// The file, as JSON; `None` where nothing is long.
    pub(crate) fn json(&self) -> Option<String> {
        if self.all.is_empty() {
            return None;
        }
        let object: serde_json::Map<String, serde_json::Value> =
            self.all.iter().map(|(name, list)| (name.clone(), json(list))).collect();
        serde_json::to_string(&serde_json::Value::Object(object)).ok()
    }
}

fn json(py: &Py) -> serde_json::Value {
    match py {
        Py::Number(x) => serde_json::json!(x),
        Py::Int(n) => serde_json::json!(n),
        Py::Text(text) | Py::Name(text) => serde_json::json!(text),
        Py::List(list) | Py::Tuple(list) => list.iter().map(json).collect(),
        Py::Dict(pairs) => {
            serde_json::Value::Object(pairs.iter().map(|(k, v)| (k.clone(), json(v))).collect())
        }
        Py::Call(..) => serde_json::Value::Null,
    }
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
}
