//! Both readers tell the same story, and the tree gives it back.

use std::ops::Range;

use nml_base::SourceMap;
use nml_xml::{
    MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAME_BYTES, MAX_NAMESPACES, StartTag, TreeBuilder, Visitor,
    read_document, read_stream,
};

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
        self.1.push_str(text);
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
        "<?xml\tversion='1.0'?><!DOCTYPE a SYSTEM 'nowhere.dtd'><a>x\r&amp; &amp;\ry<![CDATA[\r\n]]></a>",
        "<a xml:lang='en' xmlns:n='urn:n' n:xmlns='1'/>",
        "<é ñ·='1'/>",
        "<a b         \n     =    '>'/>",
        "<?pi ?><a><?b c?>]] &gt; ><!----></a><?xml-stylesheet x?>",
        "\u{FEFF}<?xml version='1.0'?><a b='1'>t</a>",
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
        "<a>\u{1}</a>",
        "<a b='\u{FFFE}'/>",
        "<!-- \0 --><a/>",
        "<a>]]></a>",
        "<!-- a -- b --><a/>",
        "<!--a---><a/>",
        "<!--><a/>",
        "<a b='1'c='2'/>",
        "<a 1='2'/>",
        "<1/>",
        "<:a/>",
        "<a :b='1'/>",
        "<a: />",
        "<a:b:c xmlns:a='u'/>",
        "< a/>",
        "<a / >",
        "<a></ a>",
        "<a></a b='1'>",
        "<a/>text",
        "<a/><![CDATA[]]>",
        "&amp;<a/>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a>&#x;</a>",
        "<a>&;</a>",
        "<a>& b;</a>",
        "<a b='&#1114112;'/>",
        "<a xmlns='u' xmlns='v'/>",
        "<a xmlns:n='u' xmlns:n='u'/>",
        "<a xmlns:n='u' xmlns:m='u' n:b='1' m:b='2'/>",
        "<a xmlns:n=''/>",
        "<a xmlns='&#x110000;'/>",
        "<a xmlns:n = '&#xD800;'/>",
        "<a xmlns:xml='u'/>",
        "<a xmlns:xmlns='u'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns:n='http://www.w3.org/XML/1998/namespace'/>",
        "<xmlns:a/>",
        " <?xml version='1.0'?><a/>",
        "<?xml?><a/>",
        "<?XML version='1.0'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        "<?xml versions='1.0'?><a/>",
        "<?a$b?><a/>",
        "<??><a/>",
        "<a><?xml version='1.0'?></a>",
        "<!doctype a><a/>",
        "<!DOCTYPE><a/>",
        "<!DOCTYPE a><!DOCTYPE a><a/>",
        "<a/><!DOCTYPE a>",
        "<a><!DOCTYPE a></a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y 'z'>]><a b='&x;'/>",
        "<a><![CDATA[x</a>",
        "<a>x</:a>",
        "<!-- ",
        "<a b='",
        "<a><!-- </a>",
        "\u{FEFF}\u{FEFF}<a/>",
        "\u{FEFF}!D<Ir x>",
        &deep,
        bomb,
    ] {
        for read in [read_document, read_stream] {
            let error = read(text, &mut Notes::default()).expect_err(&format!("{text:.40}"));
            assert!(text.is_char_boundary(error.offset as usize), "{text:.40}: {error:?}");
        }
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

#[test]
fn limits_are_the_same_for_both() {
    let attributes = |n: usize| {
        let all = (0..n).map(|i| format!(" a{i}=''")).collect::<Vec<_>>().concat();
        format!("<a{all}/>")
    };
    let namespaces = |n: usize| {
        let all = (0..n).map(|i| format!("<b xmlns='urn:{i}'/>")).collect::<Vec<_>>().concat();
        format!("<a>{all}</a>")
    };
    let names = |n: usize| format!("<a {}='1'/>", "b".repeat(n));
    for (limit, text) in [
        (MAX_ATTRIBUTES, &attributes as &dyn Fn(usize) -> String),
        (MAX_NAMESPACES, &namespaces),
        (MAX_NAME_BYTES, &names),
    ] {
        let (good, bad) = (text(limit), text(limit + 1));
        assert!(notes(|n| read_document(&good, n)).is_ok(), "{good:.100}");
        assert_eq!(notes(|n| read_document(&good, n)), notes(|n| read_stream(&good, n)));
        assert!(notes(|n| read_document(&bad, n)).is_err(), "{bad:.100}");
        assert!(notes(|n| read_stream(&bad, n)).is_err(), "{bad:.100}");
    }
}

#[test]
fn an_entity_is_never_expanded_however_it_is_hidden() {
    let big = "x".repeat(100_000);
    let uses = "&x;".repeat(1000);
    let text = format!("<!DOCTYPE a [<!ENTITY x '{big}'>]><a>{uses}</a>");
    let error = notes(|n| read_document(&text, n)).unwrap_err();
    assert_eq!(error, "the entity `&x;` is not defined");
}

#[test]
fn a_plain_entity_stands_for_its_text() {
    let map = SourceMap::new();
    let text = "<!DOCTYPE a [<!ENTITY e \"-70mV\">]><a b='&e;'>at &e;!</a>";
    let mut builder = TreeBuilder::new(map.add("t.xml", text.to_owned()));
    read_document(text, &mut builder).unwrap();
    let tree = builder.finish();
    let root = tree.root().unwrap();
    assert_eq!((root.attr("b"), root.text().as_str()), (Some("-70mV"), "at -70mV!"));
}
