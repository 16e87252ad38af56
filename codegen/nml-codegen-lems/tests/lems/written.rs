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

/// What an input reads of the cell it is attached to may be more than it shows itself.
#[test]
fn an_input_that_follows_a_rate_of_its_cell() {
    let text = r#"<Lems>
<ComponentType name="rated" extends="baseCellMembPot">
  <Exposure name="r" dimension="per_time"/><Exposure name="s" dimension="current"/>
  <Attachments name="synapses" type="basePointCurrent"/>
  <Constant name="SEC" dimension="time" value="1s"/><Constant name="NA" dimension="current" value="1nA"/>
  <Dynamics>
    <StateVariable name="r" dimension="per_time" exposure="r"/>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <DerivedVariable name="s" dimension="current" exposure="s" select="synapses[*]/i" reduce="add"/>
    <TimeDerivative variable="r" value="(s / (NA * SEC) - r) / SEC"/>
  </Dynamics>
</ComponentType>
<ComponentType name="fed" extends="basePointCurrent">
  <Requirement name="s" dimension="current"/><Requirement name="r" dimension="per_time"/>
  <Constant name="SEC" dimension="time" value="1s"/><Constant name="NA" dimension="current" value="1nA"/>
  <Dynamics>
    <DerivedVariable name="i" dimension="current" exposure="i" value="(1 - r * SEC) * NA"/>
  </Dynamics>
</ComponentType>
<rated id="cell"/><fed id="own"/>
<network id="net">
  <population id="p" component="cell" size="1"/>
  <explicitInput target="p[0]" input="own" destination="synapses"/>
</network>
<Simulation id="sim" length="5ms" step="0.01ms" target="net"/><Target component="sim"/>
</Lems>"#;
    let made = export("flattened", text, &["p[0]/r"]).expect("it can be exported").artifacts;
    let text = file(&made, "LEMS_model.net_flat.xml");
    assert!(text.contains(r#"<Requirement name="r" dimension="per_time""#), "{text}");
}
