//! Models as texts, exported in memory.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::convert::{Artifacts, JobOptions, backend, convert};
use nml::simulate::{SimulateOptions, Wish};

/// A network file around components and what stands in the network.
pub(crate) fn network(components: &str, inner: &str) -> String {
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
{components}
<network id="net">{inner}</network>
</neuroml>"#
    )
}

/// Exports a file, with the potentials or other paths recorded.
pub(crate) fn export(text: &str, record: &[&str]) -> Result<Artifacts, Vec<Diagnostic>> {
    let mut files = MemoryLoader::new();
    files.insert("model.net.nml", text);
    let model = nml::Loader::new(Arc::new(files)).load("model.net.nml".as_ref());
    let target = backend("brian2").expect("the target is listed");
    let wish = Wish {
        record: record.iter().map(|&path| path.to_owned()).collect(),
        file: "model".to_owned(),
        ..Wish::default()
    };
    let options =
        SimulateOptions { length: Some(0.01), step: Some(1e-5), ..SimulateOptions::default() };
    convert(&model, target, &wish, options, &JobOptions::default()).map(|made| made.artifacts)
}

/// A file of an export.
pub(crate) fn file(made: &Artifacts, path: &str) -> String {
    let bytes = made.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).expect("it is text")
}
