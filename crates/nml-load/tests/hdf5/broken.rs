//! Files that are not what they should be: told, never a crash.

use crate::writer::{self, Part, Rows, Style};
use crate::{NETWORK, TOP, findings, load, parts, rows};

fn of(parts: &[Part]) -> Vec<String> {
    let bytes = writer::file(Style::LibNeuroMl, TOP, NETWORK, parts);
    findings(&load("net.h5", vec![("net.h5", bytes)]))
}

/// The network with one part in place of another.
fn with(part: Part) -> Vec<Part> {
    let mut all = parts(Style::LibNeuroMl);
    let at = all.iter().position(|p| p.name == part.name).unwrap();
    let old = std::mem::replace(&mut all[at], part);
    if all[at].attributes.is_empty() {
        all[at].attributes = old.attributes;
    }
    all
}

#[test]
fn a_file_cut_short_or_damaged_anywhere_is_told() {
    let bytes = writer::file(Style::LibNeuroMl, TOP, NETWORK, &parts(Style::LibNeuroMl));
    for length in (0..bytes.len()).step_by(97) {
        let model = load("net.h5", vec![("net.h5", bytes[..length].to_vec())]);
        assert!(!findings(&model).is_empty(), "cut to {length}");
    }
    for at in (0..bytes.len()).step_by(13) {
        for value in [0x00, 0xff, bytes[at] ^ 0x10] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            // Many bytes may be anything; none may make it crash.
            drop(load("net.h5", vec![("net.h5", damaged)]));
        }
    }
}

#[test]
fn files_of_other_kinds_are_told() {
    let other = hdf5_pure::FileBuilder::new().finish().unwrap();
    let found = findings(&load("net.h5", vec![("net.h5", other)]));
    assert_eq!(found, ["malformed-hdf5: there is no group `/neuroml`: this is no NeuroML network"]);
    let text = findings(&load("net.h5", vec![("net.h5", b"<neuroml/>".to_vec())]));
    assert!(text[0].starts_with("malformed-hdf5: `net.h5` cannot be read as HDF5"), "{text:?}");
}

#[test]
fn shapes_columns_and_types_that_do_not_fit_are_told() {
    let part = |rows| Part { name: "projection_wd", attributes: &[], rows };
    let three = Rows { name: "wd", columns: &[], width: 3, values: vec![0.; 6] };
    let path = "/neuroml/network/projection_wd/wd";
    assert_eq!(
        of(&with(part(Some(three)))),
        [format!("malformed-hdf5: the data set `{path}` has no column `pre_cell_id` among its 3")]
    );
    let twice = rows("wd", &["pre_cell_id", "post_cell_id", "pre_cell_id"], &[0.; 3]);
    assert_eq!(
        of(&with(part(twice))),
        [format!("malformed-hdf5: the data set `{path}` has two columns `pre_cell_id`")]
    );
    let more = rows("wd", &["pre_cell_id", "post_cell_id", "threshold"], &[0.; 3]);
    assert_eq!(
        of(&with(part(more))),
        [format!(
            "unread-hdf5-part: column 2, `threshold` of `{path}` is no part of the layout, and is not read"
        )]
    );
    let odd = Part { attributes: &[("id", "wd"), ("type", "magic")], ..part(None) };
    assert_eq!(
        of(&with(odd)),
        ["malformed-hdf5: `/neuroml/network/projection_wd` has the unknown type `magic`"]
    );
    let bare: &[(&str, &str)] = &[("id", "e"), ("type", "electricalProjection")];
    let gap = rows("e", &["pre_cell_id", "post_cell_id"], &[0., 1.]);
    assert_eq!(
        of(&with(Part { name: "projection_e", attributes: bare, rows: gap })),
        ["malformed-hdf5: the group `/neuroml/network/projection_e` has no attribute `synapse`"]
    );
}

#[test]
fn a_number_that_makes_no_sense_names_its_row() {
    let values =
        [1., 2., 0.7, 0.1, f32::NAN, 2., 1., 0., 1., -1., 1., 0., 1., 1.5, f32::INFINITY, -2.];
    let bad = rows("wd", &["pre_cell_id", "post_cell_id", "weight", "delay"], &values);
    let parts = with(Part { name: "projection_wd", attributes: &[], rows: bad });
    let bytes = writer::file(Style::LibNeuroMl, TOP, NETWORK, &parts);
    let model = load("net.h5", vec![("net.h5", bytes)]);
    let told: Vec<String> = model
        .diagnostics()
        .map(|d| {
            let file = model.sources().get(d.primary.span.file).unwrap();
            let (block, row, home) = file.row_at(d.primary.span.start).unwrap();
            assert!(file.slice(home).contains(&block.name) && d.help.is_some());
            format!("{} {row}: {}", block.name, d.message)
        })
        .collect();
    let path = "/neuroml/network/projection_wd/wd";
    assert_eq!(
        told,
        [
            format!("{path} 1: `pre_cell_id` is NaN, no whole number from 0 on"),
            format!("{path} 2: `post_cell_id` is -1, no whole number from 0 on"),
            format!("{path} 3: `post_cell_id` is 1.5, no whole number from 0 on"),
            format!("{path} 3: `weight` is inf"),
            format!("{path} 3: `delay` is -2"),
        ]
    );
}

#[test]
fn absurd_sizes_cost_nothing() {
    let mut builder = hdf5_pure::FileBuilder::new();
    let mut neuroml = builder.create_group("neuroml");
    let mut network = neuroml.create_group("network");
    for k in 0..4_u32 {
        let name = format!("projection_p{k}");
        let mut group = network.create_group(&name);
        // Chunks that were never written: rows that take no room in the file.
        let table = group.create_dataset("p");
        table.with_f32_data(&[]).with_shape(&[0, 7]).with_chunks(&[1 << 10, 7]);
        table.with_maxshape(&[hdf5_pure::MaxExtent::Unlimited, hdf5_pure::MaxExtent::Fixed(7)]);
        network.add_group(group.finish());
    }
    neuroml.add_group(network.finish());
    builder.add_group(neuroml.finish());
    let mut bytes = builder.finish().unwrap();
    // The extents 0 × 7 of the data sets, followed by the largest extents ∞ × 7.
    let extents: Vec<u8> = [0_u64, 7, u64::MAX, 7].iter().flat_map(|n| n.to_le_bytes()).collect();
    let mut patched = 0;
    for at in 0..bytes.len() - extents.len() {
        if bytes[at..at + extents.len()] == extents {
            bytes[at..at + 8].copy_from_slice(&(1_u64 << 33).to_le_bytes());
            patched += 1;
        }
    }
    assert_eq!(patched, 4);
    let found = findings(&load("net.h5", vec![("net.h5", bytes)]));
    assert!(found.iter().all(|f| f.starts_with("malformed-hdf5")), "{found:?}");
}
