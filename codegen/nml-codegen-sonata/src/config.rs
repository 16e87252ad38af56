//! The configurations and node sets.

use nml_base::Diagnostics;
use nml_codegen::number::moved;
use nml_codegen::{Job, written_differently};
use nml_codegen_nmodl::{Plan, Where, recorded};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::graph::{Graph, at_section};
use crate::inputs::Pulse;

/// The temperature of a model in which nothing depends on it: BMTK wants one, and this is what NEURON takes.
const ANY_CELSIUS: f64 = 6.3;

/// Ordered members.
fn object(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

/// A value with line breaks.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The name of a population of edges.
pub(crate) fn edges_name(graph: &Graph, sides: [usize; 2]) -> String {
    format!("{}_to_{}", graph.nodes[sides[0]].name, graph.nodes[sides[1]].name)
}

/// `circuit_config.json`.
pub(crate) fn circuit(plan: &Plan<'_>, graph: &Graph) -> Value {
    let nodes = graph.nodes.iter().map(|nodes| {
        let shaped = plan.world.cells.get(&nodes.kind).is_some_and(|cell| cell.shaped);
        let ty = if shaped { "biophysical" } else { "point_neuron" };
        (nodes.name.clone(), json!({ "type": ty }))
    });
    let nodes = json!([{
        "nodes_file": "$NETWORK_DIR/nodes.h5",
        "node_types_file": "$NETWORK_DIR/node_types.csv",
        "populations": object(nodes),
    }]);
    let edges = graph
        .edges
        .iter()
        .map(|edges| (edges_name(graph, edges.sides), json!({ "type": "chemical" })));
    let edges = if graph.edges.is_empty() {
        json!([])
    } else {
        json!([{
            "edges_file": "$NETWORK_DIR/edges.h5",
            "edge_types_file": "$NETWORK_DIR/edge_types.csv",
            "populations": object(edges),
        }])
    };
    json!({
        "manifest": { "$BASE_DIR": ".", "$NETWORK_DIR": "$BASE_DIR/network", "$COMPONENTS_DIR": "$BASE_DIR/components" },
        "components": {
            "biophysical_neuron_models_dir": "$COMPONENTS_DIR",
            // Shapes are in the components; libsonata wants the folder named.
            "morphologies_dir": "$COMPONENTS_DIR",
            "point_neuron_models_dir": "$COMPONENTS_DIR",
            "synaptic_models_dir": "$COMPONENTS_DIR",
            "mechanisms_dir": "$COMPONENTS_DIR/mechanisms",
        },
        "networks": { "nodes": nodes, "edges": edges },
    })
}

/// Members of a node set: nodes of one population, all where the list is empty.
fn set(graph: &Graph, population: usize, nodes: &[u32]) -> Value {
    let mut members = vec![("population".to_owned(), json!(graph.nodes[population].name))];
    if nodes.len() < graph.nodes[population].count as usize {
        members.push(("node_id".to_owned(), json!(nodes)));
    }
    object(members)
}

/// `simulation_config.json` and `node_sets.json`.
pub(crate) fn simulation(
    plan: &Plan<'_>,
    job: &Job<'_>,
    graph: &Graph,
    pulses: &[Pulse],
    sink: &mut Diagnostics,
) -> (Value, Value) {
    let mut sets = Map::new();
    let mut inputs = Map::new();
    for pulse in pulses {
        let name = pulse.name.clone();
        let nodes = format!("{name}_nodes");
        sets.insert(nodes.clone(), set(graph, pulse.population, &pulse.nodes));
        let input = json!({
            "input_type": "current_clamp",
            // What libsonata knows; the script makes an `IClamp` of it for BMTK.
            "module": "linear",
            "node_set": nodes,
            "amp_start": pulse.amplitude,
            "delay": pulse.delay,
            "duration": pulse.duration,
        });
        inputs.insert(name, input);
    }
    let reports = reports(plan, job, graph, &mut sets, sink);
    let mut conditions = Map::new();
    let kelvin = plan.constant(nml_flat::KindId(0), "temperature");
    // Differences of decimals are none: to a billionth of a degree.
    let celsius = kelvin.map_or(ANY_CELSIUS, |kelvin| ((kelvin - 273.15) * 1e9).round() / 1e9);
    conditions.insert("celsius".to_owned(), json!(celsius));
    let start = graph.nodes.iter().find_map(|nodes| {
        let kind = plan.world.flat.kind(nodes.kind);
        let shaped = kind.shape.as_deref().and_then(|shape| shape.v_init_v.first().copied());
        let cell = plan.world.cells.get(&nodes.kind)?;
        cell.v?;
        shaped.or_else(|| plan.starts(nodes.kind)?.first().copied())
    });
    conditions.insert("v_init".to_owned(), json!(start.map_or(-65.0, |v| moved(v, 3))));
    let mut run = Map::new();
    run.insert("tstop".to_owned(), json!(moved(job.experiment.length, 3)));
    run.insert("dt".to_owned(), json!(moved(job.experiment.step, 3)));
    run.insert("nsteps_block".to_owned(), json!(5000));
    // Readers want one, also where nothing is random.
    run.insert("random_seed".to_owned(), json!(job.experiment.seed.unwrap_or(0)));
    let simulation = json!({
        "manifest": { "$BASE_DIR": ".", "$OUTPUT_DIR": "$BASE_DIR/output" },
        "target_simulator": "NEURON",
        "network": "$BASE_DIR/circuit_config.json",
        "node_sets_file": "$BASE_DIR/node_sets.json",
        "run": run,
        "conditions": conditions,
        "inputs": inputs,
        "reports": reports,
        "output": {
            "output_dir": "$OUTPUT_DIR",
            "log_file": "log.txt",
            "spikes_file": "spikes.h5",
            "overwrite_output_dir": true,
        },
    });
    (simulation, Value::Object(sets))
}

/// The potentials that are recorded, by file.
fn reports(
    plan: &Plan<'_>,
    job: &Job<'_>,
    graph: &Graph,
    sets: &mut Map<String, Value>,
    sink: &mut Diagnostics,
) -> Map<String, Value> {
    let mut reports = Map::new();
    let mut namer = nml_codegen::Namer::new([]);
    for (output, probes) in job.experiment.outputs.iter().zip(job.traces) {
        let stem = output.file.rsplit('/').next().unwrap_or(&output.file);
        let stem = stem.split('.').next().unwrap_or(stem);
        let mut cells = Vec::new();
        for (column, probe) in output.columns.iter().zip(probes) {
            let found = recorded(plan, *probe).ok().map(|recorded| recorded.place);
            match found {
                Some(Where::Time | Where::Fixed(_)) => {}
                Some(Where::Potential(cell))
                    if matches!(at_section(plan, cell.kind, cell.site), Some((0, _))) =>
                {
                    cells.push((cell.kind, cell.instance));
                }
                _ => {
                    let what = format!("`{}` is not in the reports of the circuit", column.path);
                    sink.push(written_differently(column.span, what));
                }
            }
        }
        let mut by_population = std::collections::BTreeMap::<usize, Vec<u32>>::new();
        for (kind, instance) in cells {
            for (population, nodes) in graph.by_population(kind, [instance]) {
                by_population.entry(population).or_default().extend(nodes);
            }
        }
        for (population, mut nodes) in by_population {
            nodes.sort_unstable();
            nodes.dedup();
            let name = namer.give(&format!("{stem}_{}", graph.nodes[population].name));
            let cells = format!("{name}_cells");
            sets.insert(cells.clone(), set(graph, population, &nodes));
            let report = json!({
                // BMTK goes by the module, libsonata by the type.
                "module": "membrane_report",
                "type": "compartment",
                "unit": "mV",
                "dt": moved(job.experiment.step, 3),
                "start_time": 0.0,
                "end_time": moved(job.experiment.length, 3),
                "variable_name": "v",
                "sections": "soma",
                "cells": cells,
                "file_name": format!("{name}.h5"),
            });
            reports.insert(name, report);
        }
    }
    reports
}
