//! Synapses that are simulated as one give what they give one by one.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{EventRow, Prepared, Rows, Scheme, SimulateOptions, Sink, SinkError, prepare};
use nml_load::Loader;

/// What some thousand steps of sums in another order lose to rounding, relative to the largest value.
const ROUNDING: f64 = 1e-11;

#[derive(Default)]
struct All {
    rows: Vec<Vec<f64>>,
    events: Vec<EventRow>,
}

impl Sink for All {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        if output == 0 {
            self.rows.extend(rows.iter().map(|(_, values)| values.to_vec()));
        }
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events.extend_from_slice(events);
        Ok(())
    }
}

const SYNAPSES: &str = r#"
<expOneSynapse id="one" gbase="0.4nS" erev="0mV" tauDecay="3ms"/>
<expTwoSynapse id="two" gbase="0.3nS" erev="0mV" tauRise="1ms" tauDecay="7ms"/>
<expThreeSynapse id="three" gbase1="0.2nS" gbase2="0.1nS" erev="0mV" tauRise="0.5ms" tauDecay1="4ms" tauDecay2="40ms"/>
<alphaSynapse id="alpha" gbase="0.2nS" erev="0mV" tau="2ms"/>
<alphaCurrentSynapse id="current" ibase="6pA" tau="2ms"/>
<blockingPlasticSynapse id="nmda" gbase="0.5nS" erev="0mV" tauRise="2ms" tauDecay="8ms">
    <blockMechanism type="voltageConcDepBlockMechanism" species="mg" blockConcentration="1.2mM" scalingConc="1.9mM" scalingVolt="16mV"/>
</blockingPlasticSynapse>
<blockingPlasticSynapse id="tired" gbase="0.5nS" erev="0mV" tauRise="2ms" tauDecay="8ms">
    <plasticityMechanism type="tsodyksMarkramDepMechanism" initReleaseProb="0.5" tauRec="50ms"/>
</blockingPlasticSynapse>
<saturating id="saturating" gbase="0.5nS" erev="0mV" tau="5ms"/>
<ComponentType name="saturating" extends="baseConductanceBasedSynapse">
    <Parameter name="tau" dimension="time"/>
    <Dynamics>
        <StateVariable name="s" dimension="none"/>
        <DerivedVariable name="g" dimension="conductance" exposure="g" value="gbase * s"/>
        <DerivedVariable name="i" dimension="current" exposure="i" value="g * (erev - v)"/>
        <TimeDerivative variable="s" value="-s / tau"/>
        <OnEvent port="in"><StateAssignment variable="s" value="s + 0.5 * (1 - s)"/></OnEvent>
    </Dynamics>
</ComponentType>
"#;

/// Six sources on three cells, each pair joined twice with weights and delays of its own.
fn model(synapse: &str, weights: bool, record: Option<&str>) -> String {
    let mut rows = String::new();
    for row in 0..36_u32 {
        let (pre, post, delay) = (row % 6, row / 6 % 3, row * 7 % 5);
        let _ = if weights {
            writeln!(
                rows,
                r#"<connectionWD id="{row}" preCellId="../pre[{pre}]" postCellId="../post[{post}]" weight="{}" delay="{delay}ms"/>"#,
                f64::from(1 + row % 4) / 4.0
            )
        } else {
            writeln!(
                rows,
                r#"<connection id="{row}" preCellId="../pre[{pre}]" postCellId="../post[{post}]"/>"#
            )
        };
    }
    let more = record.map_or_else(String::new, |path| {
        format!(
            r#"<OutputFile id="more" fileName="more.dat"><OutputColumn id="x" quantity="{path}"/></OutputFile>"#
        )
    });
    format!(
        r#"<Lems><Target component="sim"/>
<Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/>
{SYNAPSES}
<spikeGeneratorRandom id="source" minISI="3ms" maxISI="19ms"/>
<iafTauCell id="cell" leakReversal="-60mV" thresh="100mV" reset="-70mV" tau="20ms"/>
<iafCell id="iaf" leakReversal="-60mV" thresh="-50mV" reset="-70mV" C="0.02nF" leakConductance="0.001uS"/>
<network id="net">
    <population id="pre" component="source" size="6"/>
    <population id="post" component="iaf" size="3"/>
    <projection id="p" presynapticPopulation="pre" postsynapticPopulation="post" synapse="{synapse}">
{rows}
    </projection>
</network>
<Simulation id="sim" length="150ms" step="0.025ms" target="net" seed="5">
    <OutputFile id="v" fileName="v.dat">
        <OutputColumn id="a" quantity="post[0]/v"/><OutputColumn id="b" quantity="post[1]/v"/>
        <OutputColumn id="c" quantity="post[2]/v"/>
    </OutputFile>
    {more}
    <EventOutputFile id="s" fileName="s.spikes" format="ID_TIME">
        <EventSelection id="0" select="post[0]" eventPort="spike"/>
        <EventSelection id="1" select="post[1]" eventPort="spike"/>
    </EventOutputFile>
</Simulation></Lems>"#
    )
}

#[expect(clippy::unwrap_used, reason = "a model that does not run fails its test")]
fn prepared(text: String) -> Prepared {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(Path::new("LEMS_net.xml"), text);
    prepare(&model, SimulateOptions { scheme: Scheme::Auto, ..SimulateOptions::default() }).unwrap()
}

#[expect(clippy::unwrap_used, reason = "a run that stops fails its test")]
fn run(prepared: &Prepared) -> (All, u64) {
    let mut all = All::default();
    let report = prepared.run(&mut all).unwrap();
    (all, report.events)
}

fn merged(prepared: &Prepared) -> Vec<(&str, u64, u64)> {
    let all = prepared.flat.merged.iter();
    all.map(|m| (m.component.as_str(), m.synapses, m.instances)).collect()
}

#[track_caller]
fn same(one: &All, other: &All, what: &str) {
    assert_eq!(one.rows.len(), other.rows.len());
    assert!(one.rows.len() > 1000 && !one.events.is_empty(), "{what}");
    let size = one.rows.iter().flatten().fold(0.0, |most: f64, x| most.max(x.abs()));
    let (first, last) = (&one.rows[0], &one.rows[one.rows.len() / 2]);
    assert!(first != last, "nothing happens: {what}");
    for (a, b) in one.rows.iter().flatten().zip(other.rows.iter().flatten()) {
        assert!((a - b).abs() <= ROUNDING * size, "{what}: {a} and {b}");
    }
    assert_eq!(one.events, other.events, "{what}");
}

#[test]
fn linear_synapses_on_one_cell_are_one() {
    for synapse in ["one", "two", "three", "alpha", "current", "nmda"] {
        for weights in [false, true] {
            let together = prepared(model(synapse, weights, None));
            assert_eq!(merged(&together), [(synapse, 36, 3)], "{synapse}");
            let path = format!("post[1]/synapses:{synapse}:4/i");
            let apart = prepared(model(synapse, weights, Some(&path)));
            assert_eq!(merged(&apart), [], "{synapse}");
            let ((one, events), (other, same_events)) = (run(&together), run(&apart));
            same(&one, &other, synapse);
            assert_eq!(events, same_events);
        }
    }
}

#[test]
fn what_saturates_or_tires_stays_apart() {
    for synapse in ["saturating", "tired"] {
        let found = prepared(model(synapse, false, None));
        assert_eq!(merged(&found), [], "{synapse}");
        let mut kinds = found.flat.kinds.iter();
        assert_eq!(kinds.find(|kind| kind.name == synapse).unwrap().count(), 36);
    }
}

#[test]
fn only_the_default_scheme_merges() {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(Path::new("LEMS_net.xml"), model("one", true, None));
    for scheme in [Scheme::Jlems, Scheme::Reference] {
        let found = prepare(&model, SimulateOptions { scheme, ..SimulateOptions::default() });
        assert_eq!(merged(&found.unwrap()), []);
    }
}

const RELAYS: &str = r#"
<ComponentType name="jumpCell" extends="baseCellMembPot">
    <Parameter name="tau" dimension="time"/><Parameter name="jump" dimension="voltage"/>
    <Parameter name="thresh" dimension="voltage"/>
    <EventPort name="up" direction="in"/><EventPort name="down" direction="in"/>
    <Attachments name="synapses" type="baseSynapse"/>
    <Dynamics>
        <StateVariable name="v" dimension="voltage" exposure="v"/>
        <TimeDerivative variable="v" value="-v / tau"/>
        <OnCondition test="v .gt. thresh">
            <StateAssignment variable="v" value="0"/><EventOut port="spike"/>
        </OnCondition>
        <OnEvent port="up"><StateAssignment variable="v" value="v + jump"/></OnEvent>
        <OnEvent port="down"><StateAssignment variable="v" value="v - 2 * jump"/></OnEvent>
    </Dynamics>
</ComponentType>
<ComponentType name="relay" extends="baseSynapse">
    <Text name="port"/><EventPort name="relay" direction="out"/>
    <Dynamics>
        <DerivedVariable name="i" dimension="current" exposure="i" value="0"/>
        <OnEvent port="in"><EventOut port="relay"/></OnEvent>
    </Dynamics>
    <Structure>
        <With instance="this" as="a"/><With instance="parent" as="b"/>
        <EventConnection from="a" to="b" sourcePort="relay" targetPort="port"/>
    </Structure>
</ComponentType>
<jumpCell id="jumping" tau="20ms" jump="0.3mV" thresh="2mV"/>
<relay id="excite" port="up"/><relay id="inhibit" port="down"/><relay id="lost" port="sideways"/>
"#;

fn relayed(synapse: &str, record: Option<&str>) -> String {
    let text = model(synapse, true, record).replace(r#"component="iaf""#, r#"component="jumping""#);
    text.replacen("<spikeGeneratorRandom", &format!("{RELAYS}<spikeGeneratorRandom"), 1)
}

#[test]
fn a_relay_is_no_more_than_a_wire() {
    for relay in ["excite", "inhibit"] {
        let together = prepared(relayed(relay, None));
        assert_eq!(merged(&together), [(relay, 36, 0)]);
        assert!(together.flat.kinds.iter().all(|kind| kind.name != relay));
        let path = format!("post[1]/synapses:{relay}:4/i");
        let apart = prepared(relayed(relay, Some(&path)));
        assert_eq!(merged(&apart), []);
        let ((mut one, _), (mut other, _)) = (run(&together), run(&apart));
        if relay == "inhibit" {
            // Such cells are silent.
            assert_eq!((one.events.len(), other.events.len()), (0, 0));
            let event = EventRow { time: 0.0, port: 0 };
            one.events.push(event);
            other.events.push(event);
        }
        same(&one, &other, relay);
    }
}

#[test]
fn a_relay_to_no_port_is_told() {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(Path::new("LEMS_net.xml"), relayed("lost", None));
    let found = prepare(&model, SimulateOptions::default()).unwrap_err();
    let text: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert!(text.iter().any(|text| text.contains("no incoming port `sideways`")), "{text:?}");
}

/// The shaped cells of a fixture with other rows in one projection, and what their middles and ends do.
#[expect(clippy::unwrap_used, reason = "a model that does not run fails its test")]
fn shaped(rows: &str) -> All {
    let folder = nml_tests::repository().join("fixtures/hdf5");
    let text = format!(
        r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc"><include href="cells.nml"/>
<network id="net"><population id="cells" component="stick" size="2"/>
<population id="sources" component="regular" size="1"/>{rows}</network></neuroml>"#
    );
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load_text(&folder.join("test.net.nml"), text);
    let paths = ["cells[0]/v", "cells[0]/2/v", "cells[1]/v", "cells[1]/2/v"];
    let wish = nml::simulate::Wish {
        record: paths.map(str::to_owned).to_vec(),
        file: "test".to_owned(),
        ..nml::simulate::Wish::default()
    };
    let options =
        SimulateOptions { step: Some(2.5e-5), length: Some(0.04), ..SimulateOptions::default() };
    let prepared = nml::simulate::prepare_wish(&model, options, &wish).unwrap();
    run(&prepared).0
}

const PUSH: &str = r#"<inputList id="push" population="cells" component="step">
<input id="0" target="../cells[0]" segmentId="2" fractionAlong="0.8" destination="synapses"/></inputList>"#;

/// The largest difference of two runs, and the largest change within the first, in V.
fn difference(one: &All, other: &All) -> (f64, f64) {
    assert_eq!(one.rows.len(), other.rows.len());
    let all = one.rows.iter().zip(&other.rows).flat_map(|(a, b)| a.iter().zip(b));
    let apart = all.fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
    let start = &one.rows[0];
    let moved = one.rows.iter().flat_map(|row| row.iter().zip(start));
    (apart, moved.fold(0.0, |most: f64, (a, b)| most.max((a - b).abs())))
}

#[track_caller]
fn weighs_two(kind: &str, weighted: &str, plain: &str) {
    let (one, other) = (shaped(&format!("{PUSH}{weighted}")), shaped(&format!("{PUSH}{plain}")));
    let alone = shaped(PUSH);
    let (apart, moved) = difference(&one, &other);
    assert!(moved > 1e-3 && apart <= ROUNDING * moved, "{kind}: {apart} V of {moved} V");
    let (effect, _) = difference(&one, &alone);
    assert!(effect > 1e-4, "{kind} does nothing: {effect} V");
}

#[test]
fn a_weight_of_two_is_two_of_one_wherever_on_the_cell() {
    let ends = r#"preCell="../cells[0]" preSegment="2" preFractionAlong="0.7" postCell="../cells[1]" postSegment="1" postFractionAlong="0.2""#;
    let of = |tag: &str, kind: &str, rows: &str| {
        format!(
            r#"<{tag} id="p" presynapticPopulation="cells" postsynapticPopulation="cells">{}</{tag}>"#,
            rows.replace("ROW", kind)
        )
    };
    let electrical = "electricalProjection";
    weighs_two(
        electrical,
        &of(
            electrical,
            "electricalConnectionInstanceW",
            &format!(r#"<ROW id="0" {ends} synapse="gap" weight="2"/>"#),
        ),
        &of(
            electrical,
            "electricalConnectionInstance",
            &format!(r#"<ROW id="0" {ends} synapse="gap"/><ROW id="1" {ends} synapse="gap"/>"#),
        ),
    );
    let continuous = "continuousProjection";
    let parts = r#"preComponent="silent" postComponent="analog""#;
    weighs_two(
        continuous,
        &of(
            continuous,
            "continuousConnectionInstanceW",
            &format!(r#"<ROW id="0" {ends} {parts} weight="2"/>"#),
        ),
        &of(
            continuous,
            "continuousConnectionInstance",
            &format!(r#"<ROW id="0" {ends} {parts}/><ROW id="1" {ends} {parts}/>"#),
        ),
    );
    let spikes = |rows: &str| {
        format!(
            r#"<projection id="p" presynapticPopulation="sources" postsynapticPopulation="cells" synapse="excite">{rows}</projection>"#
        )
    };
    let at = r#"preCellId="../sources[0]" postCellId="../cells[1]" postSegmentId="2" postFractionAlong="0.9""#;
    weighs_two(
        "projection",
        &spikes(&format!(r#"<connectionWD id="0" {at} weight="2" delay="0ms"/>"#)),
        &spikes(&format!(r#"<connection id="0" {at}/><connection id="1" {at}/>"#)),
    );
    let target = r#"target="../cells[1]" segmentId="1" fractionAlong="0.4" destination="synapses""#;
    let inputs = |rows: &str| {
        format!(r#"<inputList id="i" population="cells" component="step">{rows}</inputList>"#)
    };
    weighs_two(
        "inputList",
        &inputs(&format!(r#"<inputW id="0" {target} weight="2"/>"#)),
        &inputs(&format!(r#"<input id="0" {target}/><input id="1" {target}/>"#)),
    );
}

#[test]
fn bare_indices_of_cells_mean_what_paths_do() {
    let of = |tag: &str, rows: &str| {
        let ends = r#"presynapticPopulation="cells" postsynapticPopulation="cells""#;
        shaped(&format!(r#"{PUSH}<{tag} id="p" {ends}>{rows}</{tag}>"#))
    };
    let sites = r#"preSegment="2" preFractionAlong="0.7" postSegment="1" postFractionAlong="0.2""#;
    for (tag, bare, path, parts) in [
        (
            "electricalProjection",
            "electricalConnection",
            "electricalConnectionInstance",
            r#"synapse="gap""#,
        ),
        (
            "continuousProjection",
            "continuousConnection",
            "continuousConnectionInstance",
            r#"preComponent="silent" postComponent="analog""#,
        ),
    ] {
        let row = |kind: &str, pre: &str, post: &str| {
            format!(r#"<{kind} id="0" preCell="{pre}" postCell="{post}" {sites} {parts}/>"#)
        };
        let one = of(tag, &row(bare, "0", "1"));
        let other = of(tag, &row(path, "../cells[0]", "../cells[1]"));
        let (apart, moved) = difference(&one, &other);
        assert!(moved > 1e-3 && apart == 0.0, "{tag}: {apart} V of {moved} V");
    }
}

#[test]
fn where_on_a_cell_a_synapse_sits_matters() {
    let at = |segment: u32, along: &str| {
        shaped(&format!(
            r#"<projection id="p" presynapticPopulation="sources" postsynapticPopulation="cells" synapse="excite">
<connectionWD id="0" preCellId="../sources[0]" postCellId="../cells[1]" postSegmentId="{segment}" postFractionAlong="{along}" weight="4" delay="1ms"/></projection>"#
        ))
    };
    let (near, far, end) = (at(1, "0.1"), at(2, "0.5"), at(2, "0.95"));
    let soma = |run: &All| run.rows.iter().map(|row| row[2]).fold(f64::MIN, f64::max);
    assert!(soma(&near) > soma(&far) && soma(&far) > soma(&end));
}

/// Many cells, so that events are added up in columns: each cell of a population sends to many of another.
fn crowd(component: &str, synapse: &str, weights: bool, record: Option<&str>) -> String {
    let mut rows = String::new();
    for row in 0..9000_u32 {
        let (pre, post) = (row * 7919 % 300, row * 104_729 % 1500);
        let weight = if weights { f64::from(1 + row % 3) / 2.0 } else { 1.0 };
        let _ = writeln!(
            rows,
            r#"<connectionWD id="{row}" preCellId="../pre[{pre}]" postCellId="../post[{post}]" weight="{weight}" delay="{}ms"/>"#,
            row % 4
        );
    }
    let text = relayed(synapse, record).replace(
        r#"id="pre" component="source" size="6""#,
        r#"id="pre" component="source" size="300""#,
    );
    let text = text.replace(
        r#"component="jumping" size="3""#,
        &format!(r#"component="{component}" size="1500""#),
    );
    let (before, rest) = text.split_once("<connectionWD").unwrap_or((&text, ""));
    let (_, after) = rest.split_once("    </projection>").unwrap_or(("", rest));
    format!("{before}{rows}    </projection>{after}")
        .replace(r#"length="150ms""#, r#"length="30ms""#)
}

#[test]
fn many_cells_get_what_few_do_and_the_same_for_any_number_of_threads() {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    for (component, synapse, weights) in
        [("jumping", "excite", false), ("iaf", "one", true), ("iaf", "one", false)]
    {
        let run_with = |record: Option<&str>, threads: usize| {
            let text = crowd(component, synapse, weights, record);
            let model = loader.load_text(Path::new("LEMS_net.xml"), text);
            let options = SimulateOptions { threads, ..SimulateOptions::default() };
            run(&prepare(&model, options).unwrap())
        };
        let (one, events) = run_with(None, 1);
        assert!(events > 10_000, "{synapse}: {events}");
        for threads in [2, 3, 7] {
            let (other, _) = run_with(None, threads);
            assert!(one.rows == other.rows && one.events == other.events, "{threads} threads");
        }
        let path = format!("post[1]/synapses:{synapse}:0/i");
        let (apart, same_events) = run_with(Some(&path), 1);
        let (differs, moved) = difference(&one, &apart);
        assert!(moved > 1e-4 && differs <= ROUNDING, "{synapse}: {differs} V of {moved} V");
        // An event through a relay of its own is two.
        let hops = if synapse == "excite" { 2 } else { 1 };
        assert_eq!((events * hops, &one.events), (same_events, &apart.events));
    }
}
