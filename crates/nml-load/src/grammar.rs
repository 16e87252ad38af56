//! Components that are made here, in the order of the document grammar.

use nml_schemas::structure;

/// Elements one after the other, each of which begins with its start tag, in the order in which they may stand below
/// the root of a document; others come last.
pub(crate) fn ordered(mut elements: Vec<String>) -> String {
    let (_, root) = structure::root();
    let known = structure::complex_type(root).model();
    let place = |element: &String| {
        let name = element.trim_start().trim_start_matches('<');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
        let at = known.and_then(|model| model.children.iter().position(|c| Some(c.name) == name));
        at.unwrap_or(usize::MAX)
    };
    elements.sort_by_cached_key(place);
    elements.concat()
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn the_order_is_that_of_the_grammar() {
        let parts = ["<network id='n'/>", "<odd/>", "<iafCell id='c'/>", "<ionChannelHH id='k'/>"];
        let text = ordered(parts.map(str::to_owned).into());
        assert_eq!(text, "<ionChannelHH id='k'/><iafCell id='c'/><network id='n'/><odd/>");
    }
}
