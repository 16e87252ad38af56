//! Which file of a COMBINE archive its manifest puts first.

use std::ops::Range;

use nml_xml::{StartTag, Visitor};

/// The attributes of elements of one name, in document order.
struct Finder<'n> {
    element: &'n str,
    wanted: [&'n str; 2],
    found: Vec<[Option<String>; 2]>,
}

impl Visitor for Finder<'_> {
    fn start(&mut self, tag: &StartTag<'_>) {
        if tag.name == self.element {
            let value = |name: &str| tag.attribute(name).map(|a| a.value.to_string());
            self.found.push(self.wanted.map(value));
        }
    }

    fn text(&mut self, _: &str, _: Range<usize>) {}

    fn space(&mut self, _: &str, _: Range<usize>) {}

    fn end(&mut self, _: Range<usize>) {}
}

fn find(text: &str, element: &str, wanted: [&str; 2]) -> Vec<[Option<String>; 2]> {
    let mut finder = Finder { element, wanted, found: Vec::new() };
    // What is not well-formed says nothing.
    match nml_xml::read(text, &mut finder) {
        Ok(()) => finder.found,
        Err(_) => Vec::new(),
    }
}

/// The location of the content that `manifest.xml` calls the master.
pub(crate) fn master(manifest: &str) -> Option<String> {
    let contents = find(manifest, "content", ["location", "master"]);
    let master = |[_, master]: &[Option<String>; 2]| {
        master.as_deref().is_some_and(|m| m == "true" || m == "1")
    };
    contents.into_iter().find(master).and_then(|[location, _]| location)
}

/// The file of the only model of a SED-ML document, as written; a model made by changing another one is none.
pub(crate) fn model_of_sedml(text: &str) -> Option<String> {
    let mut models = find(text, "model", ["source", "id"]).into_iter();
    let source = models.next().and_then(|[source, _]| source);
    source.filter(|source| models.next().is_none() && !source.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_master_is_found() {
        let manifest = r#"<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">
<content location="." format="x"/><content location="./a.nml" format="x"/>
<content location="./run.sedml" format="y" master="true"/></omexManifest>"#;
        assert_eq!(master(manifest).as_deref(), Some("./run.sedml"));
        assert_eq!(master("<omexManifest>"), None);
        assert_eq!(master("<omexManifest/>"), None);
    }

    #[test]
    fn only_a_single_model_is_meant() {
        let with = |models: &str| format!("<sedML><listOfModels>{models}</listOfModels></sedML>");
        let one = r#"<model id="a" source="x.xml"/>"#;
        assert_eq!(model_of_sedml(&with(one)).as_deref(), Some("x.xml"));
        assert_eq!(model_of_sedml(&with(&format!("{one}{one}"))), None);
        assert_eq!(model_of_sedml(&with(r##"<model id="a" source="#b"/>"##)), None);
    }
}
