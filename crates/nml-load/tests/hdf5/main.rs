//! Networks in HDF5 files become the tables that their XML form becomes.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(clippy::print_stdout, reason = "skipped cases are told")]
#![expect(clippy::unnecessary_wraps, reason = "a part may be without rows")]

mod broken;
mod corpus;
mod same;
mod writer;

use std::path::Path;
use std::sync::Arc;

use nml_base::MemoryLoader;
use nml_load::Loader;
use nml_model::Model;
use writer::{Part, Rows, Style};

pub(crate) const TOP: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc">
    <notes>Embedded &amp; kept.</notes>
    <include href="cells.nml"/>
    <expOneSynapse id="syn" gbase="1nS" erev="0mV" tauDecay="3ms"/><gapJunction id="gj" conductance="1pS"/>
    <silentSynapse id="silent"/><gradedSynapse id="gs" conductance="1pS" delta="5mV" Vth="-55mV" k="0.025per_ms" erev="0mV"/>
    <pulseGenerator id="pulse" delay="0ms" duration="5ms" amplitude="0.1nA"/>
</neuroml>"#;

pub(crate) const CELLS: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="cells">
    <iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>
</neuroml>"#;

/// The XML form of [`parts`].
const XML: &str = r#"<network id="net" type="networkWithTemperature" temperature="6.3 degC">
    <notes>A &lt; B.</notes>
    <population id="a" component="iaf" size="4"/>
    <population id="b" component="iaf" size="2" type="populationList">
        <property tag="color" value="1 0 0"/>
        <instance id="0"><location x="0.1" y="2" z="-3.5"/></instance>
        <instance id="1"><location x="4" y="5" z="6"/></instance>
    </population>
    <projection id="plain" presynapticPopulation="a" postsynapticPopulation="b" synapse="syn">
        <connection id="0" preCellId="../a[3]" postCellId="../b/1/iaf"/>
        <connection id="1" preCellId="../a[0]" postCellId="../b/0/iaf" preSegmentId="0" postFractionAlong="0.3"/>
    </projection>
    <projection id="wd" presynapticPopulation="b" postsynapticPopulation="a" synapse="syn">
        <connectionWD id="0" preCellId="../b/1/iaf" postCellId="../a[2]" weight="0.7" delay="0.1ms"/>
        <connectionWD id="1" preCellId="../b/0/iaf" postCellId="../a[1]" weight="1" delay="0ms"/>
    </projection>
    <electricalProjection id="e" presynapticPopulation="a" postsynapticPopulation="a">
        <electricalConnection id="0" preCell="0" postCell="1" synapse="gj"/>
    </electricalProjection>
    <electricalProjection id="ew" presynapticPopulation="b" postsynapticPopulation="b">
        <electricalConnectionInstanceW id="0" preCell="../b/0/iaf" postCell="../b/1/iaf" synapse="gj" weight="2"/>
    </electricalProjection>
    <continuousProjection id="c" presynapticPopulation="b" postsynapticPopulation="b">
        <continuousConnectionInstance id="0" preCell="../b/0/iaf" postCell="../b/1/iaf" preComponent="silent" postComponent="gs"/>
    </continuousProjection>
    <inputList id="i" population="a" component="pulse">
        <input id="0" target="../a[2]" destination="synapses"/>
    </inputList>
    <inputList id="iw" population="b" component="pulse">
        <inputW id="5" target="../b/1/iaf" segmentId="0" fractionAlong="0.25" weight="3" destination="synapses"/>
    </inputList>
</network>"#;

const SEVEN: &[&str] = &[
    "id",
    "pre_cell_id",
    "post_cell_id",
    "pre_segment_id",
    "post_segment_id",
    "pre_fraction_along",
    "post_fraction_along",
];

const EIGHT: &[&str] = &[
    "id",
    "pre_cell_id",
    "post_cell_id",
    "pre_segment_id",
    "post_segment_id",
    "pre_fraction_along",
    "post_fraction_along",
    "weight",
];

pub(crate) fn rows(
    name: &'static str,
    columns: &'static [&'static str],
    values: &[f32],
) -> Option<Rows> {
    Some(Rows { name, columns, width: columns.len() as u64, values: values.to_vec() })
}

const PLAIN: &[(&str, &str)] = &[
    ("id", "plain"),
    ("presynapticPopulation", "a"),
    ("postsynapticPopulation", "b"),
    ("synapse", "syn"),
    ("type", "projection"),
];

/// The network in the layout of one of the writers; the Java library cannot write all of it, so that the
/// parts it can write are in its own form.
pub(crate) fn parts(style: Style) -> Vec<Part> {
    let java = style == Style::Java;
    let (plain, listed, input) = if java {
        let plain = [0., 3., 1., 0., 0., 0.5, 0.5, 1., 0., 0., 0., 0., 0.5, 0.3];
        let listed = [0., 0.1, 2., -3.5, 1., 4., 5., 6.];
        (
            rows("plain", SEVEN, &plain),
            Some(Rows { name: "b", columns: &[], width: 4, values: listed.to_vec() }),
            Some(Rows { name: "i", columns: &[], width: 3, values: vec![2., 0., 0.5] }),
        )
    } else {
        let plain = [3., 1., 0., 0., 0.5, 0.5, 0., 0., 0., 0., 0.5, 0.3];
        (
            rows("plain", &SEVEN[1..], &plain),
            rows("b", &["x", "y", "z"], &[0.1, 2., -3.5, 4., 5., 6.]),
            rows(
                "i",
                &["id", "target_cell_id", "segment_id", "fraction_along"],
                &[0., 2., 0., 0.5],
            ),
        )
    };
    let weighted = rows(
        "iw",
        &["id", "target_cell_id", "segment_id", "fraction_along", "weight"],
        &[5., 1., 0., 0.25, 3.],
    );
    let delayed = rows(
        "wd",
        &["pre_cell_id", "post_cell_id", "weight", "delay"],
        &[1., 2., 0.7, 0.1, 0., 1., 1., 0.],
    );
    let of = |name, attributes, rows| Part { name, attributes, rows };
    vec![
        of("population_a", &[("id", "a"), ("component", "iaf"), ("size", "4")], None),
        of(
            "population_b",
            &[
                ("id", "b"),
                ("component", "iaf"),
                ("size", "2"),
                ("type", "populationList"),
                ("property:color", "1 0 0"),
            ],
            listed,
        ),
        of("projection_plain", PLAIN, plain),
        of(
            "projection_wd",
            &[
                ("id", "wd"),
                ("presynapticPopulation", "b"),
                ("postsynapticPopulation", "a"),
                ("synapse", "syn"),
                ("type", "projection"),
            ],
            delayed,
        ),
        of(
            "projection_e",
            &[
                ("id", "e"),
                ("presynapticPopulation", "a"),
                ("postsynapticPopulation", "a"),
                ("synapse", "gj"),
                ("type", "electricalProjection"),
            ],
            rows("e", SEVEN, &[0., 0., 1., 0., 0., 0.5, 0.5]),
        ),
        of(
            "projection_ew",
            &[
                ("id", "ew"),
                ("presynapticPopulation", "b"),
                ("postsynapticPopulation", "b"),
                ("synapse", "gj"),
                ("type", "electricalProjection"),
            ],
            rows("ew", EIGHT, &[0., 0., 1., 0., 0., 0.5, 0.5, 2.]),
        ),
        of(
            "projection_c",
            &[
                ("id", "c"),
                ("presynapticPopulation", "b"),
                ("postsynapticPopulation", "b"),
                ("preComponent", "silent"),
                ("postComponent", "gs"),
                ("type", "continuousProjection"),
            ],
            rows("c", SEVEN, &[0., 0., 1., 0., 0., 0.5, 0.5]),
        ),
        of("inputList_i", &[("id", "i"), ("population", "a"), ("component", "pulse")], input),
        of("input_list_iw", &[("id", "iw"), ("population", "b"), ("component", "pulse")], weighted),
    ]
}

pub(crate) const NETWORK: &[(&str, &str)] =
    &[("id", "net"), ("notes", "A < B."), ("temperature", "6.3 degC")];

pub(crate) fn load(path: &str, files: Vec<(&str, Vec<u8>)>) -> Model {
    let mut memory = MemoryLoader::new();
    for (name, bytes) in files {
        memory.insert(name, bytes);
    }
    memory.insert("cells.nml", CELLS.as_bytes().to_vec());
    Loader::new(Arc::new(memory)).load(Path::new(path))
}

fn from_xml() -> Model {
    let text = TOP.replace("</neuroml>", &format!("{XML}</neuroml>"));
    load("net.nml", vec![("net.nml", text.into_bytes())])
}

pub(crate) fn findings(model: &Model) -> Vec<String> {
    model.diagnostics().map(|d| format!("{}: {}", d.rule.name, d.message)).collect()
}

#[test]
fn both_layouts_make_the_tables_of_the_xml_form() {
    for style in [Style::LibNeuroMl, Style::Java] {
        let bytes = writer::file(style, TOP, NETWORK, &parts(style));
        let model = load("net.nml.h5", vec![("net.nml.h5", bytes)]);
        assert_eq!(findings(&model), [""; 0]);
        assert_eq!(same::differences(&model, &from_xml(), 0.0), [""; 0]);
        assert_eq!(model.networks().count(), 1);
        assert!(model.find("iaf").is_some() && model.find("syn").is_some());
    }
}

#[test]
fn networks_are_included_like_other_files() {
    let bytes = writer::file(Style::LibNeuroMl, TOP, NETWORK, &parts(Style::LibNeuroMl));
    let lems = r#"<Lems><Include file="Networks.xml"/><Include file="net.h5"/></Lems>"#;
    let nml = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="x"><include href="net.h5"/></neuroml>"#;
    for (name, text) in [("LEMS_x.xml", lems), ("x.nml", nml)] {
        let model = load(name, vec![(name, text.as_bytes().to_vec()), ("net.h5", bytes.clone())]);
        assert_eq!(findings(&model), [""; 0]);
        assert_eq!(same::differences(&model, &from_xml(), 0.0), [""; 0]);
    }
}

#[test]
fn an_embedded_document_is_completed_wherever_its_root_ends() {
    let root = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="doc""#;
    let ty = r#"<ComponentType name="T"/>"#;
    for (embedded, finds) in [
        (format!("{root}/>"), false),
        (format!("<?xml version='1.0'?>{root}><silentSynapse id=\"s\"/></neuroml>"), true),
        (format!("{root}><silentSynapse id=\"s\"/>{ty}</neuroml>\n"), true),
        (String::new(), false),
    ] {
        let bytes = writer::file(Style::Java, &embedded, NETWORK, &parts(Style::Java));
        let model = load("net.h5", vec![("net.h5", bytes)]);
        assert_eq!(findings(&model), [""; 0], "{embedded}");
        assert_eq!(model.networks().count(), 1, "{embedded}");
        assert_eq!(model.find("s").is_some(), finds);
        assert_eq!(same::differences(&model, &from_xml(), 0.0), [""; 0]);
    }
}
