//! The scheme `neuron-jnml` through the doors that everybody uses, against numbers of NEURON.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stdout, reason = "the table is what one reads")]
#![expect(clippy::disallowed_methods, reason = "the numbers are read, and the corpus searched")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::{MemoryLoader, OsLoader};
use nml::omv::{Outcome, TestOptions};
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, prepare};
use nml_sim::{EventRow, Rows};

/// The rows of the first file with traces, time first, and all events.
#[derive(Default)]
struct Results {
    rows: Vec<Vec<f64>>,
    events: Vec<(u32, f64)>,
}

impl Sink for Results {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output == 0 {
            for (time, values) in rows.iter() {
                self.rows.push(std::iter::once(time).chain(values.iter().copied()).collect());
            }
        }
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events.extend(events.iter().map(|event| (event.port, event.time)));
        Ok(())
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

/// What a run gives, else what was found before it.
fn run(name: &str) -> Result<Results, Vec<String>> {
    let checker = nml::Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let model = checker.loader().load(&fixture(name));
    let options = SimulateOptions { scheme: Scheme::NeuronJnml, ..SimulateOptions::default() };
    let prepared = prepare(&model, options).map_err(|found| {
        let told = found.iter().map(|d| format!("{} {}", d.rule.code, d.message));
        told.collect::<Vec<_>>()
    })?;
    let mut results = Results::default();
    prepared.run(&mut results).unwrap();
    Ok(results)
}

/// A number with the seven digits that NEURON's files have.
fn seven(x: f64) -> f64 {
    format!("{x:.6e}").parse().unwrap()
}

fn table(name: &str) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(fixture("neuron-jnml").join(name)).unwrap();
    let numbers = |line: &str| line.split_whitespace().map(|x| x.parse().unwrap()).collect();
    text.lines().map(numbers).collect()
}

/// Holds every `step`th row against what NEURON wrote, digit for digit, without the columns of `out`.
fn same_rows(results: &Results, name: &str, step: usize, keep: impl Fn(usize) -> bool) {
    let expected = table(name);
    let rows: Vec<&Vec<f64>> = results.rows.iter().step_by(step).collect();
    assert_eq!(rows.len(), expected.len(), "{name}");
    for (row, expected) in rows.into_iter().zip(expected) {
        let kept = row.iter().enumerate().filter(|(at, _)| keep(*at));
        let kept: Vec<f64> = kept.map(|(_, &x)| seven(x)).collect();
        assert_eq!(kept, expected, "{name}");
    }
}

#[test]
fn rows_of_a_neuron_are_those_of_neuron() {
    let results = run("hh-neuron/LEMS_hh.xml").unwrap();
    same_rows(&results, "hh.dat", 100, |_| true);
}

#[test]
fn rows_and_spikes_of_a_network_are_those_of_neuron() {
    let results = run("network/LEMS_ring.xml").unwrap();
    same_rows(&results, "ring.dat", 50, |_| true);
    let expected = table("ring.spikes");
    assert_eq!(results.events.len(), expected.len());
    for ((_, time), expected) in results.events.iter().zip(expected) {
        assert!(expected.contains(time), "{time} {expected:?}");
    }
}

#[test]
fn inputs_and_synapses_are_those_of_neuron() {
    let results = run("points/LEMS_inputs.xml").unwrap();
    same_rows(&results, "inputs.dat", 50, |column| column < 14 && column != 7);
    let results = run("points/LEMS_synapses.xml").unwrap();
    same_rows(&results, "synapses.dat", 100, |column| column < 15 && column != 12);
}

#[test]
fn cells_of_several_compartments_are_those_of_neuron() {
    let results = run("neuron-jnml/LEMS_tree.xml").unwrap();
    same_rows(&results, "tree.dat", 20, |_| true);
}

#[test]
fn densities_that_vary_along_a_cell_are_those_of_neuron() {
    let results = run("neuron-jnml/LEMS_graded.xml").unwrap();
    same_rows(&results, "graded.dat", 20, |_| true);
}

#[test]
fn membranes_and_attachments_at_ends_are_those_of_neuron() {
    let results = run("neuron-jnml/LEMS_mixed.xml").unwrap();
    same_rows(&results, "mixed.dat", 20, |_| true);
}

#[test]
fn what_cannot_be_carried_out_is_told_before_the_run() {
    for (name, expected) in [
        ("points/LEMS_gates.xml", "channel populations"),
        ("points/LEMS_calcium.xml", "the exporter records no"),
    ] {
        let Err(found) = run(name) else { panic!("{name} runs") };
        let told = found.iter().any(|d| d.starts_with("NML0960") && d.contains(expected));
        assert!(told, "{name}: {found:?}");
    }
}

#[test]
fn a_section_that_begins_within_a_segment_of_a_group_is_refused() {
    let cell = |fraction: &str| {
        format!(
            r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
            <cell id="c"><morphology id="m">
                <segment id="0"><proximal x="0" y="0" z="0" diameter="9"/><distal x="9" y="0" z="0" diameter="9"/></segment>
                <segment id="1"><parent segment="0"/><distal x="50" y="0" z="0" diameter="2"/></segment>
                <segment id="2"><parent segment="0" fractionAlong="{fraction}"/><proximal x="5" y="0" z="0" diameter="1"/>
                    <distal x="5" y="40" z="0" diameter="1"/></segment>
                <segmentGroup id="run" neuroLexId="sao864921383"><member segment="0"/><member segment="1"/></segmentGroup>
                <segmentGroup id="twig" neuroLexId="sao864921383"><member segment="2"/></segmentGroup>
            </morphology><biophysicalProperties id="b">
                <membraneProperties><spikeThresh value="0mV"/><specificCapacitance value="1 uF_per_cm2"/>
                    <initMembPotential value="-65mV"/></membraneProperties>
                <intracellularProperties><resistivity value="100 ohm_cm"/></intracellularProperties>
            </biophysicalProperties></cell></neuroml>"#
        )
    };
    for (fraction, refused) in [("0", false), ("0.4", true), ("1", false)] {
        let mut files = MemoryLoader::new();
        files.insert("c.nml", cell(fraction));
        files.insert(
            "run.xml",
            r#"<Lems><Target component="s"/><Include file="Cells.xml"/><Include file="Simulation.xml"/>
            <Include file="c.nml"/><Simulation id="s" length="1ms" step="0.1ms" target="c">
            <OutputFile id="o" fileName="o.dat"><OutputColumn id="v" quantity="v"/></OutputFile>
            </Simulation></Lems>"#
                .to_owned(),
        );
        let checker = nml::Checker::new(Arc::new(files), Vec::new());
        let model = checker.loader().load("run.xml".as_ref());
        let options = SimulateOptions { scheme: Scheme::NeuronJnml, ..SimulateOptions::default() };
        match prepare(&model, options) {
            Ok(_) => assert!(!refused, "{fraction}"),
            Err(found) => {
                let told = found.iter().map(|d| d.message.as_str()).collect::<Vec<_>>();
                assert!(refused && told[0].contains("cannot join twig"), "{fraction}: {told:?}");
            }
        }
    }
}

/// Published tests that do not pass, by a part of their path.
const MISSED: &[&str] = &[
    // The file with the expected numbers is not in the corpus.
    "c302/examples/.test.phar",
];

#[test]
fn published_tests_of_neuron_pass() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let models = std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from).join("models");
    let mut tests = Vec::new();
    let mut open = vec![models];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "omt")
                && std::fs::read_to_string(&path)
                    .is_ok_and(|text| text.lines().any(|l| l.trim() == "engine: jNeuroML_NEURON"))
            {
                tests.push(path);
            }
        }
    }
    tests.sort();
    if tests.is_empty() {
        println!("skipped 46 published tests: no corpus");
        return;
    }
    let options = TestOptions::default();
    let report = nml::omv::run(&tests, &(Arc::new(OsLoader::default()) as _), &options);
    let mut wrong = Vec::new();
    for test in &report.tests {
        let path = test.path.to_string_lossy().replace('\\', "/");
        println!("{path}: {:?}", test.outcome);
        let missed = MISSED.iter().any(|part| path.contains(part));
        if (test.outcome == Outcome::Passed) == missed {
            wrong.push(path);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
