//! Densities that vary along a cell.

use nml_tests::export::{file, network};

use super::written::export;

/// A soma and a dendrite of three compartments, with a density that varies along the latter.
fn cell(density: &str, dendrite: &str) -> String {
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

const DENDRITE: &str = r#"
    <segment id="1" name="dendrite">
      <parent segment="0"/><proximal x="0" y="10" z="0" diameter="2"/><distal x="0" y="130" z="0" diameter="2"/>
    </segment>
    <segmentGroup id="dend" neuroLexId="sao864921383">
      <property tag="numberInternalDivisions" value="3"/><member segment="1"/>
    </segmentGroup>
    <segmentGroup id="dendrites"><include segmentGroup="dend"/></segmentGroup>"#;

/// A density of a type, the number linear in the path.
fn density(ty: &str, parameter: &str, more: &str, value: &str) -> String {
    format!(
        r#"<channelDensityNonUniform{ty} id="graded" ionChannel="k" {more}>
        <variableParameter parameter="{parameter}" segmentGroup="along">
          <inhomogeneousValue inhomogeneousParameter="path" value="{value}"/>
        </variableParameter>
      </channelDensityNonUniform{ty}>"#
    )
}

#[test]
fn each_compartment_has_its_number() {
    let graded = density("", "condDensity", r#"erev="-77 mV" ion="k""#, "2 * p");
    let made = export(&cell(&graded, DENDRITE), &["pop[0]/v"]);
    let files = ["model/cells.py", "model/mod/graded.mod"];
    let shown: Vec<String> =
        files.iter().map(|path| format!("--- {path}\n{}\n", file(&made, path))).collect();
    insta::assert_snapshot!(shown.concat());
}

#[test]
fn reversals_and_permeabilities_too() {
    for (ty, parameter, value) in
        [("Nernst", "condDensity", "2 * p"), ("GHK", "permeability", "1e-3 * p")]
    {
        let graded = density(ty, parameter, r#"ion="ca""#, value);
        let warm = r#"<network id="net" type="networkWithTemperature" temperature="32 degC">"#;
        let text = cell(&graded, DENDRITE).replace(r#"<network id="net">"#, warm);
        let made = export(&text, &["pop[0]/v"]);
        let text = file(&made, "model/mod/graded.mod");
        assert!(text.contains("USEION ca READ cai"), "{ty}: {text}");
        assert!(text.contains(&format!("{parameter} = 0")), "{ty}: {text}");
        let cells = file(&made, "model/cells.py");
        let call = format!("cell.density(\"graded\", \"{parameter}\", [(dend, [");
        assert!(cells.contains(&call), "{ty}: {cells}");
    }
}
