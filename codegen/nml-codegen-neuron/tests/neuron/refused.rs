//! What cannot be written is told with its place, and then nothing is written.

use super::common::{export, network};

/// The messages of an export that is refused; each has a place.
pub(crate) fn refused(text: &str, record: &[&str]) -> Vec<String> {
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

pub(crate) fn assert_told(told: &[String], part: &str) {
    assert!(told.iter().any(|message| message.contains(part)), "`{part}` is not in {told:?}");
}

const IAF: &str = r#"<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
<pulseGenerator id="pulse" delay="1ms" duration="5ms" amplitude="0.1nA"/>"#;

#[test]
fn a_recorded_sum_of_currents() {
    let inner = r#"<population id="pop" component="iaf" size="1"/><explicitInput target="pop[0]" input="pulse"/>"#;
    let told = refused(&network(IAF, inner), &["pop[0]/iSyn"]);
    assert_told(&told, "a recording of a sum over what is attached");
}

#[test]
fn what_follows_from_attached_currents() {
    let inner = r#"<population id="pop" component="iaf" size="1"/><explicitInput target="pop[0]" input="pulse"/>"#;
    let told = refused(&network(IAF, inner), &["pop[0]/iMemb"]);
    assert_told(&told, "what follows from the sum `iSyn` of attached currents");
}

/// A cell with segments, with something on its membrane and something inside.
fn cell(channels: &str, membrane: &str, inside: &str) -> String {
    let components = format!(
        r#"{channels}
<cell id="c">
  <morphology id="m">
    <segment id="0" name="soma">
      <proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="0" z="10" diameter="10"/>
    </segment>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      {membrane}
      <spikeThresh value="-20 mV"/>
      <specificCapacitance value="1.0 uF_per_cm2"/>
      <initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties>{inside}<resistivity value="0.03 kohm_cm"/></intracellularProperties>
  </biophysicalProperties>
</cell>"#
    );
    network(&components, r#"<population id="pop" component="c" size="1"/>"#)
}

const LEAK: &str = r#"<ionChannelPassive id="leak" conductance="10pS"/>"#;

#[test]
fn channel_populations_on_segments() {
    let population = r#"<channelPopulation id="some" ionChannel="leak" number="100" erev="-50mV" ion="non_specific"/>"#;
    let told = refused(&cell(LEAK, population, ""), &["pop[0]/v"]);
    assert_told(&told, "channel populations on cells with segments");
}

#[test]
fn species_of_unknown_ions() {
    let pool = format!(
        "{LEAK}{}",
        r#"<fixedFactorConcentrationModel id="pool" ion="k" restingConc="1mM" decayConstant="10ms" rho="1 mol_per_m_per_A_per_s"/>"#
    );
    let inside = r#"<species id="k" ion="k" concentrationModel="pool" initialConcentration="1mM" initialExtConcentration="2mM"/>"#;
    let density = r#"<channelDensity id="all" ionChannel="leak" condDensity="1 mS_per_cm2" erev="-50mV" ion="k"/>"#;
    let told = refused(&cell(&pool, density, inside), &["pop[0]/v"]);
    assert_told(&told, "a species of the ion `k`; only `ca` and `ca2` change");
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
fn a_condition_on_a_variable_with_cases() {
    let told = refused(
        &own(r#"<ConditionalDerivedVariable name="x" dimension="none">
                  <Case condition="a .gt. 1" value="2"/><Case value="3"/>
                </ConditionalDerivedVariable>
                <TimeDerivative variable="v" value="0 * v / tau"/>
                <TimeDerivative variable="a" value="a / tau"/>
                <OnCondition test="x .gt. 2.5"><StateAssignment variable="a" value="a + 1"/></OnCondition>"#),
        &["pop[0]/v"],
    );
    assert_told(&told, "a condition on a variable that is defined by cases");
}

#[test]
fn a_derived_variable_of_a_regime() {
    let told = refused(
        &own(r#"<Regime name="one" initial="true">
                  <DerivedVariable name="x" dimension="none" value="a + 1"/>
                  <TimeDerivative variable="a" value="x / tau"/>
                </Regime>"#),
        &["pop[0]/v"],
    );
    assert_told(&told, "a derived variable of a regime");
}
