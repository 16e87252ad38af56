//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::Artifacts;
use nml_tests::export::{file, network};

fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("brian2", text, record).expect("it can be exported").artifacts
}

const CELLS: &str = r#"<iafRefCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF"
    leakConductance="0.01uS" refract="5ms"/>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>"#;

#[test]
fn a_small_network_is_readable() {
    let text = network(
        CELLS,
        r#"<population id="a" component="iaf" size="2"/>
           <projection id="p" presynapticPopulation="a" postsynapticPopulation="a" synapse="syn">
             <connectionWD id="0" preCellId="../a[0]" postCellId="../a[1]" weight="2" delay="1ms"/>
             <connectionWD id="1" preCellId="../a[1]" postCellId="../a[0]" weight="3" delay="1.5ms"/>
           </projection>
           <explicitInput target="a[0]" input="pulse"/>"#,
    );
    let made = export(&text, &["a[0]/v", "a[1]/iSyn"]);
    let model = file(&made, "model.py");
    insta::assert_snapshot!(model.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert!(file(&made, "run.py").contains("runtime.main(model)"));
    assert!(made.get("tables.json").is_none());
}

#[test]
fn gap_junctions_see_both_cells() {
    let text = network(
        &format!(r#"{CELLS}<gapJunction id="gap" conductance="10pS"/>"#),
        r#"<population id="a" component="iaf" size="2"/>
           <electricalProjection id="p" presynapticPopulation="a" postsynapticPopulation="a">
             <electricalConnection id="0" preCell="0" postCell="1" synapse="gap"/>
           </electricalProjection>"#,
    );
    let made = export(&text, &["a[0]/v"]);
    let model = file(&made, "model.py");
    assert!(model.contains("v_pre - v_post"), "{model}");
    // Each side is a component of its own.
    assert!(model.contains("gap.connect(i=[1], j=[0])"), "{model}");
    assert!(model.contains("gap_2.connect(i=[0], j=[1])"), "{model}");
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let text = network(CELLS, r#"<population id="a" component="iaf" size="2"/>"#);
    let one = export(&text, &["a[0]/v"]);
    let other = export(&text, &["a[0]/v"]);
    assert_eq!(one, other);
}

#[test]
fn units_are_dropped_where_dimensions_do_not_fit() {
    let text = r#"<Lems>
<ComponentType name="own" extends="baseCellMembPot">
  <Parameter name="tau" dimension="time"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <DerivedVariable name="x" dimension="none" value="v + 3"/>
    <TimeDerivative variable="v" value="0.01 * x / tau"/>
  </Dynamics>
</ComponentType>
<own id="mine" tau="10ms"/>
<network id="net"><population id="pop" component="mine" size="1"/></network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#;
    let made = export(text, &["pop[0]/v"]);
    let model = file(&made, "model.py");
    assert!(model.contains("x = (v/(volt)) + 3 : 1"), "{model}");
    assert!(model.contains("dv/dt = (0.01*(x/(tau/(second))))*volt*second**-1 : volt"), "{model}");
}

#[test]
fn a_current_into_cells_of_a_network_with_equations_is_refused() {
    let inner = r#"<population id="a" component="leaky" size="2"/><explicitInput target="a[0]" input="pulse"/>"#;
    let text = network(
        r#"<ionChannelPassive id="passive" conductance="10pS"/>
               <pointCellCondBased id="leaky" C="10pF" v0="-65mV" thresh="20mV">
                 <channelPopulation id="leak" ionChannel="passive" number="300" erev="-54mV"/>
               </pointCellCondBased>
               <pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>
               <ComponentType name="slice" extends="network">
                 <Exposure name="warmth" dimension="none"/>
                 <Dynamics>
                   <StateVariable name="warmth" dimension="none" exposure="warmth"/>
                   <OnCondition test="t .gt. 0"><StateAssignment variable="warmth" value="1"/></OnCondition>
                 </Dynamics>
               </ComponentType>"#,
        inner,
    );
    let text = text.replace("<network id", "<slice id").replace("</network>", "</slice>");
    let found = nml_tests::export::export("brian2", &text, &["a[0]/v"]).expect_err("it is refused");
    let told: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    let what = "Brian 2 cannot express what is attached to something that is itself attached";
    assert_eq!(told, [what]);
}
