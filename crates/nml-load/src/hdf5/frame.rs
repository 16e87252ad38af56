//! The document around the networks: the embedded XML, or a root element of our own.

use std::sync::Arc;

use nml_base::SourceMap;
use nml_hdf5::Group;
use nml_xml::TreeBuilder;

/// The text before and after the networks.
pub(super) fn frame(neuroml: &Group) -> (String, String) {
    let embedded = neuroml.attribute("neuroml_top_level").unwrap_or("").trim_start();
    if embedded.trim().is_empty() {
        let id = neuroml.attribute("id").unwrap_or("network");
        let before = format!(
            "<neuroml xmlns=\"{}\" id=\"{}\">\n{}",
            nml_model::NEUROML2_NAMESPACE,
            escaped(id),
            notes(neuroml, "    ")
        );
        return (before, "</neuroml>\n".to_owned());
    }
    if let Some(frame) = gap(embedded) {
        return frame;
    }
    // It is not well-formed, and told so where it breaks.
    (embedded.to_owned(), String::new())
}

/// An embedded document cut where networks go: before its component types, or at its end.
fn gap(embedded: &str) -> Option<(String, String)> {
    let file = SourceMap::new().add("", embedded.to_owned());
    let mut builder = TreeBuilder::new(Arc::clone(&file));
    nml_xml::read(embedded, &mut builder).ok()?;
    let tree = builder.finish();
    let root = tree.root()?;
    let end = root.span().end as usize;
    if let Some(open) =
        embedded.get(..end)?.strip_suffix("/>").filter(|_| root.children().next().is_none())
    {
        let name = file.slice(root.name_span());
        return Some((format!("{open}>\n"), format!("</{name}>{}\n", &embedded[end..])));
    }
    let ty = root.children().find(|e| e.name() == "ComponentType");
    let cut = match ty {
        Some(ty) => ty.span().start as usize,
        None => embedded[..end].rfind("</")?,
    };
    let (before, after) = embedded.split_at(cut);
    Some((format!("{}\n", before.trim_end()), format!("{}\n", after.trim_end())))
}

/// The `<notes>` of a group, if it has any.
pub(super) fn notes(group: &Group, indent: &str) -> String {
    let notes = group.attribute("notes").filter(|notes| !notes.trim().is_empty());
    notes.map_or_else(String::new, |text| format!("{indent}<notes>{}</notes>\n", escaped(text)))
}

/// A text as the value of an attribute or of an element; characters that XML does not have are replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
