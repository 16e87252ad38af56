//! What exports say, and that they are read back as they were written.
#![expect(clippy::expect_used, clippy::panic, reason = "tests fail this way")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{SimulateOptions, Wish};

const CELLS: &str = r#"
<iafRefCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS" refract="5ms"/>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>"#;

const NET: &str = r#"
<population id="a" component="iaf" size="2"/>
<population id="b" component="iaf" type="populationList">
  <instance id="0"><location x="1" y="2" z="3"/></instance><instance id="1"><location x="4" y="5" z="6"/></instance>
  <instance id="2"><location x="7" y="8" z="9"/></instance></population>
<projection id="p" presynapticPopulation="a" postsynapticPopulation="b" synapse="syn">
  <connectionWD id="0" preCellId="../a[0]" postCellId="../b/2/iaf" weight="2" delay="1ms"/>
  <connectionWD id="1" preCellId="../a[1]" postCellId="../b/0/iaf" weight="3" delay="1.5ms"/>
  <connectionWD id="2" preCellId="../a[0]" postCellId="../b/0/iaf" weight="0.5" delay="0ms"/>
</projection>
<inputList id="i" population="a" component="pulse">
  <input id="0" target="../a[1]" destination="synapses"/></inputList>"#;

/// A network file around components and what stands in the network.
fn network(components: &str, inner: &str) -> String {
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
{components}
<network id="net">{inner}</network>
</neuroml>"#
    )
}

fn load(files: MemoryLoader, root: &str) -> nml::model::Model {
    nml::Loader::new(Arc::new(files)).load(root.as_ref())
}

fn written(model: &nml::model::Model, record: &[&str]) -> Result<Artifacts, Vec<Diagnostic>> {
    let sonata = backend("sonata").expect("the target is listed");
    let wish = Wish {
        record: record.iter().map(|&path| path.to_owned()).collect(),
        file: "model".to_owned(),
        ..Wish::default()
    };
    let options =
        SimulateOptions { length: Some(0.01), step: Some(1e-5), ..SimulateOptions::default() };
    convert(model, sonata, &wish, options, &JobOptions::default()).map(|made| made.artifacts)
}

fn export(text: &str, record: &[&str]) -> Result<Artifacts, Vec<Diagnostic>> {
    let mut files = MemoryLoader::new();
    files.insert("model.net.nml", text);
    written(&load(files, "model.net.nml"), record)
}

fn text(made: &Artifacts, path: &str) -> String {
    let bytes = made.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

#[test]
fn a_small_network_is_readable() {
    let made = export(&network(CELLS, NET), &["a[0]/v"]).expect("it can be exported");
    let names: Vec<String> = made.iter().map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(
        names,
        [
            "README.md",
            "circuit_config.json",
            "components/cells.json",
            "components/components.xml",
            "components/mechanisms/modfiles/iaf.mod",
            "components/mechanisms/modfiles/pulse.mod",
            "components/mechanisms/modfiles/syn.mod",
            "network/edge_types.csv",
            "network/edges.h5",
            "network/node_types.csv",
            "network/nodes.h5",
            "node_sets.json",
            "run_bionet.py",
            "simulation_config.json",
        ]
    );
    assert_eq!(
        text(&made, "network/node_types.csv"),
        "node_type_id population model_type model_template nml_component nml_model\n\
         100 a point_neuron nml:components.xml iaf iaf\n\
         101 b point_neuron nml:components.xml iaf iaf_2\n"
    );
    assert_eq!(
        text(&made, "network/edge_types.csv"),
        "edge_type_id model_template nml_component nml_mechanism nml_weight nml_port\n\
         100 nml:components.xml syn syn weight 0\n"
    );
    let simulation = text(&made, "simulation_config.json");
    for part in
        ["\"amp_start\": 0.1", "\"tstop\": 10.0", "\"dt\": 0.01", "\"variable_name\": \"v\""]
    {
        assert!(simulation.contains(part), "{part} in {simulation}");
    }
    assert!(text(&made, "node_sets.json").contains("\"population\": \"a\""));
    assert!(text(&made, "components/components.xml").contains("<iafRefCell id=\"iaf\""));
    assert!(!text(&made, "components/components.xml").contains("<network"));
    assert!(text(&made, "components/cells.json").contains("\"capacitance\": 0.2"));
    let again = export(&network(CELLS, NET), &["a[0]/v"]).expect("it can be exported again");
    assert_eq!(made, again, "the same model gives the same bytes");
}

#[test]
fn what_is_written_is_read_back_and_written_the_same() {
    let made = export(&network(CELLS, NET), &["a[0]/v"]).expect("it can be exported");
    let mut files = MemoryLoader::new();
    for (path, bytes) in made.iter() {
        files.insert(path, bytes);
    }
    let model = load(files, "simulation_config.json");
    let found: Vec<_> = model.diagnostics().map(|d| d.message.clone()).collect();
    assert_eq!(found, [""; 0]);
    let sonata = backend("sonata").expect("the target is listed");
    let (wish, options) = (Wish::default(), SimulateOptions::default());
    let again = convert(&model, sonata, &wish, options, &JobOptions::default());
    let again = again.unwrap_or_else(|found| panic!("{found:#?}")).artifacts;
    for (path, bytes) in made.iter().filter(|(path, _)| path.starts_with("network")) {
        assert!(again.get(path) == Some(bytes), "{} is the same", path.display());
    }
}

#[test]
fn what_cannot_be_expressed_is_told() {
    let shared = r#"<population id="a" component="iaf" size="2"/>"#;
    let cases = [
        (
            r#"<gapJunction id="gap" conductance="10pS"/>"#,
            r#"<electricalProjection id="e" presynapticPopulation="a" postsynapticPopulation="a">
               <electricalConnection id="0" preCell="0" postCell="1" synapse="gap"/></electricalProjection>"#,
            "sees the potential of the other cell",
        ),
        (
            r#"<sineGenerator id="sine" phase="0" delay="1ms" duration="9ms" amplitude="1nA" period="5ms"/>"#,
            r#"<explicitInput target="a[0]" input="sine"/>"#,
            "an input of type `sineGenerator`",
        ),
        (
            r#"<poissonFiringSynapse id="noise" averageRate="50 Hz" synapse="syn" spikeTarget="./syn"/>"#,
            r#"<explicitInput target="a[0]" input="noise"/>"#,
            "an input of type `poissonFiringSynapse`",
        ),
        (
            r#"<spikeGeneratorPoisson id="random" averageRate="50 Hz"/>"#,
            r#"<population id="r" component="random" size="1"/>
               <projection id="q" presynapticPopulation="r" postsynapticPopulation="a" synapse="syn">
               <connection id="0" preCellId="../r[0]" postCellId="../a[0]"/></projection>"#,
            "random numbers of a component",
        ),
    ];
    for (components, inner, expected) in cases {
        let text = network(&format!("{CELLS}{components}"), &format!("{shared}{inner}"));
        let found = export(&text, &[]).expect_err(expected);
        let told = found.iter().any(|d| d.rule.code == "NML0980" && d.message.contains(expected));
        assert!(told, "{expected} in {found:#?}");
    }
}
