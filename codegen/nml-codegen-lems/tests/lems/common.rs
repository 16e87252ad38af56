//! Models as texts, flattened in memory, and run.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::path::Path;
use std::sync::Arc;

use nml::base::{Diagnostic, SourceLoader};
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, Wish, prepare_all};

/// Flattens a model.
pub(crate) fn flattened(
    model: &nml::model::Model,
    length: Option<f64>,
) -> Result<Artifacts, Vec<Diagnostic>> {
    let target = backend("flattened").expect("the target is listed");
    let wish = Wish { file: "model".to_owned(), ..Wish::default() };
    let step = length.map(|_| 1e-5);
    let options = SimulateOptions { length, step, ..SimulateOptions::default() };
    convert(model, target, &wish, options, &JobOptions::default()).map(|made| made.artifacts)
}

/// Rows of all files, one after the other.
#[derive(Default)]
pub(crate) struct Rows(pub(crate) Vec<f64>, pub(crate) usize);

impl Sink for Rows {
    fn rows(&mut self, _: usize, rows: nml_sim::Rows<'_>) -> Result<(), SinkError> {
        self.0.extend(rows.iter().flat_map(|(_, values)| values.iter().copied()));
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[nml_sim::EventRow]) -> Result<(), SinkError> {
        self.1 += events.len();
        Ok(())
    }
}

/// Runs a LEMS file; the findings where it does not run.
pub(crate) fn run(
    files: Arc<dyn SourceLoader>,
    path: &Path,
    length: Option<f64>,
) -> Result<Rows, Vec<String>> {
    let model = nml::Checker::new(files, Vec::new()).loader().load(path);
    let options = SimulateOptions { scheme: Scheme::Auto, length, ..SimulateOptions::default() };
    let told = |found: Vec<Diagnostic>| -> Vec<String> {
        found.iter().map(|d| format!("{} {}", d.rule.code, d.message)).collect()
    };
    let mut rows = Rows::default();
    for prepared in prepare_all(&model, options).map_err(told)? {
        prepared.run(&mut rows).map_err(|error| vec![error.to_string()])?;
    }
    Ok(rows)
}
