//! What cannot be written is told with its place, and then nothing is written.

use super::common::{export, network};

fn assert_refused(text: &str, record: &[&str], part: &str) {
    let found = export(text, record).err().unwrap_or_default();
    let told: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains(part)), "`{part}` is not in {told:?}");
    assert!(found.iter().all(|d| d.primary.span.end > d.primary.span.start), "{told:?}");
}

#[test]
fn cells_of_several_compartments() {
    let text = network(
        r#"<ionChannelPassive id="pas" conductance="10pS"/>
<cell id="c">
  <morphology id="m">
    <segment id="0"><proximal x="0" y="0" z="0" diameter="9"/><distal x="0" y="0" z="10" diameter="9"/></segment>
    <segment id="1"><parent segment="0"/><distal x="0" y="0" z="90" diameter="1"/></segment>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      <channelDensity id="leak" ionChannel="pas" condDensity="1 mS_per_cm2" erev="-60 mV" ion="non_specific"/>
      <spikeThresh value="-20 mV"/><specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties><resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>"#,
        r#"<population id="pop" component="c" size="1"/>"#,
    );
    assert_refused(&text, &[], "segments");
}

/// A type of the user's own in a network.
fn own(types: &str, component: &str) -> String {
    network(&format!("{types}\n{component}"), r#"<population id="pop" component="own" size="1"/>"#)
}

const PART: &str = r#"<ComponentType name="part">
  <Exposure name="x" dimension="none"/>
  <Dynamics><StateVariable name="x" dimension="none" exposure="x"/>
    <Regime name="one" initial="true"><OnCondition test="t .gt. 1"><Transition regime="two"/></OnCondition></Regime>
    <Regime name="two"/>
  </Dynamics>
</ComponentType>"#;

#[test]
fn regimes_in_two_parts() {
    let types = format!(
        r#"{PART}<ComponentType name="own" extends="baseCell"><Children name="parts" type="part"/></ComponentType>"#
    );
    let text = own(&types, r#"<own id="own"><part id="a"/><part id="b"/></own>"#);
    assert_refused(&text, &["pop[0]/a/x"], "regimes in more than one part of `own`");
}

#[test]
fn parts_solved_as_one_system() {
    let types = r#"<ComponentType name="part"><Exposure name="x" dimension="none"/>
  <Dynamics simultaneous="true"><StateVariable name="x" dimension="none" exposure="x"/></Dynamics></ComponentType>
<ComponentType name="own" extends="baseCell"><Children name="parts" type="part"/></ComponentType>"#;
    let text = own(types, r#"<own id="own"><part id="a"/></own>"#);
    assert_refused(&text, &["pop[0]/a/x"], "which is solved as one system");
}
