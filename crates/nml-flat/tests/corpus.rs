//! Real models become flat, or say why not.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, OsLoader};

fn corpus() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from)
}

/// The examples of the standard that cannot be flattened yet: cells with more than one segment.
const SHAPED: [&str; 1] = ["LEMS_NML2_Ex25_MultiComp.xml"];

#[test]
fn the_examples_of_the_standard_become_flat() {
    let folder = corpus().join("models/NeuroML2/LEMSexamples");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no corpus at {}", folder.display());
        return;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.to_string_lossy().contains("LEMS_NML2_Ex"));
    paths.sort();
    let loader = nml_load::Loader::new(Arc::new(OsLoader::default()));
    let mut failed = Vec::new();
    for path in paths {
        let model = loader.load(&path);
        let mut sink = Diagnostics::new();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let experiment = nml_flat::experiments(&model, &mut sink).into_iter().next();
        let flat = experiment
            .as_ref()
            .and_then(|experiment| nml_flat::flatten(&model, experiment.target, &mut sink));
        if let (Some(flat), Some(experiment)) = (&flat, &experiment) {
            for column in experiment.outputs.iter().flat_map(|output| &output.columns) {
                flat.probe(&column.path, column.span, &mut sink);
            }
            for line in experiment.displays.iter().flat_map(|display| &display.lines) {
                flat.probe(&line.recorded.path, line.recorded.span, &mut sink);
            }
            let count: u32 = flat.kinds.iter().map(nml_flat::Kind::count).sum();
            let wires: usize = flat.wires.iter().map(|table| table.sources.len()).sum();
            println!("{name}: {} kinds, {count} instances, {wires} wires", flat.kinds.len());
        }
        for found in &sink {
            println!("{name}: {}: {}", found.rule.code, found.message);
        }
        if (flat.is_none() || sink.has_errors()) && !SHAPED.contains(&&*name) {
            failed.push(name);
        }
    }
    assert_eq!(failed, Vec::<String>::new());
}
