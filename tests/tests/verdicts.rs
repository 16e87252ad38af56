//! Our verdict on every recorded document and mutant, against that of the reference.
#![expect(clippy::print_stdout, reason = "the tally is the result")]
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{OsLoader, Severity, SourceLoader};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Codes through which we call a document invalid that the reference calls valid: broken references,
/// wrong kinds, ranges, circles and missing files that it does not look for, and errors of included files.
const KNOWN_BETTER: &str = include_str!("known_better.txt");

/// Files with the root `<Lems>`: the reference refuses to look at them, we check them as what they are.
const LEMS_ROOTS: [&str; 1] = ["mutants/m0223_abstract_root_lems.nml"];

/// What stands in for a rule where the error is in a file that the document includes.
const INCLUDED: &str = "(in an included file)";

/// What the reference recorded for one file.
struct Truth {
    path: PathBuf,
    valid: bool,
    /// Why it is invalid, or that it may go either way.
    stage: String,
    lenient: bool,
}

fn lines(corpus: &Path, name: &str) -> Vec<Value> {
    let bytes = OsLoader::default().read(&corpus.join("truth").join(name)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn truths(corpus: &Path) -> Vec<Truth> {
    let text = |v: &Value, key: &str| v[key].as_str().unwrap_or("").to_owned();
    let documents = lines(corpus, "validate.jsonl").into_iter().map(|v| {
        let path = corpus.join("models").join(text(&v, "repo")).join(text(&v, "path"));
        (path, v)
    });
    let mutants = lines(corpus, "mutants.jsonl").into_iter().map(|v| {
        let path = corpus.join("mutants").join(text(&v, "file"));
        (path, v)
    });
    let truth = |(path, v): (PathBuf, Value)| Truth {
        path,
        valid: v["valid"].as_bool().unwrap(),
        stage: text(&v, "fail_stage"),
        lenient: v["reference_lenient"].as_bool().unwrap_or(false),
    };
    documents.chain(mutants).map(truth).collect()
}

#[test]
fn verdicts_equal_the_reference_but_where_we_know_better() {
    let Some(corpus) = nml_tests::corpus() else {
        println!("no corpus: 1118 verdicts skipped");
        return;
    };
    let better: Vec<&str> = KNOWN_BETTER
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .filter(|l| !l.starts_with('#'))
        .collect();
    let rules = nml::rules();
    let mut known = FxHashSet::default();
    for entry in &better {
        // `NML08*` stands for every rule whose code begins so.
        let prefix = entry.strip_suffix('*');
        let found =
            rules.iter().filter(|r| prefix.map_or(r.name == *entry, |p| r.code.starts_with(p)));
        let before = known.len();
        known.extend(found.map(|r| r.name));
        assert!(known.len() > before, "`{entry}` in known_better.txt is no rule, or there twice");
    }
    let truths = truths(&corpus);
    let checker = nml::Checker::new(Arc::new(OsLoader::default()), Vec::new());
    let found = nml::in_parallel(&truths, |truth| {
        let checked = checker.check(&truth.path);
        let errors = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let root = checked.model.root().file().id();
        let mut errors: Vec<(&str, String)> = errors
            .map(|d| {
                let here = d.primary.span.file == root;
                let rule = if here { d.rule.name } else { INCLUDED };
                (rule, format!("{}: {}", d.rule.name, d.message))
            })
            .collect();
        errors.sort();
        errors.dedup_by_key(|e| e.0);
        errors
    });
    let mut wrong = Vec::new();
    let mut fires: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut equal, mut lenient, mut crashed) = (0, 0, Vec::new());
    for (truth, errors) in truths.iter().zip(&found) {
        let name = truth.path.strip_prefix(&corpus).unwrap().display();
        let valid = errors.is_empty();
        if truth.stage == "exception" {
            crashed.push(format!("{name}: {errors:?}"));
        }
        if truth.lenient {
            lenient += 1;
        } else if truth.valid == valid {
            equal += 1;
        } else if truth.valid {
            for &(rule, ref message) in errors {
                fires.entry(rule).or_default().push(format!("{name}: {message}"));
                if rule != INCLUDED && !known.contains(rule) {
                    wrong.push(format!("{name}: valid for the reference, but {rule}: {message}"));
                }
            }
        } else if !LEMS_ROOTS.iter().any(|lems| truth.path.ends_with(lems)) {
            wrong.push(format!(
                "{name}: invalid for the reference ({}), nothing found",
                truth.stage
            ));
        }
    }
    println!("{} verdicts: {equal} equal, {lenient} may go either way", truths.len());
    for (rule, files) in &fires {
        println!("{rule} fires on {} files that the reference calls valid, such as", files.len());
        files.iter().take(3).for_each(|f| println!("    {f}"));
    }
    println!("where the reference crashed we say:\n    {}", crashed.join("\n    "));
    assert!(wrong.is_empty(), "{} verdicts differ:\n{}", wrong.len(), wrong.join("\n"));
}
