//! Cells of several compartments against cable theory: Rall 1959 (Exp. Neurol. 1:491–527) and Rall 1977 (Handbook
//! of Physiology, The Nervous System 1:39–97), equations by number of the latter.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use std::fmt::Write as _;
use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::simulate::{
    CableOptions, Division, Prepared, SimulateOptions, Sink, SinkError, Wish, prepare_wish,
};
use nml_sim::{EventRow, Rows};

/// Ω·m, S/m², F/m².
const R_A: f64 = 1.0;
const G: f64 = 1.0;
const C_M: f64 = 0.01;

/// Rows, time first.
#[derive(Default)]
struct Traces(Vec<Vec<f64>>);

impl Sink for Traces {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        let row = |(time, values): (f64, &[f64])| {
            std::iter::once(time).chain(values.iter().copied()).collect()
        };
        self.0.extend(rows.iter().map(row));
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// A segment: parent, length and diameter in µm.
type Piece = (Option<usize>, f64, f64);

/// A document with a population of passive cells and a current of 0.1 nA into the middle of their first segment.
/// Each group of segments is a section with so many compartments.
fn document(
    pieces: &[Piece],
    sections: &[(&[usize], u32)],
    g: f64,
    pulse: &str,
    cells: u32,
) -> String {
    let mut text =
        String::from(r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">"#);
    let mut end = Vec::new();
    let mut segments = String::new();
    for (id, &(parent, length, diameter)) in pieces.iter().enumerate() {
        let from: f64 = parent.map_or(0.0, |parent| end[parent]);
        end.push(from + length);
        let parent = parent.map_or(String::new(), |p| format!(r#"<parent segment="{p}"/>"#));
        // Branches lie on one line: only lengths matter.
        write!(
            segments,
            r#"<segment id="{id}">{parent}<proximal x="{from}" y="0" z="0" diameter="{diameter}"/>
            <distal x="{}" y="0" z="0" diameter="{diameter}"/></segment>"#,
            from + length
        )
        .unwrap();
    }
    for (at, (members, count)) in sections.iter().enumerate() {
        let members: Vec<_> =
            members.iter().map(|m| format!(r#"<member segment="{m}"/>"#)).collect();
        write!(
            segments,
            r#"<segmentGroup id="s{at}" neuroLexId="sao864921383">
            <property tag="numberInternalDivisions" value="{count}"/>{}</segmentGroup>"#,
            members.concat()
        )
        .unwrap();
    }
    let mut inputs = String::new();
    for i in 0..cells {
        write!(
            inputs,
            r#"<input id="{i}" target="../pop[{i}]" segmentId="0" fractionAlong="0.5" destination="synapses"/>"#
        )
        .unwrap();
    }
    write!(
        text,
        r#"<ionChannelPassive id="leak" conductance="1pS"/>
        <pulseGenerator id="pulse" {pulse} amplitude="0.1nA"/>
        <cell id="cable"><morphology id="m">{segments}</morphology><biophysicalProperties id="b">
        <membraneProperties>
          <channelDensity id="pas" ionChannel="leak" condDensity="{g} S_per_m2" erev="0mV" ion="non_specific"/>
          <spikeThresh value="1000mV"/><specificCapacitance value="{C_M} F_per_m2"/>
          <initMembPotential value="0mV"/>
        </membraneProperties>
        <intracellularProperties><resistivity value="{R_A} ohm_m"/></intracellularProperties>
        </biophysicalProperties></cell>
        <network id="net"><population id="pop" component="cable" size="{cells}"/>
        <inputList id="in" component="pulse" population="pop">{inputs}</inputList></network></neuroml>"#,
    )
    .unwrap();
    text
}

/// Rows of the recorded potentials, V, time first.
fn run(text: &str, record: &[&str], step: f64, length: f64, division: Division) -> Vec<Vec<f64>> {
    let prepared = prepared(text, record, step, length, division);
    let prepared = prepared.unwrap_or_else(|found| panic!("{found:#?}"));
    let mut traces = Traces::default();
    prepared.run(&mut traces).unwrap();
    traces.0
}

fn prepared(
    text: &str,
    record: &[&str],
    step: f64,
    length: f64,
    division: Division,
) -> Result<Prepared, Vec<Diagnostic>> {
    let mut files = MemoryLoader::new();
    files.insert("net.nml", text);
    let model = nml::Loader::new(Arc::new(files)).load("net.nml".as_ref());
    let options = SimulateOptions {
        step: Some(step),
        length: Some(length),
        cable: CableOptions { division, ..CableOptions::default() },
        ..SimulateOptions::default()
    };
    let record = record.iter().map(|&path| path.to_owned()).collect();
    let wish = Wish { record, file: "out".to_owned(), ..Wish::default() };
    prepare_wish(&model, options, &wish)
}

const ALWAYS: &str = r#"delay="0ms" duration="1000s""#;
const UNIFORM: [Piece; 4] =
    [(None, 250.0, 2.0), (Some(0), 250.0, 2.0), (Some(1), 250.0, 2.0), (Some(2), 250.0, 2.0)];

/// The length constant, m, of a cylinder of a diameter in µm.
fn lambda(diameter_um: f64) -> f64 {
    (diameter_um * 1e-6 / (4.0 * R_A * G)).sqrt()
}

/// The potential of a cylinder with sealed ends, V, for a current at `x0` (Rall 1977, eq. 4.15).
fn sealed(x: f64, x0: f64, length: f64, diameter_um: f64, current: f64) -> f64 {
    let lambda = lambda(diameter_um);
    let area = std::f64::consts::PI * (diameter_um * 1e-6).powi(2) / 4.0;
    let (near, far) = (x.min(x0), x.max(x0));
    current * R_A / area * lambda * ((length - far) / lambda).cosh() * (near / lambda).cosh()
        / (length / lambda).sinh()
}

#[test]
fn a_sealed_cable_has_its_potential_and_refining_is_of_second_order() {
    let text = document(&UNIFORM, &[(&[0, 1, 2, 3], 4)], G, ALWAYS, 1);
    let error = |dx_um: f64| {
        let division = Division::MaxLength { dx_um };
        let rows = run(&text, &["pop[0]/1/v", "pop[0]/3/v"], 1e-3, 0.4, division);
        let last = rows.last().unwrap();
        let expected = |x| sealed(x, 125e-6, 1e-3, 2.0, 1e-10);
        [last[1] / expected(375e-6) - 1.0, last[2] / expected(875e-6) - 1.0]
    };
    let (coarse, fine) = (error(250.0 / 3.0), error(250.0 / 9.0));
    for (coarse, fine) in coarse.into_iter().zip(fine) {
        assert!(fine.abs() < 2e-4, "{fine}");
        // A third of the length, a ninth of the error.
        let order = (coarse / fine).abs().ln() / 3_f64.ln();
        assert!((order - 2.0).abs() < 0.05, "{coarse} {fine}: order {order}");
    }
}

#[test]
fn a_long_cable_decays_as_an_infinite_one() {
    // 25 length constants, a current in the middle: what the ends reflect has fallen by e⁻¹⁵ against what passes.
    let piece = 5.0 * lambda(2.0) * 1e6;
    let pieces: Vec<Piece> = (0..5_usize).map(|at| (at.checked_sub(1), piece, 2.0)).collect();
    let text = document(&pieces, &[(&[0, 1, 2, 3, 4], 5)], G, ALWAYS, 1)
        .replace(r#"segmentId="0""#, r#"segmentId="2""#);
    let area = std::f64::consts::PI * 2e-6_f64.powi(2) / 4.0;
    // Half of the current goes each way, into a resistance of R λ / A.
    let infinite = 1e-10 * R_A * lambda(2.0) / area / 2.0;
    let error = |dx_um: f64| {
        let division = Division::MaxLength { dx_um };
        let rows = run(&text, &["pop[0]/2/v", "pop[0]/3/v", "pop[0]/1/v"], 1e-3, 0.4, division);
        let last = rows.last().unwrap();
        assert!((last[2] / last[3] - 1.0).abs() < 1e-6, "both sides are alike");
        last[2] / (infinite * (-5.0_f64).exp()) - 1.0
    };
    let (coarse, fine) = (error(piece / 27.0), error(piece / 81.0));
    assert!(fine.abs() < 1e-3, "{fine}");
    let order = (coarse / fine).abs().ln() / 3_f64.ln();
    assert!((order - 2.0).abs() < 0.1, "{coarse} {fine}: order {order}");
}

#[test]
fn charge_spreads_with_the_time_constants_of_a_sealed_cable() {
    // What the ends differ by falls with τ/(1 + (π/L)²) as soon as faster terms are gone (Rall 1969, Biophys. J.
    // 9:1483–1508).
    let pulse = r#"delay="0ms" duration="1ms""#;
    let text = document(&UNIFORM, &[(&[0, 1, 2, 3], 36)], G, pulse, 1);
    let rows = run(&text, &["pop[0]/0/v", "pop[0]/3/v"], 1e-5, 12e-3, Division::AsWritten);
    let at = |time: f64| {
        let row = rows.iter().find(|row| row[0] > time - 1e-9).unwrap();
        row[1] - row[2]
    };
    let length = 1e-3 / lambda(2.0);
    let tau = C_M / G / (1.0 + (std::f64::consts::PI / length).powi(2));
    // The next odd term has fallen by e⁻¹⁰ and more.
    let found = 2e-3 / (at(8e-3) / at(10e-3)).ln();
    assert!((found / tau - 1.0).abs() < 2e-3, "{found} {tau}");
}

#[test]
fn steps_are_of_second_order() {
    let text = document(&UNIFORM, &[(&[0, 1, 2, 3], 36)], G, ALWAYS, 1);
    let at = |step: f64| {
        let rows = run(&text, &["pop[0]/3/v"], step, 4e-3, Division::AsWritten);
        rows.last().unwrap()[1]
    };
    let truth = at(4e-3 / 4096.0);
    let errors: Vec<f64> = [32.0, 64.0, 128.0].map(|n| at(4e-3 / n) - truth).to_vec();
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).abs().log2();
        assert!((order - 2.0).abs() < 0.15, "{errors:?}: order {order}");
    }
}

#[test]
fn a_tree_that_obeys_the_three_halves_rule_is_a_cylinder() {
    // Two equal daughters: the parent's diameter is theirs times 2^(2/3), lengths go with the length constants.
    let (d, big) = (1.0, 2_f64.powf(2.0 / 3.0));
    let (near, far) = (300.0, 300.0 * lambda(d) / lambda(big));
    let tree = [(None, near, big), (Some(0), far, d), (Some(0), far, d)];
    let tree = document(&tree, &[(&[0], 5), (&[1], 5), (&[2], 5)], G, ALWAYS, 1);
    let line = [(None, near, big), (Some(0), near, big)];
    let line = document(&line, &[(&[0], 5), (&[1], 5)], G, ALWAYS, 1);
    let paths = ["pop[0]/0/v", "pop[0]/1/v"];
    let one = run(&tree, &[paths[0], paths[1], "pop[0]/2/v"], 1e-4, 5e-3, Division::AsWritten);
    let two = run(&line, &paths, 1e-4, 5e-3, Division::AsWritten);
    for (one, two) in one.iter().zip(&two).skip(1) {
        assert!((one[2] - one[3]).abs() <= 1e-15 * one[2].abs(), "daughters differ");
        for (a, b) in one.iter().zip(two) {
            // Points of the exporter's geometry are in single precision.
            assert!((a - b).abs() < 1e-6 * b.abs(), "{a} {b}");
        }
    }
}

#[test]
fn charge_is_conserved() {
    let pulse = r#"delay="0ms" duration="1ms""#;
    let text = document(&UNIFORM, &[(&[0], 3), (&[1, 2], 4), (&[3], 1)], 0.0, pulse, 1);
    // Everything has spread at last: one potential everywhere.
    let rows = run(&text, &["pop[0]/0/v", "pop[0]/3/v"], 1e-5, 2.0, Division::AsWritten);
    let last = rows.last().unwrap();
    let area = std::f64::consts::PI * 2e-6 * 1e-3;
    let expected = 1e-10 * 1e-3 / (C_M * area);
    for v in &last[1..] {
        // 200 000 steps of rounding.
        assert!((v / expected - 1.0).abs() < 1e-12, "{} {v} {expected}", v / expected - 1.0);
    }
}

#[test]
fn what_cannot_be_cut_is_told_once() {
    let text = document(&UNIFORM, &[(&[0, 1, 2, 3], 4)], G, ALWAYS, 3);
    let resistivity = format!(r#"<resistivity value="{R_A} ohm_m"/>"#);
    let text = text.replace(&resistivity, "");
    let found = prepared(&text, &["pop[0]/v"], 1e-5, 1e-3, Division::AsWritten).unwrap_err();
    let told: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(told, ["there is no `resistivity` for segment 0 and 3 others"]);
}

#[test]
fn cells_do_not_depend_on_their_number() {
    let sections: [(&[usize], u32); 2] = [(&[0, 1], 3), (&[2, 3], 5)];
    let text = |cells| document(&UNIFORM, &sections, G, ALWAYS, cells);
    let alone = run(&text(1), &["pop[0]/0/v", "pop[0]/3/v"], 2.5e-5, 1e-2, Division::AsWritten);
    let many = ["pop[0]/0/v", "pop[0]/3/v", "pop[9]/0/v", "pop[9]/3/v", "pop[10]/3/v"];
    let many = run(&text(11), &many, 2.5e-5, 1e-2, Division::AsWritten);
    for (one, all) in alone.iter().zip(&many) {
        // A single cell is one program, with products fused across its parts: 400 steps of rounding apart.
        assert!((one[1] - all[1]).abs() <= 1e-13 * all[1].abs(), "{} {}", one[1], all[1]);
        assert!((one[2] - all[2]).abs() <= 1e-13 * all[2].abs(), "{} {}", one[2], all[2]);
        assert_eq!(all[1..3], all[3..5]);
        assert_eq!(all[2].to_bits(), all[5].to_bits());
    }
}
