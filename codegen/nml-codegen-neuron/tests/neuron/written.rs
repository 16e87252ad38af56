//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::Artifacts;
use nml_tests::export::{CELL, file, network};

pub(crate) fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("neuron", text, record).expect("it can be exported").artifacts
}

#[test]
fn a_cell_with_a_channel_and_a_pulse() {
    let text = network(
        CELL,
        r#"<population id="pop" component="soma" size="1"/>
           <explicitInput target="pop[0]" input="pulse"/>"#,
    );
    let made = export(&text, &["pop[0]/v"]);
    has(
        &made,
        "model/mod/naAll.mod",
        &["SUFFIX naAll", "METHOD cnexp", "m_q' = (m_inf - m_q) / m_tau"],
    );
    has(&made, "model/mod/pulse.mod", &["POINT_PROCESS pulse", "amplitude = 0.1 (nA)"]);
    has(&made, "model/cells.py", &["def soma(cell):", "cm=1", "-65", "area=314.159265"]);
    has(&made, "model/__init__.py", &["NOT_IN_CORENEURON = []"]);
    has(&made, "model/network.py", &["cells.soma, 1, threshold=-20", "net.attached(\"pulse\""]);
}

#[test]
fn a_cell_with_a_refractory_period_and_a_synapse() {
    let text = network(
        r#"<iafRefCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"
               refract="5ms"/>
           <expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>"#,
        r#"<population id="a" component="iaf" size="2"/>
           <projection id="p" presynapticPopulation="a" postsynapticPopulation="a" synapse="syn">
             <connectionWD id="0" preCellId="../a[0]" postCellId="../a[1]" weight="2" delay="1ms"/>
             <connectionWD id="1" preCellId="../a[1]" postCellId="../a[0]" weight="3" delay="1.5ms"/>
           </projection>"#,
    );
    let made = export(&text, &["a[0]/v"]);
    has(&made, "model/mod/iaf.mod", &["c_m = 0.2 (nF)", "v = reset", "net_event(t)"]);
    has(&made, "model/mod/syn.mod", &["gbase = 0.0005 (uS)", "tauDecay = 3 (ms)"]);
    // CoreNEURON would lose the reset.
    has(&made, "model/__init__.py", &["NOT_IN_CORENEURON = [\"iaf\"]"]);
    has(&made, "model/network.py", &["net.connect(", "1.5"]);
    let again = export(&text, &["a[0]/v"]);
    assert_eq!(made, again, "the same model gives the same bytes");
}

/// Random numbers are those of the seed from the first on, and an event that comes within a step of the one before is
/// not the last that is seen.
#[test]
fn events_at_random_times() {
    let components = format!(
        r#"{CELL}<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
           <poissonFiringSynapse id="noise" averageRate="150 Hz" synapse="syn" spikeTarget="./syn"/>"#
    );
    let text = network(
        &components,
        r#"<population id="pop" component="soma" size="1"/>
           <explicitInput target="pop[0]" input="noise"/>"#,
    );
    let made = export(&text, &["pop[0]/v"]);
    has(
        &made,
        "model/mod/noise.mod",
        &["RANDOM rng", "if (t - tnextUsed < 0) {\n            net_send(0, 1)"],
    );
    has(&made, "model/runtime.py", &["numbers.set_ids(self.seed", "numbers.set_seq(0)"]);
}

#[test]
fn a_type_of_ones_own() {
    let text = r#"<Lems>
<ComponentType name="myCell" extends="baseCellMembPot">
  <Parameter name="tau" dimension="time"/>
  <Parameter name="rest" dimension="voltage"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <DerivedVariable name="drive" dimension="voltage" value="rest - v"/>
    <TimeDerivative variable="v" value="drive / tau"/>
    <OnStart><StateAssignment variable="v" value="rest + 0"/></OnStart>
    <OnCondition test="v .gt. 0 * rest"><StateAssignment variable="v" value="rest"/><EventOut port="spike"/></OnCondition>
  </Dynamics>
</ComponentType>
<myCell id="mine" tau="12.5ms" rest="-61.25mV"/>
<network id="net"><population id="pop" component="mine" size="1"/></network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#;
    let made = export(text, &["pop[0]/v"]);
    has(&made, "model/mod/mine.mod", &["rest = -61.25 (mV)", "tau = 12.5 (ms)", "WATCH (v"]);
}

/// Asserts that a file has parts.
fn has(made: &Artifacts, path: &str, parts: &[&str]) {
    let text = file(made, path);
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in {path}:\n{text}");
    }
}
