//! The strict reader: roxmltree.

use std::borrow::Cow;

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions, TextPos};

use crate::{Attribute, MAX_DEPTH, StartTag, Visitor, XmlError};

pub(crate) fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|e| explain(&e, text))?;
    walk(&document, text, visitor)
}

/// Tells the tree in document order without recursion.
fn walk(document: &Document<'_>, text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let root = document.root_element();
    let mut node = root;
    let mut depth = 1;
    let mut attributes = Vec::new();
    loop {
        if node.is_element() {
            start(node, text, &mut attributes, visitor);
            if let Some(child) = node.first_child() {
                depth += 1;
                if depth > MAX_DEPTH && child.is_element() {
                    return Err(XmlError::too_deep(child.range().start));
                }
                node = child;
                continue;
            }
            visitor.end(node.range());
        } else if node.node_type() == NodeType::Text {
            visitor.text(node.text().unwrap_or(""), node.range());
        }
        loop {
            if node == root {
                return Ok(());
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return Ok(()),
            }
            depth -= 1;
            visitor.end(node.range());
        }
    }
}

fn start<'d>(
    node: Node<'d, '_>,
    text: &str,
    attributes: &mut Vec<Attribute<'d>>,
    visitor: &mut dyn Visitor,
) {
    attributes.clear();
    attributes.extend(node.attributes().map(|a| Attribute {
        name: a.name(),
        namespace: a.namespace().unwrap_or(""),
        value: Cow::Borrowed(a.value()),
        name_range: a.range_qname(),
        value_range: a.range_value(),
    }));
    let tag = node.tag_name();
    let at = node.range().start;
    let bytes = text.as_bytes().get(at + 1..).unwrap_or(&[]);
    let length = bytes
        .iter()
        .position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'))
        .unwrap_or(bytes.len());
    visitor.start(&StartTag {
        name: tag.name(),
        namespace: tag.namespace().unwrap_or(""),
        name_start: at + 1,
        name_end: at + 1 + length,
        start: at,
        attributes,
    });
}

/// Says roxmltree's finding in our words.
fn explain(error: &Error, text: &str) -> XmlError {
    let at = offset(error.pos(), text);
    match error {
        Error::UnexpectedCloseTag(expected, found, _) => {
            XmlError::new(format!("`</{found}>` closes `<{expected}>`"), at)
                .help(format!("write `</{expected}>` here, or close `<{expected}>` before"))
        }
        Error::UnclosedRootNode => {
            XmlError::new("the file ends inside an element", text.trim_end().len())
                .help("the file may be truncated; close every element that was opened")
        }
        Error::NoRootNode => XmlError::new("the file holds no element", 0)
            .help("a NeuroML document starts with `<neuroml …>`"),
        Error::UnknownEntityReference(name, _) => {
            XmlError::new(format!("the entity `&{name};` is not defined"), at)
                .help("write `&amp;` for a plain `&`")
        }
        Error::MalformedEntityReference(_) => {
            XmlError::new("a `&` here is neither an entity nor a character reference", at)
                .help("write `&amp;` for a plain `&`")
        }
        Error::EntityReferenceLoop(_) => {
            XmlError::new("entities refer to each other in a loop or expand without end", at)
                .help("remove the DOCTYPE with its entities; NeuroML needs none")
        }
        Error::DuplicatedAttribute(name, _) => {
            XmlError::new(format!("attribute `{name}` is given twice"), at)
                .help("remove one of the two")
        }
        Error::UnknownNamespace(prefix, _) => {
            XmlError::new(format!("the namespace prefix `{prefix}` is not declared"), at).help(
                format!("add `xmlns:{prefix}=\"…\"` to the root element, or remove the prefix"),
            )
        }
        other => {
            let message = other.to_string();
            let message = message.split(" at ").next().unwrap_or(&message);
            XmlError::new(format!("not well-formed XML: {message}"), at)
        }
    }
}

fn offset(pos: TextPos, text: &str) -> usize {
    let line_start = text
        .split_inclusive('\n')
        .take(pos.row.saturating_sub(1) as usize)
        .map(str::len)
        .sum::<usize>();
    let line = text.get(line_start..).unwrap_or("");
    let column = pos.col.saturating_sub(1) as usize;
    line_start + line.char_indices().nth(column).map_or(0, |(i, _)| i)
}
