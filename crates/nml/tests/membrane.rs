//! What can be on the membrane of a cell of several compartments: three independent ways to the same numbers.
//!
//! `auto` and `neuron-jnml` are taken to the limit of their step (Richardson), `reference` has no step.  They share the
//! compartments, and nothing after that: one flattens a compartment to an instance of the cell's type and splits, one
//! follows the exporter's programs, one integrates all at once with an explicit method of order 8.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use std::sync::Arc;

use nml::base::{Diagnostic, MemoryLoader};
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, Wish, prepare_wish};
use nml_sim::{EventRow, Rows};

#[derive(Default)]
struct Traces(Vec<Vec<f64>>);

impl Sink for Traces {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.0.extend(rows.iter().map(|(_, values)| values.to_vec()));
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Channels, synapses and pools that the cells below are made of.
const PARTS: &str = r#"
  <ionChannelPassive id="leak" conductance="10pS"/>
  <ionChannelHH id="k" conductance="10pS" species="k">
    <gateHHrates id="n" instances="4">
      <forwardRate type="HHExpLinearRate" rate="0.1per_ms" midpoint="-55mV" scale="10mV"/>
      <reverseRate type="HHExpRate" rate="0.125per_ms" midpoint="-65mV" scale="-80mV"/>
    </gateHHrates>
  </ionChannelHH>
  <ionChannelHH id="kt" conductance="10pS" species="k">
    <gateHHtauInf id="n" instances="2">
      <q10Settings type="q10ExpTemp" q10Factor="3" experimentalTemp="22 degC"/>
      <timeCourse type="fixedTimeCourse" tau="4ms"/>
      <steadyState type="HHSigmoidVariable" rate="1" midpoint="-45mV" scale="12mV"/>
    </gateHHtauInf>
    <q10ConductanceScaling q10Factor="1.5" experimentalTemp="22 degC"/>
  </ionChannelHH>
  <ionChannelHH id="cal" conductance="10pS" species="ca">
    <gateHHrates id="m" instances="2">
      <forwardRate type="HHSigmoidRate" rate="0.4per_ms" midpoint="-40mV" scale="12mV"/>
      <reverseRate type="HHExpRate" rate="0.2per_ms" midpoint="-60mV" scale="-25mV"/>
    </gateHHrates>
  </ionChannelHH>
  <ionChannelKS id="ks" conductance="10pS" species="k">
    <gateKS id="n" instances="1">
      <closedState id="c"/><openState id="o"/>
      <forwardTransition id="forward" from="c" to="o">
        <rate type="HHSigmoidRate" rate="0.6per_ms" midpoint="-45mV" scale="9mV"/></forwardTransition>
      <reverseTransition id="reverse" from="c" to="o">
        <rate type="HHSigmoidRate" rate="0.3per_ms" midpoint="-60mV" scale="-14mV"/></reverseTransition>
    </gateKS>
  </ionChannelKS>
  <decayingPoolConcentrationModel id="decaying" restingConc="5e-5mM" decayConstant="15ms" shellThickness="0.3um" ion="ca"/>
  <fixedFactorConcentrationModel id="factor" restingConc="5e-5mM" decayConstant="12ms" rho="2e-2 mol_per_m_per_A_per_s" ion="ca"/>
  <expTwoSynapse id="syn" gbase="1.5nS" erev="0mV" tauRise="0.5ms" tauDecay="4ms"/>
  <gapJunction id="gap" conductance="20nS"/>
  <pulseGenerator id="pulse" delay="2ms" duration="1s" amplitude="0.08nA"/>
  <pulseGenerator id="strong" delay="1ms" duration="4ms" amplitude="0.4nA"/>
  <spikeGenerator id="clock" period="5ms"/>
"#;

/// A cell of a soma, a dendrite of three compartments and a branch of two, with groups `somata` and `dendrites`.
struct Cell<'t> {
    element: &'t str,
    membrane: &'t str,
    intracellular: &'t str,
    groups: &'t str,
}

impl Default for Cell<'_> {
    fn default() -> Self {
        Self { element: "cell", membrane: "", intracellular: "", groups: "" }
    }
}

impl Cell<'_> {
    fn text(&self) -> String {
        let Self { element, membrane, intracellular, groups } = self;
        let two = if *element == "cell2CaPools" { "2CaPools" } else { "" };
        let init = if membrane.contains("initMembPotential") {
            ""
        } else {
            r#"<initMembPotential value="-65mV"/>"#
        };
        format!(
            r#"<{element} id="tree"><morphology id="shape">
            <segment id="0"><proximal x="0" y="0" z="0" diameter="18"/><distal x="0" y="15" z="0" diameter="15"/></segment>
            <segment id="1"><parent segment="0"/><proximal x="0" y="15" z="0" diameter="3"/><distal x="0" y="160" z="0" diameter="2"/></segment>
            <segment id="2"><parent segment="1"/><distal x="40" y="240" z="0" diameter="1"/></segment>
            <segment id="3"><parent segment="0" fractionAlong="0.5"/><proximal x="0" y="7.5" z="0" diameter="2"/><distal x="-90" y="7.5" z="0" diameter="1.5"/></segment>
            <segmentGroup id="soma" neuroLexId="sao864921383"><member segment="0"/></segmentGroup>
            <segmentGroup id="dend" neuroLexId="sao864921383"><property tag="numberInternalDivisions" value="3"/>
              <member segment="1"/><member segment="2"/></segmentGroup>
            <segmentGroup id="branch" neuroLexId="sao864921383"><property tag="numberInternalDivisions" value="2"/>
              <member segment="3"/></segmentGroup>
            <segmentGroup id="somata"><include segmentGroup="soma"/></segmentGroup>
            <segmentGroup id="dendrites"><include segmentGroup="dend"/><include segmentGroup="branch"/>
              <inhomogeneousParameter id="along" variable="p" metric="Path Length from root"/></segmentGroup>
            {groups}
            </morphology><biophysicalProperties{two} id="b"><membraneProperties{two}>
              <channelDensity id="pas" ionChannel="leak" condDensity="0.2mS_per_cm2" erev="-65mV" ion="non_specific"/>
              {membrane}<spikeThresh value="0mV"/><specificCapacitance value="1 uF_per_cm2"/>{init}
            </membraneProperties{two}><intracellularProperties{two}>{intracellular}<resistivity value="120 ohm_cm"/>
            </intracellularProperties{two}></biophysicalProperties{two}></{element}>"#
        )
    }

    /// A network of one cell, or of more, and what is attached to it.
    fn network(&self, size: u32, attached: &str) -> String {
        format!(
            r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">{PARTS}{}
            <network id="net" type="networkWithTemperature" temperature="32degC">
            <population id="pop" component="tree" size="{size}"/><population id="clocks" component="clock" size="1"/>
            {attached}</network></neuroml>"#,
            self.text()
        )
    }
}

/// A current into the middle of the soma.
const PULSE: &str = r#"<inputList id="in" component="pulse" population="pop">
    <input id="0" target="../pop[0]" segmentId="0" fractionAlong="0.5" destination="synapses"/></inputList>"#;

/// Recorded unless said otherwise: soma, dendrite, branch.
const POTENTIALS: [&str; 3] = ["pop[0]/0/v", "pop[0]/2/v", "pop[0]/3/v"];

const STEP: f64 = 2e-5;

fn prepared(
    text: &str,
    record: &[&str],
    scheme: Scheme,
    (step, length): (f64, f64),
) -> Result<Vec<Vec<f64>>, Vec<Diagnostic>> {
    let mut files = MemoryLoader::new();
    files.insert("net.nml", text);
    let model = nml::Loader::new(Arc::new(files)).load("net.nml".as_ref());
    let options = SimulateOptions {
        step: Some(step),
        length: Some(length),
        scheme,
        ..SimulateOptions::default()
    };
    let record = record.iter().map(|&path| path.to_owned()).collect();
    let wish = Wish { record, file: "out".to_owned(), ..Wish::default() };
    let prepared = prepare_wish(&model, options, &wish)?;
    let mut traces = Traces::default();
    prepared.run(&mut traces).unwrap();
    Ok(traces.0)
}

/// Every tenth row of 20 µs, with a step `finer` times smaller.
fn rows(text: &str, record: &[&str], scheme: Scheme, finer: u32, length: f64) -> Vec<Vec<f64>> {
    let step = STEP / f64::from(finer);
    let found = prepared(text, record, scheme, (step, length));
    let found = found.unwrap_or_else(|found| panic!("{}: {found:#?}", scheme.name()));
    found.into_iter().step_by(10 * finer as usize).collect()
}

/// `a + (b − a) · by`, number by number.
fn beyond(a: &[Vec<f64>], b: &[Vec<f64>], by: f64) -> Vec<Vec<f64>> {
    assert_eq!(a.len(), b.len());
    let row = |(a, b): (&Vec<f64>, &Vec<f64>)| {
        a.iter().zip(b).map(|(a, b)| a + (b - a) * by).collect::<Vec<f64>>()
    };
    a.iter().zip(b).map(row).collect()
}

/// The limit of a method of first order from steps of 1, 1/2 and 1/4.
fn first_order(text: &str, record: &[&str], scheme: Scheme, length: f64) -> Vec<Vec<f64>> {
    let [a, b, c] = [1, 2, 4].map(|finer| rows(text, record, scheme, finer, length));
    beyond(&beyond(&a, &b, 2.0), &beyond(&b, &c, 2.0), 4.0 / 3.0)
}

/// The limit of a method of second order.
fn second_order(text: &str, record: &[&str], length: f64) -> Vec<Vec<f64>> {
    let [a, b] = [1, 2].map(|finer| rows(text, record, Scheme::Auto, finer, length));
    beyond(&a, &b, 4.0 / 3.0)
}

fn apart(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    assert_eq!(a.len(), b.len());
    let each = a.iter().flatten().zip(b.iter().flatten());
    each.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// How far a column moves.
fn range(rows: &[Vec<f64>]) -> f64 {
    let column = || rows.iter().map(|row| row[0]);
    column().fold(f64::NEG_INFINITY, f64::max) - column().fold(f64::INFINITY, f64::min)
}

/// Holds three schemes against each other; all potentials within a µV.
fn agree(what: &str, text: &str) {
    agree_on(what, text, &POTENTIALS, 30e-3);
}

fn agree_on(what: &str, text: &str, record: &[&str], length: f64) {
    let auto = second_order(text, record, length);
    // Nothing is shown by what stays where it is.
    assert!(range(&auto) > 3e-3, "{what}: moves by {}", range(&auto));
    let exact = rows(text, record, Scheme::Reference, 1, length);
    let differ = apart(&auto, &exact);
    // What is left of the fourth order.
    assert!(differ < 1e-7, "{what}: auto and reference are {differ} V apart");
    let neuron = first_order(text, record, Scheme::NeuronJnml, length);
    // Numbers there are narrowed to 32 bits.
    let differ = apart(&auto, &neuron);
    assert!(differ < 1e-6, "{what}: auto and neuron-jnml are {differ} V apart");
}

const POOL: &str = r#"<species id="ca" ion="ca" concentrationModel="decaying"
    initialConcentration="5e-5mM" initialExtConcentration="2mM"/>"#;

#[test]
fn densities_with_fixed_reversal() {
    for (what, membrane) in [
        (
            "channelDensity",
            r#"<channelDensity id="d" ionChannel="k" condDensity="4mS_per_cm2" erev="-77mV" ion="k" segmentGroup="somata"/>"#,
        ),
        (
            "channelDensity with Q10",
            r#"<channelDensity id="d" ionChannel="kt" condDensity="1mS_per_cm2" erev="-77mV" ion="k"/>"#,
        ),
        (
            "channelDensityVShift",
            r#"<channelDensityVShift id="d" ionChannel="k" condDensity="3mS_per_cm2" erev="-77mV" vShift="8mV" ion="k" segmentGroup="dendrites"/>"#,
        ),
        (
            "ionChannelKS",
            r#"<channelDensity id="d" ionChannel="ks" condDensity="1mS_per_cm2" erev="-77mV" ion="k"/>"#,
        ),
        (
            "channelDensityNonUniform",
            r#"<channelDensityNonUniform id="d" ionChannel="k" erev="-77mV" ion="k"><variableParameter parameter="condDensity" segmentGroup="dendrites">
            <inhomogeneousValue inhomogeneousParameter="along" value="20*exp(-p/100)"/></variableParameter></channelDensityNonUniform>"#,
        ),
    ] {
        agree(what, &Cell { membrane, ..Cell::default() }.network(1, PULSE));
    }
}

#[test]
fn densities_whose_reversal_moves() {
    for (what, membrane) in [
        (
            "channelDensityNernst",
            r#"<channelDensityNernst id="d" ionChannel="cal" condDensity="0.3mS_per_cm2" ion="ca"/>"#,
        ),
        (
            "channelDensityGHK",
            r#"<channelDensityGHK id="d" ionChannel="cal" permeability="2e-5cm_per_s" ion="ca"/>"#,
        ),
        (
            "channelDensityGHK2",
            r#"<channelDensityGHK2 id="d" ionChannel="cal" condDensity="0.5mS_per_cm2" ion="ca"/>"#,
        ),
        (
            "channelDensityNonUniformNernst",
            r#"<channelDensityNonUniformNernst id="d" ionChannel="cal" ion="ca"><variableParameter parameter="condDensity" segmentGroup="dendrites">
            <inhomogeneousValue inhomogeneousParameter="along" value="4*exp(-p/100)"/></variableParameter></channelDensityNonUniformNernst>"#,
        ),
        (
            "channelDensityNonUniformGHK",
            r#"<channelDensityNonUniformGHK id="d" ionChannel="cal" ion="ca"><variableParameter parameter="permeability" segmentGroup="dendrites">
            <inhomogeneousValue inhomogeneousParameter="along" value="2e-7*exp(-p/100)"/></variableParameter></channelDensityNonUniformGHK>"#,
        ),
    ] {
        let cell = Cell { membrane, intracellular: POOL, ..Cell::default() };
        agree(what, &cell.network(1, PULSE));
    }
}

#[test]
fn pools_of_calcium() {
    let membrane =
        r#"<channelDensityNernst id="d" ionChannel="cal" condDensity="0.3mS_per_cm2" ion="ca"/>"#;
    let fixed = POOL.replace("decaying", "factor");
    let some = POOL.replace("<species", r#"<species segmentGroup="somata""#);
    for (what, intracellular, membrane) in [
        ("fixedFactorConcentrationModel", fixed.as_str(), membrane.to_owned()),
        (
            "a species of some segments",
            &some,
            membrane
                .replace("<channelDensityNernst", r#"<channelDensityNernst segmentGroup="somata""#),
        ),
    ] {
        let cell = Cell { membrane: &membrane, intracellular, ..Cell::default() };
        agree(what, &cell.network(1, PULSE));
    }
}

#[test]
fn groups_of_properties() {
    let membrane = r#"<initMembPotential value="-70mV"/><initMembPotential value="-60mV" segmentGroup="dend"/>
        <channelDensity id="d" ionChannel="k" condDensity="2mS_per_cm2" erev="-77mV" ion="k"/>"#;
    let text = Cell { membrane, ..Cell::default() }.network(1, PULSE);
    let auto = second_order(&text, &POTENTIALS, 30e-3);
    let exact = rows(&text, &POTENTIALS, Scheme::Reference, 1, 30e-3);
    assert!(apart(&auto, &exact) < 1e-7, "{}", apart(&auto, &exact));
    assert_eq!(auto[0], [-0.07, -0.06, -0.07]);
    // In the exporter's program only the last one stands.
    let neuron = rows(&text, &POTENTIALS, Scheme::NeuronJnml, 1, 1e-3);
    assert_eq!(neuron[0], [-0.065, -0.06, -0.065]);
}

#[test]
fn groups_of_electrical_properties() {
    let membrane =
        format!(r#"{POTASSIUM}<specificCapacitance segmentGroup="dend" value="2 uF_per_cm2"/>"#);
    let cell = Cell { membrane: &membrane, ..Cell::default() };
    agree("specificCapacitance of a group", &cell.network(1, PULSE));
    let intracellular = r#"<resistivity segmentGroup="branch" value="300 ohm_cm"/>"#;
    let cell = Cell { membrane: POTASSIUM, intracellular, ..Cell::default() };
    let text = cell.network(1, PULSE).replace(
        r#"<resistivity value="120"#,
        r#"<resistivity segmentGroup="soma" value="120 ohm_cm"/><resistivity segmentGroup="dend" value="120"#,
    );
    agree("resistivity of groups", &text);
}

/// A compartment spikes above the threshold of its own group.
#[test]
fn thresholds_of_groups() {
    let membrane = r#"<spikeThresh segmentGroup="dendrites" value="-60mV"/>"#;
    let cell = Cell { membrane, ..Cell::default() };
    let text = |segment: u32| {
        let wire = format!(
            r#"{PULSE}<projection id="p" presynapticPopulation="pop" postsynapticPopulation="pop" synapse="syn">
            <connection id="0" preCellId="../pop[0]" preSegmentId="{segment}" postCellId="../pop[1]" postSegmentId="0"/></projection>"#
        );
        let text = cell.network(2, &wire);
        text.replace(
            r#"<spikeThresh value="0mV"/>"#,
            r#"<spikeThresh segmentGroup="somata" value="0mV"/>"#,
        )
    };
    let record = ["pop[0]/1/v", "pop[1]/0/v"];
    for scheme in [Scheme::Auto, Scheme::Reference] {
        let found = prepared(&text(1), &record, scheme, (STEP, 20e-3)).unwrap();
        let crossed = found.iter().position(|row| row[0] > -0.06).unwrap();
        let moved = found.iter().position(|row| (row[1] + 0.065).abs() > 1e-6).unwrap();
        assert!((crossed..crossed + 20).contains(&moved), "{}: {crossed} {moved}", scheme.name());
        // The soma never gets to 0 mV.
        let found = prepared(&text(0), &record, scheme, (STEP, 20e-3)).unwrap();
        assert!(found.iter().all(|row| (row[1] + 0.065).abs() < 1e-6), "{}", scheme.name());
    }
}

/// A projection of the clock to a place.
fn synapse(segment: u32, fraction: f64) -> String {
    format!(
        r#"<projection id="p" presynapticPopulation="clocks" postsynapticPopulation="pop" synapse="syn">
        <connection id="0" preCellId="../clocks[0]" postCellId="../pop[0]" postSegmentId="{segment}" postFractionAlong="{fraction}"/></projection>"#
    )
}

/// A current into a place.
fn current(segment: u32, fraction: f64) -> String {
    format!(
        r#"<inputList id="in" component="pulse" population="pop">
        <input id="0" target="../pop[0]" segmentId="{segment}" fractionAlong="{fraction}" destination="synapses"/></inputList>"#
    )
}

const POTASSIUM: &str =
    r#"<channelDensity id="d" ionChannel="k" condDensity="2mS_per_cm2" erev="-77mV" ion="k"/>"#;

/// Where there is no membrane: the end of a dendrite, the begin of a cell, and where branches meet.
#[test]
fn attachments_where_there_is_no_membrane() {
    let cell = Cell { membrane: POTASSIUM, ..Cell::default() };
    for (segment, fraction) in [(2, 1.0), (0, 0.0), (0, 1.0), (3, 1.0)] {
        let what = format!("a current at {fraction} of segment {segment}");
        agree(&what, &cell.network(1, &current(segment, fraction)));
        let what = format!("a synapse at {fraction} of segment {segment}");
        // NEURON's events come at times of its own, so that two schemes are compared.
        let text = cell.network(1, &synapse(segment, fraction));
        let auto = second_order(&text, &POTENTIALS, 30e-3);
        assert!(range(&auto) > 1e-3, "{what}: moves by {}", range(&auto));
        let exact = rows(&text, &POTENTIALS, Scheme::Reference, 1, 30e-3);
        let differ = apart(&auto, &exact);
        assert!(differ < 1e-7, "{what}: auto and reference are {differ} V apart");
    }
}

/// A current at the end of a cable is that of cable theory, not that of a current half a compartment away.
#[test]
fn a_current_at_the_end_enters_at_the_end() {
    let text = Cell::default().network(1, &current(2, 1.0));
    let inside = Cell::default().network(1, &current(2, 0.9));
    let (end, near) = (
        rows(&text, &POTENTIALS, Scheme::Auto, 1, 30e-3),
        rows(&inside, &POTENTIALS, Scheme::Auto, 1, 30e-3),
    );
    // All of a current without conductance passes on to the compartment beside.
    assert!(apart(&end, &near) < 1e-15);
    let (end, near) = (synapse(2, 1.0), synapse(2, 0.9));
    let (end, near) = (Cell::default().network(1, &end), Cell::default().network(1, &near));
    let (end, near) = (
        rows(&end, &POTENTIALS, Scheme::Auto, 1, 30e-3),
        rows(&near, &POTENTIALS, Scheme::Auto, 1, 30e-3),
    );
    // A conductance sees the potential there.
    assert!(apart(&end, &near) > 1e-4);
}

/// NeuroML adds up what stands on one place; the exporter's programs know a channel once per section.
#[test]
fn densities_of_one_channel_that_overlap() {
    let density = |id: &str, value: f64, group: &str| {
        format!(
            r#"<channelDensity id="{id}" ionChannel="k" condDensity="{value}mS_per_cm2" erev="-77mV" ion="k" segmentGroup="{group}"/>"#
        )
    };
    let run = |membrane: &str, scheme| {
        let text = Cell { membrane, ..Cell::default() }.network(1, PULSE);
        rows(&text, &POTENTIALS, scheme, 1, 30e-3)
    };
    let both = density("a", 2.0, "all") + &density("b", 3.0, "somata");
    let sum = density("a", 2.0, "dendrites") + &density("b", 5.0, "somata");
    let last = density("a", 2.0, "dendrites") + &density("b", 3.0, "somata");
    for scheme in [Scheme::Auto, Scheme::Reference] {
        // Sums in another order; steps of another length.
        let most = if scheme == Scheme::Auto { 1e-12 } else { 1e-9 };
        assert!(apart(&run(&both, scheme), &run(&sum, scheme)) < most, "{}", scheme.name());
    }
    assert_eq!(run(&both, Scheme::NeuronJnml), run(&last, Scheme::NeuronJnml));
}

/// A population of channels is spread over the membrane it names.
#[test]
fn a_population_of_channels_is_a_density() {
    let (d, e, l): (f64, f64, f64) = (18.0, 15.0, 15.0);
    let area_um2 = std::f64::consts::PI * (d + e) / 2.0 * l.hypot((d - e) / 2.0);
    // Channels of 10 pS, in mS/cm².
    let density = 2000.0 * 10e-12 / (area_um2 * 1e-12) * 0.1;
    let population = r#"<channelPopulation id="d" ionChannel="k" number="2000" erev="-77mV" ion="k" segmentGroup="somata"/>"#;
    let density = format!(
        r#"<channelDensity id="d" ionChannel="k" condDensity="{density}mS_per_cm2" erev="-77mV" ion="k" segmentGroup="somata"/>"#
    );
    let run = |membrane: &str, scheme| {
        let text = Cell { membrane, ..Cell::default() }.network(1, PULSE);
        rows(&text, &POTENTIALS, scheme, 1, 30e-3)
    };
    for scheme in [Scheme::Auto, Scheme::Reference] {
        // Points have 32 bits.
        assert!(apart(&run(population, scheme), &run(&density, scheme)) < 1e-8);
    }
    let text = Cell { membrane: population, ..Cell::default() }.network(1, PULSE);
    let told = prepared(&text, &POTENTIALS, Scheme::NeuronJnml, (STEP, 1e-3)).unwrap_err();
    assert!(told.iter().any(|d| d.message.contains("channel populations")), "{told:#?}");
}

#[test]
fn two_pools_of_calcium() {
    let membrane = r#"<channelDensityNernst id="d" ionChannel="cal" condDensity="0.2mS_per_cm2" ion="ca"/>
        <channelDensityNernstCa2 id="e" ionChannel="cal" condDensity="0.1mS_per_cm2" ion="ca2" segmentGroup="somata"/>"#;
    let second = POOL.replace(r#"id="ca" ion="ca""#, r#"id="ca2" ion="ca2""#);
    let both =
        format!("{POOL}{}", second.replace(r"<species", r#"<species segmentGroup="somata""#));
    let cell = Cell { element: "cell2CaPools", membrane, intracellular: &both, ..Cell::default() };
    let text = cell.network(1, PULSE);
    let record = [POTENTIALS[0], POTENTIALS[1], "pop[0]/0/caConc2", "pop[0]/0/caConc"];
    let auto = second_order(&text, &record, 30e-3);
    let exact = rows(&text, &record, Scheme::Reference, 1, 30e-3);
    assert!(range(&auto) > 3e-3);
    assert!(auto.last().unwrap()[2] > 1e-4 && auto.last().unwrap()[3] > 1e-4, "{:?}", auto.last());
    assert!(apart(&auto, &exact) < 1e-7, "{}", apart(&auto, &exact));
}

/// A pool of the model's own: the concentration relaxes and is driven by the current of its ion.
#[test]
fn a_pool_of_a_type_of_the_model() {
    let own = r#"<ComponentType name="slowPool" extends="concentrationModel">
        <Parameter name="resting" dimension="concentration"/><Parameter name="tau" dimension="time"/>
        <Parameter name="gain" dimension="rho_factor"/>
        <Requirement name="surfaceArea" dimension="area"/><Requirement name="iCa" dimension="current"/>
        <Dynamics><StateVariable name="concentration" exposure="concentration" dimension="concentration"/>
          <StateVariable name="extConcentration" exposure="extConcentration" dimension="concentration"/>
          <TimeDerivative variable="concentration" value="iCa / surfaceArea * gain + (resting - concentration) / tau"/>
          <OnStart><StateAssignment variable="concentration" value="initialConcentration"/>
            <StateAssignment variable="extConcentration" value="initialExtConcentration"/></OnStart>
        </Dynamics></ComponentType>
        <slowPool id="own" ion="ca" resting="5e-5mM" tau="12ms" gain="2e-2 mol_per_m_per_A_per_s"/>"#;
    let membrane =
        r#"<channelDensityNernst id="d" ionChannel="cal" condDensity="0.3mS_per_cm2" ion="ca"/>"#;
    let run = |model: &str, more: &str, scheme| {
        let pool = POOL.replace("decaying", model);
        let cell = Cell { membrane, intracellular: &pool, ..Cell::default() };
        let text = cell.network(1, PULSE).replace("<network", &format!("{more}<network"));
        rows(&text, &[POTENTIALS[0], "pop[0]/0/caConc"], scheme, 1, 30e-3)
    };
    for scheme in [Scheme::Auto, Scheme::Reference] {
        // The same equations as those of the type of the standard.
        let (own, standard) = (run("own", own, scheme), run("factor", "", scheme));
        assert!(apart(&own, &standard) < 1e-9, "{}: {}", scheme.name(), apart(&own, &standard));
        assert!(own.last().unwrap()[1] > 6e-5, "{:?}", own.last());
    }
}

/// Where only calcium flows and its pool is kept, the potential comes to rest at Nernst's.
#[test]
fn a_membrane_of_one_ion_rests_at_nernst() {
    let membrane =
        r#"<channelDensityNernst id="d" ionChannel="open" condDensity="5mS_per_cm2" ion="ca"/>"#;
    let cell = Cell { membrane, intracellular: POOL, ..Cell::default() };
    let text = cell.network(1, "").replace(
        "<network",
        r#"<ionChannelPassive id="open" conductance="10pS" species="ca"/><network"#,
    );
    let text = text.replace(r#"condDensity="0.2mS_per_cm2""#, r#"condDensity="0mS_per_cm2""#);
    // So much room that what flows in changes nothing.
    let text = text.replace(r#"shellThickness="0.3um""#, r#"shellThickness="1m""#);
    // R T / 2 F ln(2 mM / 5e-5 mM) with the constants of the standard.
    let expected = 8.314_462_1 * 305.15 / (2.0 * 96_485.3) * (2.0_f64 / 5e-5).ln();
    for scheme in [Scheme::Auto, Scheme::Reference] {
        let found = rows(&text, &POTENTIALS, scheme, 1, 0.5);
        for v in found.last().unwrap() {
            assert!((v / expected - 1.0).abs() < 1e-9, "{}: {v} {expected}", scheme.name());
        }
    }
}

/// Two cells with a gap junction between the ends of their dendrites.
fn coupled(conductance: &str, at: (u32, f64)) -> String {
    let (segment, fraction) = at;
    let junction = format!(
        r#"{PULSE}<electricalProjection id="e" presynapticPopulation="pop" postsynapticPopulation="pop">
        <electricalConnection id="0" preCell="0" postCell="1" preSegment="{segment}" preFractionAlong="{fraction}"
          postSegment="{segment}" postFractionAlong="{fraction}" synapse="gap"/></electricalProjection>"#
    );
    let cell = Cell { membrane: POTASSIUM, ..Cell::default() };
    cell.network(2, &junction)
        .replace(r#"conductance="20nS""#, &format!(r#"conductance="{conductance}""#))
}

const BOTH: [&str; 4] = ["pop[0]/0/v", "pop[0]/2/v", "pop[1]/2/v", "pop[1]/0/v"];

#[test]
fn gap_junctions_are_of_second_order() {
    for (conductance, at) in [("20nS", (2, 0.5)), ("20nS", (2, 1.0)), ("50nS", (0, 0.5))] {
        let text = coupled(conductance, at);
        let exact = rows(&text, &BOTH, Scheme::Reference, 1, 20e-3);
        let errors: Vec<f64> = [1, 2, 4]
            .map(|finer| apart(&rows(&text, &BOTH, Scheme::Auto, finer, 20e-3), &exact))
            .to_vec();
        for pair in errors.windows(2) {
            let order = (pair[0] / pair[1]).log2();
            assert!((order - 2.0).abs() < 0.2, "{conductance} {at:?}: {errors:?}: order {order}");
        }
        // And the exporter's programs approach the same.
        if at.1 == 0.5 {
            let neuron = first_order(&text, &BOTH, Scheme::NeuronJnml, 20e-3);
            assert!(apart(&neuron, &exact) < 1e-6, "{conductance}: {}", apart(&neuron, &exact));
        }
    }
}

/// The same between cells of one compartment, which move without a tree.
#[test]
fn gap_junctions_of_small_cells_are_of_second_order() {
    let text = coupled("2nS", (0, 0.5));
    let (before, rest) = text.split_once(r#"<morphology id="shape">"#).unwrap();
    let (_, after) = rest.split_once("</morphology>").unwrap();
    let text = format!(
        r#"{before}<morphology id="shape"><segment id="0"><proximal x="0" y="0" z="0" diameter="18"/>
        <distal x="0" y="15" z="0" diameter="15"/></segment></morphology>{after}"#
    );
    let record = ["pop[0]/v", "pop[1]/v"];
    let exact = rows(&text, &record, Scheme::Reference, 1, 20e-3);
    assert!((exact.last().unwrap()[1] + 0.065).abs() > 1e-3, "{:?}", exact.last());
    let errors =
        [1, 2, 4].map(|finer| apart(&rows(&text, &record, Scheme::Auto, finer, 20e-3), &exact));
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        assert!((order - 2.0).abs() < 0.2, "{errors:?}: order {order}");
    }
}

/// A junction that two cells share as one membrane: nothing grows, whatever the step, and the cells come together.
#[test]
fn strong_gap_junctions_are_stable() {
    for step in [1e-3, 1e-4, 2e-5] {
        let text = coupled("100uS", (0, 0.5));
        let found = prepared(&text, &BOTH, Scheme::Auto, (step, 60e-3)).unwrap();
        for row in &found {
            assert!(row.iter().all(|v| (-0.08..0.0).contains(v)), "{step}: {row:?}");
        }
        // The somata are one; what is left is the current through the junction.
        let last = found.last().unwrap();
        assert!((last[0] - last[3]).abs() < 1e-6, "{step}: {last:?}");
    }
}

#[test]
fn gap_junctions_do_not_depend_on_threads() {
    let text = coupled("300nS", (2, 1.0));
    let run = |threads| {
        let mut files = MemoryLoader::new();
        files.insert("net.nml", text.as_str());
        let model = nml::Loader::new(Arc::new(files)).load("net.nml".as_ref());
        let options = SimulateOptions {
            step: Some(STEP),
            length: Some(5e-3),
            threads,
            ..SimulateOptions::default()
        };
        let record = BOTH.iter().map(|&path| path.to_owned()).collect();
        let wish = Wish { record, file: "out".to_owned(), ..Wish::default() };
        let mut traces = Traces::default();
        prepare_wish(&model, options, &wish).unwrap().run(&mut traces).unwrap();
        traces.0
    };
    let alone = run(1);
    for threads in [2, 3, 7] {
        assert_eq!(run(threads), alone);
    }
}

/// jLEMS has no cable equation.
#[test]
fn jlems_says_which_schemes_run_cells_with_shape() {
    let text = Cell::default().network(1, PULSE);
    let told = prepared(&text, &POTENTIALS, Scheme::Jlems, (STEP, 1e-3)).unwrap_err();
    let found = told.iter().find(|d| d.message.contains("has 4 segments")).unwrap();
    let help = found.help.as_deref().unwrap_or_default();
    for scheme in ["auto", "neuron-jnml", "reference"] {
        assert!(help.contains(scheme), "{found:?}");
    }
}
