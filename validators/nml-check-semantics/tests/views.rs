//! The typed views that the rules and the simulator read, on models as a user writes them.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use nml_base::{Diagnostics, MemoryLoader};
use nml_load::Loader;
use nml_model::Model;
use nml_model::table::CellRefStyle;
use nml_model::views::PopulationSize;

fn load(files: &[(&str, &str)]) -> Model {
    let mut memory = MemoryLoader::new();
    for (path, body) in files {
        let text = format!(
            "<neuroml xmlns=\"http://www.neuroml.org/schema/neuroml2\" id=\"d\">{body}</neuroml>"
        );
        memory.insert(path, text);
    }
    Loader::new(Arc::new(memory)).load(files[0].0.as_ref())
}

const TREE: &str = r#"
    <segment id="0"><proximal x="0" y="0" z="0" diameter="10"/><distal x="10" y="0" z="0" diameter="6"/></segment>
    <segment id="3"><parent segment="0" fractionAlong="0.5"/><distal x="5" y="8" z="0" diameter="1"/></segment>
    <segment id="5"><parent segment="3"/><distal x="5" y="8" z="4" diameter="1"/></segment>
    <segment id="9"><parent segment="0"/><distal x="20" y="0" z="0" diameter="2"/></segment>
    <segmentGroup id="side"><subTree><from segment="3"/></subTree></segmentGroup>
    <segmentGroup id="way"><path><from segment="0"/><to segment="5"/></path></segmentGroup>
    <segmentGroup id="loop"><member segment="9"/><include segmentGroup="pool"/></segmentGroup>
    <segmentGroup id="pool"><include segmentGroup="loop"/><include segmentGroup="side"/></segmentGroup>"#;

#[test]
fn a_cell_may_refer_to_its_parts_in_another_file() {
    let cell = r#"<include href="m.nml"/><cell id="c" morphology="m" biophysicalProperties="b"/>"#;
    let parts = format!(
        "<morphology id=\"m\">{TREE}</morphology><biophysicalProperties id=\"b\">\
         <membraneProperties/></biophysicalProperties>"
    );
    let model = load(&[("c.nml", cell), ("m.nml", &parts)]);
    let cell = model.cells().next().unwrap();
    assert_eq!(cell.morphology().unwrap().segments().len(), 4);
    assert!(cell.biophysics().unwrap().membrane().is_some());
    assert!(cell.biophysics().unwrap().intracellular().is_none());
}

#[test]
fn segments_begin_on_their_parents_and_groups_become_sets() {
    let body = format!("<morphology id=\"m\">{TREE}</morphology>");
    let model = load(&[("m.nml", &body)]);
    let morphology = model.morphologies().next().unwrap();
    assert_eq!(morphology.index_of(9), Some(3));
    let middle = morphology.proximal_of(1).unwrap();
    assert_eq!((middle.position_um, middle.diameter_um), ([5.0, 0.0, 0.0], 8.0));
    assert_eq!(morphology.length_um(1), Some(8.0));
    assert_eq!(morphology.length_um(2), Some(4.0));
    let group = |name| morphology.segments_of(name).unwrap();
    assert_eq!(group("side"), [1, 2]);
    assert_eq!(group("way"), [0, 1, 2]);
    assert_eq!(group("loop"), [1, 2, 3]);
    assert_eq!(group("all"), [0, 1, 2, 3]);
    assert_eq!(morphology.segments_of("none"), None);
    assert_eq!(morphology.group_circles(), [vec![2, 3]]);
}

#[test]
fn populations_know_their_cells() {
    let model = load(&[(
        "n.nml",
        r#"<network id="n">
            <population id="a" component="c" size="3"/>
            <population id="b" component="c"><instance id="4"/><instance id="2"/></population>
            <population id="g" component="c"><layout><grid xSize="2" ySize="3"/></layout></population>
            <population id="x" component="c" size="many"/>
        </network>"#,
    )]);
    let network = model.networks().next().unwrap();
    let sizes: Vec<_> = network.populations().map(nml_model::views::Population::size).collect();
    let expected = [
        PopulationSize::Declared(3),
        PopulationSize::Listed(2),
        PopulationSize::Layout(6),
        PopulationSize::Unknown,
    ];
    assert_eq!(sizes, expected);
    let listed = network.population("b").unwrap();
    assert!(listed.cell_ids(CellRefStyle::Path).contains(4));
    assert!(!listed.cell_ids(CellRefStyle::Path).contains(0));
    assert!(listed.cell_ids(CellRefStyle::Bracket).contains(1));
    assert!(!listed.cell_ids(CellRefStyle::Bracket).contains(2));
}

/// Chains, stars and circles of 100 000 segments are read and checked without recursion and in linear time.
#[test]
fn huge_and_broken_morphologies_are_no_trouble() {
    const N: usize = 100_000;
    for shape in ["chain", "star", "one circle", "many circles"] {
        let parent = |i: usize| match shape {
            "chain" => i - 1,
            "star" => 0,
            "one circle" => (i + 1) % N,
            _ => i ^ 1,
        };
        let mut body = String::from("<morphology id=\"m\">");
        for i in 0..N {
            let at = if i == 0 {
                "<proximal x=\"0\" y=\"0\" z=\"0\" diameter=\"1\"/>".to_owned()
            } else {
                format!("<parent segment=\"{}\"/>", parent(i))
            };
            let _ = write!(
                body,
                "<segment id=\"{i}\">{at}<distal x=\"{i}\" y=\"1\" z=\"0\" diameter=\"1\"/></segment>"
            );
        }
        body += "<segmentGroup id=\"g0\"><subTree><from segment=\"0\"/></subTree></segmentGroup>";
        for i in 1..1000 {
            let _ = write!(
                body,
                "<segmentGroup id=\"g{i}\"><include segmentGroup=\"g{}\"/></segmentGroup>",
                i - 1
            );
        }
        body += "</morphology>";
        let model = load(&[("m.nml", &body)]);
        let start = Instant::now();
        let mut sink = Diagnostics::new();
        nml_check_semantics::check(&model, &mut sink);
        // Equal findings are folded.
        assert!(sink.len() < 200, "{shape}: {} findings", sink.len());
        let morphology = model.morphologies().next().unwrap();
        assert!(!morphology.segments_of("g999").unwrap().is_empty(), "{shape}");
        // Linear time is far below this even without optimisation on a busy machine.
        assert!(start.elapsed().as_secs() < 20, "{shape}");
    }
}
