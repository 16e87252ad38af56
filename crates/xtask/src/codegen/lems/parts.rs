//! Small pieces of Rust text.

use nml_lems::Text;

/// A struct literal that grows, without the fields that have nothing to say.
pub(super) struct Literal {
    text: String,
    fields: Vec<String>,
}

impl Literal {
    pub(super) fn new(name: &str) -> Self {
        Self { text: name.to_owned(), fields: Vec::new() }
    }

    /// A field with ready Rust text.
    pub(super) fn raw(mut self, field: &str, value: impl Into<String>) -> Self {
        self.fields.push(format!("{field}: {}", value.into()));
        self
    }

    pub(super) fn text(self, field: &str, value: &Text) -> Self {
        let value = text(value);
        self.raw(field, value)
    }

    pub(super) fn option(self, field: &str, value: Option<&Text>) -> Self {
        let value = option(value);
        self.raw(field, value)
    }

    pub(super) fn description(self, value: &str) -> Self {
        self.raw("description", string(value))
    }

    /// A list; left out where empty, so only for types closed by [`Literal::rest`].
    pub(super) fn list<T>(self, field: &str, items: &[T], write: impl Fn(&T) -> String) -> Self {
        if items.is_empty() { self } else { self.raw(field, list(items, write)) }
    }

    /// On one line.
    pub(super) fn line(self) -> String {
        if self.fields.is_empty() {
            return format!("{} {{}}", self.text);
        }
        format!("{} {{ {} }}", self.text, self.fields.join(", "))
    }

    /// One field per line, the others taken from the type's `EMPTY`.
    pub(super) fn rest(self) -> String {
        let name = self.text;
        let mut fields = self.fields;
        fields.push(format!("..{name}::EMPTY"));
        let body = fields.join(",\n");
        format!("{name} {{\n{}}}", indent(&body))
    }
}

pub(super) fn indent(text: &str) -> String {
    let lines = text.lines().flat_map(|line| ["    ", line, "\n"]);
    lines.collect()
}

pub(super) fn string(value: &str) -> String {
    format!("string!({value:?})")
}

pub(super) fn text(value: &Text) -> String {
    format!("text!({:?})", value.as_str())
}

pub(super) fn option(value: Option<&Text>) -> String {
    value.map_or_else(|| "None".to_owned(), |v| format!("Some({})", text(v)))
}

/// A list that is always written out.
pub(super) fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    if items.is_empty() {
        return "list![]".to_owned();
    }
    let body: Vec<String> = items.iter().map(write).collect();
    format!("list![\n{}]", indent(&format!("{},", body.join(",\n"))))
}
