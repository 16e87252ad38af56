//! Namespace prefixes in force.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{MAX_NAMESPACES, XmlError};

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// Says why a prefix (empty for the default) may not stand for this URI (Namespaces in XML 1.0, 3).
pub(crate) fn declaration_fault(prefix: &str, uri: &str) -> Option<&'static str> {
    match (prefix, uri) {
        ("xmlns", _) | (_, XMLNS) => Some("the prefix `xmlns` and its namespace are fixed"),
        ("xml", XML) => None,
        ("xml", _) | (_, XML) => Some("the prefix `xml` and its namespace are fixed"),
        ("", _) => None,
        (_, "") => Some("a namespace prefix without a namespace"),
        _ => None,
    }
}

/// The URI of each prefix, innermost last.
#[derive(Default)]
pub(crate) struct Namespaces<'a> {
    /// The default namespace, which nearly every element asks for.
    default: Vec<(usize, Cow<'a, str>)>,
    by_prefix: FxHashMap<&'a str, Vec<(usize, Cow<'a, str>)>>,
    /// Depth and prefix of every declaration in force, in the order they were made.
    declared: Vec<(usize, &'a str)>,
    distinct: FxHashSet<Box<str>>,
}

impl<'a> Namespaces<'a> {
    /// Declares a prefix for the element that opens at `depth`; `at` is the declaration's place.
    pub(crate) fn declare(
        &mut self,
        depth: usize,
        prefix: &'a str,
        uri: Cow<'a, str>,
        at: usize,
    ) -> Result<(), XmlError> {
        if let Some(fault) = declaration_fault(prefix, &uri) {
            return Err(XmlError::new(fault, at));
        }
        if !self.distinct.contains(&*uri) {
            self.distinct.insert(uri.as_ref().into());
        }
        if self.distinct.len() > MAX_NAMESPACES {
            return Err(XmlError::new(format!("more than {MAX_NAMESPACES} namespaces"), at));
        }
        let uris = if prefix.is_empty() {
            &mut self.default
        } else {
            self.by_prefix.entry(prefix).or_default()
        };
        uris.push((depth, uri));
        self.declared.push((depth, prefix));
        Ok(())
    }

    /// Whether the element at `depth` itself declares the prefix.
    pub(crate) fn is_declared_at(&self, depth: usize, prefix: &str) -> bool {
        self.innermost(prefix).is_some_and(|(d, _)| *d == depth)
    }

    /// The URI in force; the default is empty, an unknown prefix `None`.
    pub(crate) fn uri(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(XML);
        }
        let found = self.innermost(prefix).map(|(_, uri)| &**uri);
        found.or(prefix.is_empty().then_some(""))
    }

    fn innermost(&self, prefix: &str) -> Option<&(usize, Cow<'a, str>)> {
        if prefix.is_empty() { self.default.last() } else { self.by_prefix.get(prefix)?.last() }
    }

    /// Forgets what the element at `depth` declared.
    pub(crate) fn leave(&mut self, depth: usize) {
        while let Some((_, prefix)) = self.declared.pop_if(|(d, _)| *d >= depth) {
            if prefix.is_empty() {
                self.default.pop();
            } else if let Some(uris) = self.by_prefix.get_mut(prefix) {
                uris.pop();
            }
        }
    }
}
