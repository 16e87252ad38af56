//! The scheme `neuron-jnml` through the doors that everybody uses.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::omv::{Outcome, Skip, TestOptions};
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, prepare};
use nml_sim::{EventRow, Rows};

#[derive(Default)]
struct Results {
    rows: Vec<Vec<f64>>,
    events: Vec<f64>,
}

impl Sink for Results {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output == 0 {
            let row = |(time, values): (f64, &[f64])| {
                std::iter::once(time).chain(values.iter().copied()).collect()
            };
            self.rows.extend(rows.iter().map(row));
        }
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events.extend(events.iter().map(|event| event.time));
        Ok(())
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

fn run(name: &str) -> Result<Results, Vec<String>> {
    let checker = nml::Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let model = checker.loader().load(&fixture(name));
    let options = SimulateOptions { scheme: Scheme::NeuronJnml, ..SimulateOptions::default() };
    let prepared = prepare(&model, options)
        .map_err(|found| found.iter().map(|d| format!("{} {}", d.rule.code, d.message)).collect::<Vec<_>>())?;
    let mut results = Results::default();
    prepared.run(&mut results).unwrap();
    Ok(results)
}
