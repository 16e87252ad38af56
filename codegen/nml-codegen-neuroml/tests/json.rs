//! Documents to JSON and back.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use common::{load, one, written};
use nml_base::{OsLoader, SourceLoader};
use nml_tests::{corpus_files, story};

const SMALL: &str = r#"<?xml version="1.0"?>
<!-- before -->
<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" xmlns:x="urn:x" id="d">
  <notes>A &amp; B &lt; "C"</notes>
  <include href="a.nml"/>
  <izhikevichCell id="one" v0="-70.0mV" thresh="30mV" a="0.02" b="0.2" c="-50" d="2"/>
  <!-- between -->
  <iafCell id="two"><annotation><x:p>a <x:b y="1&#10;2"/> <x:b/>c</x:p></annotation></iafCell>
  <izhikevichCell id="three"/>
</neuroml>
"#;

#[test]
fn a_small_document_reads_well() {
    let (name, json) = one(&load("small.nml", SMALL), "json");
    assert_eq!(name, "cell.nml.json");
    assert_eq!(
        String::from_utf8(json).unwrap(),
        r#"{
  "$format": "neuroml-json/1",
  "$comment": [
    " before "
  ],
  "neuroml": {
    "@xmlns": "http://www.neuroml.org/schema/neuroml2",
    "@xmlns:x": "urn:x",
    "@id": "d",
    "$order": [["notes", 1], ["include", 1], ["izhikevichCell", 1], ["$comment", 1], ["iafCell", 1], ["izhikevichCell", 1]],
    "notes": [
      {
        "$text": [
          "A & B < \"C\""
        ]
      }
    ],
    "include": [
      {"@href": "a.nml"}
    ],
    "izhikevichCell": [
      {"@id": "one", "@v0": "-70.0mV", "@thresh": "30mV", "@a": "0.02", "@b": "0.2", "@c": "-50", "@d": "2"},
      {"@id": "three"}
    ],
    "$comment": [
      " between "
    ],
    "iafCell": [
      {
        "@id": "two",
        "annotation": [
          {
            "x:p": [
              {
                "$order": [["$text", 1], ["x:b", 1], ["$text", 1], ["x:b", 1], ["$text", 1]],
                "$text": [
                  "a ",
                  " ",
                  "c"
                ],
                "x:b": [
                  {"@y": "1\n2"},
                  {}
                ]
              }
            ]
          }
        ]
      }
    ]
  }
}
"#
    );
}

#[test]
fn what_is_no_document_is_told_where_it_stands() {
    for (text, expected) in [
        ("", "1:1 EOF while parsing a value"),
        ("[]", "1:1 invalid type: sequence, expected a document as an object"),
        (
            "{\n \"neuroml\": {\"id\": \"x\"}}",
            "2:22 invalid type: string \"x\", expected an element as an object, or an array of elements",
        ),
        (
            "{\"neuroml\": {\"@id\": [1]}}",
            "1:21 invalid type: sequence, expected the value of an attribute: a text, a number or a truth value",
        ),
        ("{\"a b\": {}}", "1:6 `a b` is no name of an element; attributes begin with `@`"),
        ("{\"neuroml\": {\"@a=\\\"\\\" b\": 1}}", "1:24 `@a=\"\" b` cannot be an attribute here"),
        (
            "{\"neuroml\": {\"$comment\": \"--\"}}",
            "1:30 `$comment` holds a text that XML cannot have there",
        ),
        ("{\"a\": {}, \"b\": {}}", "1:1 a document has one root element, here are 2"),
        (
            "{\"$format\": \"neuroml-json/2\", \"a\": {}}",
            "1:28 the format is `neuroml-json/2`, not `neuroml-json/1`",
        ),
    ] {
        let model = load("x.nml.json", text);
        let found: Vec<String> = model
            .diagnostics()
            .filter(|d| d.rule.name == "malformed-json")
            .map(|d| {
                let place = model
                    .sources()
                    .get(d.primary.span.file)
                    .map(|f| f.line_column(d.primary.span.start));
                format!("{} {}", place.map_or(String::new(), |p| p.to_string()), d.message)
            })
            .collect();
        assert_eq!(found, [expected], "{text}");
    }
    let deep = format!("{}{}", "{\"a\":".repeat(1000), "}".repeat(1000));
    assert_eq!(load("x.json", deep).diagnostics().count(), 1);
}

#[test]
fn documents_written_by_hand_may_be_short() {
    let text = r#"{"neuroml": {"@id": "d", "network": {"@id": "n", "population": [{"@size": 3, "@id": "p"}]}}}"#;
    let model = load("x.json", text);
    assert_eq!(
        model.root().file().text(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<neuroml id=\"d\">\n    <network id=\"n\">\n        \
         <population size=\"3\" id=\"p\"/>\n    </network>\n</neuroml>\n"
    );
}

#[test]
fn what_cannot_be_json_is_told() {
    let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    let (none, found) = written(&load("x.nml", deep), "json");
    assert!(none.is_none());
    assert_eq!(found, ["JSON cannot express elements nested more than 60 deep"]);
    let (none, found) = written(&load("x.nml", "<a"), "json");
    assert!(none.is_none() && found.len() == 1, "{found:?}");
}

#[test]
fn every_document_comes_back() {
    let schema =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/json/neuroml-document.schema.json");
    let schema = OsLoader::default().read(schema.as_ref()).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_slice(&schema).unwrap()).unwrap();
    let files = corpus_files(&[".nml", ".xml"]);
    let (mut done, mut refused) = (0, 0);
    for path in &files {
        let model = load("x.nml", OsLoader::default().read(path).unwrap());
        let Ok(before) = story(model.root().file().text()) else {
            refused += 1;
            continue;
        };
        let (_, json) = one(&model, "json");
        // Holding a file against the schema takes longer than all the rest.
        if json.len() < 200_000 {
            let value = serde_json::from_slice(&json).unwrap();
            assert!(schema.is_valid(&value), "{}", path.display());
        }
        let again = load("x.nml.json", json.clone());
        assert_eq!(again.diagnostics().filter(|d| d.rule.name == "malformed-json").count(), 0);
        assert_eq!(story(again.root().file().text()).ok(), Some(before), "{}", path.display());
        assert!(one(&again, "json").1 == json, "{} is another one the second time", path.display());
        done += 1;
    }
    println!("{done} of {} documents come back, {refused} are not well-formed", files.len());
    assert!(refused <= 10);
}
