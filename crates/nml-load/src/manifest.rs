//! Which file of a COMBINE archive its manifest puts first.

use std::ops::Range;

use nml_xml::{StartTag, Visitor, XmlError};

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

type Found = Vec<[Option<String>; 2]>;

fn find(text: &str, element: &str, wanted: [&str; 2]) -> Result<Found, XmlError> {
    let mut finder = Finder { element, wanted, found: Vec::new() };
    nml_xml::read(text, &mut finder).map(|()| finder.found)
}

/// The location of the content that `manifest.xml` calls the master.
///
/// # Errors
/// [`XmlError`] where it is not well-formed.
pub(crate) fn master(manifest: &str) -> Result<Option<String>, XmlError> {
    let contents = find(manifest, "content", ["location", "master"])?;
    let master = |[_, master]: &[Option<String>; 2]| {
        master.as_deref().is_some_and(|m| m == "true" || m == "1")
    };
    Ok(contents.into_iter().find(master).and_then(|[location, _]| location))
}

/// The file of the only model of a SED-ML document, as written; a model made by changing another one is none.
///
/// # Errors
/// [`XmlError`] where it is not well-formed.
pub(crate) fn model_of_sedml(text: &str) -> Result<Option<String>, XmlError> {
    let mut models = find(text, "model", ["source", "id"])?.into_iter();
    let source = models.next().and_then(|[source, _]| source);
    Ok(source.filter(|source| models.next().is_none() && !source.starts_with('#')))
}

/// A location with what stands for other characters put back: `a%20b` is `a b`.
pub(crate) fn unescaped(location: &str) -> String {
    let mut bytes = Vec::with_capacity(location.len());
    let mut rest = location.as_bytes();
    while let [first, more @ ..] = rest {
        let digits =
            more.get(..2).filter(|d| *first == b'%' && d.iter().all(u8::is_ascii_hexdigit));
        let code = digits.and_then(|d| u8::from_str_radix(str::from_utf8(d).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_master_is_found() {
        let manifest = r#"<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">
<content location="." format="x"/><content location="./a.nml" format="x"/>
<content location="./run.sedml" format="y" master="true"/></omexManifest>"#;
        assert_eq!(master(manifest).unwrap().as_deref(), Some("./run.sedml"));
        assert!(master("<omexManifest>").is_err());
        assert_eq!(master("<omexManifest/>").unwrap(), None);
    }

    #[test]
    fn only_a_single_model_is_meant() {
        let with = |models: &str| format!("<sedML><listOfModels>{models}</listOfModels></sedML>");
        let one = r#"<model id="a" source="x.xml"/>"#;
        assert_eq!(model_of_sedml(&with(one)).unwrap().as_deref(), Some("x.xml"));
        assert_eq!(model_of_sedml(&with(&format!("{one}{one}"))).unwrap(), None);
        assert_eq!(model_of_sedml(&with(r##"<model id="a" source="#b"/>"##)).unwrap(), None);
    }
}
