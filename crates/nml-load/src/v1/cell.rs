//! Cells and their shapes.

use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_xml::{Element, escape_text, escape_value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Reader, identifier};

/// What marks groups that are unbranched cables.
const UNBRANCHED: &str = "sao864921383";

/// The cables of a cell: their groups, and where along the parent they begin.
#[derive(Default)]
struct Cables<'t> {
    /// By id, in document order.
    names: Vec<(&'t str, String)>,
    along: FxHashMap<&'t str, &'t str>,
    /// Names of groups and the cables in them, in document order.
    groups: Vec<(String, Vec<&'t str>)>,
}

impl<'t> Cables<'t> {
    fn join(&mut self, group: String, cable: &'t str) {
        match self.groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, members)) if members.contains(&cable) => {}
            Some((_, members)) => members.push(cable),
            None => self.groups.push((group, vec![cable])),
        }
    }
}

impl<'t> Reader<'t> {
    /// A cell with its shape and what is on its membrane.
    pub(super) fn cell(&mut self, cell: Element<'t>, sink: &mut Diagnostics) {
        self.taken.element(cell);
        let name = self.taken.attribute(cell, "name").unwrap_or("cell");
        let id = identifier(name);
        let mut out = format!("<cell id=\"{id}\">\n");
        if let Some(notes) = cell.child("notes") {
            self.taken.element(notes);
            let _ = writeln!(out, "<notes>{}</notes>", escape_text(&notes.text()));
        }
        let inner = cell.child("segments").map(|segments| (cell, segments));
        let cables = self.cables(cell, sink);
        if let Some((_, segments)) = inner {
            self.taken.element(segments);
            let _ = writeln!(out, "<morphology id=\"{id}_morphology\">");
            let members = self.segments(segments, &cables, &mut out, sink);
            groups(&cables, &members, &mut out);
            out.push_str("</morphology>\n");
        } else {
            self.taken.unmapped(
                cell.name_span(),
                format!("the cell `{name}`, which has no shape,"),
                sink,
            );
        }
        if let Some(biophysics) = cell.child("biophysics") {
            self.biophysics(&id, biophysics, &mut out, sink);
        }
        // Where synapses may be says nothing about those that are.
        if let Some(connectivity) = cell.child("connectivity") {
            self.taken.element(connectivity);
        }
        out.push_str("</cell>\n");
        self.parts.components.push(out);
    }

    fn cables(&mut self, cell: Element<'t>, sink: &mut Diagnostics) -> Cables<'t> {
        let mut cables = Cables::default();
        let Some(list) = cell.child("cables") else { return cables };
        self.taken.element(list);
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for cable in list.children_named("cable") {
            self.taken.element(cable);
            let Some(id) = self.taken.attribute(cable, "id") else { continue };
            let wished = identifier(self.taken.attribute(cable, "name").unwrap_or(id));
            let name = if seen.contains(&wished) { format!("{wished}_{id}") } else { wished };
            if !seen.insert(name.clone()) {
                self.taken.unmapped(cable.name_span(), format!("a second cable `{id}`"), sink);
            }
            cables.names.push((id, name));
            for along in ["fract_along_parent", "fractAlongParent"] {
                if let Some(text) = self.taken.attribute(cable, along) {
                    cables.along.insert(id, text);
                }
            }
            for group in cable.children_named("group") {
                self.taken.element(group);
                cables.join(identifier(group.text().trim()), id);
            }
        }
        for group in list.children_named("cablegroup") {
            self.taken.element(group);
            let name = identifier(self.taken.attribute(group, "name").unwrap_or("group"));
            for cable in group.children_named("cable") {
                self.taken.element(cable);
                if let Some(id) = self.taken.attribute(cable, "id") {
                    cables.join(name.clone(), id);
                }
            }
        }
        cables
    }

    /// The segments; by cable the ids of its own.
    fn segments(
        &mut self,
        list: Element<'t>,
        cables: &Cables<'t>,
        out: &mut String,
        sink: &mut Diagnostics,
    ) -> FxHashMap<&'t str, Vec<&'t str>> {
        let mut members: FxHashMap<&'t str, Vec<&'t str>> = FxHashMap::default();
        for segment in list.children_named("segment") {
            self.taken.element(segment);
            let Some(id) = self.taken.number(segment, "id", sink) else { continue };
            let name = self.taken.attribute(segment, "name");
            let name = name.map_or(String::new(), |n| format!(" name=\"{}\"", escape_value(n)));
            let _ = writeln!(out, "<segment id=\"{id}\"{name}>");
            let cable = self.taken.attribute(segment, "cable");
            let first = cable.is_some_and(|cable| !members.contains_key(cable));
            if let Some(cable) = cable {
                members.entry(cable).or_default().push(id);
            }
            if let Some(parent) = self.taken.attribute(segment, "parent") {
                // A cable says where on its parent it begins, by its first segment.
                let along = cable.filter(|_| first).and_then(|cable| cables.along.get(cable));
                let along = along.filter(|text| text.trim().parse() != Ok(1.0_f64));
                let along = along.map_or(String::new(), |text| {
                    format!(" fractionAlong=\"{}\"", escape_value(text.trim()))
                });
                let _ = writeln!(out, "<parent segment=\"{}\"{along}/>", escape_value(parent));
            }
            for end in ["proximal", "distal"] {
                let Some(point) = segment.child(end) else { continue };
                self.taken.element(point);
                let _ = write!(out, "<{end}");
                for axis in ["x", "y", "z", "diameter"] {
                    if let Some(value) = self.taken.number(point, axis, sink) {
                        let _ = write!(out, " {axis}=\"{value}\"");
                    }
                }
                out.push_str("/>\n");
            }
            out.push_str("</segment>\n");
        }
        members
    }
}

/// A group for each cable and each group of cables.
fn groups(cables: &Cables<'_>, members: &FxHashMap<&str, Vec<&str>>, out: &mut String) {
    for (id, name) in &cables.names {
        let _ = writeln!(out, "<segmentGroup id=\"{name}\" neuroLexId=\"{UNBRANCHED}\">");
        for segment in members.get(id).into_iter().flatten() {
            let _ = writeln!(out, "<member segment=\"{segment}\"/>");
        }
        out.push_str("</segmentGroup>\n");
    }
    let own = |cable: &&str| cables.names.iter().find(|(id, _)| id == cable).map(|(_, name)| name);
    for (name, inside) in &cables.groups {
        // A cable of its own name is the group already.
        if cables.names.iter().any(|(_, known)| known == name) {
            continue;
        }
        let _ = writeln!(out, "<segmentGroup id=\"{name}\">");
        for cable in inside.iter().filter_map(own) {
            let _ = writeln!(out, "<include segmentGroup=\"{cable}\"/>");
        }
        out.push_str("</segmentGroup>\n");
    }
    if cables.groups.iter().all(|(name, _)| name != "all") && !cables.names.is_empty() {
        out.push_str("<segmentGroup id=\"all\">\n");
        for (_, name) in &cables.names {
            let _ = writeln!(out, "<include segmentGroup=\"{name}\"/>");
        }
        out.push_str("</segmentGroup>\n");
    }
}
