//! Our own shapes, compartment by compartment, against what NEURON says of them (`fixtures/cable`).

use std::path::Path;
use std::sync::Arc;

use nml_base::{Diagnostics, OsLoader};
use nml_flat::cable::{Attachment, Cable, CableOptions, DensityKind, NodeKind};

use crate::close;

/// The export writes parameters with float32 digits; geometry alone agrees to 1e-14.
const TOLERANCE: f64 = 1e-7;

/// The node of a section at a place that NEURON names.
fn node_at(cable: &Cable<'_>, section: &str, at: f64) -> usize {
    let i = cable.sections.all().iter().position(|s| &*s.name == section).unwrap();
    cable.compartments.node_of(u32::try_from(i).unwrap(), at) as usize
}

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cable");
    let path = folder.join(format!("{name}.cell.nml"));
    let model = nml_load::Loader::new(Arc::new(OsLoader::default())).load(&path);
    let mut sink = Diagnostics::new();
    let cell = model.cells().next().unwrap();
    let cable = Cable::of(cell, &CableOptions::default(), &mut sink).unwrap();
    assert!(sink.is_empty());
    let nodes = &cable.compartments;
    let sections = cable.sections.all();
    #[expect(clippy::disallowed_methods, reason = "a table of expected numbers")]
    let table = std::fs::read_to_string(folder.join(format!("{name}.neuron.tsv"))).unwrap();
    let mut seen = [0; 3];
    // Densities of the export: uniform ones first, then those by place.
    let order = |of: DensityKind| cable.membrane.densities.iter().filter(move |d| d.kind == of);
    let densities: Vec<_> =
        order(DensityKind::Fixed).chain(order(DensityKind::NonUniform)).collect();
    for line in table.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| parts[i].parse::<f64>().unwrap();
        match parts[0] {
            "S" => {
                seen[0] += 1;
                let i = sections.iter().position(|s| &*s.name == parts[1]).unwrap();
                let (_, count) = nodes.run(u32::try_from(i).unwrap());
                assert_eq!(count.to_string(), parts[2], "{line}");
                assert!(close(sections[i].length_um, number(3), 1e-14), "{line}");
                match sections[i].attachment {
                    Attachment::Root => assert_eq!(parts[4], "-"),
                    Attachment::Section { parent, at } => {
                        assert_eq!(&*sections[parent as usize].name, parts[4], "{line}");
                        assert!(close(at, number(5), 1e-14), "{line}: {at}");
                    }
                }
            }
            "N" => {
                seen[1] += 1;
                let node = node_at(&cable, parts[1], number(2));
                let is_end = nodes.kinds()[node] == NodeKind::End;
                assert_eq!(is_end, parts[2] == "1", "{line}");
                let ours = [
                    nodes.area_um2()[node],
                    nodes.to_parent_mohm()[node],
                    nodes.path_um()[node],
                    cable.membrane.c_m_f_per_m2[node] * 100.0,
                ];
                for (value, i) in ours.into_iter().zip(3..) {
                    assert!(close(value, number(i), TOLERANCE), "{line}: {value}");
                }
            }
            "D" => {
                seen[2] += 1;
                let i: usize = parts[1].trim_start_matches("nml_channel_").parse().unwrap();
                let node = node_at(&cable, parts[2], number(3));
                let values = &densities[i].values;
                let at = values.iter().find(|&&(n, _)| n as usize == node).unwrap();
                assert!(close(at.1 * 1e-4, number(4), TOLERANCE), "{line}: {}", at.1);
            }
            _ => panic!("{line}"),
        }
    }
    assert_eq!(seen[0], sections.len());
    assert_eq!(seen[1], nodes.len() - 1, "all but the start of the root");
    if seen[2] > 0 {
        assert_eq!(seen[2], densities.iter().map(|d| d.values.len()).sum::<usize>());
    }
    for node in 1..u32::try_from(nodes.len()).unwrap() {
        assert!(nodes.parent(node).unwrap() < node);
    }
}

#[test]
fn tapers_jumps_and_branches_are_as_in_neuron() {
    check("tree");
}

#[test]
fn spheres_are_as_in_neuron() {
    check("balls");
}

#[test]
fn segments_without_sections_are_as_in_neuron() {
    check("loose");
}

#[test]
fn densities_by_path_length_are_as_in_neuron() {
    check("graded");
}
