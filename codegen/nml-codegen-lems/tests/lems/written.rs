//! What a small model says.

use nml_tests::export::{export, file, network};

#[test]
fn a_cell_with_a_gate_and_a_synapse() {
    let text = network(
        r#"<ionChannelHH id="k" conductance="10pS" species="k">
  <gateHHrates id="n" instances="4">
    <forwardRate type="HHExpLinearRate" rate="0.1per_ms" midpoint="-55mV" scale="10mV"/>
    <reverseRate type="HHExpRate" rate="0.125per_ms" midpoint="-65mV" scale="-80mV"/>
  </gateHHrates>
</ionChannelHH>
<pointCellCondBased id="c" C="10pF" v0="-65mV" thresh="20mV">
  <channelPopulation id="ks" ionChannel="k" number="1800" erev="-77mV" ion="k"/>
</pointCellCondBased>
<expTwoSynapse id="syn" gbase="0.5nS" erev="0mV" tauRise="1ms" tauDecay="2ms"/>
<spikeGenerator id="gen" period="3ms"/>"#,
        r#"<population id="cells" component="c" size="1"/><population id="gens" component="gen" size="1"/>
<projection id="p" presynapticPopulation="gens" postsynapticPopulation="cells" synapse="syn">
  <connectionWD id="0" preCellId="../gens[0]" postCellId="../cells[0]" weight="2" delay="1ms"/>
</projection>"#,
    );
    let made = export("flattened", &text, &["cells[0]/v", "cells[0]/ks/k/n/q"]);
    let made = made.expect("it can be exported").artifacts;
    insta::assert_snapshot!(file(&made, "LEMS_model.net_flat.xml"));
}
