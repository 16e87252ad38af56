//! Cells with shape: geometry, places, densities, and what is refused.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod broken;
mod corpus;
mod laws;
mod membrane;
mod neuron;
mod places;

use std::sync::Arc;

use nml_base::{Diagnostics, MemoryLoader};
use nml_flat::cable::{Cable, CableOptions, Division, PointRule};
use nml_model::Model;

/// Membrane that a cell needs.
const MEMBRANE: &str =
    r#"<specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65mV"/>"#;
/// What it needs inside.
const INSIDE: &str = r#"<resistivity value="100 ohm_cm"/>"#;

/// A document with the one cell `c`.
fn document(morphology: &str, membrane: &str, inside: &str, others: &str) -> Model {
    let text = format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">{others}
        <cell id="c"><morphology id="m">{morphology}</morphology><biophysicalProperties id="b">
        <membraneProperties>{membrane}</membraneProperties>
        <intracellularProperties>{inside}</intracellularProperties>
        </biophysicalProperties></cell></neuroml>"#
    );
    let mut files = MemoryLoader::new();
    files.insert("c.nml", text);
    nml_load::Loader::new(Arc::new(files)).load("c.nml".as_ref())
}

/// A document where only the shape matters.
fn shape(morphology: &str) -> Model {
    document(morphology, MEMBRANE, INSIDE, "")
}

fn as_written(division: Division) -> CableOptions {
    CableOptions { points: PointRule::Standard, division, ..CableOptions::default() }
}

/// The cell of a document, cut; its first finding where it cannot be.
fn try_cut<'m>(model: &'m Model, options: &CableOptions) -> Result<Cable<'m>, String> {
    let mut sink = Diagnostics::new();
    let cable = Cable::of(model.cells().next().unwrap(), options, &mut sink);
    match cable {
        Some(cable) => Ok(cable),
        None => Err(sink.iter().next().expect("a refusal has a reason").message.clone()),
    }
}

fn cut<'m>(model: &'m Model, options: &CableOptions) -> Cable<'m> {
    try_cut(model, options).unwrap()
}

/// One segment: id, parent and fraction, proximal, distal (x, y, z, diameter).
fn segment(id: u32, parent: Option<(u32, f64)>, from: Option<[f64; 4]>, to: [f64; 4]) -> String {
    let point = |tag: &str, [x, y, z, d]: [f64; 4]| {
        format!(r#"<{tag} x="{x}" y="{y}" z="{z}" diameter="{d}"/>"#)
    };
    let parent = parent.map_or_else(String::new, |(segment, fraction)| {
        format!(r#"<parent segment="{segment}" fractionAlong="{fraction}"/>"#)
    });
    let from = from.map_or_else(String::new, |p| point("proximal", p));
    format!(r#"<segment id="{id}">{parent}{from}{}</segment>"#, point("distal", to))
}

/// A section of segments from `first` to `last`.
fn section(name: &str, first: u32, last: u32, divisions: u32) -> String {
    let members: Vec<String> =
        (first..=last).map(|i| format!(r#"<member segment="{i}"/>"#)).collect();
    let members = members.concat();
    format!(
        r#"<segmentGroup id="{name}" neuroLexId="sao864921383">
        <property tag="numberInternalDivisions" value="{divisions}"/>{members}</segmentGroup>"#
    )
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}
