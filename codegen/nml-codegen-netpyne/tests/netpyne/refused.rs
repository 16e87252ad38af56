//! What cannot be written is told with its place, and then nothing is written.

use super::common::{export, file, network};

/// Asserts that an export is refused for a reason; each message has a place.
fn refused(text: &str, record: &[&str], part: &str) {
    let found = export(text, record).err().unwrap_or_default();
    let told: Vec<String> = found
        .iter()
        .filter(|d| d.rule.code == "NML0980")
        .map(|d| {
            assert!(d.primary.span.start > 0, "`{}` has no place", d.message);
            d.message.clone()
        })
        .collect();
    let wanted = |message: &String| message.starts_with("NetPyNE") && message.contains(part);
    assert!(told.iter().any(wanted), "`{part}` is not in {told:?}: {found:?}");
}

const PARTS: &str = r#"<ionChannelPassive id="leak" conductance="10pS"/>
<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>"#;

/// A cell with one section of two segments.
fn cell(membrane: &str, inner: &str) -> String {
    let components = format!(
        r#"{PARTS}
<cell id="c">
  <morphology id="m">
    <segment id="0" name="a">
      <proximal x="0" y="0" z="0" diameter="1"/><distal x="0" y="0" z="10" diameter="1"/>
    </segment>
    <segment id="1" name="b">
      <parent segment="0"/><distal x="0" y="0" z="20" diameter="1"/>
    </segment>
    <segmentGroup id="cable" neuroLexId="sao864921383">
      <property tag="numberInternalDivisions" value="2"/><member segment="0"/><member segment="1"/>
    </segmentGroup>
    <segmentGroup id="whole">
      <include segmentGroup="cable"/>
      <inhomogeneousParameter id="away" variable="p" metric="Path Length from root">
        <proximal translationStart="0"/>
      </inhomogeneousParameter>
    </segmentGroup>
    <segmentGroup id="near"><member segment="0"/></segmentGroup>
    <segmentGroup id="far"><member segment="1"/></segmentGroup>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      <channelDensity id="leaks" ionChannel="leak" condDensity="1 mS_per_cm2" erev="-50mV" ion="non_specific"/>
      <spikeThresh value="-20 mV"/>
      {membrane}
    </membraneProperties>
    <intracellularProperties><resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>"#
    );
    network(&components, &format!(r#"<population id="pop" component="c" size="2"/>{inner}"#))
}

const PLAIN: &str =
    r#"<specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65 mV"/>"#;

#[test]
fn capacitances_that_differ_within_a_section() {
    let text = cell(
        r#"<specificCapacitance segmentGroup="near" value="1 uF_per_cm2"/>
           <specificCapacitance segmentGroup="far" value="2 uF_per_cm2"/>
           <initMembPotential value="-65 mV"/>"#,
        "",
    );
    refused(&text, &["pop[0]/v"], "a capacitance that differs within the section `cable`");
}

#[test]
fn potentials_at_the_start_that_differ_within_a_section() {
    let text = cell(
        r#"<specificCapacitance value="1 uF_per_cm2"/>
           <initMembPotential segmentGroup="near" value="-65 mV"/>
           <initMembPotential segmentGroup="far" value="-60 mV"/>"#,
        "",
    );
    refused(&text, &["pop[0]/v"], "a potential at the start that differs within the section");
}

#[test]
fn densities_that_vary_are_not() {
    let text = cell(
        &format!(
            r#"<channelDensityNonUniform id="graded" ionChannel="leak" erev="-50mV" ion="non_specific">
                 <variableParameter parameter="condDensity" segmentGroup="whole">
                   <inhomogeneousValue inhomogeneousParameter="away" value="1e-3 * p"/>
                 </variableParameter>
               </channelDensityNonUniform>{PLAIN}"#
        ),
        "",
    );
    let made = export(&text, &["pop[0]/v"]).expect("it can be exported");
    // One number for each of the two segments' compartments.
    let params = file(&made, "netParams.json");
    assert!(params.contains("\"graded\": {\"condDensity\": ["), "{params}");
}

#[test]
fn events_from_several_places() {
    let text = cell(
        PLAIN,
        r#"<projection id="p" presynapticPopulation="pop" postsynapticPopulation="pop" synapse="syn">
             <connection id="0" preCellId="../pop[0]" postCellId="../pop[1]" preSegmentId="0"/>
             <connection id="1" preCellId="../pop[1]" postCellId="../pop[0]" preSegmentId="1"/>
           </projection>"#,
    );
    refused(&text, &["pop[0]/v"], "events from several places of a cell");
}

#[test]
fn a_recorded_sum_of_currents() {
    let inner = r#"<population id="pop" component="iaf" size="1"/><explicitInput target="pop[0]" input="pulse"/>"#;
    refused(&network(PARTS, inner), &["pop[0]/iSyn"], "a recording of a sum over what is attached");
}

/// Cells that count the events they take, and what stands in the network.
fn counters(inner: &str) -> String {
    format!(
        r#"<Lems>
<ComponentType name="counter" extends="baseCellMembPot">
  <EventPort name="in" direction="in"/>
  <Attachments name="synapses" type="basePointCurrent"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <DerivedVariable name="iSyn" dimension="current" select="synapses[*]/i" reduce="add"/>
    <TimeDerivative variable="v" value="iSyn / cap"/>
    <OnEvent port="in"><StateAssignment variable="v" value="v + jump"/></OnEvent>
  </Dynamics>
  <Parameter name="cap" dimension="capacitance"/>
  <Parameter name="jump" dimension="voltage"/>
</ComponentType>
<ComponentType name="direct" extends="explicitConnection">
  <Structure>
    <With instance="from" as="a"/>
    <With instance="to" as="b"/>
    <EventConnection from="a" to="b"/>
  </Structure>
</ComponentType>
<counter id="count" cap="1nF" jump="1mV"/>
<spikeGenerator id="gen" period="2ms"/>
<expOneSynapse id="syn" gbase="0.5nS" erev="0mV" tauDecay="3ms"/>
<network id="net">
  <population id="pre" component="gen" size="1"/>
  <population id="pop" component="count" size="1"/>
  <synapticConnection from="pre[0]" to="pop[0]" synapse="syn" destination="synapses"/>
  {inner}
</network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#
    )
}

#[test]
fn a_synapse_on_a_cell_that_takes_events() {
    let text = counters(r#"<direct from="pre[0]" to="pop[0]"/>"#);
    refused(&text, &["pop[0]/v"], "a synapse on a cell that takes events itself");
}

#[test]
fn starts_that_are_computed() {
    let text = r#"<Lems>
<ComponentType name="own" extends="baseCellMembPot">
  <Parameter name="tau" dimension="time"/>
  <Parameter name="rest" dimension="voltage"/>
  <Dynamics>
    <StateVariable name="v" dimension="voltage" exposure="v"/>
    <TimeDerivative variable="v" value="(rest - v) / tau"/>
    <OnStart><StateAssignment variable="v" value="rest * random(1)"/></OnStart>
  </Dynamics>
</ComponentType>
<own id="mine" tau="10ms" rest="-60mV"/>
<network id="net"><population id="pop" component="mine" size="1"/></network>
<Simulation id="sim" length="10ms" step="0.01ms" target="net"/>
<Target component="sim"/>
</Lems>"#;
    refused(text, &["pop[0]/v"], "a membrane potential whose start is computed");
}
