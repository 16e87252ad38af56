//! What exports say, and that they are read back as they were written.
#![expect(clippy::expect_used, reason = "tests fail this way")]

use std::sync::Arc;

use nml::base::MemoryLoader;
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{SimulateOptions, Wish};
use nml_tests::export::{file, network};
use nml_tests::graded::{DENDRITE, cell, density};

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

fn load(files: MemoryLoader, root: &str) -> nml::model::Model {
    nml::Loader::new(Arc::new(files)).load(root.as_ref())
}

fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("sonata", text, record).expect("it can be exported").artifacts
}

#[test]
fn a_small_network_is_readable() {
    let made = export(&network(CELLS, NET), &["a[0]/v"]);
    let names: Vec<String> = made.iter().map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(
        names,
        [
            "README.md",
            "circuit_config.json",
            "components/cells.json",
            "components/components.xml",
            "components/mechanisms/modfiles/iaf.mod",
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
        file(&made, "network/node_types.csv"),
        "node_type_id population model_type model_template nml_component nml_model\n\
         100 a point_neuron nml:components.xml iaf iaf\n\
         101 b point_neuron nml:components.xml iaf iaf_2\n"
    );
    assert_eq!(
        file(&made, "network/edge_types.csv"),
        "edge_type_id model_template nml_component nml_mechanism nml_weight nml_port\n\
         100 nml:components.xml syn syn weight 0\n"
    );
    let simulation = file(&made, "simulation_config.json");
    for part in
        ["\"amp_start\": 0.1", "\"tstop\": 10.0", "\"dt\": 0.01", "\"variable_name\": \"v\""]
    {
        assert!(simulation.contains(part), "{part} in {simulation}");
    }
    assert!(file(&made, "node_sets.json").contains("\"population\": \"a\""));
    assert!(file(&made, "components/components.xml").contains("<iafRefCell id=\"iaf\""));
    assert!(!file(&made, "components/components.xml").contains("<network"));
    assert!(file(&made, "components/cells.json").contains("\"capacitance\": 0.2"));
    let again = export(&network(CELLS, NET), &["a[0]/v"]);
    assert_eq!(made, again, "the same model gives the same bytes");
}

#[test]
fn what_is_written_is_read_back_and_written_the_same() {
    let made = export(&network(CELLS, NET), &["a[0]/v"]);
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
fn projections_of_one_synapse_share_its_mechanism() {
    let projection = |id: &str, weight: &str| {
        format!(
            r#"<projection id="{id}" presynapticPopulation="a" postsynapticPopulation="a" synapse="syn">
  <connectionWD id="0" preCellId="../a[0]" postCellId="../a[1]" weight="{weight}" delay="1ms"/></projection>"#
        )
    };
    let inner = [
        r#"<population id="a" component="iaf" size="2"/>"#.to_owned(),
        projection("one", "1"),
        projection("two", "2"),
    ];
    let made = export(&network(CELLS, &inner.concat()), &["a[0]/v"]);
    assert_eq!(
        file(&made, "network/edge_types.csv"),
        "edge_type_id model_template nml_component nml_mechanism nml_weight nml_port\n\
         100 nml:components.xml syn syn weight 0\n"
    );
}

#[test]
fn each_compartment_has_its_density() {
    let graded = density("", "condDensity", r#"erev="-77 mV" ion="k""#, "2 * p");
    let made = export(&cell(&graded, DENDRITE), &["pop[0]/v"]);
    let cells: serde_json::Value =
        serde_json::from_str(&file(&made, "components/cells.json")).expect("it is JSON");
    let mechanisms = cells["tree"]["mechanisms"].as_array().expect("there are some");
    let graded = mechanisms.iter().find(|m| m["mechanism"] == "graded").expect("it is there");
    let values = graded["on"][0][1].as_array().expect("by compartment");
    assert_eq!(values.len(), 3, "{values:?}");
    assert!(values[0].as_f64() < values[1].as_f64(), "{values:?}");
}
