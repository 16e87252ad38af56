//! Documents in parts hold what the document holds.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{load, written};
use nml_base::{Diagnostics, MemoryLoader, OsLoader};
use nml_codegen::Origin;
use nml_codegen_neuroml::{form, stem};
use nml_load::Loader;
use nml_model::{DocumentKind, Model};
use nml_tests::corpus_files;

/// Components at the top of the model with their attributes and what is in them.
fn holds(model: &Model) -> Vec<String> {
    let about = ["include", "Include", "notes", "property", "annotation"];
    let attributes = |e: nml_xml::Element<'_>| {
        let mut all: Vec<String> =
            e.attributes().map(|a| format!("{}={}", a.name(), a.value())).collect();
        all.sort();
        all.join(" ")
    };
    let top = model.top_level().filter(|c| !about.contains(&c.name()));
    let mut all: Vec<String> = top
        .map(|c| {
            let inner =
                c.descendants().map(|c| format!("{} {}", c.name(), attributes(c.element())));
            let rows = c.connections().map_or(0, nml_model::table::ConnectionTable::len)
                + c.instances().map_or(0, nml_model::table::InstanceTable::len);
            format!(
                "{} {} {rows} {:?}",
                c.name(),
                attributes(c.element()),
                inner.collect::<Vec<_>>()
            )
        })
        .collect();
    for document in model.documents() {
        let types = document.tree.elements().filter(|e| e.name() == "ComponentType");
        all.extend(types.map(attributes));
    }
    all.sort();
    all
}

/// The parts of a model loaded again, in the place of its root document.
fn again(model: &Model, artifacts: &nml_codegen::Artifacts) -> Vec<Model> {
    let mut files = MemoryLoader::new();
    let folder = model.root().folder();
    for document in &model.documents()[1..] {
        files.insert(&document.path, document.file().text());
    }
    for (path, bytes) in artifacts.iter() {
        files.insert(folder.join(path), bytes);
    }
    let loader = Loader::new(Arc::new(files));
    artifacts.iter().map(|(path, _)| loader.load(&folder.join(path))).collect()
}

const DOCUMENT: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
<notes>all</notes>
<!-- leaks -->
<ionChannelPassive id="pas" conductance="10pS"/>
<morphology id="m"><segment id="0"><distal x="0" y="0" z="0" diameter="1"/></segment></morphology>
<biophysicalProperties id="b"><membraneProperties>
  <channelDensity id="leak" ionChannel="pas" condDensity="1 mS_per_cm2" erev="-60 mV" ion="non_specific"/>
</membraneProperties></biophysicalProperties>
<cell id="c" morphology="m" biophysicalProperties="b"/>
<expOneSynapse id="s" gbase="1nS" erev="0mV" tauDecay="1ms"/>
<network id="c-net"><population id="p" component="c" size="1"/>
  <projection id="q" presynapticPopulation="p" postsynapticPopulation="p" synapse="s"/></network>
</neuroml>"#;

#[test]
fn parts_named_like_their_document() {
    let channel = r#"<ionChannelPassive id="cell" conductance="10pS"/>"#;
    let document = |inner: &str| {
        format!(
            r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">{inner}</neuroml>"#
        )
    };
    let names = |name: &str, text: &str| {
        let model = load(name, text);
        let origin = Origin { file: name.to_owned(), version: "0".to_owned() };
        let mut sink = Diagnostics::new();
        let made =
            form("split").and_then(|form| form.write(&model, stem(name), &origin, &mut sink));
        assert_eq!(sink.len(), 0);
        let made = made.unwrap_or_default();
        made.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("cell.channel.nml", &document(channel)), ["cell.channel.nml"]);
    let two = document(&format!(r#"{channel}<ionChannelPassive id="b" conductance="1pS"/>"#));
    assert_eq!(
        names("cell.channel.nml", &two),
        ["b.channel.nml", "cell.channel.nml", "cell_part.channel.nml"]
    );
}

#[test]
fn a_document_in_parts() {
    let model = load("cell.nml", DOCUMENT);
    let (artifacts, told) = written(&model, "split");
    let artifacts = artifacts.unwrap_or_default();
    assert_eq!(told, [""; 0]);
    let names: Vec<String> = artifacts.iter().map(|(p, _)| p.display().to_string()).collect();
    let expected = [
        "b.biophysics.nml",
        "c.cell.nml",
        "c_net.net.nml",
        "cell.nml",
        "m.morphology.nml",
        "pas.channel.nml",
        "s.synapse.nml",
    ];
    assert_eq!(names, expected);
    let text =
        |name: &str| String::from_utf8_lossy(artifacts.get(name).unwrap_or(b"")).into_owned();
    let includes = |name: &str| {
        let text = text(name);
        let lines = text.lines().filter(|l| l.contains("<include"));
        lines.map(|l| l.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(includes("b.biophysics.nml"), ["<include href=\"pas.channel.nml\"/>"]);
    assert_eq!(
        includes("c_net.net.nml"),
        ["<include href=\"c.cell.nml\"/>", "<include href=\"s.synapse.nml\"/>"]
    );
    assert_eq!(includes("cell.nml").len(), 6);
    assert!(text("pas.channel.nml").contains("<!-- leaks -->"));
    assert!(text("cell.nml").contains("<notes>all</notes>"));
    let models = again(&model, &artifacts);
    for model in &models {
        let found: Vec<_> = model.diagnostics().map(|d| d.message.clone()).collect();
        assert_eq!(found, [""; 0], "{}", model.root().path.display());
    }
    let whole = models.iter().find(|m| m.root().path == Path::new("cell.nml"));
    assert_eq!(whole.map(holds), Some(holds(&model)));
}

#[test]
fn a_lems_document_is_not_split() {
    let told = written(&load("LEMS_x.xml", "<Lems><iafCell id=\"a\"/></Lems>"), "split").1;
    let expected =
        "a document in parts cannot express a LEMS document; a NeuroML document can be split";
    assert_eq!(told, [expected]);
}

#[test]
fn real_documents_in_parts_hold_the_same() {
    let files = corpus_files(&[".nml"]);
    let (mut done, mut parts, mut refused) = (0, 0, Vec::new());
    let loader = Loader::new(Arc::new(OsLoader::default()));
    for path in files.iter().filter(|p| !p.to_string_lossy().contains("/mutants/")) {
        let model = loader.load(path);
        // Long lists are read twice here and change nothing.
        let long = model.documents().iter().any(|d| d.file().text().len() > 2_000_000);
        if model.root().kind != DocumentKind::NeuroMl || long {
            continue;
        }
        let (artifacts, told) = written(&model, "split");
        let Some(artifacts) = artifacts else {
            refused.push(format!("{}: {told:?}", path.display()));
            continue;
        };
        let models = again(&model, &artifacts);
        let whole = models.iter().find(|m| m.root().path.ends_with("cell.nml"));
        let expected = holds(&model);
        assert_eq!(whole.map(holds), Some(expected), "{}", path.display());
        done += 1;
        parts += artifacts.len();
    }
    println!("{done} documents are {parts} files; refused: {refused:#?}");
    assert!(refused.len() <= done / 20, "{refused:#?}");
}
