//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::{Artifacts, JobOptions};
use nml_tests::export::{CELL, export_as, file, network};

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

/// Components that differ in numbers alone are one mechanism, to which each brings its own.
#[test]
fn components_of_one_type() {
    let components = format!(
        r#"{CELL}<pulseGenerator id="late" delay="70 ms" duration="20ms" amplitude="0.1nA"/>
           <pulseGenerator id="strong" delay="10ms" duration="20ms" amplitude="0.4nA"/>"#
    );
    let text = network(
        &components,
        r#"<population id="pop" component="soma" size="1"/>
           <explicitInput target="pop[0]" input="late"/>
           <explicitInput target="pop[0]" input="strong"/>"#,
    );
    let made = export(&text, &["pop[0]/v"]);
    let path = "model/mod/pulseGenerator.mod";
    has(&made, path, &["POINT_PROCESS pulseGenerator", "RANGE delay, amplitude", "and 1 more"]);
    let network = "model/network.py";
    has(&made, network, &[r#""delay": 70, "amplitude": 0.1"#, r#""delay": 10, "amplitude": 0.4"#]);
    has(
        &made,
        network,
        &[r#"net.attached(
        "late","#],
    );
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
    has(&made, "model/runtime.py", &["Random123_globalindex(self.net.seed)", "set_seq(0)"]);
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
    // Once it is reset, the condition no longer holds.
    let reset = "        v = rest\n        net_event(t)\n    }";
    has(&made, "model/mod/mine.mod", &[reset]);
    let sharp = JobOptions { variable_step: true };
    let made = export_as("neuron", text, &["pop[0]/v"], &sharp).expect("it can be exported");
    // Between variable steps a threshold is looked for again, until what is left is nothing.
    has(&made.artifacts, "model/mod/mine.mod", &["sharp = 0 (1)", "if (wait < 1e-7) {"]);
    let set = "self._set(\"sharp\", SHARP if variable else 0.0)";
    has(&made.artifacts, "model/runtime.py", &[set]);
}

/// LEMS acts at every step at which a condition holds: here noise is drawn anew in each.
#[test]
fn a_condition_that_holds_on() {
    let text = r#"<Lems>
<ComponentType name="noisy" extends="baseCellMembPot">
  <Parameter name="tau" dimension="time"/>
  <Constant name="MV" dimension="voltage" value="1mV"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <StateVariable name="noise" dimension="none"/>
    <TimeDerivative variable="v" value="(noise * MV - v) / tau"/>
    <OnCondition test="t .geq. 0"><StateAssignment variable="noise" value="random(1) - 0.5"/></OnCondition>
  </Dynamics>
</ComponentType>
<noisy id="mine" tau="5ms"/>
<network id="net"><population id="pop" component="mine" size="1"/></network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#;
    let made = export(text, &["pop[0]/v"]);
    let again = "if (next_look > 0 && t - 0 + 1e-9 > 0) {\n            net_send(next_look, 502)";
    has(&made, "model/mod/mine.mod", &[again, "flag == 502"]);
}

/// Asserts that a file has parts.
/// A calcium clamp, as channels are tried with, and a kinetic scheme whose rate depends on calcium: its type is none of
/// those that the standard announces for `rate`.
#[test]
fn a_clamped_concentration_and_a_rate_that_follows_it() {
    let model = r#"<ComponentType name="clamp" extends="concentrationModel">
  <Parameter name="low" dimension="concentration"/>
  <Parameter name="high" dimension="concentration"/>
  <Parameter name="delay" dimension="time"/>
  <Dynamics>
    <StateVariable name="concentration" exposure="concentration" dimension="concentration"/>
    <StateVariable name="extConcentration" exposure="extConcentration" dimension="concentration"/>
    <OnStart>
      <StateAssignment variable="concentration" value="low"/>
      <StateAssignment variable="extConcentration" value="initialExtConcentration"/>
    </OnStart>
    <OnCondition test="t .geq. delay"><StateAssignment variable="concentration" value="high"/></OnCondition>
  </Dynamics>
</ComponentType>
<ComponentType name="binding" extends="baseVoltageConcDepRate">
  <Constant name="SCALE" dimension="concentration" value="1mM"/>
  <Constant name="SECOND" dimension="time" value="1s"/>
  <Dynamics><DerivedVariable name="r" exposure="r" dimension="per_time" value="(caConc / SCALE) / SECOND"/></Dynamics>
</ComponentType>
<clamp id="held" low="1e-4mM" high="1e-2mM" delay="4ms" ion="ca"/>
<ionChannelKS id="bound" conductance="10pS" species="k">
  <gateKS id="n" instances="1">
    <closedState id="c"/><openState id="o"/>
    <forwardTransition id="on" from="c" to="o"><rate type="binding"/></forwardTransition>
    <reverseTransition id="off" from="c" to="o">
      <rate type="HHExpRate" rate="1per_ms" midpoint="0mV" scale="1V"/>
    </reverseTransition>
  </gateKS>
</ionChannelKS>"#;
    let cell = CELL
        .replace(r#"<channelDensity id="naAll""#, r#"<channelDensity id="bound" ionChannel="bound" condDensity="1 mS_per_cm2" erev="-80 mV" ion="k"/><channelDensity id="naAll""#)
        .replace(r#"<resistivity value="0.03 kohm_cm"/>"#, r#"<species id="ca" ion="ca" concentrationModel="held" initialConcentration="1e-4 mM" initialExtConcentration="2 mM"/><resistivity value="0.03 kohm_cm"/>"#);
    let text =
        network(&format!("{model}{cell}"), r#"<population id="pop" component="soma" size="1"/>"#);
    let made = export(&text, &["pop[0]/caConc"]);
    has(
        &made,
        "model/mod/held.mod",
        &[
            "USEION ca WRITE cai",
            "BREAKPOINT {\n    if (t >= held_delay) {\n        cai = held_high",
        ],
    );
    has(&made, "model/mod/bound.mod", &["USEION ca READ cai", "KINETIC"]);
}

fn has(made: &Artifacts, path: &str, parts: &[&str]) {
    let text = file(made, path);
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in {path}:\n{text}");
    }
}
