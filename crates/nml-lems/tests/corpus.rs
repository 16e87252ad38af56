//! Every component type of the corpus is read, and what is reported is true.
#![expect(clippy::print_stdout, reason = "a test says what it skipped and what it saw")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, OsLoader, SourceFile, SourceLoader, SourceMap};
use nml_lems::read_definitions;
use nml_xml::{Tree, TreeBuilder, decode, read_document};

fn corpus() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told by the environment where data lies"
    )]
    let path = std::env::var("NML_CORPUS").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        folder.read_dir().into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "xml" || e == "nml") {
            out.push(path);
        }
    }
}

fn tree(file: &Arc<SourceFile>) -> Option<Tree> {
    let mut builder = TreeBuilder::new(Arc::clone(file));
    read_document(file.text(), &mut builder).ok()?;
    Some(builder.finish())
}

/// Files whose findings were looked at one by one and are true, with the reason and their number.
const EXPLAINED: &[(&str, &str, usize)] = &[
    ("jLEMS/src/test/resources/devexamples/GridNetwork.xml", OLD_NAMES, 4),
    ("jLEMS/src/test/resources/devexamples/example3weight.xml", OLD_NAMES, 7),
    ("jLEMS/src/test/resources/devexamples/net1-maybe.xml", OLD_NAMES, 15),
    ("jLEMS/src/test/resources/devexamples/net1presentation.xml", "ComponentTypeRef", 1),
    ("jLEMS/src/test/resources/devexamples/probability.xml", DRAFT, 11),
    ("jLEMS/src/test/resources/devexamples/simple_net.xml", OLD_NAMES, 5),
    ("jLEMS/src/test/resources/devexamples/trommershauser.xml", DRAFT, 4),
    ("jLEMS/src/test/resources/ghkcell.xml", DRAFT, 8),
    ("jLEMS/src/test/resources/ghkchannel.xml", OLD_NAMES, 7),
    ("jLEMS/src/test/resources/morphology.xml", "geometry, fields, shortcuts: only drafted", 13),
    ("jLEMS/src/test/resources/nernst.xml", OLD_NAMES, 6),
    ("jLEMS/src/test/resources/release.xml", DRAFT, 33),
    (
        "org.neuroml.export/src/test/resources/BIOMD0000000185_LEMS.xml",
        "`idCounter` written out by an exporter",
        5,
    ),
];
const OLD_NAMES: &str = "written for LEMS before 0.7: `Behavior`, `Build`, `DefaultRun`";
const DRAFT: &str = "never finished: old names and slips of the pen";

#[test]
fn definitions_of_the_corpus_are_read() {
    let Some(corpus) = corpus() else {
        println!("skipped: no corpus");
        return;
    };
    let mut paths = Vec::new();
    files(&corpus.join("models"), &mut paths);
    let sources = SourceMap::new();
    let (mut n_files, mut n_types) = (0, 0);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for path in &paths {
        let Ok(bytes) = OsLoader::default().read(path) else { continue };
        let Ok(text) = decode(bytes) else { continue };
        let file = sources.add(path, text);
        let Some(tree) = tree(&file) else { continue };
        let mut sink = Diagnostics::new();
        let definitions = read_definitions(&tree, &mut sink);
        n_files += usize::from(!definitions.component_types.is_empty());
        n_types += definitions.component_types.len();
        let name = path.strip_prefix(corpus.join("models")).unwrap().display().to_string();
        for d in &sink {
            let place = file.line_column(d.primary.span.start);
            println!("{name}:{place} {} {}", d.rule.name, d.message);
            *found.entry(name.clone()).or_default() += 1;
        }
    }
    println!("{n_types} component types in {n_files} of {} files", paths.len());
    let expected: BTreeMap<String, usize> =
        EXPLAINED.iter().map(|(file, _, n)| ((*file).to_owned(), *n)).collect();
    assert_eq!(found, expected);
}
