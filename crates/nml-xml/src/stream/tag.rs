//! Start tags, character by character as strict as the standard.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::entities::Entities;
use crate::lexical::{attribute_value, is_plain_value, is_space, qualified_name};
use crate::namespaces::Namespaces;
use crate::{Attribute, MAX_ATTRIBUTES, MAX_NAME_BYTES, StartTag, Visitor, XmlError, shown};

/// Fewer attributes than this are compared one by one.
const FEW: usize = 16;

/// An attribute before its prefix is looked up.
struct Raw<'a> {
    prefix: &'a str,
    name: &'a str,
    value: Cow<'a, str>,
    name_at: usize,
    name_len: usize,
    value_at: usize,
    value_len: usize,
}

/// Reads one start tag after the other, keeping what can be kept between them.
pub(super) struct Tags<'a> {
    pub(super) entities: Entities<'a>,
    pub(super) namespaces: Namespaces<'a>,
    raw: Vec<Raw<'a>>,
}

impl<'a> Tags<'a> {
    pub(super) fn new() -> Self {
        Self { entities: Entities::none(), namespaces: Namespaces::default(), raw: Vec::new() }
    }

    /// Reads the tag whose `<` is at `at` and whose name and attributes end at `end`, and tells it.
    pub(super) fn read(
        &mut self,
        text: &'a str,
        at: usize,
        end: usize,
        depth: usize,
        visitor: &mut dyn Visitor,
    ) -> Result<(), XmlError> {
        let inner = text.get(at + 1..end).unwrap_or("");
        let (prefix, name, length) = qualified_name(inner).ok_or_else(|| {
            XmlError::new("a `<` without a proper element name", at)
                .help("write `&lt;` for a plain `<`")
        })?;
        check_name(inner, length, at + 1)?;
        if matches!(prefix, "xml" | "xmlns") {
            let message = format!("no element may have the prefix `{prefix}`");
            return Err(XmlError::new(message, at + 1));
        }
        let name_end = at + 1 + length;
        self.attributes(text, name_end, end, depth)?;
        let mut attributes = Vec::with_capacity(self.raw.len());
        for found in &self.raw {
            let namespace = match found.prefix {
                "" => "",
                prefix => {
                    let known = self.namespaces.uri(prefix);
                    known.ok_or_else(|| unknown_prefix(prefix, found.name_at))?
                }
            };
            attributes.push(Attribute {
                name: found.name,
                namespace,
                value: Cow::Borrowed(&*found.value),
                name_range: found.name_at..found.name_at + found.name_len,
                value_range: found.value_at..found.value_at + found.value_len,
            });
        }
        check_repeats(&attributes)?;
        let namespace =
            self.namespaces.uri(prefix).ok_or_else(|| unknown_prefix(prefix, at + 1))?;
        let name_start = at + 1;
        let attributes = &attributes;
        visitor.start(&StartTag { name, namespace, name_start, name_end, start: at, attributes });
        Ok(())
    }

    fn attributes(
        &mut self,
        text: &'a str,
        start: usize,
        end: usize,
        depth: usize,
    ) -> Result<(), XmlError> {
        self.raw.clear();
        let bytes = &text.as_bytes()[..end];
        let skip = |mut at: usize| {
            while bytes.get(at).copied().is_some_and(is_space) {
                at += 1;
            }
            at
        };
        let mut at = start;
        let mut declared = 0_usize;
        loop {
            let name_at = skip(at);
            if name_at == end {
                return Ok(());
            }
            if name_at == at {
                return Err(XmlError::new("white space is missing before this", at));
            }
            let rest = text.get(name_at..end).unwrap_or("");
            let (prefix, name, name_len) = qualified_name(rest)
                .ok_or_else(|| XmlError::new("this is no attribute name", name_at))?;
            check_name(rest, name_len, name_at)?;
            let equals = skip(name_at + name_len);
            if bytes.get(equals) != Some(&b'=') {
                return Err(XmlError::new("an attribute without `=`", name_at));
            }
            let open = skip(equals + 1);
            let Some(&quote @ (b'"' | b'\'')) = bytes.get(open) else {
                return Err(XmlError::new("an attribute value without quotes", name_at));
            };
            let value_at = open + 1;
            let value_len = memchr::memchr(quote, &bytes[value_at..]).ok_or_else(|| {
                XmlError::new("an attribute value without a closing quote", name_at)
            })?;
            let raw = text.get(value_at..value_at + value_len).unwrap_or("");
            let value = if is_plain_value(raw) {
                Cow::Borrowed(raw)
            } else if let Some(found) = raw.find('<') {
                let at = value_at + found;
                return Err(
                    XmlError::new("a `<` inside an attribute value", at).help("write `&lt;`")
                );
            } else {
                attribute_value(raw, value_at, &self.entities)?
            };
            at = value_at + value_len + 1;
            if self.raw.len() + declared >= MAX_ATTRIBUTES {
                let message = format!("an element with more than {MAX_ATTRIBUTES} attributes");
                return Err(XmlError::new(message, name_at));
            }
            match (prefix, name) {
                ("", "xmlns") => {
                    if self.namespaces.is_declared_at(depth, "") {
                        return Err(repeated(name, name_at));
                    }
                    declared += 1;
                    self.namespaces.declare(depth, "", value, name_at)?;
                }
                ("xmlns", name) => {
                    if self.namespaces.is_declared_at(depth, name) {
                        return Err(repeated(name, name_at));
                    }
                    declared += 1;
                    self.namespaces.declare(depth, name, value, name_at)?;
                }
                _ => {
                    self.raw.push(Raw {
                        prefix,
                        name,
                        value,
                        name_at,
                        name_len,
                        value_at,
                        value_len,
                    });
                }
            }
        }
    }
}

#[inline]
fn check_name(text: &str, length: usize, at: usize) -> Result<(), XmlError> {
    if length <= MAX_NAME_BYTES {
        return Ok(());
    }
    let message =
        format!("the name `{}` has more than {MAX_NAME_BYTES} bytes", shown(&text[..length]));
    Err(XmlError::new(message, at))
}

fn check_repeats(attributes: &[Attribute<'_>]) -> Result<(), XmlError> {
    let same =
        |a: &Attribute<'_>, b: &Attribute<'_>| a.name == b.name && a.namespace == b.namespace;
    let mut seen = FxHashSet::default();
    for (i, attribute) in attributes.iter().enumerate() {
        let again = if attributes.len() < FEW {
            attributes[..i].iter().any(|before| same(before, attribute))
        } else {
            !seen.insert((attribute.namespace, attribute.name))
        };
        if again {
            return Err(repeated(attribute.name, attribute.name_range.start));
        }
    }
    Ok(())
}

fn repeated(name: &str, at: usize) -> XmlError {
    XmlError::new(format!("attribute `{name}` is given twice"), at).help("remove one of the two")
}

fn unknown_prefix(prefix: &str, at: usize) -> XmlError {
    XmlError::new(format!("the namespace prefix `{prefix}` is not declared"), at)
        .help(format!("add `xmlns:{prefix}=\"…\"` to the root element, or remove the prefix"))
}
