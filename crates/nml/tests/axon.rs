//! Hodgkin and Huxley's axon against their paper (1952, J. Physiol. 117:500–544).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use std::fmt::Write as _;
use std::sync::Arc;

use nml::base::MemoryLoader;
use nml::simulate::{CableOptions, Division, SimulateOptions, Sink, SinkError, Wish, prepare_wish};
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

/// Segments of 8 mm, in µm; the pulse travels over seven of them.
const PART_UM: f64 = 8000.0;
const PARTS: usize = 7;

/// The squid's axon of the paper: radius 238 µm, 35.4 Ω cm, 18.5 °C, page 528.
fn axon() -> String {
    let mut segments = String::new();
    let mut members = String::new();
    for at in 0..PARTS {
        let parent =
            at.checked_sub(1).map_or(String::new(), |p| format!(r#"<parent segment="{p}"/>"#));
        let (from, to) = (at as f64 * PART_UM, (at + 1) as f64 * PART_UM);
        write!(
            segments,
            r#"<segment id="{at}">{parent}<proximal x="{from}" y="0" z="0" diameter="476"/>
            <distal x="{to}" y="0" z="0" diameter="476"/></segment>"#
        )
        .unwrap();
        write!(members, r#"<member segment="{at}"/>"#).unwrap();
    }
    let gate = |id: &str, n: u32, forward: [&str; 4], reverse: [&str; 4]| {
        let rate = |tag: &str, [ty, rate, midpoint, scale]: [&str; 4]| {
            format!(
                r#"<{tag} type="{ty}" rate="{rate}per_ms" midpoint="{midpoint}mV" scale="{scale}mV"/>"#
            )
        };
        format!(
            r#"<gateHHrates id="{id}" instances="{n}">
            <q10Settings type="q10ExpTemp" q10Factor="3" experimentalTemp="6.3degC"/>{}{}</gateHHrates>"#,
            rate("forwardRate", forward),
            rate("reverseRate", reverse)
        )
    };
    let m = gate("m", 3, ["HHExpLinearRate", "1", "-40", "10"], ["HHExpRate", "4", "-65", "-18"]);
    let h = gate("h", 1, ["HHExpRate", "0.07", "-65", "-20"], ["HHSigmoidRate", "1", "-35", "10"]);
    let n =
        gate("n", 4, ["HHExpLinearRate", "0.1", "-55", "10"], ["HHExpRate", "0.125", "-65", "-80"]);
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
        <ionChannelHH id="na" conductance="10pS" species="na">{m}{h}</ionChannelHH>
        <ionChannelHH id="k" conductance="10pS" species="k">{n}</ionChannelHH>
        <ionChannelPassive id="leak" conductance="10pS"/>
        <pulseGenerator id="pulse" delay="0ms" duration="0.3ms" amplitude="30uA"/>
        <cell id="axon"><morphology id="m">{segments}
          <segmentGroup id="all_of_it" neuroLexId="sao864921383">
          <property tag="numberInternalDivisions" value="{PARTS}"/>{members}</segmentGroup></morphology>
        <biophysicalProperties id="b"><membraneProperties>
          <channelDensity id="na" ionChannel="na" condDensity="120mS_per_cm2" erev="50mV" ion="na"/>
          <channelDensity id="k" ionChannel="k" condDensity="36mS_per_cm2" erev="-77mV" ion="k"/>
          <channelDensity id="l" ionChannel="leak" condDensity="0.3mS_per_cm2" erev="-54.4mV" ion="non_specific"/>
          <spikeThresh value="0mV"/><specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65mV"/>
        </membraneProperties><intracellularProperties><resistivity value="35.4 ohm_cm"/></intracellularProperties>
        </biophysicalProperties></cell>
        <network id="net" type="networkWithTemperature" temperature="18.5degC"><population id="pop" component="axon" size="1"/>
        <inputList id="in" component="pulse" population="pop">
          <input id="0" target="../pop[0]" segmentId="0" fractionAlong="0" destination="synapses"/></inputList></network></neuroml>"#
    )
}

/// The speed of the pulse between the middles of two segments far from both ends, m/s.
fn speed(dx_um: f64, step: f64) -> f64 {
    let mut files = MemoryLoader::new();
    files.insert("net.nml", axon());
    let model = nml::Loader::new(Arc::new(files)).load("net.nml".as_ref());
    let options = SimulateOptions {
        step: Some(step),
        length: Some(4e-3),
        cable: CableOptions { division: Division::MaxLength { dx_um }, ..CableOptions::default() },
        ..SimulateOptions::default()
    };
    let (near, far) = (3, 5);
    let record = vec![format!("pop[0]/{near}/v"), format!("pop[0]/{far}/v")];
    let wish = Wish { record, file: "out".to_owned(), ..Wish::default() };
    let prepared = prepare_wish(&model, options, &wish);
    let mut traces = Traces::default();
    prepared.unwrap_or_else(|found| panic!("{found:#?}")).run(&mut traces).unwrap();
    let passes = |column: usize| {
        let at =
            traces.0.windows(2).position(|w| w[0][column] < 0.0 && w[1][column] >= 0.0).unwrap();
        // A parabola through the row before, between and behind.
        let [a, b, c] = [at - 1, at, at + 1].map(|row| traces.0[row][column]);
        let (slope, bend) = (0.5 * (c - a), 0.5 * (c - 2.0 * b + a));
        let mut x = -b / slope;
        for _ in 0..20 {
            x = -b / (slope + bend * x);
        }
        (at as f64 + x) * step
    };
    f64::from(far - near) * PART_UM * 1e-6 / (passes(1) - passes(0))
}

#[test]
fn an_action_potential_has_the_speed_of_the_paper() {
    // 18.8 m/s on page 528; from K = 10.47/ms there, √(K a / 2 R C) = 18.76 m/s.
    let found = speed(100.0, 2e-6);
    assert!((found - 18.76).abs() < 0.05, "{found}");
}

#[test]
fn its_speed_is_of_second_order_in_dx_and_dt() {
    // An axon is divided into odd multiples of its segments: thirds, ninths, …
    let errors = |speeds: [f64; 3]| ((speeds[0] - speeds[1]) / (speeds[1] - speeds[2])).abs();
    let along = [9.0, 27.0, 81.0].map(|parts| speed(PART_UM / parts * 1.0001, 2e-6));
    let order = errors(along).ln() / 3_f64.ln();
    assert!((order - 2.0).abs() < 0.2, "{along:?}: order {order}");
    let steps = [8e-6, 4e-6, 2e-6].map(|step| speed(PART_UM / 27.0 * 1.0001, step));
    let order = errors(steps).log2();
    assert!((order - 2.0).abs() < 0.2, "{steps:?}: order {order}");
}
