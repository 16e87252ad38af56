//! What cannot be written is told with its place, and then nothing is written.

use super::common::{export, network};

/// The messages of an export that is refused; each has a place.
fn refused(text: &str, record: &[&str]) -> Vec<String> {
    let Err(found) = export(text, record) else { return Vec::new() };
    let errors = found.iter().filter(|d| d.rule.code == "NML0980");
    let told: Vec<String> = errors
        .map(|d| {
            assert!(d.primary.span.start > 0, "`{}` has no place", d.message);
            d.message.clone()
        })
        .collect();
    assert!(!told.is_empty(), "{found:?}");
    told
}

fn assert_told(told: &[String], part: &str) {
    assert!(told.iter().any(|message| message.contains(part)), "`{part}` is not in {told:?}");
}

#[test]
fn cells_of_several_compartments() {
    let cell = r#"<ionChannelPassive id="leak" conductance="10pS"/>
<cell id="c">
  <morphology id="m">
    <segment id="0" name="soma">
      <proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="0" z="10" diameter="10"/>
    </segment>
    <segment id="1" name="dend"><parent segment="0"/><distal x="0" y="0" z="110" diameter="2"/></segment>
    <segment id="2" name="other"><parent segment="0"/><distal x="0" y="90" z="10" diameter="2"/></segment>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      <channelDensity id="all" ionChannel="leak" condDensity="1 mS_per_cm2" erev="-50mV" ion="k"/>
      <spikeThresh value="-20 mV"/>
      <specificCapacitance value="1.0 uF_per_cm2"/>
      <initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties><resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>"#;
    let told =
        refused(&network(cell, r#"<population id="pop" component="c" size="1"/>"#), &["pop[0]/v"]);
    assert_told(&told, "Brian 2 cannot express a cell of several compartments");
}

/// A file with a cell type of one's own.
fn own(dynamics: &str) -> String {
    format!(
        r#"<Lems>
<ComponentType name="own" extends="baseCellMembPot">
  <Parameter name="tau" dimension="time"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <StateVariable name="a" dimension="none"/>
    {dynamics}
  </Dynamics>
</ComponentType>
<own id="mine" tau="10ms"/>
<network id="net"><population id="pop" component="mine" size="1"/></network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#
    )
}

#[test]
fn variables_made_of_one_another() {
    let told = refused(
        &own(r#"<DerivedVariable name="x" dimension="voltage" value="y + v"/>
                <DerivedVariable name="y" dimension="voltage" value="x + v"/>
                <TimeDerivative variable="v" value="x / tau"/>"#),
        &["pop[0]/v"],
    );
    assert_told(&told, "which is made of itself");
}

#[test]
fn random_numbers_in_rates() {
    let told =
        refused(&own(r#"<TimeDerivative variable="a" value="random(1) / tau"/>"#), &["pop[0]/v"]);
    assert_told(&told, "random numbers outside of what events and conditions do");
}

#[test]
fn factorials() {
    let told = refused(
        &own(r#"<TimeDerivative variable="a" value="factorial(a) / tau"/>"#),
        &["pop[0]/v"],
    );
    assert_told(&told, "`factorial`");
}

#[test]
fn initial_values_made_of_one_another() {
    let told = refused(
        &own(r#"<DerivedVariable name="x" dimension="none" value="a + v / v"/>
                <TimeDerivative variable="a" value="x / tau"/>
                <OnStart><StateAssignment variable="a" value="x + 1"/></OnStart>"#),
        &["pop[0]/v"],
    );
    assert_told(&told, "initial values that are made of one another");
}

#[test]
fn events_that_are_passed_on_at_once() {
    let text = r#"<Lems>
<ComponentType name="relay" extends="baseCell">
  <EventPort name="in" direction="in"/>
  <EventPort name="spike" direction="out"/>
  <Dynamics>
    <StateVariable name="count" dimension="none"/>
    <OnEvent port="in">
      <StateAssignment variable="count" value="count + 1"/>
      <EventOut port="spike"/>
    </OnEvent>
  </Dynamics>
</ComponentType>
<relay id="mine"/>
<spikeGenerator id="clock" period="2ms"/>
<network id="net">
  <population id="from" component="clock" size="1"/>
  <population id="to" component="mine" size="2"/>
  <EventConnectionOfOwn/>
</network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#;
    // An element that is not known is told by others; the one that counts here is laid by a type of its own.
    let text = text
        .replace(
            "  <EventConnectionOfOwn/>\n",
            r#"  <wire id="w1" from="from[0]" to="to[0]"/><wire id="w2" from="to[0]" to="to[1]"/>"#,
        )
        .replace(
            "<relay id=\"mine\"/>",
            r#"<ComponentType name="wire">
  <Path name="from"/>
  <Path name="to"/>
  <Structure>
    <With instance="from" as="a"/>
    <With instance="to" as="b"/>
    <EventConnection from="a" to="b"/>
  </Structure>
</ComponentType>
<ComponentType name="wired" extends="network"><Children name="wires" type="wire"/></ComponentType>
<relay id="mine"/>"#,
        )
        .replace("<network id=\"net\">", "<wired id=\"net\">")
        .replace("</network>", "</wired>");
    let told = refused(&text, &["to[0]/count"]);
    assert_told(&told, "an event that is passed on at once");
}
