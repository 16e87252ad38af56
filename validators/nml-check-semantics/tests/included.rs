//! What a reference may lead to when it leads through included files.

use std::sync::Arc;

use nml_base::{Diagnostics, MemoryLoader};
use nml_load::Loader;

const OWN: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="own">
    <ComponentType name="mySynapse" extends="expOneSynapse"/>
    <mySynapse id="fast" gbase="1nS" erev="0mV" tauDecay="2ms"/>
</neuroml>"#;

const NET: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="net">
    <include href="own.nml"/>
    <iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
    <network id="n">
        <population id="p" component="iaf" size="1"/>
        <projection id="j" presynapticPopulation="p" postsynapticPopulation="p" synapse="fast"/>
    </network>
</neuroml>"#;

/// Name and message of each finding of those rules.
fn findings(files: &[(&str, &str)], rules: &[&str]) -> Vec<String> {
    let mut memory = MemoryLoader::new();
    for (path, text) in files {
        memory.insert(path, *text);
    }
    let model = Loader::new(Arc::new(memory)).load(files[0].0.as_ref());
    let mut sink = Diagnostics::new();
    nml_check_semantics::check(&model, &mut sink);
    let found = sink.into_vec().into_iter().filter(|d| rules.contains(&d.rule.name));
    found.map(|d| format!("{}: {}", d.rule.name, d.message)).collect()
}

#[test]
fn a_neuroml_document_alone_cannot_use_an_element_of_ones_own() {
    let rules = ["wrong-kind", "unknown-reference"];
    let alone = findings(&[("net.nml", NET), ("own.nml", OWN)], &rules);
    assert_eq!(
        alone,
        [
            "wrong-kind: `synapse` of `<projection id=\"j\">` names `fast`, a `<mySynapse>`, which is not \
          an element of NeuroML 2"
        ]
    );
}

#[test]
fn nor_one_that_stands_in_a_lems_file() {
    let own = r#"<Lems><ComponentType name="mySynapse" extends="expOneSynapse"/>
        <Component id="fast" type="mySynapse" gbase="1nS" erev="0mV" tauDecay="2ms"/></Lems>"#;
    let alone = findings(&[("net.nml", NET), ("own.nml", own)], &["wrong-kind"]);
    assert_eq!(alone.len(), 1, "{alone:?}");
}

#[test]
fn through_a_lems_file_it_can() {
    let lems = r#"<Lems><Target component="s"/>
        <Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
        <Include file="net.nml"/>
        <Simulation id="s" length="1ms" step="0.1ms" target="n"/>
    </Lems>"#;
    let rules = ["wrong-kind", "unknown-reference"];
    let files = [("LEMS_s.xml", lems), ("net.nml", NET), ("own.nml", OWN)];
    assert_eq!(findings(&files, &rules), Vec::<String>::new());
}
