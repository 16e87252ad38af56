//! Models as texts, exported in memory.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::convert::{Artifacts, Converted, JobOptions, backend, convert};
use nml::model::Model;
use nml::simulate::{SimulateOptions, Wish};

/// A cell of one segment with a channel, a synapse, a pulse, and a source of events.
pub const CELL: &str = r#"<ionChannelHH id="na" conductance="10pS" species="na">
  <gateHHrates id="m" instances="3">
    <forwardRate type="HHExpLinearRate" rate="1per_ms" midpoint="-40mV" scale="10mV"/>
    <reverseRate type="HHExpRate" rate="4per_ms" midpoint="-65mV" scale="-18mV"/>
  </gateHHrates>
</ionChannelHH>
<cell id="soma">
  <morphology id="m">
    <segment id="0" name="soma">
      <proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="0" z="10" diameter="10"/>
    </segment>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      <channelDensity id="naAll" ionChannel="na" condDensity="120.0 mS_per_cm2" erev="50.0 mV" ion="na"/>
      <spikeThresh value="-20 mV"/>
      <specificCapacitance value="1.0 uF_per_cm2"/>
      <initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties><resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>
<spikeGenerator id="clock" period="5ms"/>"#;

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
///
/// # Panics
/// Where there is no such target.
pub fn export(target: &str, text: &str, record: &[&str]) -> Result<Converted, Vec<Diagnostic>> {
    export_as(target, text, record, &JobOptions::default())
}

/// As [`export`], with options.
///
/// # Errors
/// What the target cannot express.
///
/// # Panics
/// Where there is no such target.
pub fn export_as(
    target: &str,
    text: &str,
    record: &[&str],
    more: &JobOptions,
) -> Result<Converted, Vec<Diagnostic>> {
    let target = backend(target).expect("the target is listed");
    let wish = Wish {
        record: record.iter().map(|&path| path.to_owned()).collect(),
        file: "model".to_owned(),
        ..Wish::default()
    };
    let options =
        SimulateOptions { length: Some(0.01), step: Some(1e-5), ..SimulateOptions::default() };
    convert(&load(text), target, &wish, options, more)
}

/// A file of an export.
///
/// # Panics
/// Where there is no such file, or it is no text.
pub fn file(made: &Artifacts, path: &str) -> String {
    let bytes = made.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).expect("it is text")
}
