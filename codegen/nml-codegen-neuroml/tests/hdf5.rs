//! Networks to HDF5 and back.
#![expect(clippy::print_stdout, reason = "a test tells how much there was")]

mod common;

use common::{load, written};
use nml_base::{OsLoader, SourceLoader};
use nml_model::table::{CellRefs, Table};
use nml_model::{Component, Model};
use nml_tests::corpus_files;

const FORMS: [&str; 2] = ["hdf5", "hdf5-java"];

/// The document once it went through a form, and what was told on the way.
fn through(model: &Model, form: &str) -> (Option<Model>, Vec<String>) {
    let (artifacts, told) = written(model, form);
    let Some(artifacts) = artifacts else { return (None, told) };
    let bytes = artifacts.get("cell.nml.h5").unwrap_or_default().to_vec();
    let binary = load("cell.nml.h5", bytes);
    let (text, more) = written(&binary, "neuroml");
    assert_eq!(more, [""; 0]);
    let text = text.unwrap_or_default().get("cell.nml").unwrap_or_default().to_vec();
    (Some(load("cell.nml", text)), told)
}

fn cell(refs: &CellRefs, row: usize, own: Option<&str>) -> String {
    let Some(cell) = refs.get(row) else { return "none".to_owned() };
    let named = Some(&*cell.form.population).filter(|p| !p.is_empty());
    format!("{}:{}", named.or(own).unwrap_or("?"), cell.index)
}

fn row(owner: Component<'_>, table: &Table, row: usize) -> String {
    match table {
        Table::Instances(t) => {
            format!("{} {:?}", t.id.get(row).unwrap_or_default(), t.position_um[row])
        }
        Table::Inputs(t) => format!(
            "{} {} {} {} {} {} {:?}",
            t.id.get(row).unwrap_or_default(),
            t.weighted.get(row),
            cell(&t.target, row, owner.attr("population")),
            t.segment.get(row),
            t.fraction.get(row),
            t.weight.get(row),
            t.destination(row)
        ),
        Table::Connections(t) => format!(
            "{} {} {} {} {} {} {} {} {:?} {:?}",
            t.id.get(row).unwrap_or_default(),
            cell(&t.pre_cell, row, owner.attr("presynapticPopulation")),
            cell(&t.post_cell, row, owner.attr("postsynapticPopulation")),
            t.pre_segment.get(row),
            t.post_segment.get(row),
            t.pre_fraction.get(row),
            t.post_fraction.get(row),
            format_args!("{} {:e}", t.weight.get(row), t.delay_s.get(row)),
            t.pre_component(row),
            t.post_component(row)
        ),
    }
}

/// Elements with their attributes and rows; the order of attributes, and of siblings with different names, is
/// left out, as is a type that says no more than no type.
fn graph(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for top in model.top_level() {
        for element in top.descendants().chain([top]) {
            let mut attributes: Vec<String> = element
                .element()
                .attributes()
                .map(|a| format!("{}={}", a.name(), a.value()))
                .filter(|a| {
                    !["type=population", "type=projection", "type=network"].contains(&a.as_str())
                })
                .collect();
            attributes.sort();
            let around: Vec<&str> =
                element.ancestors().map(|a| a.id().unwrap_or_else(|| a.name())).collect();
            let head = format!("{} in {}", element.name(), around.join("/"));
            lines.push(format!(
                "{head}: {} {:?}",
                attributes.join(" "),
                element.element().text().trim()
            ));
            if let Some(table) = element.table() {
                let id = element.id().unwrap_or("?");
                lines.extend(
                    (0..table.len())
                        .map(|at| format!("{id} row {at}: {}", row(element, table, at))),
                );
            }
        }
    }
    lines.sort();
    lines
}

const NETWORK: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
<notes>of the document</notes>
<iafCell id="c" leakReversal="-60mV" thresh="-35mV" reset="-65mV" C="0.2nF" leakConductance="0.01uS"/>
<network id="n" type="networkWithTemperature" temperature="32degC"><notes>of the network</notes>
<space id="s"/>
<population id="a" component="c" type="populationList" size="2"><property tag="color" value="1 0 0"/>
<instance id="0"><location x="0.1" y="-20" z="1e-3"/></instance><instance id="5"><location x="1" y="2" z="0.12345678901"/></instance></population>
<population id="b" component="c" size="3"><annotation><tag xmlns="urn:t"/></annotation></population>
<synapticConnection from="b[0]" to="b[1]" synapse="x"/>
<projection id="p" presynapticPopulation="a" postsynapticPopulation="b" synapse="x">
<connection id="7" preCellId="../a/0/c" postCellId="../b[2]" preSegmentId="3" preFractionAlong="0.1"/></projection>
<projection id="q" presynapticPopulation="b" postsynapticPopulation="b" synapse="x">
<connectionWD id="0" preCellId="../b[0]" postCellId="../b[2]" weight="0.1" delay="0.3ms"/><connectionWD id="1" preCellId="../b[1]" postCellId="../b[2]" weight="1" delay="2.5 s"/></projection>
<electricalProjection id="e" presynapticPopulation="b" postsynapticPopulation="b"><electricalConnection id="0" preCell="0" postCell="1" synapse="g"/></electricalProjection>
<continuousProjection id="f" presynapticPopulation="a" postsynapticPopulation="a"><continuousConnectionInstanceW id="3" preCell="../a/0/c" postCell="../a/5/c" preComponent="k" postComponent="l" weight="2"/></continuousProjection>
<explicitInput target="b[0]" input="i"/>
<inputList id="i1" component="i" population="a"><input id="0" target="../a/5/c" destination="synapses"/></inputList>
<inputList id="i2" component="i" population="b"><inputW id="4" target="../b[1]" segmentId="2" fractionAlong="0.25" destination="synapses" weight="-1.5"/></inputList>
</network></neuroml>"#;

#[test]
fn all_parts_come_back_from_both_layouts() {
    let model = load("d.nml", NETWORK.replace("2.5 s", "2500ms"));
    for form in FORMS {
        let (again, told) = through(&model, form);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|t| t.contains("other programs pass over")), "{told:?}");
        assert_eq!(graph(&again.unwrap()), graph(&model), "{form}");
    }
}

#[test]
fn long_parts_become_a_file_of_their_own() {
    let text = NETWORK.replace("of the document", &"long ".repeat(20_000));
    let (artifacts, told) = written(&load("d.nml", text), "hdf5");
    let artifacts = artifacts.unwrap();
    assert!(artifacts.get("cell_parts.nml").is_some() && artifacts.len() == 2);
    assert!(told[0].contains("stands in the file `cell_parts.nml`"), "{told:?}");
    let binary = load("cell.nml.h5", artifacts.get("cell.nml.h5").unwrap().to_vec());
    assert!(binary.root().file().text().contains("<include href=\"cell_parts.nml\"/>"));
}

#[test]
fn what_the_layouts_do_not_have_is_told() {
    let check = |from: &str, to: &str, expected: &str| {
        assert!(NETWORK.contains(from));
        let model = load("d.nml", NETWORK.replace(from, to));
        let (none, told) = through(&model, "hdf5");
        assert!(none.is_none());
        assert!(told.iter().any(|t| t.contains(expected)), "{told:?}");
    };
    check(
        "destination=\"synapses\" weight",
        "destination=\"elsewhere\" weight",
        "another place than `synapses`",
    );
    check("target=\"../a/5/c\"", "target=\"../b/5/c\"", "not one of the population `a`");
    check("preCellId=\"../a/0/c\"", "preCellId=\"a\"", "not one of the population `a`");
    check("<location x=\"1\"", "<location x=\"far\"", "a position that is no number");
    check("</network>", "</network><network id=\"m\"/>", "2 networks in one document");
    let (none, told) = through(
        &load("d.nml", "<neuroml xmlns='http://www.neuroml.org/schema/neuroml2' id='d'/>"),
        "hdf5",
    );
    assert!(
        none.is_none() && told == ["HDF5 cannot express a document without a network"],
        "{told:?}"
    );
    let model = load("d.nml", NETWORK.replace("<instance id=\"5\"", "<instance id=\"5\" i=\"1\""));
    assert!(through(&model, "hdf5").1.iter().any(|t| t.contains("`i` of rows has no column")));
}

#[test]
fn real_networks_come_back() {
    let files = corpus_files(&[".nml"]);
    let (mut done, mut refused) = (0, Vec::new());
    for path in files.iter().filter(|p| !p.to_string_lossy().contains("/mutants/")) {
        let model = load("x.nml", OsLoader::default().read(path).unwrap());
        if model.networks().len() == 0 {
            continue;
        }
        for form in FORMS {
            let (again, told) = through(&model, form);
            let Some(again) = again else {
                refused.push(format!("{}: {told:?}", path.display()));
                continue;
            };
            let left_out = told
                .iter()
                .any(|t| t.contains("comes back as one kind") || t.contains("_parts.nml"));
            let (before, after) = (graph(&model), graph(&again));
            let apart: Vec<_> =
                before.iter().filter(|l| after.binary_search(l).is_err()).take(3).collect();
            assert!(
                left_out || apart.is_empty(),
                "{} {form}: {apart:#?}\n{:#?}",
                path.display(),
                after
                    .iter()
                    .filter(|l| before.binary_search(l).is_err())
                    .take(3)
                    .collect::<Vec<_>>()
            );
            done += 1;
        }
    }
    refused.sort();
    println!("{done} networks come back, {} are refused: {refused:#?}", refused.len());
}
