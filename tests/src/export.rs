//! Models as texts, exported in memory.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::convert::{Artifacts, Converted, JobOptions, backend, convert};
use nml::model::Model;
use nml::simulate::{SimulateOptions, Wish};

/// A network file around components and what stands in the network.
pub fn network(components: &str, inner: &str) -> String {
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
{components}
<network id="net">{inner}</network>
</neuroml>"#
    )
}

/// A document that includes nothing, called `model.net.nml`.
pub fn load(text: &str) -> Model {
    let mut files = MemoryLoader::new();
    files.insert("model.net.nml", text);
    nml::Loader::new(Arc::new(files)).load("model.net.nml".as_ref())
}

/// Exports a document, with these quantities recorded, for 10 ms in steps of 10 µs unless it says otherwise.
///
/// # Errors
/// What the target cannot express.
pub fn export(target: &str, text: &str, record: &[&str]) -> Result<Converted, Vec<Diagnostic>> {
    let target = backend(target).expect("the target is listed");
    let wish = Wish {
        record: record.iter().map(|&path| path.to_owned()).collect(),
        file: "model".to_owned(),
        ..Wish::default()
    };
    let options =
        SimulateOptions { length: Some(0.01), step: Some(1e-5), ..SimulateOptions::default() };
    convert(&load(text), target, &wish, options, &JobOptions::default())
}

/// A file of an export.
pub fn file(made: &Artifacts, path: &str) -> String {
    let bytes = made.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).expect("it is text")
}
