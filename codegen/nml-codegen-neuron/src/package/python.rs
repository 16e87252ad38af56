//! What the package calls its own, and lists that are too long for its text.

use nml_codegen::python::Py;

/// Longer lists go to a file of their own.
const LONG: usize = 400;

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
        Py::Block(lines) => serde_json::json!(lines.join("\n")),
        Py::Call(..) => serde_json::Value::Null,
    }
}
