//! The streaming reader: quick-xml, with the checks of well-formedness that it leaves to its users.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::{Attribute, MAX_DEPTH, StartTag, Visitor, XmlError};

/// Namespace prefixes in force, innermost last: depth, prefix, URI.
struct Namespaces<'a>(Vec<(usize, &'a str, Cow<'a, str>)>);

impl Namespaces<'_> {
    fn uri(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some("http://www.w3.org/XML/1998/namespace");
        }
        let found = self.0.iter().rev().find(|(_, p, _)| *p == prefix).map(|(_, _, uri)| &**uri);
        found.or(prefix.is_empty().then_some(""))
    }

    fn leave(&mut self, depth: usize) {
        while self.0.last().is_some_and(|(d, _, _)| *d >= depth) {
            self.0.pop();
        }
    }
}

struct Raw<'a> {
    prefix: &'a str,
    name: &'a str,
    value: Cow<'a, str>,
    name_at: usize,
    value_at: usize,
    value_len: usize,
}

pub(crate) fn read(text: &str, visitor: &mut dyn Visitor) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut namespaces = Namespaces(Vec::new());
    let mut open: Vec<usize> = Vec::new();
    let mut raw = Vec::new();
    let mut seen_root = false;
    loop {
        let at = position(&reader);
        let event = reader.read_event().map_err(|e| {
            let at = usize::try_from(reader.error_position()).unwrap_or(at);
            explain(&e, at, &open, text)
        })?;
        let end = position(&reader);
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                if open.is_empty() && seen_root {
                    return Err(
                        XmlError::new("a second root element", at).help("keep one root element")
                    );
                }
                seen_root = true;
                if open.len() >= MAX_DEPTH {
                    return Err(XmlError::too_deep(at));
                }
                let empty = matches!(event, Event::Empty(_));
                start(tag, text, at, &mut namespaces, &mut raw, open.len(), visitor)?;
                if empty {
                    visitor.end(at..end);
                    namespaces.leave(open.len());
                } else {
                    open.push(at);
                }
            }
            Event::End(_) => {
                let begun = open.pop().unwrap_or(at);
                visitor.end(begun..end);
                namespaces.leave(open.len());
            }
            Event::Text(data) => {
                if open.is_empty() {
                    if !data.into_inner().trim_ascii().is_empty() {
                        return Err(XmlError::new("text outside of the root element", at));
                    }
                } else {
                    visitor.text(text.get(at..end).unwrap_or(""), at..end);
                }
            }
            Event::CData(_) => {
                let inner = text.get(at + 9..end.saturating_sub(3)).unwrap_or("");
                visitor.text(inner, at..end);
            }
            Event::GeneralRef(reference) => {
                let shown = text.get(at..end).unwrap_or("");
                let character = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    Ok(None) => predefined(shown.trim_matches(['&', ';'])),
                    Err(_) => None,
                };
                match character {
                    Some(c) => visitor.text(c.encode_utf8(&mut [0; 4]), at..end),
                    None => return Err(undefined(shown, at)),
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    if let Some(&at) = open.last() {
        let name =
            text.get(at + 1..).and_then(|t| t.split([' ', '>', '/', '\n', '\r', '\t']).next());
        let name = name.unwrap_or("");
        return Err(XmlError::new("the file ends inside an element", text.trim_end().len())
            .help(format!("the file may be truncated; close `<{name}>`")));
    }
    if !seen_root {
        return Err(XmlError::new("the file holds no element", 0)
            .help("a NeuroML document starts with `<neuroml …>`"));
    }
    Ok(())
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn undefined(shown: &str, at: usize) -> XmlError {
    XmlError::new(format!("the entity `{shown}` is not defined"), at)
        .help("write `&amp;` for a plain `&`")
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn start<'a>(
    tag: &BytesStart<'a>,
    text: &'a str,
    at: usize,
    namespaces: &mut Namespaces<'a>,
    raw: &mut Vec<Raw<'a>>,
    depth: usize,
    visitor: &mut dyn Visitor,
) -> Result<(), XmlError> {
    raw.clear();
    let base = text.as_ptr() as usize;
    let place = |part: &str| (part.as_ptr() as usize).wrapping_sub(base);
    let slice = |at: usize, len: usize| text.get(at..at + len).unwrap_or("");
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| {
            XmlError::new(format!("not well-formed XML: {}", attribute_fault(&e)), at)
        })?;
        let (key_at, key_len) = (place(attribute.key.0), attribute.key.0.len());
        let (prefix, name) = split(slice(key_at, key_len));
        let (value_at, value_len) = (place(&attribute.value), attribute.value.len());
        let plain = slice(value_at, value_len);
        let special = plain.bytes().any(|b| matches!(b, b'&' | b'<' | b'\t' | b'\n' | b'\r'));
        if special && let Some(found) = plain.find('<') {
            return Err(XmlError::new("a `<` inside an attribute value", value_at + found)
                .help("write `&lt;`"));
        }
        let value = if special {
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            Cow::Owned(value.map_err(|_| undefined(plain, value_at))?.into_owned())
        } else {
            Cow::Borrowed(plain)
        };
        match (prefix, name) {
            ("", "xmlns") => namespaces.0.push((depth, "", value)),
            ("xmlns", name) => namespaces.0.push((depth, name, value)),
            _ => raw.push(Raw { prefix, name, value, name_at: key_at, value_at, value_len }),
        }
    }
    let unknown = |prefix: &str, at: usize| {
        XmlError::new(format!("the namespace prefix `{prefix}` is not declared"), at)
            .help(format!("add `xmlns:{prefix}=\"…\"` to the root element, or remove the prefix"))
    };
    let mut attributes = Vec::with_capacity(raw.len());
    for found in raw.iter() {
        let namespace = match found.prefix {
            "" => "",
            prefix => namespaces.uri(prefix).ok_or_else(|| unknown(prefix, found.name_at))?,
        };
        let prefix_len = if found.prefix.is_empty() { 0 } else { found.prefix.len() + 1 };
        attributes.push(Attribute {
            name: found.name,
            namespace,
            value: Cow::Borrowed(&*found.value),
            name_range: found.name_at..found.name_at + prefix_len + found.name.len(),
            value_range: found.value_at..found.value_at + found.value_len,
        });
    }
    let length = tag.name().0.len();
    let (prefix, name) = split(slice(at + 1, length));
    visitor.start(&StartTag {
        name,
        namespace: namespaces.uri(prefix).ok_or_else(|| unknown(prefix, at + 1))?,
        name_start: at + 1,
        name_end: at + 1 + length,
        start: at,
        attributes: &attributes,
    });
    Ok(())
}

fn attribute_fault(error: &quick_xml::events::attributes::AttrError) -> String {
    use quick_xml::events::attributes::AttrError as E;
    match error {
        E::ExpectedEq(_) => "an attribute without `=`",
        E::ExpectedValue(_) => "an attribute without a value",
        E::UnquotedValue(_) => "an attribute value without quotes",
        E::ExpectedQuote(..) => "an attribute value without a closing quote",
        E::Duplicated(..) => "an attribute is given twice",
    }
    .to_owned()
}

fn explain(error: &quick_xml::Error, at: usize, open: &[usize], text: &str) -> XmlError {
    use quick_xml::errors::IllFormedError as I;
    match error {
        quick_xml::Error::IllFormed(I::MismatchedEndTag { expected, found }) => {
            XmlError::new(format!("`</{found}>` closes `<{expected}>`"), at)
                .help(format!("write `</{expected}>` here, or close `<{expected}>` before"))
        }
        quick_xml::Error::IllFormed(I::UnmatchedEndTag(name)) => {
            XmlError::new(format!("`</{name}>` closes an element that was never opened"), at)
        }
        quick_xml::Error::Syntax(_) if !open.is_empty() => {
            XmlError::new("the file ends inside a tag, comment or section", text.trim_end().len())
                .help("the file may be truncated; close every element that was opened")
        }
        other => XmlError::new(format!("not well-formed XML: {other}"), at),
    }
}
