//! The root element: is this NeuroML 2 at all?

use nml_schemas::structure::{NAMESPACE, root};
use nml_xml::StartTag;

use crate::checker::{DocumentKind, on_name};
use crate::{StructureChecker, rules, shown};

/// Root elements of NeuroML version 1, by level.
const V1: [(&str, &str); 5] = [
    ("morphml", "level 1"),
    ("biophysics", "level 2"),
    ("channelml", "level 2"),
    ("networkml", "level 3"),
    ("metadata", "level 1"),
];

/// Tells what is wrong with the root element and returns what the document is.
pub(crate) fn check(checker: &mut StructureChecker, tag: &StartTag<'_>) -> DocumentKind {
    let name = tag.name;
    let is_root = name == root().0.as_str();
    if is_root && tag.namespace == NAMESPACE {
        return DocumentKind::NeuroML2;
    }
    let in_v1 = tag.namespace.starts_with("http://morphml.org/");
    let level = V1.iter().find(|(root, _)| *root == name).map(|(_, level)| *level);
    if in_v1 || level.is_some() {
        let level = level.map_or(String::new(), |level| format!(", {level}"));
        let message = format!("`<{name}>` is the root of a NeuroML version 1 document{level}");
        let finding = on_name(checker, &rules::NEUROML_V1, tag, message).help(
            "version 1 is not simulated any more: convert the model to NeuroML 2, or look for its \
             NeuroML 2 version on Open Source Brain",
        );
        checker.push(finding);
        return DocumentKind::NeuroML1;
    }
    if is_root {
        let place = if tag.namespace.is_empty() {
            "no namespace".to_owned()
        } else {
            format!("the namespace `{}`", shown::cut(tag.namespace))
        };
        let message = format!("`<neuroml>` is in {place}, not in that of NeuroML 2");
        let finding = on_name(checker, &rules::WRONG_NAMESPACE, tag, message)
            .help(format!("write `<neuroml xmlns=\"{NAMESPACE}\" …>`"));
        checker.push(finding);
        // Go on in the namespace that the document uses, so that everything else is told too.
        checker.namespace = tag.namespace.into();
        return DocumentKind::NeuroML2;
    }
    let (kind, help) = match name {
        "Lems" => (
            DocumentKind::Lems,
            "this is a LEMS file: check it as one, and include only NeuroML documents with \
             `<include href=…>`"
                .to_owned(),
        ),
        "html" | "HTML" => (
            DocumentKind::Other,
            "this is a web page, perhaps saved in place of the file it shows: download the raw file"
                .to_owned(),
        ),
        "sbml" | "cellml" | "model" | "sedML" | "omexManifest" => (
            DocumentKind::Other,
            format!("this is another format (`<{name}>`); NeuroML 2 starts with `<neuroml>`"),
        ),
        _ if tag.namespace == NAMESPACE => (
            DocumentKind::Other,
            format!("put `<{name}>` inside `<neuroml xmlns=\"{NAMESPACE}\" id=\"…\">`"),
        ),
        _ => (DocumentKind::Other, "a NeuroML 2 document starts with `<neuroml>`".to_owned()),
    };
    let message = format!("the root element is `<{name}>`, not `<neuroml>`");
    let finding = on_name(checker, &rules::WRONG_ROOT, tag, message).help(help);
    checker.push(finding);
    kind
}
