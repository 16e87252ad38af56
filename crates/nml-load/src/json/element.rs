//! Objects to elements.

use std::collections::BTreeMap;
use std::fmt;

use nml_schemas::json;
use nml_xml::{escape_text, escape_value};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Members that are no attributes and no child elements.
const SCHEMA: &str = "$schema";
const FORMAT: &str = "$format";
const ORDER: &str = "$order";
const TEXT: &str = "$text";
const COMMENT: &str = "$comment";
const INSTRUCTION: &str = "$instruction";

/// What a document or an element holds, by member.
#[derive(Debug, Default)]
struct Content {
    attributes: Vec<(String, String)>,
    /// By name in the order of the members.
    children: Vec<(String, Vec<Child>)>,
    /// Names of members, each with how many of it come next.
    order: Vec<(String, usize)>,
}

/// One thing inside an element.
#[derive(Debug)]
enum Child {
    Element(Content),
    /// Text, comment or instruction, as the name of its member says.
    Plain(String),
}

/// A whole document.
#[derive(Debug)]
pub(super) struct Document(Content);

/// An element, or an array of elements.
struct Elements(Vec<Child>);

/// One text, or an array of texts.
struct Texts(Vec<Child>);

/// A text, or a number or truth value in its shortest form.
struct Scalar(String);

impl Document {
    /// The document as XML.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        inside(&self.0, &mut out);
        out
    }
}

fn element(name: &str, content: &Content, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (name, value) in &content.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(&escape_value(value));
        out.push('"');
    }
    if content.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    inside(content, out);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Children in their order.  Depth is bounded by that of the parser.
fn inside(content: &Content, out: &mut String) {
    let has_text = content.children.iter().any(|(name, _)| name == TEXT);
    let mut left: Vec<(&str, std::slice::Iter<'_, Child>)> =
        content.children.iter().map(|(name, all)| (name.as_str(), all.iter())).collect();
    let mut put = |name: &str, child: &Child| {
        match child {
            Child::Element(inner) => element(name, inner, out),
            Child::Plain(text) => match name {
                COMMENT => out.extend(["<!--", text.as_str(), "-->"]),
                INSTRUCTION => out.extend(["<?", text.as_str(), "?>"]),
                _ => out.push_str(&escape_text(text)),
            },
        }
        if !has_text {
            out.push('\n');
        }
    };
    for (name, count) in &content.order {
        if let Some((name, rest)) = left.iter_mut().find(|(n, _)| n == name) {
            for child in rest.by_ref().take(*count) {
                put(name, child);
            }
        }
    }
    for (name, rest) in left {
        for child in rest {
            put(name, child);
        }
    }
}

/// Whether a text can be a name of XML; anything else would be markup.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c != ':' && begins_name(c)) && text.chars().all(continues_name)
}

/// XML 1.0, fifth edition, production 4.
fn begins_name(c: char) -> bool {
    matches!(c,
        ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Production 4a.
fn continues_name(c: char) -> bool {
    begins_name(c)
        || matches!(c,
            '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

fn plain<E: de::Error>(name: &str, text: String) -> Result<Child, E> {
    let bad = match name {
        COMMENT => text.contains("--") || text.ends_with('-'),
        INSTRUCTION => text.contains("?>") || !is_name(text.split(' ').next().unwrap_or("")),
        _ => false,
    };
    if bad || !text.chars().all(nml_xml::is_char) {
        return Err(E::custom(format!("`{name}` holds a text that XML cannot have there")));
    }
    Ok(Child::Plain(text))
}

/// Reads the members of an object.
fn members<'de, A: MapAccess<'de>>(mut map: A, top: bool) -> Result<Content, A::Error> {
    use de::Error;
    let mut content = Content::default();
    let mut seen = FxHashSet::default();
    while let Some(name) = map.next_key::<String>()? {
        if !seen.insert(name.clone()) {
            return Err(A::Error::custom(format!("there are two members `{name}`")));
        }
        if let Some(attribute) = name.strip_prefix('@').filter(|_| !top) {
            if !is_name(attribute) {
                let message = format!("`{name}` cannot be an attribute here");
                return Err(A::Error::custom(message));
            }
            let Scalar(value) = map.next_value()?;
            if !value.chars().all(nml_xml::is_char) {
                let message = format!("`{name}` holds a character that XML cannot have");
                return Err(A::Error::custom(message));
            }
            content.attributes.push((attribute.to_owned(), value));
        } else if name == FORMAT && top {
            let Scalar(version) = map.next_value()?;
            if version != json::FORMAT {
                let message = format!("the format is `{version}`, not `{}`", json::FORMAT);
                return Err(A::Error::custom(message));
            }
        } else if name == SCHEMA && top {
            // It may be a copy that lies anywhere; an editor looks there, we have our own.
            map.next_value::<String>()?;
        } else if name == ORDER {
            content.order = map.next_value()?;
        } else if matches!(name.as_str(), COMMENT | INSTRUCTION) || (name == TEXT && !top) {
            let Texts(texts) = map.next_value()?;
            let texts = texts.into_iter().map(|text| match text {
                Child::Plain(text) => plain(&name, text),
                Child::Element(_) => Err(A::Error::custom(format!("`{name}` holds no text"))),
            });
            let texts = texts.collect::<Result<_, _>>()?;
            content.children.push((name, texts));
        } else if is_name(&name) {
            let Elements(elements) = map.next_value()?;
            content.children.push((name, elements));
        } else {
            let help = "attributes begin with `@`";
            return Err(A::Error::custom(format!("`{name}` is no name of an element; {help}")));
        }
    }
    match misordered(&content) {
        Some(message) => Err(A::Error::custom(message)),
        None => Ok(content),
    }
}

/// What `$order` says that is not so.
fn misordered(content: &Content) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in &content.order {
        let sum = counts.entry(name).or_default();
        *sum = sum.saturating_add(*count);
    }
    let there: FxHashMap<&str, usize> =
        content.children.iter().map(|(name, all)| (name.as_str(), all.len())).collect();
    counts.into_iter().find_map(|(name, count)| {
        let there = there.get(name).copied().unwrap_or(0);
        (count > there).then(|| format!("`$order` names {count} of `{name}`, here are {there}"))
    })
}

struct ContentVisitor {
    top: bool,
}

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.top { "a document as an object" } else { "an element as an object" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        members(map, self.top)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ContentVisitor { top: false })
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use de::Error;
        let content = deserializer.deserialize_map(ContentVisitor { top: true })?;
        let elements = content.children.iter().flat_map(|(_, all)| all);
        match elements.filter(|c| matches!(c, Child::Element(_))).count() {
            1 => Ok(Self(content)),
            n => Err(D::Error::custom(format!("a document has one root element, here are {n}"))),
        }
    }
}

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ElementsVisitor;
        impl<'de> Visitor<'de> for ElementsVisitor {
            type Value = Elements;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an element as an object, or an array of elements")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Elements, A::Error> {
                Ok(Elements(vec![Child::Element(members(map, false)?)]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Elements, A::Error> {
                let mut all = Vec::new();
                while let Some(content) = seq.next_element::<Content>()? {
                    all.push(Child::Element(content));
                }
                Ok(Elements(all))
            }
        }
        deserializer.deserialize_any(ElementsVisitor)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextsVisitor;
        impl<'de> Visitor<'de> for TextsVisitor {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an array of texts")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![Child::Plain(text.to_owned())]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
                let mut all = Vec::new();
                while let Some(text) = seq.next_element::<String>()? {
                    all.push(Child::Plain(text));
                }
                Ok(Texts(all))
            }
        }
        deserializer.deserialize_any(TextsVisitor)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;
        impl Visitor<'_> for ScalarVisitor {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the value of an attribute: a text, a number or a truth value")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_owned()))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(nml_base::format_f64(number)))
            }
            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar(truth.to_string()))
            }
        }
        deserializer.deserialize_any(ScalarVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_those_of_xml() {
        // A letter of windows-1252 that fuzzing found, a colon inside, a mark above a letter.
        for good in ["con\u{2122}", "x:y", "e\u{301}", "_1", "日"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "1", ":x", "a\u{b2}", "a b", "a>", "-a", "a\u{99}"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
