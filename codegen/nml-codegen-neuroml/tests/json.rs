//! Documents to JSON and back.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use common::{load, one, written};
use nml_base::{OsLoader, SourceLoader};
use nml_schemas::json;
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
  "$schema": "https://raw.githubusercontent.com/nml-toolchain/nml/main/schemas/json/neuroml-document.schema.json",
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
        ("{\"a\": {\"@b\": \"\\u0001\"}}", "1:22 `@b` holds a character that XML cannot have"),
        (
            "{\"a\": {\"$text\": \"\\uffff\"}}",
            "1:25 `$text` holds a text that XML cannot have there",
        ),
        ("{\"a\": {}, \"b\": {}}", "1:1 a document has one root element, here are 2"),
        ("{\"a\": {}, \"a\": {}}", "1:13 there are two members `a`"),
        ("{\"a\": {\"@b\": 1, \"@b\": 1}}", "1:20 there are two members `@b`"),
        (
            "{\"a\": {\"$order\": [[\"b\", 2]], \"b\": {}}}",
            "1:37 `$order` names 2 of `b`, here are 1",
        ),
        ("{\"$schema\": 1, \"a\": {}}", "1:13 invalid type: integer `1`, expected a string"),
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
    let model = load("x.json", deep);
    let told: Vec<_> = model.diagnostics().map(|d| d.message.as_str()).collect();
    assert_eq!(told, ["nested deeper than 127 levels"]);
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

/// The published schema.
fn schema() -> Result<jsonschema::Validator, Box<dyn std::error::Error>> {
    let schema: serde_json::Value = serde_json::from_str(json::SCHEMA)?;
    assert_eq!(schema["$id"], json::SCHEMA_ID);
    jsonschema::draft202012::meta::validate(&schema).map_err(|e| e.to_string())?;
    Ok(jsonschema::validator_for(&schema)?)
}

#[test]
fn documents_name_their_schema_and_need_not() {
    let schema = schema().unwrap();
    let (_, json) = one(&load("small.nml", SMALL), "json");
    let mut value: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(value["$schema"], json::SCHEMA_ID);
    assert!(schema.is_valid(&value));
    let mut texts = vec![load("a.json", json).root().file().text().to_owned()];
    // A copy of the schema beside the document, and none.
    value["$schema"] = "./neuroml.schema.json".into();
    for value in [value.clone(), {
        let members = value.as_object_mut().unwrap();
        members.remove("$schema");
        members.remove("$format");
        value
    }] {
        assert!(schema.is_valid(&value));
        let model = load("a.json", value.to_string());
        assert_eq!(model.root().diagnostics.len(), 0);
        texts.push(model.root().file().text().to_owned());
    }
    // Members of a `Value` are sorted, which `$order` makes good for children.
    let sorted = |text: &str| {
        let mut parts: Vec<String> = text.split([' ', '\n', '/', '>']).map(str::to_owned).collect();
        parts.sort();
        parts
    };
    assert_eq!(sorted(&texts[0]), sorted(&texts[1]));
    assert_eq!(texts[1], texts[2]);
}

#[test]
fn numbers_are_read_to_the_last_bit() {
    // What readers of JSON round wrongly in a hurry.
    let text = r#"{"neuroml": {"@a": 51.24817837550540e-4, "@b": -0.0, "@c": 1e23, "@d": 18446744073709551615}}"#;
    assert!(load("x.json", text).root().file().text().contains(
        "<neuroml a=\"0.00512481783755054\" b=\"-0\" c=\"1e23\" d=\"18446744073709551615\"/>"
    ));
}

#[test]
fn every_document_comes_back() {
    let schema = schema().unwrap();
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
