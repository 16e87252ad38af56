//! Documents as JSON, in the form of `schemas/json/neuroml-document.schema.json`.

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, not_exported};
use nml_model::Model;
use nml_schemas::json::{FORMAT, SCHEMA_ID};
use nml_xml::{Piece, PieceKind, Pieces, XmlError};

use crate::{form, xml};

const TARGET: &str = "JSON";

/// Readers of JSON stop at 128 levels; each element takes two.
const MAX_DEPTH: usize = 60;

/// Blanks for each level.
const STEP: usize = 2;

/// The root document as a `.json` file.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    _: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let root = model.root();
    let text = xml::text(model, sink)?;
    let span = root.file().span().sub(0, 0);
    let told = |sink: &mut Diagnostics, what: &str| {
        sink.push(not_exported(span, TARGET, what));
        None
    };
    let json = match from_xml(&text) {
        Ok(Some(json)) => json,
        Ok(None) => {
            let what = format!("elements nested more than {MAX_DEPTH} deep");
            return told(sink, &what);
        }
        Err(error) => return told(sink, &format!("a text that is not well-formed: {error}")),
    };
    form::one(form::file_name(model, stem, "json"), json)
}

/// An element, or the document, that is being written.
#[derive(Default)]
struct Open {
    name: String,
    attributes: Vec<(String, String)>,
    /// By name: the children, as JSON.
    members: Vec<(String, Vec<String>)>,
    /// Places in `members`, each with how many of it come next.
    order: Vec<(usize, usize)>,
    has_text: bool,
}

impl Open {
    fn add(&mut self, name: &str, value: String) {
        let known = self.members.iter().position(|(n, _)| n == name);
        let at = known.unwrap_or_else(|| {
            self.members.push((name.to_owned(), Vec::new()));
            self.members.len() - 1
        });
        self.members[at].1.push(value);
        match self.order.last_mut() {
            Some((last, count)) if *last == at => *count += 1,
            _ => self.order.push((at, 1)),
        }
    }

    /// The object, on lines that begin with so many blanks more.
    fn object(&self, indent: usize, head: &[(&str, &str)], top: bool) -> String {
        let mut members: Vec<String> = Vec::new();
        let inner = " ".repeat(indent + STEP);
        members.extend(
            head.iter().map(|(name, value)| format!("{}: {}", quoted(name), quoted(value))),
        );
        let one_line = self.members.is_empty();
        for (name, value) in &self.attributes {
            members.push(format!("{}: {}", quoted(&format!("@{name}")), quoted(value)));
        }
        // The order of the members says it, unless a name comes twice.
        if self.order.len() > self.members.len() {
            let entry = |(at, count): &(usize, usize)| {
                format!("[{}, {count}]", quoted(&self.members[*at].0))
            };
            let entries: Vec<String> = self.order.iter().map(entry).collect();
            members.push(format!("\"$order\": [{}]", entries.join(", ")));
        }
        for (name, values) in &self.members {
            if top && !name.starts_with('$') {
                members.push(format!("{}: {}", quoted(name), values.join("")));
                continue;
            }
            let deeper = format!("{inner}{}", " ".repeat(STEP));
            let lines: Vec<String> = values.iter().map(|v| format!("{deeper}{v}")).collect();
            members.push(format!("{}: [\n{}\n{inner}]", quoted(name), lines.join(",\n")));
        }
        if one_line {
            return format!("{{{}}}", members.join(", "));
        }
        let end = " ".repeat(indent);
        let lines: Vec<String> = members.iter().map(|m| format!("{inner}{m}")).collect();
        format!("{{\n{}\n{end}}}", lines.join(",\n"))
    }
}

fn quoted(text: &str) -> String {
    // Texts always can be written.
    serde_json::to_string(text).unwrap_or_default()
}

/// A document as JSON; nothing where it is too deep.
///
/// # Errors
/// [`XmlError`] where the text is not well-formed.
pub(crate) fn from_xml(text: &str) -> Result<Option<String>, XmlError> {
    let pieces = Pieces::of(text)?;
    let mut open = vec![Open::default()];
    for piece in pieces.all() {
        match piece.kind {
            PieceKind::Declaration | PieceKind::Doctype => {}
            PieceKind::Start | PieceKind::Empty => {
                if open.len() > MAX_DEPTH {
                    return Ok(None);
                }
                open.push(begin(&pieces, piece)?);
                if piece.kind == PieceKind::Empty {
                    end(&mut open);
                }
            }
            PieceKind::End => end(&mut open),
            PieceKind::Space | PieceKind::Text => {
                if let Some(around) = open.last_mut().filter(|o| o.has_text) {
                    around.add("$text", quoted(&pieces.characters(piece)?));
                }
            }
            PieceKind::Comment => {
                let source = pieces.source(piece);
                let inner = source.strip_prefix("<!--").and_then(|s| s.strip_suffix("-->"));
                let inner = moved_back(inner.unwrap_or(""), column(text, piece.start as usize));
                put(&mut open, "$comment", Some(&inner));
            }
            PieceKind::Instruction => {
                let source = pieces.source(piece);
                let inner = source.strip_prefix("<?").and_then(|s| s.strip_suffix("?>"));
                put(&mut open, "$instruction", inner);
            }
        }
    }
    let document = open.pop().unwrap_or_default();
    let mut json = document.object(0, &[("$schema", SCHEMA_ID), ("$format", FORMAT)], true);
    json.push('\n');
    Ok(Some(json))
}

/// The column of what stands first in its line; 0 for what does not.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    if line.bytes().all(|b| b == b' ') { line.len() } else { 0 }
}

/// A comment whose lines after the first do not depend on how deep it stands.
fn moved_back(comment: &str, by: usize) -> String {
    let mut lines = comment.split('\n');
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.push_str(&line[blanks.min(by)..]);
    }
    out
}

fn begin(pieces: &Pieces<'_>, piece: &Piece) -> Result<Open, XmlError> {
    let mut attributes = Vec::new();
    for attribute in pieces.attributes(piece) {
        attributes.push((attribute.name.to_owned(), pieces.value(&attribute)?));
    }
    let name = pieces.name(piece).to_owned();
    Ok(Open { name, attributes, has_text: piece.has_text, ..Open::default() })
}

fn end(open: &mut Vec<Open>) {
    let Some(done) = open.pop() else { return };
    // The document itself is the first; its root stands in no array.
    let depth = open.len() - 1;
    let value = done.object(depth * 2 * STEP + STEP, &[], false);
    if let Some(around) = open.last_mut() {
        around.add(&done.name, value);
    }
}

fn put(open: &mut [Open], name: &str, text: Option<&str>) {
    // As every reader of XML sees line ends.
    let text = text.unwrap_or("").replace("\r\n", "\n").replace('\r', "\n");
    if let Some(around) = open.last_mut() {
        around.add(name, quoted(&text));
    }
}
