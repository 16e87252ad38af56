//! JSON as typed data and as text that a person can read.

use std::fmt::Write as _;

use nml_base::format_f64;
// Python and JSON quote alike.
use nml_codegen::python::quoted;

/// The longest line.
const WIDTH: usize = 100;

/// A value; objects keep their order, because NetPyNE builds things in the order of their keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    True,
    False,
    Number(f64),
    Int(u64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// An object.
pub(crate) fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    Json::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A text.
pub(crate) fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

/// A whole number.
pub(crate) fn int(n: u32) -> Json {
    Json::Int(u64::from(n))
}

/// One value where all are the same, else the list.
pub(crate) fn same(all: Vec<Json>) -> Json {
    match all.first() {
        Some(first) if all.iter().all(|x| x == first) => first.clone(),
        _ => Json::List(all),
    }
}

/// Numbers, as one where all are the same.
pub(crate) fn same_numbers(all: impl IntoIterator<Item = f64>) -> Json {
    same(all.into_iter().map(Json::Number).collect())
}

impl Json {
    /// On one line, where it fits into what is left of it; else `None`.
    fn flat(&self, left: usize) -> Option<String> {
        let text = match self {
            Self::Null => "null".to_owned(),
            Self::True => "true".to_owned(),
            Self::False => "false".to_owned(),
            // A number too large for a double reads back as infinity.
            Self::Number(x) if *x == f64::INFINITY => "1e999".to_owned(),
            Self::Number(x) if *x == f64::NEG_INFINITY => "-1e999".to_owned(),
            Self::Number(x) if x.is_nan() => "NaN".to_owned(),
            Self::Number(x) => format_f64(*x),
            Self::Int(n) => n.to_string(),
            Self::Text(text) => quoted(text),
            Self::List(list) => {
                let mut out = String::from("[");
                for (at, item) in list.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    out.push_str(&item.flat(left.checked_sub(out.len())?)?);
                }
                out + "]"
            }
            Self::Object(pairs) => {
                let mut out = String::from("{");
                for (at, (key, item)) in pairs.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    let _ = write!(out, "{}: ", quoted(key));
                    out.push_str(&item.flat(left.checked_sub(out.len())?)?);
                }
                out + "}"
            }
        };
        let scalar = !matches!(self, Self::List(_) | Self::Object(_));
        (scalar || text.len() <= left).then_some(text)
    }

    fn write(&self, out: &mut String, indent: usize, before: usize) {
        if let Some(flat) = self.flat(WIDTH.saturating_sub(before)) {
            out.push_str(&flat);
            return;
        }
        let pad = " ".repeat(indent + 2);
        match self {
            Self::List(list) => {
                // Short items fill lines.
                out.push_str("[\n");
                let mut line = pad.clone();
                for (at, item) in list.iter().enumerate() {
                    let comma = if at + 1 == list.len() { "" } else { "," };
                    let Some(flat) = item.flat(WIDTH - 2 - pad.len().min(WIDTH - 2)) else {
                        if line.len() > pad.len() {
                            let _ = writeln!(out, "{}", line.trim_end());
                            line.clone_from(&pad);
                        }
                        out.push_str(&pad);
                        item.write(out, indent + 2, indent + 2);
                        let _ = writeln!(out, "{comma}");
                        continue;
                    };
                    if line.len() > pad.len() && line.len() + flat.len() + 1 > WIDTH {
                        let _ = writeln!(out, "{}", line.trim_end());
                        line.clone_from(&pad);
                    }
                    let _ = write!(line, "{flat}{comma} ");
                }
                if line.len() > pad.len() {
                    let _ = writeln!(out, "{}", line.trim_end());
                }
                out.push_str(&" ".repeat(indent));
                out.push(']');
            }
            Self::Object(pairs) => {
                out.push_str("{\n");
                for (at, (key, item)) in pairs.iter().enumerate() {
                    let head = format!("{pad}{}: ", quoted(key));
                    out.push_str(&head);
                    item.write(out, indent + 2, head.len() + 1);
                    out.push_str(if at + 1 == pairs.len() { "\n" } else { ",\n" });
                }
                out.push_str(&" ".repeat(indent));
                out.push('}');
            }
            _ => {}
        }
    }

    /// The text of a file.
    pub(crate) fn print(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, 0);
        out.push('\n');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stands_on_one_line() {
        let list = Json::List((0..40).map(|n| Json::List(vec![int(n), int(n + 1)])).collect());
        let all = object([("a", Json::Number(0.5)), ("b\n", list)]);
        let text = all.print();
        assert!(text.starts_with("{\n  \"a\": 0.5,\n  \"b\\n\": [\n    [0, 1], [1, 2],"), "{text}");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert_eq!(object([("x", text_list())]).print(), "{\"x\": [\"a\", \"b\"]}\n");
    }

    fn text_list() -> Json {
        Json::List(vec![text("a"), text("b")])
    }
}
