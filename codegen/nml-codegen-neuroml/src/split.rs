//! A document as several: a file for each channel, cell, synapse, input and network.
//!
//! What stays are the includes, remarks and metadata of the document, with an include of each file.  Every file
//! includes those it refers to, so that it can be read by itself; the includes of the document are repeated in files
//! that refer to something outside of it, and component types of the user's own are a file that all others include.

use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Namer, Origin, not_exported};
use nml_model::{Component, DocumentKind, Model};
use nml_xml::{PieceKind, Pieces, escape_value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::inline::{self, Part, Parts};
use crate::xml;

const TARGET: &str = "a document in parts";

/// The ending of the file that a component goes into, by the first type that it is of.
const ENDINGS: [(&str, &str); 7] = [
    ("baseIonChannel", "channel"),
    ("concentrationModel", "concentration"),
    ("baseSynapse", "synapse"),
    ("baseCell", "cell"),
    ("network", "net"),
    ("morphology", "morphology"),
    ("basePointCurrent", "input"),
];

/// What says something about the whole document.
const STAYS: [&str; 3] = ["notes", "property", "annotation"];

/// What defines words of the language; all other files need it.
const DEFINITIONS: [&str; 4] = ["ComponentType", "Dimension", "Unit", "Constant"];

/// One file to be.
struct File<'m> {
    path: String,
    component: Option<Component<'m>>,
    text: String,
}

/// The root document in parts; as it is, where it is a part already.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let root = model.root();
    let start = root.file().span().sub(0, 0);
    if root.kind != DocumentKind::NeuroMl {
        sink.push(not_exported(start, TARGET, "a LEMS document; a NeuroML document can be split"));
        return None;
    }
    let whole = xml::document_text(root, sink)?;
    let Parts { list, tail, .. } = inline::parts(root, sink)?;
    let element = root.tree.root()?;
    let components: Vec<Component<'_>> = model.root_components().collect();
    let mut namer = Namer::new([]).folding_case().at_most(120);
    let own = format!("{stem}.nml");
    let mut kept = String::new();
    let mut own_includes = String::new();
    let mut definitions = String::new();
    let mut files: Vec<File<'_>> = Vec::new();
    for (part, child) in list.into_iter().zip(element.children()) {
        let Part { name, text, is_include } = part;
        if is_include {
            own_includes.push_str(&text);
        } else if STAYS.contains(&name.as_str()) {
            kept.push_str(&text);
        } else if DEFINITIONS.contains(&name.as_str()) {
            definitions.push_str(&text);
        } else {
            let component = components.iter().copied().find(|c| c.element().id() == child.id());
            let ending = ending(component, &name);
            let id = child.attr("id").unwrap_or(&name);
            let path = |id: &str| format!("{id}.{ending}.nml");
            let mut name = path(&namer.give(id));
            // A document with one channel is named like the file of the channel.
            if name.eq_ignore_ascii_case(&own) {
                name = path(&namer.give(&format!("{id}_part")));
            }
            files.push(File { path: name, component, text });
        }
    }
    if files.len() < 2 && definitions.is_empty() {
        // There is nothing to split.
        return xml::write(model, stem, origin, sink);
    }
    let types = (!definitions.is_empty()).then(|| format!("{}.types.nml", namer.give(stem)));
    let at: FxHashMap<&str, usize> = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| Some((file.component?.id()?, at)))
        .collect();
    let mut artifacts = Artifacts::new();
    let add = |path: String,
               head: &str,
               body: &str,
               artifacts: &mut Artifacts,
               sink: &mut Diagnostics| {
        let text = format!("{head}{body}{tail}");
        match nml_xml::layout::format(&text) {
            Ok(text) => artifacts.add(path, text).is_ok(),
            Err(error) => {
                sink.push(not_exported(start, TARGET, format!("this document: {error}")));
                false
            }
        }
    };
    let include = |path: &str| format!("<include href=\"{}\"/>", escape_value(path));
    let mut all = own_includes.clone();
    if let Some(path) = &types {
        let head = head(&whole, Some(&stem_id(path)))?;
        if !add(path.clone(), &head, &format!("{own_includes}{definitions}"), &mut artifacts, sink)
        {
            return None;
        }
        all.push_str(&include(path));
    }
    for file in &files {
        let mut body = String::new();
        let (inside, outside) = references(model, file, &at);
        if outside {
            body.push_str(&own_includes);
        }
        if let Some(path) = &types {
            body.push_str(&include(path));
        }
        for other in inside {
            body.push_str(&include(&files[other].path));
        }
        body.push_str(&file.text);
        let head = head(&whole, Some(&stem_id(&file.path)))?;
        if !add(file.path.clone(), &head, &body, &mut artifacts, sink) {
            return None;
        }
        all.push_str(&include(&file.path));
    }
    let head = head(&whole, None)?;
    // Remarks stand before includes.
    add(own, &head, &format!("{kept}{all}"), &mut artifacts, sink).then_some(artifacts)
}

fn ending(component: Option<Component<'_>>, element: &str) -> &'static str {
    let known = component.and_then(|c| ENDINGS.iter().find(|(ty, _)| c.is_a(ty)));
    let other = if element.starts_with("biophysicalProperties") { "biophysics" } else { "part" };
    known.map_or(other, |(_, ending)| ending)
}

/// The identifier of a document, of the name of its file.
fn stem_id(path: &str) -> String {
    path.trim_end_matches(".nml").replace(['.', '-'], "_")
}

/// The start tag of the root, with another identifier; nothing where there is no root.
fn head(text: &str, id: Option<&str>) -> Option<String> {
    let pieces = Pieces::of(text).ok()?;
    let root = |p: &&nml_xml::Piece| matches!(p.kind, PieceKind::Start | PieceKind::Empty);
    let tag = pieces.all().iter().find(root)?;
    let mut out = format!("<{}", pieces.name(tag));
    for attribute in pieces.attributes(tag) {
        let value = pieces.value(&attribute).ok()?;
        let value = id.filter(|_| attribute.name == "id").unwrap_or(&value);
        let _ = write!(out, " {}=\"{}\"", attribute.name, escape_value(value));
    }
    out.push('>');
    Some(out)
}

/// The other files that a part refers to, in their order, and whether it refers to something elsewhere.
fn references(model: &Model, file: &File<'_>, at: &FxHashMap<&str, usize>) -> (Vec<usize>, bool) {
    let Some(component) = file.component else { return (Vec::new(), true) };
    let mut names: FxHashSet<String> = FxHashSet::default();
    for inner in std::iter::once(component).chain(component.descendants()) {
        let declared = inner.ty().map_or_else(Vec::new, |ty| model.types().references(ty));
        let declared = declared.iter().map(|r| r.name.as_str());
        // A cell may name its shape and its properties, which the types do not declare.
        for name in declared.chain(["morphology", "biophysicalProperties"]) {
            names.extend(inner.attr(name).map(str::to_owned));
        }
        // Without a type nobody knows what its attributes mean.
        if inner.ty().is_none() {
            names.extend(inner.element().attributes().map(|a| a.value().to_owned()));
        }
        if let Some(table) = inner.connections() {
            for row in 0..table.len() {
                for name in
                    [table.pre_component(row), table.post_component(row)].into_iter().flatten()
                {
                    if !names.contains(name) {
                        names.insert(name.to_owned());
                    }
                }
            }
        }
    }
    let own = component.id().unwrap_or("");
    let mut inside: Vec<usize> = names
        .iter()
        .filter(|n| *n != own)
        .filter_map(|name| at.get(name.as_str()).copied())
        .collect();
    inside.sort_unstable();
    let outside = |name: &String| !at.contains_key(name.as_str()) && model.find(name).is_some();
    let mut outside = names.iter().any(outside);
    // A type of the user's own in an included file.
    let mut all = std::iter::once(component).chain(component.descendants());
    outside |=
        all.any(|c| c.ty().is_none_or(|ty| model.types().document_of(ty).is_some_and(|d| d > 0)));
    (inside, outside)
}
