//! A cell with a density that varies along it.

use crate::export::network;

/// A soma and a dendrite of three compartments, with a density that varies along the latter.
pub fn cell(density: &str, dendrite: &str) -> String {
    let components = format!(
        r#"
<ionChannelHH id="k" conductance="10pS" species="k">
  <gateHHrates id="n" instances="4">
    <forwardRate type="HHExpLinearRate" rate="0.1per_ms" midpoint="-55mV" scale="10mV"/>
    <reverseRate type="HHExpRate" rate="0.125per_ms" midpoint="-65mV" scale="-80mV"/>
  </gateHHrates>
</ionChannelHH>
<fixedFactorConcentrationModel id="pool" ion="ca" restingConc="5e-5mM" decayConstant="10ms" rho="2e-2 mol_per_m_per_A_per_s"/>
<cell id="tree">
  <morphology id="m">
    <segment id="0" name="soma">
      <proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="10" z="0" diameter="10"/>
    </segment>{dendrite}
    <segmentGroup id="along">
      <include segmentGroup="dendrites"/>
      <inhomogeneousParameter id="path" variable="p" metric="Path Length from root"/>
    </segmentGroup>
  </morphology>
  <biophysicalProperties id="b">
    <membraneProperties>
      {density}
      <spikeThresh value="-20 mV"/>
      <specificCapacitance value="1.0 uF_per_cm2"/>
      <initMembPotential value="-65 mV"/>
    </membraneProperties>
    <intracellularProperties>
      <species id="ca" ion="ca" concentrationModel="pool" initialConcentration="5e-5mM" initialExtConcentration="2mM"/>
      <resistivity value="0.03 kohm_cm"/>
    </intracellularProperties>
  </biophysicalProperties>
</cell>"#
    );
    network(&components, r#"<population id="pop" component="tree" size="1"/>"#)
}

/// A dendrite of three compartments.
pub const DENDRITE: &str = r#"
    <segment id="1" name="dendrite">
      <parent segment="0"/><proximal x="0" y="10" z="0" diameter="2"/><distal x="0" y="130" z="0" diameter="2"/>
    </segment>
    <segmentGroup id="dend" neuroLexId="sao864921383">
      <property tag="numberInternalDivisions" value="3"/><member segment="1"/>
    </segmentGroup>
    <segmentGroup id="dendrites"><include segmentGroup="dend"/></segmentGroup>"#;

/// A density of a type, the number linear in the path.
pub fn density(ty: &str, parameter: &str, more: &str, value: &str) -> String {
    format!(
        r#"<channelDensityNonUniform{ty} id="graded" ionChannel="k" {more}>
        <variableParameter parameter="{parameter}" segmentGroup="along">
          <inhomogeneousValue inhomogeneousParameter="path" value="{value}"/>
        </variableParameter>
      </channelDensityNonUniform{ty}>"#
    )
}
