//! The components of a model as one file that stands alone.

use nml_base::Span;
use nml_model::Model;
use nml_xml::Element;

/// What a circuit says in other ways.
const ELSEWHERE: [&str; 7] =
    ["include", "Include", "network", "Simulation", "Target", "notes", "annotation"];

/// All top-level elements of all files, but networks and runs, as a LEMS document.
pub(crate) fn document(model: &Model, head: &str) -> String {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {head} -->\n<Lems>\n");
    out.push_str("  <Include file=\"NeuroML2CoreTypes.xml\"/>\n");
    for document in model.documents().iter().rev() {
        let Some(root) = document.tree.root() else { continue };
        for element in root.children().filter(|element| !ELSEWHERE.contains(&element.name())) {
            out.push_str("  ");
            out.push_str(&plain(element));
            out.push('\n');
        }
    }
    out.push_str("</Lems>\n");
    out
}

/// An element without what is only for people, whose prefixes may be explained elsewhere.
fn plain(element: Element<'_>) -> String {
    let file = element.tree().file();
    let whole = element.span();
    let mut cuts: Vec<Span> = element
        .descendants()
        .filter(|inner| matches!(inner.name(), "notes" | "annotation"))
        .map(Element::span)
        .collect();
    // One inside another goes with it.
    cuts.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let (mut text, mut at) = (String::new(), whole.start);
    for cut in cuts.into_iter().filter(|cut| cut.start > whole.start) {
        if cut.start >= at {
            text.push_str(file.slice(Span { start: at, end: cut.start, ..whole }));
            at = cut.end;
        }
    }
    text.push_str(file.slice(Span { start: at, ..whole }));
    text
}
