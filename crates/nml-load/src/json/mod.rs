//! NeuroML and LEMS documents as JSON: element for element, value for value.
//!
//! The form is that of `schemas/json/neuroml-document.schema.json`.  A file becomes the text of the document it stands
//! for, which is read like any other one.  A network of `NeuroMLlite` is JSON too, and is made then: see [`crate::lite`].

mod element;

use std::path::Path;

use nml_base::{Diagnostics, SourceFile, SourceMap, Span};
use nml_model::Document;

use crate::document::{self, ObserverFactory};
use crate::rules;

use element::Document as Parsed;

/// Whether a file of this name claims to be JSON.
pub(crate) fn is_name(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// Reads a JSON file.  Never fails: where it is no document, there is a finding and nothing else.
pub(crate) fn read(
    path: &Path,
    bytes: Vec<u8>,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Document {
    let mut sink = Diagnostics::new();
    let (file, found) = document::source(path, bytes, sources);
    sink.extend(found);
    if sink.has_errors() {
        return document::empty(path, file, sink);
    }
    match serde_json::from_str::<Parsed>(file.text()) {
        Ok(parsed) => {
            let text = parsed.text();
            // What is not well-formed is told when the text is read.
            let text = nml_xml::layout::format(&text).unwrap_or(text);
            let made = sources.add_with_rows(path, text, Vec::new());
            document::from_text(path, &made, observer, sink)
        }
        Err(error) => {
            if let Some(network) = crate::lite::read(path, &file, sources, observer) {
                return network;
            }
            sink.push(rules::malformed_json(place(&file, &error), message(&error)));
            document::empty(path, file, sink)
        }
    }
}

/// The character at which the parser stopped.
fn place(file: &SourceFile, error: &serde_json::Error) -> Span {
    let line = u32::try_from(error.line()).ok().and_then(|line| file.line_span(line));
    let line = line.unwrap_or_else(|| file.span().sub(0, 0));
    // Columns count bytes, and point behind what was read.
    let at = error.column().saturating_sub(1).min(line.range().len());
    let text = file.slice(line);
    let start = (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    line.sub(start, start + length)
}

/// The parser's words without the place.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if text.starts_with("recursion limit") {
        return "nested deeper than 127 levels".to_owned();
    }
    match text.rfind(" at line ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}
