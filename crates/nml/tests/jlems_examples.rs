//! The examples of the reference interpreter run, or say why not.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Scheme, SimulateOptions, Sink, SinkError, prepare_all};
use nml_sim::{EventRow, Rows};

/// All that run; the reference refuses the last two (it does not resolve links among siblings), the others
/// give its numbers.
const RUN: &[&str] = &[
    "bounce.xml",
    "bounce-conditional.xml",
    "devexamples/SimpleDV.xml",
    "ex-flat.xml",
    "ex-properties.xml",
    "example1.xml",
    "example2.xml",
    "example3.xml",
    "example4.xml",
    "example5.xml",
    "example6.xml",
    "example7.xml",
    "example8.xml",
    "test_regime_iaf.xml",
    "ex-flat-multi.xml",
    "net1.xml",
];

/// Those that the reference refuses too, and with which code we do.
const REFUSED: &[(&str, &str)] = &[
    // A parameter has no value, on purpose.
    ("ex-missing.xml", "NML0953"),
    // They describe calculations and cables in a language that no interpreter has.
    ("nernst.xml", "NML0950"),
    ("morphology.xml", "NML0950"),
    // A test of the standard's own cell that includes a file which is not there.
    ("tests/SingleComponentHH/LEMS_NML2_Ex5_DetCell.xml", "NML0"),
    // Drafts with files that do not exist, or of an older language.
    ("devexamples/example3weight.xml", "NML0"),
    ("devexamples/net1-maybe.xml", "NML0"),
    ("devexamples/simple_net.xml", "NML0"),
];

struct Nowhere;

impl Sink for Nowhere {
    fn rows(&mut self, _: usize, _: Rows<'_>) -> Result<(), SinkError> {
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// How a file fares: nothing where it runs, else the codes of what keeps it from it.
fn fares(path: &Path, scheme: Scheme) -> Vec<String> {
    let checker = nml::Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let model = checker.loader().load(path);
    match prepare_all(&model, SimulateOptions { scheme, ..SimulateOptions::default() }) {
        Ok(all) => {
            let failed = all.iter().filter_map(|prepared| prepared.run(&mut Nowhere).err());
            failed.map(|error| error.to_string()).collect()
        }
        Err(found) => found.iter().map(|d| format!("{}: {}", d.rule.code, d.message)).collect(),
    }
}

#[test]
fn all_examples_run_or_say_why_not() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from);
    let folder = corpus.join("models/jLEMS/src/test/resources");
    if !folder.is_dir() {
        println!("skipped {} cases: no corpus", RUN.len() + REFUSED.len());
        return;
    }
    for scheme in [Scheme::Jlems, Scheme::Auto] {
        for name in RUN {
            let found = fares(&folder.join(name), scheme);
            println!("{name} {}: {found:?}", scheme.name());
            assert!(found.is_empty(), "{name}: {found:?}");
        }
        for (name, code) in REFUSED {
            let found = fares(&folder.join(name), scheme);
            println!("{name} {}: {found:?}", scheme.name());
            assert!(found.iter().any(|found| found.starts_with(code)), "{name}: {found:?}");
        }
    }
}
