//! A LEMS file as a tree of elements.

use nml_xml::escape_value;

/// An element without text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Content>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Element(Element),
    /// Well-formed text of the source, as it is written there.
    Source(String),
}

impl Element {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// With an attribute where there is a value.
    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.children.push(Content::Element(child));
    }

    /// Adds elements as they are written in the source.
    pub(crate) fn push_source(&mut self, text: &str) {
        self.children.push(Content::Source(text.trim().to_owned()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The file, with a comment at its top.
    pub(crate) fn print(&self, comment: &str) -> String {
        enum Step<'e> {
            Open(&'e Content, usize),
            Close(&'e str, usize),
        }
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ");
        out.push_str(&comment.replace("--", "- -"));
        out.push_str(" -->\n");
        let root = Content::Element(self.clone());
        let mut steps = vec![Step::Open(&root, 0)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(name, depth) => {
                    indent(&mut out, depth);
                    out.push_str("</");
                    out.push_str(name);
                    out.push_str(">\n");
                }
                Step::Open(Content::Source(text), depth) => {
                    indent(&mut out, depth);
                    out.push_str(text);
                    out.push('\n');
                }
                Step::Open(Content::Element(element), depth) => {
                    indent(&mut out, depth);
                    out.push('<');
                    out.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        out.push(' ');
                        out.push_str(name);
                        out.push_str("=\"");
                        out.push_str(&escape_value(value));
                        out.push('"');
                    }
                    if element.children.is_empty() {
                        out.push_str("/>\n");
                    } else {
                        out.push_str(">\n");
                        steps.push(Step::Close(&element.name, depth));
                        let children = element.children.iter().rev();
                        steps.extend(children.map(|child| Step::Open(child, depth + 1)));
                    }
                }
            }
        }
        out
    }
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}
