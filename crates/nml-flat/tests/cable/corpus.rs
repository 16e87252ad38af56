//! Every cell of the corpus is cut, or says why not.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, OsLoader};
use nml_flat::cable::{Cable, CableOptions, Division, PointRule};

use crate::close;

/// NeuroML files below a folder, in order.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "nml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn real_cells_are_cut_under_both_rules() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from).join("models");
    let files = files(&corpus);
    if files.is_empty() {
        println!("skipped: no corpus at {}", corpus.display());
        return;
    }
    let loader = nml_load::Loader::new(Arc::new(OsLoader::default()));
    let (mut cells, mut compartments) = (0, 0);
    let mut refused: Vec<String> = Vec::new();
    for path in files {
        let model = loader.load(&path);
        let own = |cell: &nml_model::views::Cell<'_>| cell.component().handle().document == 0;
        for cell in model.cells().filter(own) {
            cells += 1;
            for points in [PointRule::JNeuroMl, PointRule::Standard] {
                let mut sink = Diagnostics::new();
                let options =
                    |division| CableOptions { points, division, ..CableOptions::default() };
                let Some(coarse) = Cable::of(cell, &options(Division::AsWritten), &mut sink) else {
                    let why = &sink.iter().next().unwrap().message;
                    let name = path.strip_prefix(&corpus).unwrap().display();
                    refused.push(format!("{name}: {points:?}: {why}"));
                    continue;
                };
                assert!(sink.is_empty());
                compartments += coarse.compartments.n_compartments();
                let finer = Division::MaxLength { dx_um: 20.0 };
                let fine = Cable::of(cell, &options(finer), &mut sink).unwrap();
                let area =
                    |cable: &Cable<'_>| -> f64 { cable.compartments.area_um2().iter().sum() };
                assert!(close(area(&coarse), area(&fine), 1e-9), "{}", path.display());
            }
        }
    }
    println!("{cells} cells, {compartments} compartments under both rules");
    refused.sort();
    for line in &refused {
        println!("refused: {line}");
    }
}
