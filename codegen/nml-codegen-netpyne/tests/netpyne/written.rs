//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::Artifacts;
use nml_tests::export::{file, network};

fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("netpyne", text, record).expect("it can be exported").artifacts
}

const CELLS: &str = r#"<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<gapJunction id="gap" conductance="10pS"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>"#;

#[test]
fn a_small_network() {
    let text = network(
        CELLS,
        r#"<population id="a" component="iaf" size="2"/>
           <population id="b" component="iaf" size="3"/>
           <projection id="p" presynapticPopulation="a" postsynapticPopulation="b" synapse="syn">
             <connectionWD id="0" preCellId="../a[0]" postCellId="../b[1]" weight="2" delay="1ms"/>
             <connectionWD id="1" preCellId="../a[1]" postCellId="../b[2]" weight="0.5" delay="1.5ms"/>
           </projection>
           <electricalProjection id="e" presynapticPopulation="a" postsynapticPopulation="b">
             <electricalConnection id="0" preCell="0" postCell="2" synapse="gap"/>
           </electricalProjection>
           <inputList id="i" component="pulse" population="a">
             <input id="0" target="../a[0]" destination="synapses"/>
             <input id="1" target="../a[1]" destination="synapses"/>
             <input id="2" target="../a[1]" destination="synapses"/>
           </inputList>"#,
    );
    let made = export(&text, &["a[0]/v", "b[2]/v"]);
    let mut all = String::new();
    for path in ["index.npjson", "netParams.json", "simConfig.json", "outputs.json", "mod/syn.mod"]
    {
        all.extend(["==> ", path, "\n", &file(&made, path), "\n"]);
    }
    insta::assert_snapshot!(all);
    let again = export(&text, &["a[0]/v", "b[2]/v"]);
    assert_eq!(made, again, "the same model gives the same bytes");
}

#[test]
fn a_cell_connected_to_itself() {
    let text = network(
        CELLS,
        r#"<population id="a" component="iaf" size="2"/>
           <projection id="p" presynapticPopulation="a" postsynapticPopulation="a" synapse="syn">
             <connection id="0" preCellId="../a[1]" postCellId="../a[1]"/>
             <connection id="1" preCellId="../a[0]" postCellId="../a[1]"/>
           </projection>"#,
    );
    let made = export(&text, &["a[0]/v"]);
    let params = file(&made, "netParams.json");
    // A list would leave it out.
    let alone = r#""preConds": {"pop": "a", "cellLabel": 1},"#;
    assert!(params.contains(alone), "{params}");
    assert!(params.contains("\"connList\": [[0, 1]]"), "{params}");
    assert!(file(&made, "simConfig.json").contains("\"allowSelfConns\": true"));
}

#[test]
fn densities_of_one_channel_add_up() {
    let text = network(
        r#"<ionChannelPassive id="leak" conductance="10pS"/>
<cell id="c">
  <morphology id="m">
    <segment id="0" name="soma">
      <proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="0" z="10" diameter="10"/>
    </segment>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      <channelDensity id="one" ionChannel="leak" condDensity="1 mS_per_cm2" erev="-50mV" ion="non_specific"/>
      <channelDensity id="two" ionChannel="leak" condDensity="0.5 mS_per_cm2" erev="-60mV" ion="non_specific"/>
      <spikeThresh value="-20 mV"/>
      <specificCapacitance value="1.5 uF_per_cm2"/>
      <initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties><resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>"#,
        r#"<population id="pop" component="c" size="1"/>"#,
    );
    let made = export(&text, &["pop[0]/v"]);
    let params = file(&made, "netParams.json");
    let both = r#""mechs": {"one": {"condDensity": 0.001}, "two": {"condDensity": 0.0005}}"#;
    assert!(params.contains(both), "{params}");
    assert!(params.contains("\"threshold\": -20") && params.contains("\"cm\": 1.5"), "{params}");
}

#[test]
fn sources_send_the_events_of_their_process() {
    let text = network(
        &format!("{CELLS}<spikeGenerator id=\"gen\" period=\"2ms\"/>"),
        r#"<population id="g" component="gen" size="1"/>
           <population id="a" component="iaf" size="1"/>
           <projection id="p" presynapticPopulation="g" postsynapticPopulation="a" synapse="syn">
             <connection id="0" preCellId="../g[0]" postCellId="../a[0]"/>
           </projection>"#,
    );
    let made = export(&text, &["a[0]/v"]);
    let params = file(&made, "netParams.json");
    assert!(params.contains("\"originalFormat\": \"NeuroML2_SpikeSource\""), "{params}");
    let mechanism = file(&made, "mod/gen.mod");
    assert!(mechanism.contains("PROCEDURE noiseFromRandom() {"), "{mechanism}");
    // A weight of the synapse's own is that of the connection.
    assert!(params.contains("\"weight\": 1,"), "{params}");
    let synapse = file(&made, "mod/syn.mod");
    assert!(synapse.contains("RANGE weight") && !synapse.contains("noiseFromRandom"), "{synapse}");
}

#[test]
fn what_the_first_step_sees_is_told() {
    let text = network(
        &format!(
            "{CELLS}{}",
            r#"<iafCell id="high" leakReversal="-45mV" thresh="-40mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>"#
        ),
        r#"<population id="a" component="iaf" size="1"/>
           <population id="b" component="high" size="1"/>
           <electricalProjection id="e" presynapticPopulation="a" postsynapticPopulation="b">
             <electricalConnection id="0" preCell="0" postCell="0" synapse="gap"/>
           </electricalProjection>"#,
    );
    let made = nml_tests::export::export("netpyne", &text, &["a[0]/v"]);
    let told = made.expect("it can be exported").warnings;
    assert!(told.iter().any(|d| d.message.contains("in the first step")), "{told:?}");
}
