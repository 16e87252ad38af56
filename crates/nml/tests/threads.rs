//! Networks large enough to be shared by threads: the same bytes for any number of them.
#![expect(clippy::unwrap_used, reason = "a failure here fails the test")]

use std::fmt::Write as _;
use std::sync::Arc;

use nml::base::MemoryLoader;
use nml::simulate::{Report, SimulateOptions, Sink, SinkError, Wish, prepare_wish};
use nml_sim::{EventRow, Rows};

const CELLS: usize = 330;

/// Cells of 10 compartments with the currents of Hodgkin and Huxley in a ring: spikes without delay to the next, gap
/// junctions to the one after it.
fn network() -> String {
    let rate = |tag: &str, kind: &str, rate: f64, mid: f64, scale: f64| {
        format!(
            r#"<{tag} type="HH{kind}Rate" rate="{rate}per_ms" midpoint="{mid}mV" scale="{scale}mV"/>"#
        )
    };
    let gate = |name: &str, count: u32, forward: String, reverse: String| {
        format!(r#"<gateHHrates id="{name}" instances="{count}">{forward}{reverse}</gateHHrates>"#)
    };
    let m = gate(
        "m",
        3,
        rate("forwardRate", "ExpLinear", 1.0, -40.0, 10.0),
        rate("reverseRate", "Exp", 4.0, -65.0, -18.0),
    );
    let h = gate(
        "h",
        1,
        rate("forwardRate", "Exp", 0.07, -65.0, -20.0),
        rate("reverseRate", "Sigmoid", 1.0, -35.0, 10.0),
    );
    let n = gate(
        "n",
        4,
        rate("forwardRate", "ExpLinear", 0.1, -55.0, 10.0),
        rate("reverseRate", "Exp", 0.125, -65.0, -80.0),
    );
    let (mut spikes, mut gaps, mut inputs) = (String::new(), String::new(), String::new());
    for i in 0..CELLS {
        let (next, after) = ((i + 1) % CELLS, (i + 2) % CELLS);
        write!(
            spikes,
            r#"<connectionWD id="{i}" preCellId="../pop[{i}]" postCellId="../pop[{next}]" postSegmentId="1" weight="1" delay="0ms"/>"#
        )
        .unwrap();
        write!(
            gaps,
            r#"<electricalConnection id="{i}" preCell="{i}" preSegment="1" postCell="{after}" postSegment="1" synapse="gap"/>"#
        )
        .unwrap();
        if i % 7 == 0 {
            write!(inputs, r#"<input id="{i}" target="../pop[{i}]" destination="synapses"/>"#)
                .unwrap();
        }
    }
    format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="threads">
<ionChannelHH id="na" conductance="1pS">{m}{h}</ionChannelHH>
<ionChannelHH id="k" conductance="1pS">{n}</ionChannelHH>
<ionChannelPassive id="leak" conductance="1pS"/>
<expOneSynapse id="syn" gbase="5nS" erev="0mV" tauDecay="2ms"/>
<gapJunction id="gap" conductance="0.5nS"/>
<pulseGenerator id="pulse" delay="0.2ms" duration="1ms" amplitude="0.3nA"/>
<cell id="cell"><morphology id="shape">
<segment id="0"><proximal x="0" y="0" z="0" diameter="12"/><distal x="12" y="0" z="0" diameter="12"/></segment>
<segment id="1"><parent segment="0"/><proximal x="12" y="0" z="0" diameter="1"/><distal x="102" y="0" z="0" diameter="1"/></segment>
<segmentGroup id="soma" neuroLexId="sao864921383"><member segment="0"/></segmentGroup>
<segmentGroup id="dend" neuroLexId="sao864921383"><property tag="numberInternalDivisions" value="9"/><member segment="1"/></segmentGroup>
</morphology><biophysicalProperties id="membrane"><membraneProperties>
<channelDensity id="na_all" ionChannel="na" condDensity="120 mS_per_cm2" erev="50mV" ion="na"/>
<channelDensity id="k_all" ionChannel="k" condDensity="36 mS_per_cm2" erev="-77mV" ion="k"/>
<channelDensity id="leak_all" ionChannel="leak" condDensity="0.3 mS_per_cm2" erev="-54.3mV" ion="non_specific"/>
<spikeThresh value="0mV"/><specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65mV"/>
</membraneProperties><intracellularProperties><resistivity value="100 ohm_cm"/></intracellularProperties>
</biophysicalProperties></cell>
<network id="net"><population id="pop" component="cell" size="{CELLS}"/>
<projection id="ring" presynapticPopulation="pop" postsynapticPopulation="pop" synapse="syn">{spikes}</projection>
<electricalProjection id="gaps" presynapticPopulation="pop" postsynapticPopulation="pop">{gaps}</electricalProjection>
<inputList id="start" population="pop" component="pulse">{inputs}</inputList>
</network></neuroml>"#
    )
}

/// All numbers as bits.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Sink for Bits {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.0.extend(rows.iter().flat_map(|(_, values)| values.iter().map(|x| x.to_bits())));
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

fn run(text: &str, threads: usize, tables: Option<f64>) -> (Vec<u64>, Report) {
    let mut files = MemoryLoader::new();
    files.insert("net.nml", text);
    let model = nml::Loader::new(Arc::new(files)).load("net.nml".as_ref());
    let (step, length) = (Some(25e-6), Some(5e-3));
    let options = SimulateOptions { step, length, threads, tables, ..SimulateOptions::default() };
    let record =
        (0..CELLS).step_by(5).flat_map(|i| [format!("pop[{i}]/v"), format!("pop[{i}]/1/v")]);
    let wish = Wish { record: record.collect(), file: "out".to_owned(), ..Wish::default() };
    let mut bits = Bits::default();
    let report = prepare_wish(&model, options, &wish).unwrap().run(&mut bits).unwrap();
    (bits.0, report)
}

#[test]
fn rates_from_tables_change_little_and_nothing_by_threads() {
    let text = network();
    let (exact, report) = run(&text, 1, None);
    assert_eq!(report.tables, []);
    let mut worst = Vec::new();
    for tolerance in [1e-6, 1e-9] {
        let (looked_up, report) = run(&text, 1, Some(tolerance));
        // Soma and dendrite have the same channels: three gates, a steady state and a decay each.
        let functions: Vec<usize> = report.tables.iter().map(|proof| proof.functions).collect();
        assert_eq!(functions, [6, 6], "{:?}", report.tables);
        assert!(report.tables.iter().all(|proof| proof.bound <= tolerance));
        let both = exact.iter().zip(&looked_up);
        let apart = both.map(|(a, b)| (f64::from_bits(*a) - f64::from_bits(*b)).abs());
        worst.push(apart.fold(0.0, f64::max));
        assert!(run(&text, 3, Some(tolerance)).0 == looked_up, "{tolerance}");
    }
    // Membrane potentials, of 0.1 V, in 200 steps: an upstroke makes an error of a gate a hundred times larger.
    assert!(worst[0] < 1e-5 && worst[1] < 1e-8 && worst[1] > 0.0, "{worst:?}");
}

#[test]
fn a_network_of_cells_with_shape_has_the_same_bits_for_any_number_of_threads() {
    let text = network();
    let run = |threads| {
        let (bits, report) = run(&text, threads, None);
        (bits, report.events)
    };
    let (alone, events) = run(1);
    // Each cell that gets the current, and those that it makes fire.
    assert!(events > CELLS as u64 / 7, "{events} events");
    let first = alone.len() / 201;
    assert_ne!(alone[..first], alone[alone.len() - first..], "something happens");
    for threads in [2, 3, 7] {
        assert!(run(threads) == (alone.clone(), events), "{threads} threads");
    }
}
