//! YAML as a tree that knows its places, within bounds.

use std::rc::Rc;

use nml_base::{SourceFile, Span};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// How deep values may nest.
const MAX_DEPTH: usize = 64;
/// How many values a file may stand for, with every alias written out.
const MAX_VALUES: usize = 1_000_000;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
    /// How many values it stands for.
    size: usize,
    /// How many levels of lists and maps it holds.
    depth: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Scalar(String),
    List(Rc<Vec<Node>>),
    Map(Rc<Vec<(Node, Node)>>),
}

/// Why a text is no tree, and where.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) span: Span,
    pub(crate) reason: String,
}

/// A list or map not yet closed.
struct Open {
    anchor: usize,
    start: u32,
    map: bool,
    items: Vec<Node>,
}

/// Reads the first document of a file.
///
/// # Errors
/// [`Unreadable`] where the text is not valid YAML or goes beyond the bounds.
pub(crate) fn parse(file: &SourceFile) -> Result<Node, Unreadable> {
    let text = file.text();
    let places = Places::new(file);
    let fault = |span: Span, reason: String| Unreadable { span, reason };
    let mut parser = Parser::new_from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: Vec<(usize, Node)> = Vec::new();
    let mut values = 0_usize;
    loop {
        let (event, at) = match parser.next_event() {
            None => return Ok(null(file.span())),
            Some(Ok(pair)) => pair,
            Some(Err(error)) => {
                let at = places.byte(error.marker().index());
                return Err(fault(places.character(at), error.info().to_owned()));
            }
        };
        let (start, end) = (places.byte(at.start.index()), places.byte(at.end.index()));
        let span = Span::new(file.id(), start, end.max(start));
        let alias = matches!(event, Event::Alias(_));
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let empty = style == ScalarStyle::Plain
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if empty { Value::Null } else { Value::Scalar(text.into_owned()) };
                (Node { value, span, size: 1, depth: 0 }, anchor)
            }
            Event::Alias(anchor) => match anchors.iter().rev().find(|(id, _)| *id == anchor) {
                Some((_, node)) => (Node { span, ..node.clone() }, 0),
                None => return Err(fault(span, "an alias of a value that holds it".to_owned())),
            },
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                if open.len() == MAX_DEPTH {
                    return Err(fault(span, format!("values nest more than {MAX_DEPTH} deep")));
                }
                let map = matches!(event, Event::MappingStart(..));
                open.push(Open { anchor, start, map, items: Vec::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(closed) => {
                    let anchor = closed.anchor;
                    (close(closed, file, end), anchor)
                }
                None => continue,
            },
            Event::DocumentEnd | Event::StreamEnd => return Ok(null(file.span())),
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
        };
        // A list counts what is in it when it is closed; an alias counts all of it once more.
        values += if alias { node.size } else { 1 };
        if values > MAX_VALUES {
            return Err(fault(span, format!("there are more than {MAX_VALUES} values")));
        }
        if open.len() + node.depth > MAX_DEPTH {
            return Err(fault(span, format!("values nest more than {MAX_DEPTH} deep")));
        }
        if anchor != 0 {
            anchors.push((anchor, node.clone()));
        }
        match open.last_mut() {
            Some(parent) => parent.items.push(node),
            None => return Ok(node),
        }
    }
}

fn null(span: Span) -> Node {
    Node { value: Value::Null, span, size: 1, depth: 0 }
}

fn close(open: Open, file: &SourceFile, end: u32) -> Node {
    let size = open.items.iter().map(|n| n.size).sum::<usize>() + 1;
    let depth = open.items.iter().map(|n| n.depth).max().unwrap_or(0) + 1;
    let value = if open.map {
        let mut pairs = Vec::with_capacity(open.items.len() / 2);
        let mut items = open.items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            pairs.push((key, value));
        }
        Value::Map(Rc::new(pairs))
    } else {
        Value::List(Rc::new(open.items))
    };
    let span = Span::new(file.id(), open.start, end.max(open.start));
    Node { value, span, size, depth }
}

/// From the parser's characters to bytes.
struct Places<'f> {
    file: &'f SourceFile,
    /// The byte at which each character starts; empty where all are one byte long.
    starts: Vec<u32>,
}

impl<'f> Places<'f> {
    fn new(file: &'f SourceFile) -> Self {
        let text = file.text();
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        };
        Self { file, starts }
    }

    fn byte(&self, character: usize) -> u32 {
        let end = self.file.span().end;
        if self.starts.is_empty() {
            return u32::try_from(character).unwrap_or(u32::MAX).min(end);
        }
        self.starts.get(character).copied().unwrap_or(end)
    }

    /// The one character at a byte.
    fn character(&self, byte: u32) -> Span {
        let rest = self.file.text().get(byte as usize..).unwrap_or("");
        let length = rest.chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        Span::new(self.file.id(), byte, byte + u32::try_from(length).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use nml_base::SourceMap;

    use super::*;

    fn read(text: &str) -> Result<Node, String> {
        let file = SourceMap::new().add("t.omt", text.to_owned());
        parse(&file).map_err(|e| format!("{} {}", file.line_column(e.span.start), e.reason))
    }

    #[test]
    fn places_are_bytes_even_after_other_letters() {
        let file = SourceMap::new().add("t.omt", "# µ\na: {b: [1, x]}\n".to_owned());
        let node = parse(&file).unwrap();
        let Value::Map(pairs) = &node.value else { panic!("{node:?}") };
        assert_eq!(file.slice(pairs[0].0.span), "a");
        let Value::Map(inner) = &pairs[0].1.value else { panic!("{node:?}") };
        let Value::List(items) = &inner[0].1.value else { panic!("{node:?}") };
        assert_eq!(file.slice(items[1].span), "x");
    }

    #[test]
    fn aliases_are_followed_within_bounds() {
        assert!(read("a: &x [1, 2]\nb: *x\n").is_ok());
        let mut bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for i in 1..12 {
            let before = format!("*a{}", i - 1);
            let items = [before.as_str(); 10].join(", ");
            writeln!(bomb, "a{i}: &a{i} [{items}]").unwrap();
        }
        assert!(read(&bomb).unwrap_err().contains("more than 1000000 values"));
        assert!(read("a: &x [*x]\n").is_err());
    }

    #[test]
    fn depth_is_bounded() {
        assert!(read(&"[".repeat(200_000)).is_err());
        assert!(read(&"[".repeat(65)).unwrap_err().contains("nest more than 64 deep"));
        assert!(read(&"{a: ".repeat(100_000)).is_err());
        assert!(read(&"- ".repeat(100_000)).is_err());
        let mut chain = "a0: &a0 [1]\n".to_owned();
        for i in 1..80 {
            writeln!(chain, "a{i}: &a{i} [*a{}]", i - 1).unwrap();
        }
        assert!(read(&chain).unwrap_err().contains("nest more than 64 deep"));
    }

    #[test]
    fn faults_have_a_place() {
        let fault = read("a: 1\n b: [1, 2\nc: }").unwrap_err();
        assert!(fault.starts_with("2:") || fault.starts_with("3:"), "{fault}");
        assert!(matches!(read("").unwrap().value, Value::Null));
        assert!(matches!(read("# only\n").unwrap().value, Value::Null));
    }
}
