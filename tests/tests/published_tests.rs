//! Tests that come with real models pass under the scheme of their engine.
//!
//! `cargo xtask conformance` runs all of them and has the causes of those that fail; here are the short ones of the
//! reference interpreter.
#![expect(clippy::print_stdout, reason = "one reads how much was left out")]
#![expect(clippy::disallowed_methods, reason = "the corpus is no model file")]

use std::path::PathBuf;
use std::sync::Arc;

use nml::omv::{Outcome, TestOptions, run};
use nml_base::{OsLoader, SourceLoader};
use serde_json::Value;

/// A model of more steps takes long in a build that is not optimised.
const MOST_STEPS: f64 = 60_000.0;

/// Populations and stochastic inputs whose steps are long.
const SLOW: [&str; 3] = ["ex14.", "ex15.", "ex16."];

/// A time such as `700.0ms` in seconds.
fn seconds(text: &str) -> f64 {
    let (number, scale) = match text.trim().strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.trim().trim_end_matches('s'), 1.0),
    };
    number.trim().parse::<f64>().unwrap_or(f64::INFINITY) * scale
}

#[test]
fn tests_for_the_reference_interpreter_pass() {
    let Some(corpus) = nml_tests::corpus() else {
        println!("skipped: no corpus, all of its tests");
        return;
    };
    let all = std::env::var_os("RUN_SLOW_TESTS").is_some();
    let truth = std::fs::read_to_string(corpus.join("truth/omv.jsonl")).unwrap();
    let (mut paths, mut left) = (Vec::new(), 0);
    for test in truth.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if test["engine"] != "jNeuroML" || test["dry"] == true {
            continue;
        }
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let folder = corpus.join("models").join(text(&test["repo"]));
        let path: PathBuf = folder.join(text(&test["path"]));
        let mep = path.with_file_name(text(&test["mep"]));
        let sim = &test["sim"];
        let steps = seconds(&text(&sim["length"])) / seconds(&text(&sim["step"]));
        let slow = steps > MOST_STEPS || SLOW.iter().any(|name| text(&test["path"]).contains(name));
        // Of some tests the corpus lacks what is expected.
        if !mep.is_file() || (slow && !all) {
            left += 1;
        } else {
            paths.push(path);
        }
    }
    let files: Arc<dyn SourceLoader> = Arc::new(OsLoader::default());
    let report = run(&paths, &files, &TestOptions::default());
    let failed = report.tests.iter().filter(|test| test.outcome != Outcome::Passed);
    let failed: Vec<String> =
        failed.map(|test| format!("{}: {:?}", test.path.display(), test.outcome)).collect();
    println!("{} tests, {left} left out as slow or incomplete", paths.len());
    assert!(!paths.is_empty(), "the corpus has no such test");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
