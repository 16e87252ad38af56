//! Documents with all that they include, as one.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use std::sync::Arc;

use common::{load, written};
use nml_base::{MemoryLoader, OsLoader};
use nml_load::Loader;
use nml_model::{DocumentKind, Model};
use nml_tests::corpus_files;

fn world(files: &[(&str, &str)]) -> Model {
    let mut loader = MemoryLoader::new();
    for (name, text) in files {
        loader.insert(name, *text);
    }
    Loader::new(Arc::new(loader)).load(files[0].0.as_ref())
}

fn inlined(model: &Model) -> (Option<String>, Vec<String>) {
    let (artifacts, told) = written(model, "inlined");
    let text = artifacts
        .and_then(|a| a.iter().next().map(|(_, b)| String::from_utf8_lossy(b).into_owned()));
    (text, told)
}

/// Components at the top with their attributes, and the types that the documents define.
fn holds(model: &Model) -> Vec<String> {
    let attributes = |e: nml_xml::Element<'_>| {
        let mut all: Vec<String> =
            e.attributes().map(|a| format!("{}={}", a.name(), a.value())).collect();
        all.sort();
        all.join(" ")
    };
    let mut all: Vec<String> = model
        .top_level()
        .filter(|c| {
            !["include", "Include", "notes", "property", "annotation", "Target"].contains(&c.name())
        })
        .map(|c| format!("{} {} {}", c.name(), attributes(c.element()), c.descendants().count()))
        .collect();
    for document in model.documents() {
        all.extend(
            document.tree.elements().filter(|e| e.name() == "ComponentType").map(attributes),
        );
    }
    all.sort();
    all
}

#[test]
fn included_documents_stand_where_they_were_included() {
    let model = world(&[
        (
            "d/net.nml",
            "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\"><!-- cells --><include href=\"c.nml\"/><include href=\"gone.nml\"/><network id=\"n\"/></neuroml>",
        ),
        (
            "d/c.nml",
            "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" xmlns:x=\"urn:x\" id=\"e\"><notes>of c</notes><include href=\"sub/s.nml\"/><include href=\"c.nml\"/><!-- one --><iafCell id=\"c\" x:y=\"1\"/></neuroml>",
        ),
        (
            "d/sub/s.nml",
            "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"f\"><include href=\"../c.nml\"/><expOneSynapse id=\"s\"/><pulseGenerator id=\"p\"/></neuroml>",
        ),
    ]);
    let (text, told) = inlined(&model);
    assert_eq!(told, ["`notes` of an included document is left out"]);
    let text = text.unwrap();
    let body: Vec<&str> = text.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        body,
        [
            "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\" xmlns:x=\"urn:x\">",
            "<include href=\"gone.nml\"/>",
            "<expOneSynapse id=\"s\"/> <!-- one -->",
            "<iafCell id=\"c\" x:y=\"1\"/>",
            "<pulseGenerator id=\"p\"/>",
            "<network id=\"n\"/>",
            "</neuroml>",
        ]
    );
}

#[test]
fn what_cannot_be_one_document_is_told() {
    let model = world(&[
        ("net.nml", "<neuroml id=\"d\"><include href=\"t.xml\"/></neuroml>"),
        ("t.xml", "<Lems><ComponentType name=\"t\"/></Lems>"),
    ]);
    assert_eq!(
        inlined(&model).1,
        ["one document cannot express a LEMS document inside a NeuroML document"]
    );
    let model = world(&[
        ("net.nml", "<neuroml id=\"d\" xmlns:x=\"urn:1\"><include href=\"t.nml\"/></neuroml>"),
        ("t.nml", "<neuroml id=\"e\" xmlns:x=\"urn:2\"/>"),
    ]);
    assert_eq!(inlined(&model).1, ["one document cannot express two meanings of the prefix `x`"]);
}

#[test]
fn real_models_hold_the_same_in_one_document() {
    let files = corpus_files(&[".nml", ".xml"]);
    let (mut done, mut refused, mut documents) = (0, Vec::new(), 0);
    let loader = Loader::new(Arc::new(OsLoader::default()));
    for path in files.iter().filter(|p| !p.to_string_lossy().contains("/mutants/")) {
        let model = loader.load(path);
        let known = matches!(model.root().kind, DocumentKind::NeuroMl | DocumentKind::Lems);
        if model.documents().len() < 2 || !known {
            continue;
        }
        let (text, told) = inlined(&model);
        let Some(text) = text else {
            refused.push(format!("{}: {told:?}", path.display()));
            continue;
        };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let alone = load(&name, text);
        assert_eq!(holds(&alone), holds(&model), "{}", path.display());
        documents += model.documents().len();
        done += 1;
    }
    println!("{done} models of {documents} documents are one each; refused: {refused:#?}");
}
