//! The strict reader: roxmltree.

use std::ops::Range;

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions, TextPos};

use crate::entities::Entities;
use crate::lexical::{attribute_value, character_data, instruction, is_space, name_length};
use crate::namespaces::declaration_fault;
use crate::{Attribute, MAX_DEPTH, MAX_NAME_BYTES, StartTag, Visitor, XmlError, shown, stream};

/// With more `=` than this between two `<` a text goes to the streaming reader.
const MANY_ATTRIBUTES: usize = 1000;

/// With more declarations of namespaces than this a text goes to the streaming reader.
const MANY_NAMESPACES: usize = 256;

pub(crate) fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    if is_costly(text) {
        return stream::read(text, visitor);
    }
    let options = ParsingOptions::default();
    let document = Document::parse_with_options(text, options).map_err(|e| explain(&e, text))?;
    // roxmltree keeps no node for the declaration, and reads it with one eye closed.
    let declaration = text.trim_start_matches('\u{FEFF}');
    if declaration.starts_with("<?xml ")
        && let Some(end) = declaration.find("?>")
    {
        instruction(&declaration[..end + 2], 0)?;
    }
    for node in document.root().children() {
        check_instruction(node, text)?;
    }
    walk(&document, text, visitor)
}

/// Whether roxmltree might need more than linear time or memory: it expands entities as often as they
/// are used, compares each attribute with all others of its element, and copies the namespaces in force
/// to each element that declares one.  It also takes `a:xmlns` for a declaration.
fn is_costly(text: &str) -> bool {
    let mut namespaces = 0;
    for (at, _) in text.match_indices("xmlns") {
        namespaces += 1;
        if namespaces > MANY_NAMESPACES || text.as_bytes()[..at].ends_with(b":") {
            return true;
        }
        // It takes references to no character for U+FFFD, and values of declarations are not seen again.
        let mut parts = text[at..].splitn(3, ['"', '\'']);
        if parts.nth(1).is_some_and(|value| value.contains('&')) {
            return true;
        }
    }
    let mut equals = 0;
    for &byte in text.as_bytes() {
        equals = if byte == b'<' { 0 } else { equals + usize::from(byte == b'=') };
        if equals > MANY_ATTRIBUTES {
            return true;
        }
    }
    text.contains("<!DOCTYPE")
}

/// Tells the tree in document order without recursion.
fn walk(document: &Document<'_>, text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let root = document.root_element();
    let mut node = root;
    let mut depth = 1;
    loop {
        if node.is_element() {
            start(node, text, visitor)?;
            if let Some(child) = node.first_child() {
                depth += 1;
                if depth > MAX_DEPTH && child.is_element() {
                    return Err(XmlError::too_deep(child.range().start));
                }
                node = child;
                continue;
            }
            end(node, text, visitor)?;
        } else if node.node_type() == NodeType::Text {
            let range = node.range().start..text_end(node, text);
            let raw = text.get(range.clone()).unwrap_or("");
            visitor.text(&character_data(raw, range.start, &Entities::none())?, range);
        } else {
            check_instruction(node, text)?;
        }
        loop {
            if node == root {
                return Ok(());
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                if depth > MAX_DEPTH && node.is_element() {
                    return Err(XmlError::too_deep(node.range().start));
                }
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return Ok(()),
            }
            depth -= 1;
            end(node, text, visitor)?;
        }
    }
}

/// Tells the end of an element.  roxmltree compares names after the prefix, and takes `</:a>` for `</a>`.
fn end(node: Node<'_, '_>, text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let range = node.range();
    let whole = text.get(range.clone()).unwrap_or("");
    if !whole.ends_with("/>")
        && let Some(tag) = whole.rfind("</")
    {
        let found = &whole[tag + 2..][..name_length(&whole[tag + 2..])];
        let opened = whole.get(1..).map_or("", |rest| &rest[..name_length(rest)]);
        if found != opened {
            let (found, opened) = (shown(found), shown(opened));
            let message = format!("`</{found}>` closes `<{opened}>`");
            return Err(XmlError::new(message, range.start + tag)
                .help(format!("write `</{opened}>` here, or close `<{opened}>` before")));
        }
    }
    visitor.end(range);
    Ok(())
}

/// Where the character data ends that roxmltree has joined to one node: it keeps the first piece's place.
fn text_end(node: Node<'_, '_>, text: &str) -> usize {
    if let Some(next) = node.next_sibling() {
        return next.range().start;
    }
    let parent_end = node.parent().map_or(text.len(), |p| p.range().end);
    text.get(..parent_end).and_then(|t| t.rfind('<')).unwrap_or(parent_end)
}

/// roxmltree takes more for a processing instruction than the standard.
fn check_instruction(node: Node<'_, '_>, text: &str) -> Result<(), XmlError> {
    if !node.is_pi() {
        return Ok(());
    }
    let range = node.range();
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let at = if range.start == mark { 0 } else { range.start };
    let checked = instruction(text.get(range.clone()).unwrap_or(""), at);
    checked.map_err(|e| XmlError { offset: crate::narrow(range.start), ..e })
}

fn start(node: Node<'_, '_>, text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    check_namespaces(node)?;
    let mut attributes = Vec::with_capacity(node.attributes().len());
    for a in node.attributes() {
        let (name_range, value_range) = ranges(text, a.range());
        check_name(text, &name_range)?;
        let raw = text.get(value_range.clone()).unwrap_or("");
        attributes.push(Attribute {
            name: a.name(),
            namespace: a.namespace().unwrap_or(""),
            value: attribute_value(raw, value_range.start, &Entities::none())?,
            name_range,
            value_range,
        });
    }
    let at = node.range().start;
    let name_end = at + 1 + name_length(text.get(at + 1..).unwrap_or(""));
    check_name(text, &(at + 1..name_end))?;
    let tag = node.tag_name();
    visitor.start(&StartTag {
        name: tag.name(),
        namespace: tag.namespace().unwrap_or(""),
        name_start: at + 1,
        name_end,
        start: at,
        attributes: &attributes,
    });
    Ok(())
}

/// Name and value of an attribute, without the quotes; roxmltree's own ranges end at 65 535 bytes of
/// name and 255 of blanks.
fn ranges(text: &str, whole: Range<usize>) -> (Range<usize>, Range<usize>) {
    let written = text.get(whole.clone()).unwrap_or("");
    let name = written.bytes().position(|b| b == b'=' || is_space(b)).unwrap_or(written.len());
    let quote = written.bytes().position(|b| matches!(b, b'"' | b'\'')).unwrap_or(written.len());
    let value = (whole.start + quote + 1).min(whole.end);
    (whole.start..whole.start + name, value..whole.end.saturating_sub(1).max(value))
}

fn check_name(text: &str, range: &Range<usize>) -> Result<(), XmlError> {
    let name = text.get(range.clone()).unwrap_or("");
    if name.starts_with(':') {
        return Err(XmlError::new("a name that begins with a colon", range.start));
    }
    if name.len() > MAX_NAME_BYTES {
        let name = shown(name);
        let message = format!("the name `{name}` has more than {MAX_NAME_BYTES} bytes");
        return Err(XmlError::new(message, range.start));
    }
    Ok(())
}

/// What roxmltree lets pass: two default namespaces on one element, prefixes without a namespace.
fn check_namespaces(node: Node<'_, '_>) -> Result<(), XmlError> {
    let at = node.range().start;
    let mut defaults = 0;
    for namespace in node.namespaces() {
        let prefix = namespace.name().unwrap_or("");
        if let Some(fault) = declaration_fault(prefix, namespace.uri()) {
            return Err(XmlError::new(fault, at));
        }
        defaults += usize::from(prefix.is_empty());
    }
    if defaults > 1 {
        return Err(
            XmlError::new("attribute `xmlns` is given twice", at).help("remove one of the two")
        );
    }
    Ok(())
}

/// Says roxmltree's finding in our words.
fn explain(error: &Error, text: &str) -> XmlError {
    let at = offset(error.pos(), text);
    match error {
        Error::UnexpectedCloseTag(expected, found, _) => {
            let (expected, found) = (shown(expected), shown(found));
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
            let name = shown(name);
            XmlError::new(format!("the entity `&{name};` is not defined"), at)
                .help("write `&amp;` for a plain `&`")
        }
        Error::MalformedEntityReference(_) => {
            XmlError::new("a `&` here is neither an entity nor a character reference", at)
                .help("write `&amp;` for a plain `&`")
        }
        Error::DuplicatedAttribute(name, _) => {
            let name = shown(name);
            XmlError::new(format!("attribute `{name}` is given twice"), at)
                .help("remove one of the two")
        }
        Error::UnknownNamespace(prefix, _) => {
            let prefix = shown(prefix);
            XmlError::new(format!("the namespace prefix `{prefix}` is not declared"), at).help(
                format!("add `xmlns:{prefix}=\"…\"` to the root element, or remove the prefix"),
            )
        }
        other => {
            let message = other.to_string();
            let message = message.split(" at ").next().unwrap_or(&message);
            XmlError::new(format!("not well-formed XML: {}", shown(message)), at)
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
