//! What was made of a document, and what nothing was made of.

use nml_base::{Diagnostics, Span};
use nml_xml::{Attr, Element, NodeId};
use rustc_hash::FxHashSet;

use crate::rules;

/// Elements and attributes that something was made of.
#[derive(Debug, Default)]
pub(super) struct Taken {
    elements: FxHashSet<NodeId>,
    attributes: FxHashSet<(NodeId, String)>,
}

/// Attributes that say nothing about the model.
const SILENT: [&str; 3] = ["schemaLocation", "noNamespaceSchemaLocation", "version"];

/// Elements that tell a person something, in any place.
const REMARKS: [&str; 14] = [
    "notes",
    "author",
    "authorList",
    "publication",
    "neuronDBref",
    "neuroMorphoRef",
    "modelDBref",
    "status",
    "properties",
    "annotation",
    "comment",
    "translation",
    "implementation_prefs",
    "potential_syn_loc",
];

impl Taken {
    /// Something is made of an element.
    pub(super) fn element(&mut self, element: Element<'_>) {
        self.elements.insert(element.id());
    }

    /// The value of an attribute, of which something is made.
    pub(super) fn attribute<'t>(&mut self, element: Element<'t>, name: &str) -> Option<&'t str> {
        let value = element.attr(name)?;
        self.attributes.insert((element.id(), name.to_owned()));
        Some(value)
    }

    /// A part that has no place in NeuroML 2.
    #[expect(clippy::unused_self, reason = "it reads like the other findings")]
    pub(super) fn unmapped(&self, span: Span, what: impl AsRef<str>, sink: &mut Diagnostics) {
        sink.push(rules::unmapped_neuroml1(span, what.as_ref()));
    }

    /// A part that is lost, or has to be completed, without which the rest is what it was.
    #[expect(clippy::unused_self, reason = "it reads like the other findings")]
    pub(super) fn incomplete(&self, span: Span, what: String, help: &str, sink: &mut Diagnostics) {
        sink.push(rules::incomplete_neuroml1(span, what, help));
    }

    /// A number without unit, of which something is made; a finding where it is none.
    pub(super) fn number<'t>(
        &mut self,
        element: Element<'t>,
        name: &str,
        sink: &mut Diagnostics,
    ) -> Option<&'t str> {
        let Some(text) = self.attribute(element, name) else {
            let what = format!("`<{}>` without `{name}`", element.name());
            self.unmapped(element.name_span(), what, sink);
            return None;
        };
        let text = text.trim();
        if text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Some(text);
        }
        let span = element.attribute(name).map_or(element.name_span(), Attr::value_span);
        self.unmapped(span, format!("`{text}`, which is no number"), sink);
        None
    }

    /// Tells all that nothing was made of, the outermost elements only.
    pub(super) fn tell(&self, root: Element<'_>, sink: &mut Diagnostics) {
        let mut open = vec![root];
        while let Some(element) = open.pop() {
            if !self.elements.contains(&element.id()) {
                if REMARKS.contains(&element.name()) {
                    let what = format!("`<{}>` is left out", element.name());
                    self.incomplete(
                        element.name_span(),
                        what,
                        "it changes nothing in the model",
                        sink,
                    );
                } else {
                    let what = format!("`<{}>`", element.name());
                    self.unmapped(element.name_span(), what, sink);
                }
                continue;
            }
            for attribute in element.attributes() {
                let known = (element.id(), attribute.name().to_owned());
                if !self.attributes.contains(&known) && !SILENT.contains(&attribute.name()) {
                    let what = format!("`{}` of `<{}>`", attribute.name(), element.name());
                    self.unmapped(attribute.name_span(), what, sink);
                }
            }
            let children: Vec<_> = element.children().collect();
            open.extend(children.into_iter().rev());
        }
    }
}
