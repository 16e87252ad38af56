//! Models as texts, flattened in memory, and run.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::path::Path;
use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader, SourceLoader};
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, Wish, prepare_all};

/// A network file around components and what stands in the network.
pub(crate) fn network(components: &str, inner: &str) -> String {
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
{components}
<network id="net">{inner}</network>
</neuroml>"#
    )
}

/// Flattens a model that is loaded already.
pub(crate) fn flattened(
    model: &nml::model::Model,
    record: &[&str],
    length: Option<f64>,
) -> Result<Artifacts, Vec<Diagnostic>> {
    let target = backend("flattened").expect("the target is listed");
    let wish = Wish {
        record: record.iter().map(|&path| path.to_owned()).collect(),
        file: "model".to_owned(),
        ..Wish::default()
    };
    let step = length.map(|_| 1e-5);
    let options = SimulateOptions { length, step, ..SimulateOptions::default() };
    convert(model, target, &wish, options, &JobOptions::default()).map(|made| made.artifacts)
}

/// Flattens a network file.
pub(crate) fn export(text: &str, record: &[&str]) -> Result<String, Vec<Diagnostic>> {
    let mut files = MemoryLoader::new();
    files.insert("model.net.nml", text);
    let model = nml::Loader::new(Arc::new(files)).load("model.net.nml".as_ref());
    let made = flattened(&model, record, Some(0.01))?;
    let (path, bytes) = made.iter().next().expect("one file");
    assert_eq!(path, Path::new("LEMS_model.net_flat.xml"));
    Ok(String::from_utf8(bytes.to_vec()).expect("it is text"))
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
