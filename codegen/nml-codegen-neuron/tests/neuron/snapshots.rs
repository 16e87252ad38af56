//! Small exports as a person reads them.

use nml_tests::export::{CELL, file, network};

use super::written::export;

/// Files of an export, one after the other.
fn shown(text: &str, record: &[&str], files: &[&str]) -> String {
    let made = export(text, record);
    let all: Vec<String> =
        files.iter().map(|path| format!("--- {path}\n{}\n", file(&made, path))).collect();
    all.concat()
}

#[test]
fn a_point_cell_of_hodgkin_and_huxley() {
    let text = network(
        r#"
<ionChannelHH id="k" conductance="10pS" species="k">
  <gateHHrates id="n" instances="4">
    <forwardRate type="HHExpLinearRate" rate="0.1per_ms" midpoint="-55mV" scale="10mV"/>
    <reverseRate type="HHExpRate" rate="0.125per_ms" midpoint="-65mV" scale="-80mV"/>
  </gateHHrates>
</ionChannelHH>
<pointCellCondBased id="squid" C="10pF" v0="-65mV" thresh="20mV">
  <channelPopulation id="kChans" ionChannel="k" number="18000" erev="-77mV"/>
</pointCellCondBased>
<pulseGenerator id="pulse" delay="10ms" duration="20ms" amplitude="0.08nA"/>"#,
        r#"<population id="pop" component="squid" size="1"/>
           <explicitInput target="pop[0]" input="pulse" destination="synapses"/>"#,
    );
    let files = ["model/mod/squid.mod", "model/mod/pulse.mod", "model/network.py"];
    insta::assert_snapshot!(shown(&text, &["pop[0]/v"], &files));
}

#[test]
fn a_cell_with_a_shape() {
    let text = network(CELL, r#"<population id="pop" component="soma" size="1"/>"#);
    let files = ["model/mod/naAll.mod", "model/cells.py", "model/network.py"];
    insta::assert_snapshot!(shown(&text, &["pop[0]/v"], &files));
}

#[test]
fn a_synapse_between_cells() {
    let text = network(
        r#"<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
           <expTwoSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="5ms" tauRise="1ms"/>"#,
        r#"<population id="a" component="iaf" size="2"/>
           <projection id="p" presynapticPopulation="a" postsynapticPopulation="a" synapse="syn">
             <connectionWD id="0" preCellId="../a[0]" postCellId="../a[1]" weight="2" delay="1ms"/>
           </projection>"#,
    );
    let files = ["model/mod/iaf.mod", "model/mod/syn.mod", "model/network.py"];
    insta::assert_snapshot!(shown(&text, &["a[1]/v"], &files));
}
