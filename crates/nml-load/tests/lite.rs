//! Networks of `NeuroMLlite` are made as their own generator makes them.
#![expect(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "numbers as Python prints them"
)]

use std::sync::Arc;

use nml_base::MemoryLoader;
use nml_load::Loader;
use nml_model::Model;

/// A network with every rule of the format.
const NETWORK: &str = r#"{
    "TestNet": {
        "version": "NeuroMLlite v0.6.1",
        "seed": 7890,
        "temperature": 32.0,
        "parameters": {"N": 8, "fE": 0.75, "w": 0.5, "stim": "0.2nA"},
        "cells": {
            "iaf0": {"parameters": {"leak_reversal": "-50mV", "thresh": "-55mV", "reset": "-70mV", "C": "0.2nF", "leak_conductance": "0.01uS"}, "neuroml2_cell": "iafCell"},
            "gen": {"parameters": {"averageRate": "50Hz"}, "neuroml2_cell": "spikeGeneratorPoisson"}
        },
        "synapses": {"ampa": {"neuroml2_source_file": "ampa.synapse.nml"}},
        "input_sources": {"i0": {"parameters": {"amplitude": "stim", "delay": "10ms", "duration": "1000ms"}, "neuroml2_input": "PulseGenerator"}},
        "regions": {"r": {"x": 0.0, "y": 1.0, "z": 2.0, "width": 1000.0, "height": 100.0, "depth": 10.0}},
        "populations": {
            "pE": {"size": "N*fE", "component": "iaf0", "properties": {"color": "0 0 1"}, "random_layout": {"region": "r"}},
            "pI": {"size": 3, "component": "iaf0", "single_location": {"location": {"x": 1.0, "y": 2.0, "z": 3.0}}},
            "g": {"size": "N/2", "component": "gen"}
        },
        "projections": {
            "e2i": {"presynaptic": "pE", "postsynaptic": "pI", "synapse": "ampa", "delay": 2, "weight": "w*random()", "random_connectivity": {"probability": 0.5}},
            "g2e": {"presynaptic": "g", "postsynaptic": "pE", "synapse": "ampa", "one_to_one_connector": {}},
            "e2e": {"presynaptic": "pE", "postsynaptic": "pE", "synapse": "ampa", "weight": "2*w", "delay": 0.5, "convergent_connectivity": {"num_per_post": 2}}
        },
        "inputs": {
            "stim": {"input_source": "i0", "population": "pE", "percentage": 50},
            "one": {"input_source": "i0", "population": "pI", "cell_ids": [0, 2], "weight": "random()"}
        }
    }
}"#;

fn read(text: &str) -> (Model, Vec<String>) {
    let mut files = MemoryLoader::new();
    files.insert("net.json", text);
    files.insert(
        "ampa.synapse.nml",
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="s"><expOneSynapse id="ampa" gbase="0.5nS" erev="0mV" tauDecay="3ms"/></neuroml>"#,
    );
    let model = Loader::new(Arc::new(files)).load("net.json".as_ref());
    let told = model.root().diagnostics.iter().map(|d| format!("{} {}", d.rule.code, d.message));
    let told = told.collect();
    (model, told)
}

/// Places of the cells of `pE`, of neuromllite 0.6.1 under Python 3.11.
const PLACES: [[f64; 3]; 6] = [
    [247.540711828766803, 88.907496394494245, 11.927209287534893],
    [14.153573038263257, 16.117286369819805, 8.910019524323168],
    [357.579609726350839, 66.506058077960773, 4.39665465597642],
    [92.295293571705301, 3.839794027612963, 9.897814149264626],
    [391.531394711363021, 65.709872102779286, 3.26260562155594],
    [565.509584529211565, 88.249893044852982, 5.669764242144055],
];

/// Connections of all projections, likewise: pre, post, weight.
const CONNECTIONS: [(u32, u32, f64); 21] = [
    (0, 1, 0.195601518925608),
    (2, 1, 0.417708080353309),
    (2, 2, 0.111939273058424),
    (3, 1, 0.366135962427782),
    (5, 0, 0.368642312044483),
    (0, 0, 1.0),
    (1, 1, 1.0),
    (2, 2, 1.0),
    (3, 3, 1.0),
    (2, 0, 1.0),
    (1, 0, 1.0),
    (2, 1, 1.0),
    (3, 1, 1.0),
    (4, 2, 1.0),
    (1, 2, 1.0),
    (0, 3, 1.0),
    (4, 3, 1.0),
    (1, 4, 1.0),
    (0, 4, 1.0),
    (0, 5, 1.0),
    (0, 5, 1.0),
];

/// Inputs of all lists, likewise: cell, weight.
const INPUTS: [(u32, f64); 6] =
    [(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0), (0, 0.94880388229006), (2, 0.429240539816211)];

/// The generator writes 15 digits.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

fn part<'m>(model: &'m Model, id: &str) -> Option<nml_model::Component<'m>> {
    model.components().find(|c| c.id() == Some(id))
}

#[test]
fn a_network_is_that_of_the_generator() {
    let (model, told) = read(NETWORK);
    assert_eq!(told, [""; 0]);
    let found: Vec<_> = model.diagnostics().map(|d| d.message.clone()).collect();
    assert_eq!(found, [""; 0]);
    let cells =
        part(&model, "pE").and_then(nml_model::Component::instances).map(|t| t.position_um.clone());
    let cells = cells.unwrap_or_default();
    assert_eq!(cells.len(), PLACES.len());
    for (a, b) in cells.iter().flatten().zip(PLACES.iter().flatten()) {
        assert!(close(*a, *b), "{a} {b}");
    }
    let mut rows = Vec::new();
    for id in ["e2i", "g2e", "e2e"] {
        let table = part(&model, id).and_then(nml_model::Component::connections);
        let table = table.unwrap_or_else(|| panic!("no projection {id}"));
        for row in 0..table.len() {
            let cell =
                |refs: &nml_model::table::CellRefs| refs.get(row).map_or(u32::MAX, |r| r.index);
            rows.push((cell(&table.pre_cell), cell(&table.post_cell), table.weight.get(row)));
        }
    }
    assert_eq!(rows.len(), CONNECTIONS.len(), "{rows:?}");
    for (a, b) in rows.iter().zip(&CONNECTIONS) {
        assert!((a.0, a.1) == (b.0, b.1) && close(a.2, b.2), "{a:?} {b:?}");
    }
    let mut rows = Vec::new();
    for id in ["stim", "one"] {
        let table = part(&model, id).and_then(nml_model::Component::inputs);
        let table = table.unwrap_or_else(|| panic!("no inputs {id}"));
        for row in 0..table.len() {
            let cell = table.target.get(row).map_or(u32::MAX, |r| r.index);
            rows.push((cell, table.weight.get(row)));
        }
    }
    assert_eq!(rows.len(), INPUTS.len(), "{rows:?}");
    for (a, b) in rows.iter().zip(&INPUTS) {
        assert!(a.0 == b.0 && close(a.1, b.1), "{a:?} {b:?}");
    }
    let text = model.root().file().text();
    for part in [
        r#"<iafCell id="iaf0" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>"#,
        r#"<pulseGenerator id="i0" amplitude="0.2nA" delay="10ms" duration="1000ms"/>"#,
        r#"<network id="TestNet" type="networkWithTemperature" temperature="32degC">"#,
        r#"<include href="ampa.synapse.nml"/>"#,
        r#"<population id="g" component="gen" size="4"/>"#,
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

#[test]
fn what_is_not_carried_out_is_told() {
    for (from, to, part) in [
        (
            r#""neuroml2_cell": "iafCell""#,
            r#""pynn_cell": "IF_cond_alpha""#,
            "`pynn_cell` of `iaf0`",
        ),
        (r#""neuroml2_cell": "iafCell""#, r#""neuroml2_cell": "noCell""#, "the type `noCell`"),
        ("leak_conductance", "leaks", "the parameter `leaks` of `iaf0`"),
        ("N*fE", "math.exp(N)", "the value of `size` of `pE`"),
        (r#""delay": 2,"#, r#""type": "odd","#, "a projection of the type `odd`"),
        (r#""postsynaptic": "pI""#, r#""postsynaptic": "no""#, "populations that are not there"),
        (
            r#""percentage": 50"#,
            r#""percentage": 50, "cell_ids": [1]"#,
            "both `cell_ids` and `percentage`",
        ),
        (r#""seed": 7890"#, r#""network_reader": {"type": "X"}"#, "`network_reader` of `TestNet`"),
        (r#""num_per_post": 2"#, r#""num_per_post": 1e300"#, "more than"),
        (r#""region": "r""#, r#""region": "q""#, "of the region `q`"),
    ] {
        let text = NETWORK.replace(from, to);
        assert_ne!(text, NETWORK, "{from}");
        let (model, told) = read(&text);
        assert!(
            told.iter().any(|m| m.starts_with("NML0018") && m.contains(part)),
            "`{part}` is not in {told:?}"
        );
        assert!(model.root().tree.is_empty());
        assert!(model.root().diagnostics.iter().all(|d| d.primary.span.end > d.primary.span.start));
    }
}
