//! Both readers say the same about every text, and the tree gives back what was read.

#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use nml_base::SourceMap;
use nml_xml::{StartTag, TreeBuilder, Visitor, XmlError, read_document, read_stream};

#[derive(Debug, PartialEq)]
enum Heard {
    Start {
        name: String,
        namespace: String,
        place: [usize; 3],
        attributes: Vec<(String, String, String, Range<usize>, Range<usize>)>,
    },
    Text(String, Range<usize>),
    End(Range<usize>),
}

#[derive(Default)]
struct Notes {
    heard: Vec<Heard>,
    text_len: usize,
}

impl Visitor for Notes {
    fn start(&mut self, tag: &StartTag<'_>) {
        let attributes = tag.attributes.iter().map(|a| {
            assert!(a.name_range.end < a.value_range.start && a.value_range.end < self.text_len);
            let (name, namespace) = (a.name.to_owned(), a.namespace.to_owned());
            (name, namespace, a.value.to_string(), a.name_range.clone(), a.value_range.clone())
        });
        self.heard.push(Heard::Start {
            name: tag.name.to_owned(),
            namespace: tag.namespace.to_owned(),
            place: [tag.start, tag.name_start, tag.name_end],
            attributes: attributes.collect(),
        });
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.heard.push(Heard::Text(text.to_owned(), range));
    }

    fn end(&mut self, range: Range<usize>) {
        self.heard.push(Heard::End(range));
    }
}

type Read = fn(&str, &mut dyn Visitor) -> Result<(), XmlError>;

fn notes(text: &str, read: Read) -> Result<Vec<Heard>, XmlError> {
    let mut notes = Notes { heard: Vec::new(), text_len: text.len() };
    read(text, &mut notes).inspect_err(|e| {
        assert!(text.is_char_boundary(e.offset as usize), "{e:?}");
    })?;
    Ok(notes.heard)
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = nml_xml::decode(data.to_vec()) else { return };
    let document = notes(&text, read_document);
    let stream = notes(&text, read_stream);
    match (&document, &stream) {
        (Ok(document), Ok(stream)) => assert_eq!(document, stream),
        (Err(_), Err(_)) => {}
        (Ok(_), Err(e)) => panic!("only the streaming reader refuses: {e:?}"),
        (Err(e), Ok(_)) => panic!("only the document reader refuses: {e:?}"),
    }
    let sources = SourceMap::new();
    let file = sources.add("f.xml", text);
    let mut builder = TreeBuilder::new(file.clone());
    let read = read_stream(file.text(), &mut builder);
    let tree = builder.finish();
    for element in tree.elements() {
        assert!(file.text().get(element.span().range()).is_some());
        assert!(file.slice(element.name_span()).ends_with(element.name()));
        for attribute in element.attributes() {
            assert!(file.text().get(attribute.value_span().range()).is_some());
            let _ = (attribute.name(), attribute.namespace(), attribute.value());
        }
        let _ = (element.text(), element.namespace(), element.descendants().count());
    }
    if let (Ok(()), Ok(heard)) = (read, stream) {
        let starts = heard.iter().filter(|h| matches!(h, Heard::Start { .. })).count();
        assert_eq!(tree.elements().count(), starts);
    }
});
