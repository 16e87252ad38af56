//! NeuroML 1: `MorphML`, biophysics, `ChannelML` and `NetworkML` (versions 1.7 to 1.8.1), read as NeuroML 2.
//!
//! What maps becomes the text of a NeuroML 2 document that is read like any other one.  All else is told with its
//! place: every element and attribute that nothing was made of, an error where the model would behave differently
//! without it.
//!
//! Forms of rates are those of the translators that came with the standard (`ChannelML_v1.8.1_NEURONmod.xsl`), units
//! those of its two systems, "Physiological Units" and "SI Units".

mod biophysics;
mod cell;
mod channel;
mod leftover;
mod network;
mod units;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use nml_base::{Diagnostics, SourceMap};
use nml_model::Document;
use nml_xml::{Element, Tree, escape_text};

use crate::document::{self, ObserverFactory};
use leftover::Taken;

/// What the namespaces of all versions begin with.
const NAMESPACE: &str = "http://morphml.org/";

/// Reads a document whose root is of NeuroML 1 as NeuroML 2; `None` where it is not.
pub(crate) fn upgraded(
    document: &Document,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Option<Document> {
    let root = document.tree.root().filter(|root| root.namespace().starts_with(NAMESPACE))?;
    let mut sink = Diagnostics::new();
    let path = &document.path;
    let text = converted(path, &document.tree, root, &mut sink);
    if sink.has_errors() {
        return Some(document::empty(path, Arc::clone(document.file()), sink));
    }
    let made = sources.add_with_rows(path, text, Vec::new());
    Some(document::from_text(path, &made, observer, sink))
}

/// What is written of a document.
#[derive(Default)]
struct Parts {
    notes: String,
    /// Channels, pools, synapses, cells, inputs.
    components: Vec<String>,
    network: String,
}

/// A document while it is being converted.
struct Reader<'t> {
    tree: &'t Tree,
    taken: Taken,
    parts: Parts,
}

/// The text of the NeuroML 2 document.
fn converted<'t>(path: &Path, tree: &'t Tree, root: Element<'t>, sink: &mut Diagnostics) -> String {
    let mut reader = Reader { tree, taken: Taken::default(), parts: Parts::default() };
    reader.taken.element(root);
    for name in ["length_units", "lengthUnits", "volumeUnits"] {
        if let Some(unit) = reader.taken.attribute(root, name).filter(|_| name != "volumeUnits")
            && !matches!(unit, "micron" | "micrometer" | "um")
        {
            reader.taken.unmapped(root.name_span(), format!("lengths in `{unit}`"), sink);
        }
    }
    reader.notes(root);
    for element in root.children() {
        match element.name() {
            "channels" => {
                reader.taken.element(element);
                reader.channels(element, sink);
            }
            "cells" => {
                reader.taken.element(element);
                for cell in element.children_named("cell") {
                    reader.cell(cell, sink);
                }
            }
            "cell" => reader.cell(element, sink),
            _ => {}
        }
    }
    reader.channels(root, sink);
    reader.network(root, sink);
    reader.taken.tell(root, sink);
    let id = identifier(&path.file_name().unwrap_or_default().to_string_lossy());
    let Parts { notes, components, network } = reader.parts;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<neuroml xmlns=\"{}\" id=\"{id}\">\n{notes}",
        nml_model::NEUROML2_NAMESPACE
    );
    out.push_str(&crate::grammar::ordered(components));
    if !network.is_empty() {
        let _ = writeln!(out, "<network id=\"{id}_network\">\n{network}</network>");
    }
    out.push_str("</neuroml>\n");
    nml_xml::layout::format(&out).unwrap_or(out)
}

impl<'t> Reader<'t> {
    /// Notes of a document become notes of the document.
    fn notes(&mut self, root: Element<'t>) {
        if let Some(notes) = root.child("notes") {
            self.taken.element(notes);
            let _ = writeln!(self.parts.notes, "<notes>{}</notes>", escape_text(&notes.text()));
        }
    }
}

/// A name as an identifier of NeuroML 2.
fn identifier(name: &str) -> String {
    let stem = name.split('.').next().unwrap_or(name);
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let mut id: String = stem.chars().map(plain).collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        id.insert(0, '_');
    }
    id
}
