//! The streams of random numbers are the same however a model is flattened, and those that an export names.
#![expect(clippy::expect_used, reason = "a failure here fails the test")]

use std::collections::BTreeMap;

use nml::simulate::{
    EventRow, Prepared, Rows, Scheme, SimulateOptions, Sink, SinkError, Wish, prepare_wish,
};
use nml_flat::cable::CableOptions;
use nml_flat::{DEFAULT_SEED, Flat, Options, Shapes, flatten_with};
use nml_kernel::random::draw;
use nml_tests::export::{export, file, load, network};

const PARTS: &str = r#"<cell id="tree"><morphology id="shape">
<segment id="0"><proximal x="0" y="0" z="0" diameter="12"/><distal x="12" y="0" z="0" diameter="12"/></segment>
<segment id="1"><parent segment="0"/><proximal x="12" y="0" z="0" diameter="1"/><distal x="102" y="0" z="0" diameter="1"/></segment>
<segmentGroup id="soma" neuroLexId="sao864921383"><member segment="0"/></segmentGroup>
<segmentGroup id="dend" neuroLexId="sao864921383"><property tag="numberInternalDivisions" value="9"/><member segment="1"/></segmentGroup>
</morphology><biophysicalProperties id="membrane"><membraneProperties>
<channelDensity id="leaks" ionChannel="leak" condDensity="0.3 mS_per_cm2" erev="-54.3mV" ion="non_specific"/>
<spikeThresh value="0mV"/><specificCapacitance value="1 uF_per_cm2"/><initMembPotential value="-65mV"/>
</membraneProperties><intracellularProperties><resistivity value="100 ohm_cm"/></intracellularProperties>
</biophysicalProperties></cell>
<ionChannelPassive id="leak" conductance="1pS"/>
<expOneSynapse id="syn" gbase="5nS" erev="0mV" tauDecay="2ms"/>
<poissonFiringSynapse id="noise" averageRate="150 Hz" synapse="syn" spikeTarget="./syn"/>
<spikeGeneratorPoisson id="source" averageRate="200 Hz"/>"#;

fn model() -> String {
    let synapses = |at: &[(u32, u32)]| -> String {
        let one = |(cell, segment): &(u32, u32)| {
            format!(
                r#"<input id="{cell}{segment}" target="../cells[{cell}]" segmentId="{segment}" destination="synapses"/>"#
            )
        };
        at.iter().map(one).collect()
    };
    let inputs = synapses(&[(1, 1), (0, 0), (1, 0), (0, 1), (0, 1)]);
    let inner = format!(
        r#"<population id="cells" component="tree" size="2"/>
<population id="one" component="source" size="2"/><population id="two" component="source" size="3"/>
<projection id="p" presynapticPopulation="one" postsynapticPopulation="cells" synapse="syn">
<connection id="0" preCellId="../one[0]" postCellId="../cells[0]" postSegmentId="1"/>
<connection id="1" preCellId="../one[1]" postCellId="../cells[0]" postSegmentId="1"/>
</projection>
<inputList id="inputs" population="cells" component="noise">{inputs}</inputList>"#
    );
    network(PARTS, &inner)
}

/// By component that draws: its group, and by serial number the cell and the segment, or the place among all.
type Known = BTreeMap<String, (u32, BTreeMap<u32, (u32, Option<u32>)>)>;

fn known(flat: &Flat) -> Known {
    let mut known = Known::new();
    for id in flat.kind_ids() {
        let kind = flat.kind(id);
        let Some(numbers) = &kind.numbers else { continue };
        assert_eq!(numbers.serials.len(), kind.parents.len());
        let entry = known.entry(kind.name.clone()).or_insert((numbers.group, BTreeMap::new()));
        for (at, serial) in numbers.serials.iter().enumerate() {
            let at = u32::try_from(at).expect("there are few");
            let site = (kind.name == "noise").then(|| kind.sites.get(at as usize).segment);
            let homes = flat.homes(id, at);
            // A compartment is at home in its cell, which goes by the same name.
            let mut cells = homes.iter().filter(|(home, _)| flat.kind(*home).name == "tree");
            let cell = cells.next_back().map_or(0, |(_, instance)| *instance);
            let before = entry.1.insert(*serial, (cell, site.map(|segment| segment.unwrap_or(0))));
            assert_eq!(before, None, "serial numbers are given once");
        }
    }
    known
}

#[test]
fn instances_have_one_number_however_a_model_is_flattened() {
    let text = model();
    let model = load(&text);
    let target = model.find("net").expect("it has a network").handle();
    let cable = CableOptions::default();
    let mut all = Vec::new();
    for shapes in [Shapes::Keep(cable), Shapes::Cut(cable)] {
        for both in [false, true] {
            let options = Options { shapes, together: both, merge: both, varied: false };
            let mut sink = nml::base::Diagnostics::new();
            let flat = flatten_with(&model, target, options, &mut sink).expect("it is flattened");
            all.push(known(&flat));
        }
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:#?}");
    let (_, noise) = &all[0]["noise"];
    let places: Vec<(u32, Option<u32>)> = noise.values().copied().collect();
    let written = [(1, 1), (0, 0), (1, 0), (0, 1), (0, 1)];
    assert_eq!(places, written.map(|(cell, segment)| (cell, Some(segment))));
    assert_eq!(all[0]["source"].1.len(), 5);
}

#[derive(Default)]
struct First(Vec<f64>);

impl Sink for First {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if self.0.is_empty() {
            self.0 = rows.iter().next().map_or(Vec::new(), |(_, values)| values.to_vec());
        }
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).expect("it is there");
    rest.split_once(after).map_or(rest, |(inner, _)| inner)
}

#[test]
fn an_export_names_the_streams_of_a_run() {
    let text = model();
    let record: Vec<String> = (0..2)
        .map(|i| format!("one[{i}]/isi"))
        .chain((0..3).map(|i| format!("two[{i}]/isi")))
        .collect();
    let paths: Vec<&str> = record.iter().map(String::as_str).collect();
    // The same in every target that reads NMODL.
    let made = export("neuron", &text, &paths).expect("it is written").artifacts;
    let (network, mechanism) =
        (file(&made, "model/network.py"), file(&made, "model/mod/source.mod"));
    let start = between(&mechanism, "INITIAL {", "}");
    let function = between(start, "log(", "()");
    let body = between(&mechanism, &format!("FUNCTION {function}() {{"), "}");
    let variable = between(body, "random_ipick(", ")");
    let streams = between(between(&network, "random=(\"number\", ", "}"), "{", "}");
    let stream = between(streams, &format!("\"{variable}\": "), ",");
    let stream: u16 = stream.trim().parse().expect("it is a number");
    let mut ids: Vec<f64> = Vec::new();
    for population in ["one", "two"] {
        let call = between(&network, &format!("{population} = net.sources("), "\n    )");
        let list = between(between(call, "\"number\": ", "]"), "[", "]");
        ids.extend(list.split(',').map(|n| n.trim().parse::<f64>().expect("it is a number")));
    }
    assert!(ids.iter().zip(0..).all(|(id, at)| *id == ids[0] + f64::from(at)), "{ids:?}");
    let intervals = ids.iter().map(|id| -draw(DEFAULT_SEED, stream, *id, 0.0).ln() / 200.0);
    let expected: Vec<f64> = intervals.collect();
    for scheme in [Scheme::Auto, Scheme::Reference] {
        let options = SimulateOptions {
            scheme,
            length: Some(1e-4),
            step: Some(1e-5),
            ..SimulateOptions::default()
        };
        let wish = Wish { record: record.clone(), file: "out".to_owned(), ..Wish::default() };
        let run: Prepared = prepare_wish(&load(&text), options, &wish).expect("it can be run");
        let mut first = First::default();
        run.run(&mut first).expect("it runs");
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * b;
        assert!(first.0.iter().zip(&expected).all(near), "{scheme:?}: {:?} {expected:?}", first.0);
        assert_eq!(first.0.len(), 5);
    }
}
