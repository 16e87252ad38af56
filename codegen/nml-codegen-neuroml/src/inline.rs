//! A document with all that it includes, as one.
//!
//! Each included document is put where it is first included, its own includes before its parts; in a NeuroML
//! document the parts are then brought into the order of the document grammar.  Comments go with the element that
//! follows them, that of an include with the include.  Includes of files that are built in, or missing, stay.

use std::fmt::Write as _;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, not_exported, written_differently};
use nml_model::{Document, DocumentKind, IncludeTarget, Model};
use nml_schemas::structure;
use nml_xml::{PieceKind, Pieces, escape_value};
use rustc_hash::FxHashSet;

use crate::{form, xml};

const TARGET: &str = "one document";

/// What an included document says about itself, not about the model.
const OWN: [&str; 4] = ["notes", "property", "annotation", "Target"];

/// The root document and all that it includes as an XML file.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    _: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let text = inlined(model, sink)?;
    form::one(form::file_name(model, stem, ""), text)
}

/// An element directly below the root, with what stands before it.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// Comments and white space before the element, and the element.
    pub(crate) text: String,
    pub(crate) is_include: bool,
}

/// A document taken apart.
pub(crate) struct Parts {
    /// Prefixes of namespaces and what they stand for.
    pub(crate) prefixes: Vec<(String, String)>,
    /// Everything before the `>` of the root's start tag.
    pub(crate) head: String,
    pub(crate) list: Vec<Part>,
    /// From the last part on.
    pub(crate) tail: String,
}

/// The text of the whole.
fn inlined(model: &Model, sink: &mut Diagnostics) -> Option<String> {
    let root_kind = model.root().kind;
    let Parts { mut prefixes, mut head, list, tail } = parts(model.root(), sink)?;
    let mut out: Vec<Part> = Vec::new();
    let mut seen: FxHashSet<usize> = std::iter::once(0).collect();
    let mut kept: FxHashSet<&'static str> = FxHashSet::default();
    let mut open = vec![(0_usize, 0_usize, list.into_iter())];
    while let Some((at, next_include, rest)) = open.last_mut() {
        let at = *at;
        let Some(part) = rest.next() else {
            open.pop();
            continue;
        };
        if !part.is_include {
            if at > 0 && OWN.contains(&part.name.as_str()) {
                let document = &model.documents()[at];
                let what = format!("`{}` of an included document is left out", part.name);
                let span = document.tree.root().and_then(|r| r.child(&part.name));
                let span = span.map_or(document.file().span(), nml_xml::Element::name_span);
                sink.push(written_differently(span, what));
            } else {
                out.push(part);
            }
            continue;
        }
        let edge = model.includes().iter().filter(|e| e.from == at).nth(*next_include);
        *next_include += 1;
        let to = match edge.map(|e| &e.target) {
            Some(IncludeTarget::Document(to)) => *to,
            Some(IncludeTarget::BuiltIn(name)) => {
                if kept.insert(name) {
                    out.push(part);
                }
                continue;
            }
            Some(IncludeTarget::Missing) | None => {
                out.push(part);
                continue;
            }
        };
        if !seen.insert(to) {
            continue;
        }
        let document = &model.documents()[to];
        if root_kind == DocumentKind::NeuroMl && document.kind == DocumentKind::Lems {
            let what = "a LEMS document inside a NeuroML document";
            sink.push(not_exported(edge.map_or(document.file().span(), |e| e.span), TARGET, what));
            return None;
        }
        let inner = parts(document, sink)?;
        for (prefix, uri) in inner.prefixes {
            match prefixes.iter().find(|(known, _)| *known == prefix) {
                Some((_, known)) if *known == uri => {}
                Some(_) => {
                    let what = format!("two meanings of the prefix `{prefix}`");
                    sink.push(not_exported(document.file().span().sub(0, 0), TARGET, what));
                    return None;
                }
                None => {
                    let _ = write!(head, " xmlns:{prefix}=\"{}\"", escape_value(&uri));
                    prefixes.push((prefix, uri));
                }
            }
        }
        open.push((to, 0, inner.list.into_iter()));
    }
    if root_kind == DocumentKind::NeuroMl {
        out.sort_by_key(|part| place(&part.name));
    }
    let body: String = out.into_iter().map(|part| part.text).collect();
    let text = format!("{head}>{body}{tail}");
    match nml_xml::layout::format(&text) {
        Ok(text) => Some(text),
        Err(error) => {
            let span = model.root().file().span().sub(0, 0);
            sink.push(not_exported(span, TARGET, format!("these documents: {error}")));
            None
        }
    }
}

/// Where an element stands below the root of a NeuroML document; others come last.
fn place(name: &str) -> usize {
    let (_, root) = structure::root();
    let known = structure::complex_type(root).model();
    let at = known.and_then(|model| model.children.iter().position(|child| child.name == name));
    at.unwrap_or(usize::MAX)
}

/// Takes a document apart at the elements below its root.
pub(crate) fn parts(document: &Document, sink: &mut Diagnostics) -> Option<Parts> {
    let text = xml::document_text(document, sink)?;
    let Ok(pieces) = Pieces::of(&text) else { return None };
    let mut found =
        Parts { prefixes: Vec::new(), head: String::new(), list: Vec::new(), tail: String::new() };
    let (mut depth, mut from, mut tag) = (0_usize, 0_usize, None);
    for piece in pieces.all() {
        let end = piece.end as usize;
        let slice = |range: std::ops::Range<usize>| text.get(range).unwrap_or("").to_owned();
        if matches!(piece.kind, PieceKind::Start | PieceKind::Empty) && depth == 0 {
            let close = if piece.kind == PieceKind::Empty { "/>" } else { ">" };
            found.head = slice(0..end - close.len());
            for attribute in pieces.attributes(piece) {
                if let Some(prefix) = attribute.name.strip_prefix("xmlns:") {
                    let uri = pieces.value(&attribute).ok()?;
                    found.prefixes.push((prefix.to_owned(), uri));
                }
            }
            from = end;
            if piece.kind == PieceKind::Empty {
                found.tail = format!("</{}>", pieces.name(piece));
                break;
            }
        }
        match piece.kind {
            PieceKind::Start => {
                depth += 1;
                if depth == 2 {
                    tag = Some(piece);
                }
            }
            PieceKind::End => depth -= 1,
            PieceKind::Empty if depth == 1 => tag = Some(piece),
            _ => continue,
        }
        let whole = depth == 1 && piece.kind != PieceKind::Start;
        if whole {
            let tag = tag?;
            let name = pieces.name(tag);
            let local = name.rsplit(':').next().unwrap_or(name).to_owned();
            let mut attributes = pieces.attributes(tag);
            let is_include = matches!(local.as_str(), "include" | "Include")
                && attributes.any(|a| matches!(a.name, "href" | "file" | "url"));
            found.list.push(Part { name: local, text: slice(from..end), is_include });
            from = end;
        } else if depth == 0 && piece.kind == PieceKind::End {
            found.tail = slice(from..text.len());
            break;
        }
    }
    Some(found)
}
