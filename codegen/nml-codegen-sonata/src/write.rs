//! The files of a circuit.

use std::collections::BTreeMap;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Job, Namer, Templates, not_exported};
use nml_codegen_nmodl::Plan;
use nml_flat::KindId;
use rustc_hash::{FxHashMap, FxHashSet};
use tera::Context;

use crate::config::{self, pretty};
use crate::graph::Graph;
use crate::{TITLE, cells, components, edges, inputs, nodes};

const TEMPLATES: &[(&str, &str)] = &[
    ("run_bionet.py", include_str!("../templates/run_bionet.py.tera")),
    ("README.md", include_str!("../templates/README.md.tera")),
];

/// Writes all files; `None`, and findings, where something cannot be expressed.
pub(crate) fn write(plan: &Plan<'_>, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
    let mut graph = Graph::new(plan, job);
    let mut problems = std::mem::take(&mut graph.problems);
    let pulses = inputs::inputs(plan, &graph, &mut problems);
    let mut models = BTreeMap::new();
    let mut named: Vec<(String, String)> = Vec::new();
    let mut names: FxHashMap<KindId, String> = FxHashMap::default();
    let mut namer = Namer::new([]);
    for nodes in &graph.nodes {
        let kind = plan.world.flat.kind(nodes.kind);
        let component = job.model.component(kind.component).id().unwrap_or("").to_owned();
        let model = if let Some(model) = names.get(&nodes.kind) {
            model.clone()
        } else {
            let model = namer.give(&kind.name);
            if let Some(cell) = cells::cell(plan, job, nodes.kind, &mut problems) {
                models.insert(model.clone(), cell);
            }
            names.insert(nodes.kind, model.clone());
            model
        };
        named.push((component, model));
    }
    for problem in &problems {
        let found = not_exported(problem.span, TITLE, &problem.what);
        let same = |d: &nml_base::Diagnostic| {
            d.primary.span == found.primary.span && d.message == found.message
        };
        if !sink.iter().any(same) {
            sink.push(found);
        }
    }
    if !problems.is_empty() {
        return None;
    }
    let (simulation, sets) = config::simulation(plan, job, &graph, &pulses, sink);
    let made = (|| -> Result<Artifacts, String> {
        let told = |error: nml_hdf5::Hdf5Error| error.to_string();
        let mut made = Artifacts::new();
        let mut add =
            |path: String, bytes: Vec<u8>| made.add(path, bytes).map_err(|e| e.to_string());
        add("circuit_config.json".to_owned(), pretty(&config::circuit(plan, &graph)).into())?;
        add("simulation_config.json".to_owned(), pretty(&simulation).into())?;
        add("node_sets.json".to_owned(), pretty(&sets).into())?;
        add("network/nodes.h5".to_owned(), nodes::hdf5(&graph).map_err(told)?)?;
        add("network/node_types.csv".to_owned(), nodes::types(plan, &graph, &named).into())?;
        if !graph.edges.is_empty() {
            add("network/edges.h5".to_owned(), edges::hdf5(&graph).map_err(told)?)?;
            add("network/edge_types.csv".to_owned(), edges::types(&graph).into())?;
        }
        let origin = job.origin;
        let head = format!("Written by nml {} from {}.", origin.version, origin.file);
        let head = head.replace("--", "- -");
        add("components/components.xml".to_owned(), components::document(job.model, &head).into())?;
        add("components/cells.json".to_owned(), pretty(&models).into())?;
        // Inputs are current clamps of the format.
        let used: FxHashSet<&str> = models
            .values()
            .flat_map(cells::Cell::mechanisms)
            .chain(graph.types.iter().map(|ty| ty.mechanism.as_str()))
            .collect();
        for file in plan.files.iter().filter(|file| used.contains(file.name.as_str())) {
            let path = format!("components/mechanisms/modfiles/{}.mod", file.name);
            add(path, file.text.clone().into())?;
        }
        let templates = Templates::new(TEMPLATES).map_err(|e| e.to_string())?;
        let mut context = Context::new();
        context.insert("file", &origin.file);
        context.insert("version", &origin.version);
        for (name, _) in TEMPLATES {
            let text = templates.fill(name, &context).map_err(|e| e.to_string())?;
            add((*name).to_owned(), text.into())?;
        }
        Ok(made)
    })();
    match made {
        Ok(artifacts) => Some(artifacts),
        Err(what) => {
            let span = job.model.component(job.experiment.target).id_span();
            let what = format!("this model, by a fault of ours: {what}");
            sink.push(not_exported(span, TITLE, what));
            None
        }
    }
}
