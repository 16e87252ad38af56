//! Circuits of SONATA to models.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests fail this way, and tell what they skip"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use nml_base::MemoryLoader;
use nml_hdf5::{Layout, Type};
use nml_load::Loader;
use nml_model::Model;

/// Data sets by path, with the populations that they are numbered in.
#[derive(Clone, Default)]
struct Data {
    sets: Vec<(String, Vec<f64>)>,
    texts: Vec<(String, String, String)>,
}

impl Data {
    fn with(mut self, path: &str, values: &[f64]) -> Self {
        self.sets.push((path.to_owned(), values.to_vec()));
        self
    }

    fn of(mut self, path: &str, name: &str, value: &str) -> Self {
        self.texts.push((path.to_owned(), name.to_owned(), value.to_owned()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut layout = Layout::new();
        for (path, values) in &self.sets {
            layout.dataset(path, Type::F64, &[values.len() as u64]).unwrap();
        }
        for (path, name, value) in &self.texts {
            layout.attribute(path, name, value.as_str()).unwrap();
        }
        let mut writer = layout.begin(Vec::new()).unwrap();
        for (path, values) in &self.sets {
            writer.write(path, values).unwrap();
        }
        writer.finish().unwrap()
    }
}

const CIRCUIT: &str = r#"{
  "manifest": {"$NET": "./network", "$PARTS": "parts"},
  "components": {"point_neuron_models_dir": "$PARTS", "synaptic_models_dir": "${PARTS}"},
  "networks": {
    "nodes": [
      {"nodes_file": "$NET/nodes.h5", "node_types_file": "$NET/node_types.csv"},
      {"nodes_file": "$NET/sources.h5", "node_types_file": "$NET/source_types.csv"}],
    "edges": [{"edges_file": "$NET/edges.h5", "edge_types_file": "$NET/edge_types.csv"}]
  }
}"#;

const SIMULATION: &str = r#"{
  "run": {"tstop": 100.0, "dt": 0.1},
  "conditions": {"v_init": -70},
  "network": "circuit.json",
  "node_sets_file": "sets.json",
  "inputs": {
    "trains": {"input_type": "spikes", "module": "csv", "input_file": "trains.csv", "node_set": "sources"},
    "push": {"input_type": "current_clamp", "module": "IClamp", "node_set": "first", "amp": 0.2, "delay": 1, "duration": 5}
  },
  "reports": {"v": {"cells": {"node_id": [7], "population": "net"}, "variable_name": "V_m", "module": "membrane_report", "sections": "soma"}},
  "output": {"spikes_file": "spikes.h5"}
}"#;

fn nodes() -> Data {
    Data::default()
        .with("/nodes/net/node_type_id", &[1.0, 2.0, 1.0])
        .with("/nodes/net/node_id", &[5.0, 6.0, 7.0])
        .with("/nodes/net/0/x", &[1.5, 2.5, 3.5])
}

fn sources() -> Data {
    Data::default().with("/nodes/sources/node_type_id", &[9.0, 9.0])
}

fn edges() -> Data {
    Data::default()
        .with("/edges/in/source_node_id", &[0.0, 1.0, 0.0])
        .with("/edges/in/target_node_id", &[5.0, 6.0, 7.0])
        .with("/edges/in/edge_type_id", &[3.0, 3.0, 3.0])
        .with("/edges/in/0/syn_weight", &[100.0, 200.0, -50.0])
        .of("/edges/in/source_node_id", "node_population", "sources")
        .of("/edges/in/target_node_id", "node_population", "net")
}

/// The files of a circuit that is read without a finding.
fn files() -> BTreeMap<&'static str, Vec<u8>> {
    let text = |text: &str| text.as_bytes().to_vec();
    BTreeMap::from([
        ("circuit.json", text(CIRCUIT)),
        ("simulation.json", text(SIMULATION)),
        ("sets.json", text(r#"{"first": {"ei": "a", "node_id": 5}}"#)),
        ("trains.csv", text("timestamps population node_ids\n2.5 sources 0\n1.5 sources 0\n")),
        ("network/nodes.h5", nodes().bytes()),
        ("network/sources.h5", sources().bytes()),
        ("network/edges.h5", edges().bytes()),
        (
            "network/node_types.csv",
            text(
                "node_type_id model_type model_template dynamics_params ei\n1 point_neuron nest:iaf_psc_exp a.json a\n2 point_neuron nest:iaf_cond_exp NULL b\n",
            ),
        ),
        ("network/source_types.csv", text("node_type_id model_type\n9 virtual\n")),
        (
            "network/edge_types.csv",
            text("edge_type_id model_template delay\n3 static_synapse 1.5\n"),
        ),
        ("parts/a.json", text(r#"{"C_m": 200.0, "tau_syn_in": 4.0}"#)),
    ])
}

fn load(files: &BTreeMap<&'static str, Vec<u8>>, root: &str) -> Model {
    let mut memory = MemoryLoader::new();
    for (path, bytes) in files {
        memory.insert(format!("dir/{path}"), bytes.clone());
    }
    Loader::new(Arc::new(memory)).load(format!("dir/{root}").as_ref())
}

/// File, line, code and message of each finding.
fn findings(model: &Model) -> Vec<String> {
    let told = |found: &nml_base::Diagnostic| {
        let file = model.sources().get(found.primary.span.file).unwrap();
        let line = file.line_column(found.primary.span.start).line;
        let name = file.path().file_name().unwrap().to_string_lossy().into_owned();
        format!("{name}:{line} {} {}", found.rule.code, found.message)
    };
    model.diagnostics().map(told).collect()
}

/// Every table in a line or a few.
fn tables(model: &Model) -> Vec<String> {
    use nml_model::table::Table;
    let document = model.root();
    let mut lines = Vec::new();
    for (owner, table) in document.tables.iter() {
        let owner = document.tree.element(owner);
        lines.push(format!("{} {}", owner.name(), owner.attr("id").unwrap_or("")));
        match table {
            Table::Instances(table) => lines.extend((0..table.len()).map(|row| {
                format!("  {} at {:?}", table.id.get(row).unwrap(), table.position_um[row])
            })),
            Table::Connections(table) => lines.extend((0..table.len()).map(|row| {
                let cell = |refs: &nml_model::table::CellRefs| {
                    let cell = refs.get(row).unwrap();
                    format!("{}/{}", cell.form.population, cell.index)
                };
                format!(
                    "  {} → {}: {} after {} s",
                    cell(&table.pre_cell),
                    cell(&table.post_cell),
                    table.weight.get(row),
                    table.delay_s.get(row)
                )
            })),
            Table::Inputs(table) => lines.extend((0..table.len()).map(|row| {
                let cell = table.target.get(row).unwrap();
                format!("  {}/{}", cell.form.population, cell.index)
            })),
        }
    }
    lines
}

#[test]
fn a_circuit_becomes_a_network() {
    let model = load(&files(), "simulation.json");
    assert_eq!(findings(&model), [""; 0]);
    assert_eq!(
        tables(&model),
        [
            "population net_1",
            "  5 at [1.5, 0.0, 0.0]",
            "  7 at [3.5, 0.0, 0.0]",
            "population net_2",
            "  6 at [2.5, 0.0, 0.0]",
            "population sources_0",
            "  0 at [NaN, NaN, NaN]",
            "population sources_silent",
            "  1 at [NaN, NaN, NaN]",
            "projection in_3_sources_0_net_1",
            "  sources_0/0 → net_1/5: 0.1 after 0.0015 s",
            "projection in_3_sources_0_net_1_2",
            "  sources_0/0 → net_1/7: -0.05 after 0.0015 s",
            "projection in_3_sources_silent_net_2",
            "  sources_silent/1 → net_2/6: 0.2 after 0.0015 s",
            "inputList push_net_1",
            "  net_1/5",
        ]
    );
    let file = model.root().file();
    for part in [
        "<spike id=\"0\" time=\"1.5 ms\"/>",
        "cm=\"0.2\"",
        "tau_syn=\"4\"",
        "<OutputColumn id=\"net_1_7\" quantity=\"net_1/7/net_1_cell/v\"/>",
        "length=\"100 ms\" step=\"0.1 ms\"",
        "amplitude=\"0.2 nA\"",
    ] {
        assert!(file.text().contains(part), "{part} in\n{}", file.text());
    }
}

#[test]
fn the_circuit_alone_has_neither_inputs_nor_a_run() {
    let model = load(&files(), "circuit.json");
    assert_eq!(findings(&model), [""; 0]);
    assert!(!model.root().file().text().contains("<Simulation"));
    assert!(tables(&model).contains(&"population sources_silent".to_owned()));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let text = |text: &str| text.as_bytes().to_vec();
    let simulation = |from: &str, to: &str| {
        assert!(SIMULATION.contains(from), "{from}");
        text(&SIMULATION.replacen(from, to, 1))
    };
    let edge = |name: &str, values: &[f64]| {
        let mut edges = edges();
        edges.sets.retain(|(path, _)| !path.ends_with(name));
        let path = if name == "syn_weight" { format!("0/{name}") } else { name.to_owned() };
        edges.with(&format!("/edges/in/{path}"), values).bytes()
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "sets.json",
            text("{"),
            "sets.json:1 NML0020 expected the name of a member, found the end",
        ),
        ("sets.json", text("{}"), "simulation.json:8 NML0020 there is no node set `first`"),
        ("sets.json", text(r#"{"first": ["first"]}"#), "node sets are made of each other"),
        ("sets.json", text(r#"{"first": {"nothing": 1}}"#), "no node has an attribute `nothing`"),
        ("trains.csv", text("a b\n"), "trains.csv:1 NML0020 the first line does not name"),
        ("trains.csv", text("timestamps node_ids\nnan 0\n"), "spikes at NaN ms"),
        ("trains.csv", text("timestamps node_ids\n-1 0\n"), "spikes at -1 ms"),
        (
            "trains.csv",
            text("timestamps node_ids\n1 77\n"),
            "NML0021 1 spikes are of nodes outside",
        ),
        ("simulation.json", simulation("IClamp", "noise"), "`push` has the module `noise`"),
        (
            "simulation.json",
            simulation("current_clamp", "voltage_clamp"),
            "input of type `voltage_clamp`",
        ),
        (
            "simulation.json",
            simulation("0.2", "\"x\""),
            "simulation.json:8 NML0020 `amp` is a text",
        ),
        ("simulation.json", simulation("V_m", "ik"), "NML0021 `ik` of `net_1` is not recorded"),
        ("simulation.json", simulation("\"tstop\": 100.0, ", ""), "this says no time to simulate"),
        (
            "simulation.json",
            simulation("\"dt\"", "\"sparkle\": 1, \"dt\""),
            "NML0021 `sparkle` of `run`",
        ),
        (
            "circuit.json",
            text(&CIRCUIT.replace("\"$PARTS\": \"parts\"", "\"$P\": \"$P\"")),
            "the manifest does not explain",
        ),
        (
            "network/nodes.h5",
            text("no HDF5"),
            "circuit.json:6 NML0020 `dir/network/nodes.h5` cannot be read as HDF5",
        ),
        ("network/nodes.h5", sources().bytes(), "there are two populations `sources`"),
        ("network/edges.h5", nodes().bytes(), "there is no group `/edges`"),
        (
            "network/edges.h5",
            edge("source_node_id", &[0.0, 5.0, 0.0]),
            "edge 1 of `in` names the node 5 of `sources`",
        ),
        ("network/edges.h5", edge("target_node_id", &[5.0]), "has 1 values, its neighbours 3"),
        ("network/edges.h5", edge("target_node_id", &[5.0, 6.5, 7.0]), "is 6.5 in row 1"),
        ("network/edges.h5", edge("target_node_id", &[5.0, f64::NAN, 7.0]), "is NaN in row 1"),
        (
            "network/edges.h5",
            edge("edge_type_id", &[3.0, 3.0, 4.0]),
            "edge 2 of `in` has the type 4",
        ),
        (
            "network/edges.h5",
            edge("syn_weight", &[f64::NAN, 1.0, 1.0]),
            "edge 0 of `in` has the weight NaN",
        ),
        (
            "network/edges.h5",
            edges().with("/edges/in/0/plasticity", &[1.0; 3]).bytes(),
            "the column `plasticity` of `in` is not read",
        ),
        (
            "network/edge_types.csv",
            text("edge_type_id model_template\n3 tsodyks_synapse\n"),
            "the synapse `tsodyks_synapse` is not known",
        ),
        (
            "network/edge_types.csv",
            text("edge_type_id model_template weight_function\n3 static_synapse wmax\n"),
            "such rules are not carried out",
        ),
        (
            "network/node_types.csv",
            text(
                "node_type_id model_type model_template\n1 point_neuron nest:hh\n2 point_neuron nest:iaf_psc_exp\n",
            ),
            "node_types.csv:2 NML0020 the model `nest:hh` is not known",
        ),
        (
            "network/node_types.csv",
            text("node_type_id model_type\n1 point_neuron\n"),
            "nodes of `net` have the type 2",
        ),
        (
            "parts/a.json",
            text(r#"{"C_m": "wide"}"#),
            "a.json:1 NML0020 `C_m` is a text, not a number",
        ),
        ("parts/a.json", text(r#"{"gamma": 1}"#), "the parameter `gamma` is not known here"),
    ];
    for (path, bytes, expected) in cases {
        let mut files = files();
        // Where the attributes of the edges were dropped with a data set, they come back with it.
        files.insert(path, bytes);
        let found = findings(&load(&files, "simulation.json"));
        assert!(
            found.iter().any(|told| told.contains(expected)),
            "{path}: {expected} in {found:#?}"
        );
    }
    for path in files().keys().filter(|path| !path.ends_with("simulation.json")) {
        let mut files = files();
        files.remove(path);
        let found = findings(&load(&files, "simulation.json"));
        assert!(
            found.iter().any(|told| told.contains("NML0020 cannot read")),
            "{path}: {found:#?}"
        );
    }
}

#[test]
fn a_cut_file_is_never_read_in_silence() {
    for name in ["network/nodes.h5", "network/edges.h5"] {
        let whole = files()[name].clone();
        for part in 1..16 {
            let mut files = files();
            files.insert(name, whole[..whole.len() * part / 16].to_vec());
            assert!(!findings(&load(&files, "simulation.json")).is_empty(), "{name} {part}/16");
        }
    }
}

#[test]
fn a_cell_gets_the_shape_and_the_conditions_of_the_circuit() {
    let text = |text: &str| text.as_bytes().to_vec();
    let template = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="t">
  <concentrationModel id="pool" type="CaDynamics" minCai="1e-4 mM" decay="20 ms" depth="0.1 um" gamma="0.05" ion="ca"/>
  <cell id="7"><biophysicalProperties id="b"><membraneProperties>
    <channelDensity id="leak" segmentGroup="all" ion="non_specific" ionChannel="pas" erev="-70 mV" condDensity="0.1 mS_per_cm2"/>
    <channelDensity id="kd" segmentGroup="soma" ion="k" ionChannel="Kd" erev="-107 mV" condDensity="1 mS_per_cm2"/>
    <specificCapacitance segmentGroup="all" value="1 uF_per_cm2"/></membraneProperties>
    <intracellularProperties><species segmentGroup="soma" id="ca" ion="ca" concentrationModel="pool" initialConcentration="1e-4 mM" initialExtConcentration="2 mM"/>
    <resistivity segmentGroup="all" value="100 ohm_cm"/></intracellularProperties></biophysicalProperties></cell></neuroml>"#;
    let files = BTreeMap::from([
        (
            "simulation.json",
            text(
                r#"{"run": {"tstop": 1, "dt": 0.1, "dL": 20, "spike_threshold": -15},
          "conditions": {"celsius": 34, "v_init": -80}, "network": "circuit.json", "inputs": {}}"#,
            ),
        ),
        (
            "circuit.json",
            text(
                r#"{"components": {"morphologies_dir": ".", "biophysical_neuron_models_dir": "."},
          "networks": {"nodes": [{"nodes_file": "nodes.h5", "node_types_file": "types.csv"}]}}"#,
            ),
        ),
        (
            "types.csv",
            text(
                "node_type_id model_type model_template morphology model_processing\n1 biophysical nml:Cell_7.cell.nml shape aibs_perisomatic\n2 biophysical nml:Cell_7.cell.nml shape NULL\n",
            ),
        ),
        (
            "shape.swc",
            text(
                "1 1 0 0 0 5 -1\n2 3 0 5 0 1 1\n3 3 0 105 0 1 2\n4 2 0 -5 0 1 1\n5 2 0 -25 0 1 4\n",
            ),
        ),
        ("Cell_7.cell.nml", text(template)),
        ("nodes.h5", Data::default().with("/nodes/net/node_type_id", &[1.0, 2.0]).bytes()),
    ]);
    let model = load(&files, "simulation.json");
    assert_eq!(findings(&model), [""; 0]);
    let text = model.root().file().text();
    for part in [
        "<cell id=\"Cell_7\">",
        "<cell id=\"Cell_7_2\">",
        "<spikeThresh value=\"-15 mV\"/>",
        "<initMembPotential value=\"-80 mV\"/>",
        "<property tag=\"numberInternalDivisions\" value=\"5\"/>",
        "<parent segment=\"0\" fractionAlong=\"0.5\"/>",
        "<ionChannelHH id=\"Kd\"",
        "<ComponentType name=\"CaDynamics\"",
        "temperature=\"34 degC\"",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert_eq!(text.matches("id=\"pool\"").count(), 1);
    let length = |id: &str| {
        let cell = model.cells().find(|cell| cell.id() == Some(id)).unwrap();
        cell.morphology().unwrap().segments().len()
    };
    assert_eq!((length("Cell_7"), length("Cell_7_2")), (4, 3));
}

#[test]
fn what_claims_to_be_huge_is_refused() {
    let mut layout = Layout::new();
    layout.dataset("/nodes/net/node_type_id", Type::F64, &[1 << 40]).unwrap();
    let mut bytes = Vec::new();
    drop(layout.begin(&mut bytes).unwrap());
    bytes.resize(4096, 0);
    let mut files = files();
    files.insert("network/nodes.h5", bytes);
    let found = findings(&load(&files, "simulation.json"));
    let told =
        found.iter().any(|told| told.contains("nodes.h5") || told.contains("more than a file"));
    assert!(told, "{found:#?}");
}

#[test]
fn the_examples_of_the_format_are_read() {
    let corpus = std::env::var_os("NML_CORPUS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        Into::into,
    );
    let examples = corpus.join("models/sonata/examples");
    let cases = [("5_cells_iclamp", 5, 0, 15), ("300_pointneurons", 400, 48_432, 0)];
    let mut skipped = 0;
    for (name, nodes, edges, inputs) in cases {
        let path = examples.join(name).join("simulation_config.json");
        if !path.is_file() {
            skipped += 1;
            continue;
        }
        let model = Loader::new(Arc::new(nml_base::OsLoader::default())).load(&path);
        let found = findings(&model);
        assert!(found.iter().all(|told| told.contains("NML0021")), "{found:#?}");
        let mut counts = [0; 3];
        for (_, table) in model.root().tables.iter() {
            let at = match table {
                nml_model::table::Table::Instances(_) => 0,
                nml_model::table::Table::Connections(_) => 1,
                nml_model::table::Table::Inputs(_) => 2,
            };
            counts[at] += table.len();
        }
        assert_eq!(counts, [nodes, edges, inputs], "{name}");
    }
    println!("{skipped} of {} examples skipped: they are not there", cases.len());
}
