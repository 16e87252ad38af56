//! Prints the compartments of a cell, one line per node, to compare with another simulator.
//!
//! `compartments FILE CELL`.  Tab-separated: `S` section, compartments, length in µm, parent, place there;
//! `N` section, place, area in µm², axial resistance to the parent in MΩ, path length in µm, capacitance in
//! µF/cm²; `D` density element, section, place, S/cm².
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the lines are what one wants")]

use std::process::ExitCode;
use std::sync::Arc;

use nml_base::{Diagnostics, OsLoader};
use nml_flat::cable::{Amount, Attachment, Cable, CableOptions, NodeKind};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, id] = arguments.as_slice() else {
        eprintln!("compartments FILE CELL");
        return ExitCode::from(2);
    };
    let model = nml_load::Loader::new(Arc::new(OsLoader::default())).load(file.as_ref());
    let Some(cell) = model.cells().find(|cell| cell.id() == Some(id)) else {
        eprintln!("no cell `{id}` in {file}");
        return ExitCode::FAILURE;
    };
    let mut sink = Diagnostics::new();
    let cable = Cable::of(cell, &CableOptions::default(), &mut sink);
    for found in &sink {
        eprintln!("{}: {}", found.rule.code, found.message);
    }
    let Some(cable) = cable else { return ExitCode::FAILURE };
    print(&cable);
    ExitCode::SUCCESS
}

fn print(cable: &Cable<'_>) {
    let nodes = &cable.compartments;
    let sections = cable.sections.all();
    for (section, i) in sections.iter().zip(0..) {
        let parent = match section.attachment {
            Attachment::Root => "-\t0".to_owned(),
            Attachment::Section { parent, at } => {
                format!("{}\t{at}", sections[parent as usize].name)
            }
        };
        let (_, count) = nodes.run(i);
        println!("S\t{}\t{count}\t{}\t{parent}", section.name, section.length_um);
    }
    let name = |node: usize| &sections[nodes.section()[node] as usize].name;
    for node in 0..nodes.len() {
        if nodes.kinds()[node] == NodeKind::Start {
            continue;
        }
        println!(
            "N\t{}\t{}\t{}\t{}\t{}\t{}",
            name(node),
            nodes.position()[node],
            nodes.area_um2()[node],
            nodes.to_parent_mohm()[node],
            nodes.path_um()[node],
            cable.membrane.c_m_f_per_m2[node] * 100.0,
        );
    }
    for density in &cable.membrane.densities {
        if density.kind.amount() != Amount::Conductance {
            continue;
        }
        let id = density.component.id().unwrap_or_default();
        for &(node, value) in &density.values {
            let node = node as usize;
            println!("D\t{id}\t{}\t{}\t{}", name(node), nodes.position()[node], value * 1e-4);
        }
    }
}
