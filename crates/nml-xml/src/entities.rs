//! Entities of a DOCTYPE: only those that stand for a short plain text, so that no text can explode.

use std::cell::Cell;

use crate::lexical::{is_space, name_length};

/// Longest text of one entity that is kept.
const MAX_TEXT_BYTES: usize = 1024;
/// Most entities that are kept.
const MAX_ENTITIES: usize = 1024;
/// Most bytes that all references of a file together may expand to.
const MAX_EXPANDED_BYTES: usize = 1 << 20;

/// The plain entities of one file.
#[derive(Debug)]
pub(crate) struct Entities<'a> {
    texts: Vec<(&'a str, &'a str)>,
    left: Cell<usize>,
}

impl<'a> Entities<'a> {
    /// No entities.
    pub(crate) const fn none() -> Self {
        Self { texts: Vec::new(), left: Cell::new(MAX_EXPANDED_BYTES) }
    }

    /// The entities declared in a DOCTYPE as `<!ENTITY name "text">`.  Those that hold references or
    /// markup, and those of other files, are left out: using one is an error like using none.
    pub(crate) fn declared(doctype: &'a str) -> Self {
        let mut found = Self::none();
        for declaration in doctype.split("<!ENTITY").skip(1).take(MAX_ENTITIES) {
            let rest = declaration.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
            let (name, rest) = rest.split_at(name_length(rest));
            let rest = rest.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some(text) = rest[1..].split(quote).next() else { continue };
            let plain = !text.contains(['&', '<', '%']) && text.len() <= MAX_TEXT_BYTES;
            // The first declaration of a name counts (XML 1.0, 4.2).
            if plain && !name.is_empty() && !found.texts.iter().any(|(n, _)| *n == name) {
                found.texts.push((name, text));
            }
        }
        found
    }

    /// The text of a reference at the beginning of `text`, and the length of the reference.
    pub(crate) fn reference(&self, text: &str) -> Option<(&'a str, usize)> {
        if self.texts.is_empty() {
            return None;
        }
        let length = name_length(text.get(1..)?);
        let name = text.get(1..=length)?;
        if text.as_bytes().get(1 + length) != Some(&b';') {
            return None;
        }
        let (_, value) = self.texts.iter().find(|(n, _)| *n == name)?;
        self.left.set(self.left.get().checked_sub(value.len() + 1)?);
        Some((value, length + 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_entities_are_kept() {
        let doctype = "neuroml [<!ENTITY e \"-70mV\"> <!ENTITY f '&e;&e;'><!ENTITY g SYSTEM 'file'>\
                       <!ENTITY % p 'x'><!ENTITY e 'again'>]";
        let entities = Entities::declared(doctype);
        assert_eq!(entities.reference("&e;!"), Some(("-70mV", 3)));
        for text in ["&f;", "&g;", "&p;", "&e", "&;", "&é;"] {
            assert_eq!(entities.reference(text), None, "{text}");
        }
    }

    #[test]
    fn expansion_is_bounded() {
        let text = format!("x [<!ENTITY e \"{}\">]", "y".repeat(MAX_TEXT_BYTES));
        let entities = Entities::declared(&text);
        let uses = (0..10_000).take_while(|_| entities.reference("&e;").is_some()).count();
        assert_eq!(uses, MAX_EXPANDED_BYTES / (MAX_TEXT_BYTES + 1));
    }
}
