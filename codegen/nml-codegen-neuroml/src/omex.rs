//! A model as a COMBINE archive: all its documents as they are, with a manifest and SED-ML of its runs.
//!
//! The archive is the same for the same model: entries are in a fixed order and without a date.

use std::io::{Cursor, Write};
use std::path::{Component, Path, PathBuf};

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Origin, not_exported};
use nml_model::{Document, DocumentKind, IncludeTarget, Model};
use nml_xml::escape_value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{form, sedml, xml};

const TARGET: &str = "a COMBINE archive";

const OMEX: &str = "http://identifiers.org/combine.specifications/omex";
const MANIFEST: &str = "http://identifiers.org/combine.specifications/omex-manifest";
const SEDML: &str = "http://identifiers.org/combine.specifications/sed-ml.level-1.version-3";
const NEUROML: &str = "http://identifiers.org/combine.specifications/neuroml";
const LEMS: &str = "http://purl.org/NET/mediatypes/application/lems+xml";

/// Writing to a `String` never fails.
macro_rules! put {
    ($out:expr, $($rest:tt)*) => { let _ = std::fmt::Write::write_fmt(&mut $out, format_args!("{}\n", format_args!($($rest)*))); };
}

/// One entry.
struct Entry {
    location: String,
    format: &'static str,
    master: bool,
    bytes: Vec<u8>,
}

/// The archive of a model.
pub(crate) fn write(
    model: &Model,
    stem: &str,
    origin: &Origin,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let start = model.root().file().span().sub(0, 0);
    let paths: Vec<PathBuf> = model.documents().iter().map(|d| normal(&d.path)).collect();
    let folder = common_folder(&paths);
    let mut entries = Vec::new();
    for edge in model.includes() {
        let from = &model.documents()[edge.from];
        match &edge.target {
            IncludeTarget::Document(to) => {
                let href =
                    from.includes.iter().find(|i| i.span == edge.span).map(|i| i.href.as_str());
                let beside = href.map(|href| normal(&from.folder().join(href)));
                if beside.as_ref() != Some(&paths[*to]) {
                    let what = "an include that is found by a search path, not beside its document";
                    sink.push(not_exported(edge.span, TARGET, what));
                }
            }
            IncludeTarget::Missing => {
                sink.push(not_exported(edge.span, TARGET, "a model of which a file is missing"));
            }
            IncludeTarget::BuiltIn(_) => {}
        }
    }
    let runs = nml_flat::asks(model);
    for (at, (document, path)) in model.documents().iter().zip(&paths).enumerate() {
        let inside = path.strip_prefix(&folder).unwrap_or(path);
        let location = inside.components().map(|c| c.as_os_str().to_string_lossy());
        let location = location.collect::<Vec<_>>().join("/");
        let bytes = bytes(document, sink)?;
        let format = if document.kind == DocumentKind::Lems { LEMS } else { NEUROML };
        entries.push(Entry { location, format, master: at == 0 && !runs, bytes });
    }
    if runs {
        let source = entries.first().map(|e| e.location.clone()).unwrap_or_default();
        let text = sedml::text(model, &source, origin, sink)?;
        let mut location = format!("{stem}.sedml");
        if entries.iter().any(|e| e.location == location) {
            location = format!("{stem}.run.sedml");
        }
        entries.push(Entry { location, format: SEDML, master: true, bytes: text.into_bytes() });
    }
    if sink.has_errors() {
        return None;
    }
    match packed(&entries) {
        Ok(bytes) => form::one(format!("{stem}.omex"), bytes),
        Err(error) => {
            sink.push(not_exported(start, TARGET, format!("this model: {error}")));
            None
        }
    }
}

/// What a document is in the archive.
fn bytes(document: &Document, sink: &mut Diagnostics) -> Option<Vec<u8>> {
    let name = document.path.to_string_lossy().to_ascii_lowercase();
    let packed = [".gz", ".h5", ".hdf5", ".json", ".swc"].iter().any(|end| name.ends_with(end));
    if packed {
        let what = "a file that is not XML; write it with `--to neuroml` first";
        sink.push(not_exported(document.file().span().sub(0, 0), TARGET, what));
        return None;
    }
    let text = document.file().text();
    let declaration = text.get(..text.find("?>").unwrap_or(0)).unwrap_or("").to_ascii_lowercase();
    if declaration.contains("encoding") && !declaration.contains("utf-8") {
        // What was read is UTF-8, whatever the file was.
        return xml::document_text(document, sink).map(String::into_bytes);
    }
    Some(text.as_bytes().to_vec())
}

fn packed(entries: &[Entry]) -> zip::result::ZipResult<Vec<u8>> {
    let mut manifest = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put!(manifest, "<omexManifest xmlns=\"{MANIFEST}\">");
    put!(manifest, "  <content location=\".\" format=\"{OMEX}\"/>");
    put!(manifest, "  <content location=\"./manifest.xml\" format=\"{MANIFEST}\"/>");
    for Entry { location, format, master, .. } in entries {
        let master = if *master { " master=\"true\"" } else { "" };
        let location = escape_value(location);
        put!(manifest, "  <content location=\"./{location}\" format=\"{format}\"{master}/>");
    }
    manifest.push_str("</omexManifest>\n");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("manifest.xml", options)?;
    zip.write_all(manifest.as_bytes())?;
    for entry in entries {
        zip.start_file(&*entry.location, options)?;
        zip.write_all(&entry.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A path without `.` and `..`, as far as its own names allow.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// The innermost folder that all files are in.
fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let mut folder = paths.first().and_then(|p| p.parent()).unwrap_or(Path::new("")).to_owned();
    while !paths.iter().all(|path| path.starts_with(&folder)) {
        if !folder.pop() {
            break;
        }
    }
    folder
}
