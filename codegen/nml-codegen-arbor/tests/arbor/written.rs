//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::Artifacts;
use nml_tests::export::{file, network};

fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("arbor", text, record).expect("it can be exported").artifacts
}

/// A cell of one segment with a channel, a synapse and a pulse.
const CELL: &str = r#"<ionChannelHH id="na" conductance="10pS" species="na">
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

const INNER: &str = r#"<population id="pop" component="soma" size="2"/>
<population id="from" component="clock" size="1"/>
<projection id="p" presynapticPopulation="from" postsynapticPopulation="pop" synapse="syn">
  <connectionWD id="0" preCellId="../from[0]" postCellId="../pop[1]" weight="2" delay="1ms"/>
</projection>
<explicitInput target="pop[0]" input="pulse"/>"#;

#[test]
fn a_small_network_is_readable() {
    let made = export(&network(CELL, INNER), &["pop[0]/v"]);
    let mut all = String::new();
    for name in ["model.py", "cells/soma.acc", "mod/naAll.mod", "mod/syn.mod", "mod/pulse.mod"] {
        all.extend(["==== ", name, "\n", &file(&made, name), "\n"]);
    }
    insta::assert_snapshot!(all.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert!(file(&made, "run.py").contains("runtime.main(model)"));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let one = export(&network(CELL, INNER), &["pop[0]/v"]);
    let other = export(&network(CELL, INNER), &["pop[0]/v"]);
    assert_eq!(one, other);
}

#[test]
fn time_is_counted_by_a_state() {
    let made = export(&network(CELL, INNER), &["pop[0]/v"]);
    let pulse = file(&made, "mod/pulse.mod");
    assert!(pulse.contains("clock' = 1"), "{pulse}");
    assert!(!pulse.contains("net_send") && !pulse.contains("WATCH"), "{pulse}");
}
