//! Circuits of SONATA: configurations in JSON, nodes and edges in HDF5, types in CSV.
//!
//! A configuration becomes a text, a LEMS document with components, a network whose populations, projections and input
//! lists have no rows, and a simulation.  It is read like any other document.  Nodes and edges go from the data sets
//! straight into tables.  Findings point into the files of the circuit.
//!
//! Nodes of one type become a population, edges of one type between two of them a projection.  Virtual nodes become
//! sources of the spikes that inputs give them.  Numbers of nodes stay as they are.

mod cells;
mod columns;
mod config;
mod csv;
mod desk;
mod edges;
mod json;
mod library;
mod morphology;
mod nodes;
mod points;
mod populations;
mod print;
mod projections;
mod run;
mod sets;
mod spikes;

use std::path::{Path, PathBuf};

use nml_base::{Diagnostics, SourceFile, SourceMap};
use nml_model::Document;

use crate::container::ContainerLoader;
use crate::document::{self, ObserverFactory};
use desk::Desk;

/// Whether a file is a configuration of SONATA; its value then.
fn sniff(file: &SourceFile) -> Option<json::Value> {
    let root = json::parse(file.text(), file.span()).ok()?;
    config::is_config(&root).then_some(root)
}

/// Reads a configuration; `Err` gives back the bytes of anything else.
pub(crate) fn read(
    path: &Path,
    bytes: Vec<u8>,
    files: &ContainerLoader,
    sources: &SourceMap,
    observer: Option<&ObserverFactory>,
) -> Result<Document, Vec<u8>> {
    // What does not even name these members needs no second look.
    let names = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
    if !names("\"networks\"") && !names("\"network\"") {
        return Err(bytes);
    }
    let Ok(text) = String::from_utf8(bytes.clone()) else { return Err(bytes) };
    let scratch = SourceMap::new().add(path, text.clone());
    if sniff(&scratch).is_none() {
        return Err(bytes);
    }
    let file = sources.add(path, text);
    let Some(root) = sniff(&file) else { return Err(bytes) };
    let mut desk = Desk { files, sources, sink: Diagnostics::new() };
    let whole = whole(&mut desk, path, root);
    let sink = desk.sink;
    Ok(match whole {
        Some(whole) => print::document(path, whole, sources, observer, sink),
        None => document::empty(path, file, sink),
    })
}

/// A circuit with all that a document needs.
struct Whole {
    out: String,
    includes: Vec<PathBuf>,
    populations: Vec<populations::Population>,
    projections: Vec<projections::Projection>,
    lists: Vec<run::List>,
    reports: Vec<run::Report>,
    run: Option<run::Run>,
    /// The names of the populations of the circuit.
    circuit: Vec<String>,
}

fn whole(desk: &mut Desk<'_>, path: &Path, root: json::Value) -> Option<Whole> {
    let configs = config::read(desk, path, root)?;
    let (circuit, simulation) = (&configs.circuit, configs.simulation.as_ref());
    let run = simulation.and_then(|simulation| run::Run::read(desk, simulation));
    let mut all = Vec::new();
    for storage in circuit.storages(desk, "nodes") {
        nodes::read(desk, &storage, &mut all);
    }
    let mut edges = Vec::new();
    for storage in circuit.storages(desk, "edges") {
        edges::read(desk, &storage, &mut edges);
    }
    let sets = run::sets(desk, circuit, simulation);
    let trains = simulation.map(|simulation| run::trains(desk, simulation, &sets, &all));
    let folders = populations::Folders::read(desk, circuit);
    let mechanisms = circuit.component_folder(desk, "mechanisms_dir");
    let conditions = run.as_ref().map(|run| run.conditions).unwrap_or_default();
    let mechanisms = mechanisms.as_ref().map(|named| named.path.as_path());
    let mut printer = cells::Printer::new(conditions, mechanisms);
    let trains = trains.unwrap_or_default();
    let made = populations::Populations::new(desk, &mut printer, &folders, &all, &trains);
    let projections = projections::make(desk, &mut printer, &folders, (&all, &made), &edges);
    let (mut lists, mut reports) = (Vec::new(), Vec::new());
    if let Some(simulation) = simulation {
        lists = run::currents(desk, &mut printer, (simulation, &sets), (&all, &made));
        reports = run::reports(desk, (simulation, &sets), (&all, &made));
    }
    Some(Whole {
        out: printer.out,
        includes: printer.includes,
        populations: made.all,
        projections,
        lists,
        reports,
        run,
        circuit: all.into_iter().map(|nodes| nodes.name).collect(),
    })
}

/// For the tests: whether a text is taken for a configuration.
#[cfg(test)]
fn is_config(text: &str) -> bool {
    let file = SourceMap::new().add("x.json", text.to_owned());
    sniff(&file).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_config;

    #[test]
    fn configurations_are_told_from_documents() {
        assert!(is_config("{\"networks\": {}}"));
        assert!(is_config("{\"run\": {}, \"network\": \"x\"}"));
        assert!(is_config("{\"network\": \"x\", \"simulation\": \"y\"}"));
        assert!(!is_config("{\"neuroml\": {\"@id\": \"net\", \"network\": []}}"));
        assert!(!is_config("{\"network\": {}}"));
        assert!(!is_config("[]"));
    }
}
