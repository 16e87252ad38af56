//! The LEMS rules on the standard's own types, and on real models.
#![expect(clippy::print_stdout, reason = "the tally is for reading")]
#![expect(clippy::disallowed_methods, reason = "the truth is no model file")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, OsLoader, Severity, Topic};
use nml_load::Loader;

/// Runnable LEMS files with a complete include closure that have an error all the same, and why.
const TRUE_ERRORS: &[(&str, &str)] = &[
    ("jLEMS/src/test/resources/ex-missing.xml", "made to lack a parameter"),
    (
        "jLEMS/src/test/resources/tests/SingleComponentHH/LEMS_NML2_Ex5_DetCell.xml",
        "includes an address on the web",
    ),
];

/// What is wrong in the standard itself, word for word as published: jLEMS looks at none of these places.
const BLEMISHES: &[(&str, &str)] = &[
    // `pinskyRinzelCA3Cell`: `Sisat` is declared twice, and `Si` and `Wi` decay by bare numbers.
    ("NML0723", "`Sisat` is both a state variable and a conditional derived variable"),
    ("NML0741", "`Inmda` uses `Sisat`"),
    ("NML0804", "the rate of change of `Si` is dimensionless"),
    ("NML0804", "the rate of change of `Wi` is dimensionless"),
    // `channelDensityGHK2`: `pOpen` is declared a voltage.
    ("NML0804", "a case of `pOpen` is dimensionless, expected voltage"),
    ("NML0804", "a case of `pOpen` is dimensionless, expected voltage"),
];

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("NML_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    folder.join("truth/lems.jsonl").is_file().then_some(folder)
}

/// What loading and the rules find in a file, and how that reads.
fn findings(path: &Path) -> Vec<(Diagnostic, String)> {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load(path);
    let mut sink = Diagnostics::new();
    sink.extend(model.diagnostics().cloned());
    nml_check_semantics::check(&model, &mut sink);
    let show = |found: &Diagnostic| {
        let file = loader.sources().get(found.primary.span.file);
        let place = file.map_or_else(String::new, |file| {
            let name = file.path().file_name().map(|n| n.to_string_lossy().into_owned());
            format!("{}:{}", name.unwrap_or_default(), file.line_column(found.primary.span.start))
        });
        let help = found.help.as_deref().unwrap_or("");
        format!("{:?} {} | {place} | {} | {help}", found.severity, found.rule.code, found.message)
    };
    let shown: Vec<String> = sink.iter().map(show).collect();
    sink.into_vec().into_iter().zip(shown).collect()
}

fn is_ours(found: &Diagnostic) -> bool {
    matches!(found.rule.topic, Topic::Lems | Topic::Expressions | Topic::Simulation)
}

#[derive(Default)]
struct Tally(BTreeMap<String, (usize, BTreeSet<String>)>);

impl Tally {
    fn add(&mut self, name: &str, found: &(Diagnostic, String)) {
        let entry = self.0.entry(format!("{} {}", found.0.rule.code, found.0.rule.name));
        let entry = entry.or_default();
        entry.0 += 1;
        entry.1.insert(name.to_owned());
        if std::env::var_os("NML_VERBOSE").is_some() {
            println!("{name} | {}", found.1);
        }
    }

    fn print(&self) {
        for (rule, (count, files)) in &self.0 {
            println!("{rule}: {count} in {} files", files.len());
        }
    }
}

#[test]
fn the_standard_keeps_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("../../schemas/lems/NeuroML2CoreTypes.xml");
    let found = findings(&path);
    let loud = found.iter().filter(|(d, _)| d.rule.default_level != nml_base::Level::Allow);
    let unknown: Vec<&String> = loud
        .clone()
        .filter(|(d, _)| {
            !BLEMISHES.iter().any(|(code, words)| d.rule.code == *code && d.message.contains(words))
        })
        .map(|(_, shown)| shown)
        .collect();
    assert_eq!(loud.count(), BLEMISHES.len());
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn lems_files_with_a_complete_include_closure() {
    let Some(corpus) = corpus() else {
        println!("skipped 166 cases: no corpus");
        return;
    };
    let truth = std::fs::read_to_string(corpus.join("truth/lems.jsonl")).unwrap();
    let mut tally = Tally::default();
    let (mut runnable, mut broken, mut others, mut wrong) = (0, Vec::new(), Vec::new(), Vec::new());
    for line in truth.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        if row["missing"].as_array().is_some_and(|missing| !missing.is_empty()) {
            continue;
        }
        let name = format!("{}/{}", row["repo"].as_str().unwrap(), row["path"].as_str().unwrap());
        let found = findings(&corpus.join("models").join(&name));
        for f in &found {
            tally.add(&name, f);
        }
        let mut errors = found.iter().filter(|(d, _)| is_ours(d) && d.severity == Severity::Error);
        let first = errors.next().map(|(_, shown)| format!("{name}: {shown}"));
        if row["runnable"].as_bool() == Some(true) {
            runnable += 1;
            if let Some(first) = first {
                broken.push(name.clone());
                if !TRUE_ERRORS.iter().any(|(known, _)| *known == name) {
                    wrong.push(first);
                }
            }
        } else {
            others.extend(first);
        }
    }
    println!("{runnable} runnable files, {} with an error: {broken:#?}", broken.len());
    println!("files that nothing runs, with an error: {others:#?}");
    tally.print();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn documents_that_the_reference_takes() {
    let Some(corpus) = corpus() else {
        println!("skipped 720 cases: no corpus");
        return;
    };
    let truth = std::fs::read_to_string(corpus.join("truth/validate.jsonl")).unwrap();
    let mut tally = Tally::default();
    let mut files = 0;
    for line in truth.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = row["path"].as_str().unwrap();
        let path = match row["repo"].as_str() {
            Some(repo) => corpus.join("models").join(repo).join(name),
            None => corpus.join(name),
        };
        if !path.is_file() {
            continue;
        }
        files += 1;
        let found = findings(&path);
        for found in found.iter().filter(|(d, _)| is_ours(d)) {
            tally.add(name, found);
        }
    }
    println!("{files} documents");
    tally.print();
}
