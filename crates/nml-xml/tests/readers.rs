//! Both readers tell the same story, and the tree gives it back.

use std::ops::Range;

use nml_base::SourceMap;
use nml_xml::{MAX_DEPTH, StartTag, TreeBuilder, Visitor, read_document, read_stream};

/// Writes down what it hears; neighbouring pieces of text are joined, as readers cut them differently.
#[derive(Default)]
struct Notes(Vec<String>, String);

impl Notes {
    fn flush(&mut self) {
        if !self.1.is_empty() {
            let text = std::mem::take(&mut self.1);
            self.0.push(format!("text {text:?}"));
        }
    }
}

impl Visitor for Notes {
    fn start(&mut self, tag: &StartTag<'_>) {
        self.flush();
        let StartTag { name, namespace, name_start, name_end, start, attributes } = tag;
        self.0.push(format!("start {name} {namespace} {name_start} {name_end} {start}"));
        for a in *attributes {
            self.0.push(format!("{a:?}").replace("Borrowed", "").replace("Owned", ""));
        }
    }

    fn text(&mut self, text: &str, _: Range<usize>) {
        self.1.push_str(&text.replace("\r\n", "\n"));
    }

    fn end(&mut self, range: Range<usize>) {
        self.flush();
        self.0.push(format!("end {range:?}"));
    }
}

fn notes(
    read: impl Fn(&mut Notes) -> Result<(), nml_xml::XmlError>,
) -> Result<Vec<String>, String> {
    let mut notes = Notes::default();
    read(&mut notes).map_err(|e| e.to_string())?;
    Ok(notes.0)
}

#[test]
fn both_readers_agree() {
    for text in [
        "<a/>",
        "<?xml version='1.0'?><!-- c --><a b='1' c=\"x &lt; y\">t &amp; u<b/>\n<c d='&#181;'/></a>\n",
        "<n:a xmlns:n='urn:n' xmlns='urn:d' n:x='1' y='2'><b xmlns=''/><c/><![CDATA[<raw>]]></n:a>",
        "<a b=' x\n\ty '>\r\n<c\n  d = '1' ></c ></a>",
    ] {
        let document = notes(|n| read_document(text, n));
        assert!(document.is_ok(), "{document:?}");
        assert_eq!(document, notes(|n| read_stream(text, n)), "{text}");
    }
}

#[test]
fn both_readers_refuse_what_is_not_well_formed() {
    let deep = "<a>".repeat(10_000) + &"</a>".repeat(10_000);
    let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;&x;&x;&x;'>]><a b='&y;&u;'/>";
    for text in [
        "",
        "   ",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a>&nope;</a>",
        "<a b=1/>",
        "<a b/>",
        "text",
        "<a><b></a></b>",
        "</a>",
        "<a b='&nope;'/>",
        "<a",
        "<x:a/>",
        "<a>&</a>",
        &deep,
        bomb,
    ] {
        assert!(notes(|n| read_document(text, n)).is_err(), "document reader takes {text:.40}");
        assert!(notes(|n| read_stream(text, n)).is_err(), "streaming reader takes {text:.40}");
    }
    let ok = "<a>".repeat(MAX_DEPTH) + &"</a>".repeat(MAX_DEPTH);
    assert!(notes(|n| read_document(&ok, n)).is_ok());
    assert!(notes(|n| read_stream(&ok, n)).is_ok());
}

#[test]
fn the_tree_gives_back_names_values_and_spans() {
    let map = SourceMap::new();
    let text = "<a id='x'><b v='1 &lt; 2' w='3'>hello <c/>world</b><b/></a>";
    let file = map.add("t.xml", text.to_owned());
    let mut builder = TreeBuilder::new(file.clone());
    read_document(text, &mut builder).unwrap();
    let tree = builder.finish();
    let root = tree.root().unwrap();
    assert_eq!((root.name(), root.attr("id")), ("a", Some("x")));
    let names: Vec<_> = root.descendants().map(nml_xml::Element::name).collect();
    assert_eq!(names, ["a", "b", "c", "b"]);
    let b = root.child("b").unwrap();
    assert_eq!(b.attr("v"), Some("1 < 2"));
    assert_eq!(file.slice(b.attribute("v").unwrap().value_span()), "1 &lt; 2");
    assert_eq!(file.slice(b.attribute("w").unwrap().value_span()), "3");
    assert_eq!(b.text(), "hello world");
    assert_eq!(file.slice(b.span()), "<b v='1 &lt; 2' w='3'>hello <c/>world</b>");
    assert_eq!(b.child("c").unwrap().descendants().count(), 1);
    assert_eq!(root.children_named("b").count(), 2);
    assert_eq!(b.child("c").unwrap().ancestors().count(), 2);
}
