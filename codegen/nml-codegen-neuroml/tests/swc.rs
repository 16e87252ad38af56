//! Shapes of cells to SWC, and there and back.
#![expect(clippy::print_stdout, reason = "a test tells what it skipped")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, MemoryLoader, OsLoader, SourceLoader};
use nml_codegen::{Artifacts, Origin};
use nml_codegen_neuroml::form;
use nml_load::Loader;
use nml_model::Model;

fn load(name: &str, text: &str) -> Model {
    let mut files = MemoryLoader::new();
    files.insert(name, text);
    Loader::new(Arc::new(files)).load(name.as_ref())
}

fn written(model: &Model) -> (Option<Artifacts>, Vec<String>) {
    let origin = Origin { file: "cell.nml".to_owned(), version: "0".to_owned() };
    let mut sink = Diagnostics::new();
    let artifacts = form("swc").and_then(|form| form.write(model, "cell", &origin, &mut sink));
    (artifacts, sink.iter().map(|d| d.message.clone()).collect())
}

/// Comments, then samples by their numbers, blanks made one.
fn plain(text: &str) -> Vec<String> {
    let (mut comments, mut samples) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let (data, comment) = line.split_at(line.find('#').unwrap_or(line.len()));
        if !comment.is_empty() {
            comments.push(comment.trim_end().to_owned());
        }
        let columns: Vec<&str> = data.split_whitespace().collect();
        if !columns.is_empty() {
            samples.push(columns.join(" "));
        }
    }
    let number = |s: &String| s.split(' ').next().and_then(|n| n.parse::<u32>().ok());
    samples.sort_by_key(number);
    comments.extend(samples);
    comments
}

#[track_caller]
fn there_and_back(name: &str, text: &str) {
    let model = load(name, text);
    let found: Vec<_> = model.diagnostics().filter(|d| d.rule.name != "odd-swc").collect();
    assert!(found.is_empty(), "{name}: {found:?}");
    let (artifacts, found) = written(&model);
    assert_eq!(found, [""; 0], "{name}");
    let artifacts = artifacts.unwrap_or_default();
    assert_eq!(artifacts.len(), 1, "{name}");
    let again = String::from_utf8_lossy(artifacts.get(name).unwrap_or_default());
    let again = &*again;
    assert_eq!(plain(again), plain(text), "{name}");
    // Samples are written in the order of their numbers: where they were so before, so is the document.
    let numbers = |text: &str| -> Vec<u32> {
        let data = text.lines().filter_map(|l| l.split('#').next()?.split_whitespace().next());
        data.filter_map(|n| n.parse().ok()).collect()
    };
    if numbers(text).is_sorted() {
        let model_again = load(name, again);
        assert_eq!(model.root().file().text(), model_again.root().file().text(), "{name}");
    }
}

#[test]
fn the_same_samples_come_back() {
    there_and_back("sphere.swc", "# one\n#two \n1 1 0 0 0 5.50 -1\n");
    there_and_back(
        "three.swc",
        "1 1 0 0 0 10 -1\n2 1 0 -10 0 10 1\n3 1 0 10 0 10 1\n4 3 10 0 0 2 1\n5 3 30 0 0 2 4\n6 3 40 10 0 2 5\n7 3 40 -10 0 2 5\n",
    );
    there_and_back(
        "chain.swc",
        "1 1 0 0 0 5 -1\n2 1 0 5 0 10 1\n3 1 0 10 0 10 2\n5 3 0 20 0 5 3\n6 3 0 30 0 5 5\n7 3 0 -5 0 5 1\n8 3 0 -15 0 2.5 7\n",
    );
    there_and_back(
        "no_soma.swc",
        "1 2 0 0 0 2 -1\n2 2 20 0 0 2 1\n3 2 0 20 0 2 1\n4 2 0 30 0 2 3\n",
    );
    there_and_back("zero.swc", "0 3 0 0 0 1 -1\n1 4 1 0 0 1 0\n2 7 2 0 0 1 0\n");
    there_and_back(
        "upside_down.swc",
        "9 1 0 0 0 4 -1\n4 3 5 0 0 1 9\n3 3 9 0 0 1 4\n2 2 9 9 0 1 4\n",
    );
    there_and_back(
        "branches_at_once.swc",
        "1 1 0 0 0 4 -1\n2 3 5 0 0 1 1\n3 3 9 0 0 0.5 2\n4 4 5 9 0 1e-1 2\n5 2 1 1 1 1 1\n",
    );
    there_and_back(
        "trees.swc",
        "# two\n1 1 0 0 0 1 -1\n2 1 1 0 0 0.5 1\n3 3 2 0 0 1 -1\n4 3 3 0 0 0.5 3\n",
    );
    there_and_back(
        "soma_inside.swc",
        "1 3 0 0 0 1 -1\n2 1 5 0 0 3 1\n3 1 8 0 0 3 2\n4 2 12 0 0 1 3\n5 2 14 0 0 1 4\n6 2 5 5 0 1 2\n",
    );
    there_and_back("big_numbers.swc", "1000000 1 0 0 0 4 -1\n2147483647 3 5 0 0 1 1000000\n");
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn any_tree_comes_back() {
    let mut dice = Dice(7);
    for case in 0..2000 {
        let count = 1 + dice.below(12);
        let first = dice.below(3);
        let turned = dice.below(4) == 0;
        let mut lines = Vec::new();
        for at in 0..count {
            let number = |at: u64| first + if turned { count - 1 - at } else { at };
            let parent = match at {
                0 => "-1".to_owned(),
                _ => number(dice.below(at)).to_string(),
            };
            // Coarse places, so that some fall together.
            let mut place = || dice.below(3).to_string();
            let (x, y, z) = (place(), place(), place());
            let kind = [1, 1, 2, 3, 3, 4, 0, 7][usize::try_from(dice.below(8)).unwrap()];
            let radius = ["0.5", "1", "2.25"][usize::try_from(dice.below(3)).unwrap()];
            lines.push(format!("{} {kind} {x} {y} {z} {radius} {parent}\n", number(at)));
        }
        there_and_back(&format!("case{case}.swc"), &lines.concat());
    }
}

#[test]
fn cells_of_other_origin_are_written() {
    let text = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d"><cell id="c"><notes>
  A ball
  and sticks. </notes><morphology id="m">
<segment id="0" name="Soma"><proximal x="0" y="0" z="0" diameter="10"/><distal x="0" y="10" z="0" diameter="10"/></segment>
<segment id="1"><parent segment="0" fractionAlong="0.5"/><proximal x="5" y="5" z="0" diameter="3"/><distal x="50" y="5" z="0" diameter="1"/></segment>
<segment id="2"><parent segment="0"/><proximal x="0" y="10" z="0" diameter="2"/><distal x="0" y="50" z="0" diameter="2"/></segment>
<segment id="3"><parent segment="2"/><distal x="0" y="60" z="0" diameter="1"/></segment>
<segmentGroup id="dendrite_group"><member segment="1"/><member segment="2"/><member segment="3"/></segmentGroup>
<segmentGroup id="Axon" neuroLexId="GO:0030424"><member segment="3"/></segmentGroup>
</morphology></cell></neuroml>"#;
    let (artifacts, found) = written(&load("x.nml", text));
    assert_eq!(found, [""; 0]);
    let text = String::from_utf8(artifacts.unwrap().get("c.swc").unwrap().to_vec()).unwrap();
    assert_eq!(
        text,
        "# A ball\n# and sticks.\n# The cell c of cell.nml, written by nml 0.\n\
         # Lengths in micrometres; types: 0 undefined, 1 soma, 2 axon, 3 dendrite, 4 apical dendrite.\n\
         # number type x y z radius parent\n\
         1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n3 1 0 10 0 5 2\n4 3 5 5 0 1.5 2\n5 3 50 5 0 0.5 4\n\
         6 3 0 10 0 1 3\n7 3 0 50 0 1 6\n8 3 0 60 0 0.5 7\n"
    );
}

#[test]
fn what_is_no_tree_is_refused() {
    for (body, expected) in [
        ("<cell id='c'/>", "SWC cannot express the cell `c`: it has no shape"),
        ("<iafCell id='c'/>", "SWC cannot express a document without a cell"),
        (
            "<cell id='c'><morphology id='m'><segment id='0'><parent segment='1'/><distal x='0' y='0' z='0' diameter='1'/></segment></morphology></cell>",
            "SWC cannot express a cell whose segments are not one tree",
        ),
        (
            "<cell id='c'><morphology id='m'><segment id='0'><proximal x='0' y='0' z='u' diameter='1'/><distal x='0' y='0' z='0' diameter='1'/></segment></morphology></cell>",
            "SWC cannot express `<segment id=\"0\">`, whose ends or parent are not known",
        ),
    ] {
        let text = format!(
            "<neuroml xmlns='http://www.neuroml.org/schema/neuroml2' id='d'>{body}</neuroml>"
        );
        let (artifacts, found) = written(&load("x.nml", &text));
        assert!(artifacts.is_none());
        assert!(found.contains(&expected.to_owned()), "{found:?}");
    }
}

#[test]
fn real_files_come_back() {
    let root = std::env::var_os("NML_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    let (mut open, mut files) = (vec![root.join("models")], Vec::new());
    let loader = OsLoader::default();
    while let Some(folder) = open.pop() {
        for name in loader.list(&folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "swc") {
                files.push(path);
            }
        }
    }
    files.sort();
    let (mut same, mut refused) = (0, Vec::new());
    for path in &files {
        let text = String::from_utf8_lossy(&loader.read(path).unwrap()).into_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if load(&name, &text).cells().len() == 0 {
            refused.push(name);
            continue;
        }
        there_and_back(&name, &text);
        same += 1;
    }
    // Radii of 0, and a number given twice.
    let known = [
        "morph_flywire_t4_720575940626407426.swc",
        "morph_multiple_roots.swc",
        "morph_retina_20161028_1.swc",
    ];
    assert!(refused.iter().all(|name| known.contains(&name.as_str())), "{refused:?}");
    println!("{same} of {} files come back, {refused:?} are refused", files.len());
}
