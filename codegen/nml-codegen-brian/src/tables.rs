//! Long lists, kept in a file of their own.

use nml_codegen::python::Py;

/// Longer lists go to the file.
const LONG: usize = 400;

/// The lists, by name.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    all: serde_json::Map<String, serde_json::Value>,
}

impl Tables {
    /// Whole numbers in place, or the call that reads them.
    pub(crate) fn indices(&mut self, name: &str, list: &[u32]) -> Py {
        if list.len() <= LONG {
            return Py::List(list.iter().copied().map(Py::int).collect());
        }
        self.put(name, list.iter().copied().map(serde_json::Value::from).collect())
    }

    /// Numbers in place, or the call that reads them.
    pub(crate) fn numbers(&mut self, name: &str, list: &[f64]) -> Py {
        if list.len() <= LONG {
            return Py::List(list.iter().copied().map(Py::Number).collect());
        }
        self.put(name, list.iter().copied().map(serde_json::Value::from).collect())
    }

    fn put(&mut self, name: &str, list: Vec<serde_json::Value>) -> Py {
        let name = format!("{name}_{}", self.all.len() + 1);
        let call = Py::call("table", vec![Py::text(name.clone())]);
        self.all.insert(name, serde_json::Value::Array(list));
        call
    }

    /// The file, as JSON; `None` where nothing is long.
    pub(crate) fn json(self) -> Option<String> {
        if self.all.is_empty() {
            return None;
        }
        serde_json::to_string(&serde_json::Value::Object(self.all)).ok()
    }
}
