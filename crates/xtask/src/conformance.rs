//! The tests that come with models, run by `nml test`, as two tables.
//!
//! Needs the corpus: `models/` with the tests, `truth/omv.jsonl` with what each model is made of, and
//! `truth/omv_reference.jsonl` with what the engines themselves made of the tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::Result;

/// What the tables are written to, and why tests fail, from the root of the repository.
const REPORT: &str = "benches/CONFORMANCE.md";
const CAUSES: &str = "benches/conformance.json";

/// How many of an engine's numeric tests are asked for, and whether models of several compartments count.
const ASKED: [(&str, usize, usize, bool); 3] =
    [("jNeuroML", 1, 1, false), ("jNeuroML_EDEN", 9, 10, false), ("jNeuroML_NEURON", 34, 40, true)];

/// What a model takes, and what its test asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Numbers, of a model of one compartment.
    Point,
    /// Numbers, of a model that has cells of several.
    Cable,
    /// A run that ends well.
    Dry,
    /// A verdict on documents.
    Documents,
}

/// A test after a run.
struct Case {
    /// In the corpus.
    path: String,
    engine: String,
    class: Class,
    scheme: String,
    outcome: Outcome,
    /// The part of the failure that a table has room for.
    note: String,
    /// Whether the engine itself, as it was run for the corpus, passes.
    reference: Option<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// For another simulator.
    Skipped,
    /// A file of the test is not in the corpus.
    Unusable,
}

/// Runs all tests twice and prints the tables; with `write` they replace those of the repository.
///
/// # Errors
/// No corpus, a run that does not come about, a failure without a known cause, or a cause without a failure.
pub(crate) fn run(root: &Path, nml: Option<&str>, write: bool) -> Result<()> {
    let corpus =
        std::env::var_os("NML_CORPUS").map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let truth = lines(&corpus.join("truth/omv.jsonl"))?;
    let reference = lines(&corpus.join("truth/omv_reference.jsonl"))?;
    let nml = match nml {
        Some(path) => PathBuf::from(path),
        None => build(root)?,
    };
    let causes: BTreeMap<String, String> =
        serde_json::from_str(&read(&root.join(CAUSES))?).map_err(|e| format!("{CAUSES}: {e}"))?;
    let own = test(&nml, &corpus, &truth, &reference, &[])?;
    let auto = test(&nml, &corpus, &truth, &reference, &["--scheme", "auto"])?;
    let mut eden = Vec::new();
    for scheme in ["auto", "jlems", "neuron-jnml", "reference"] {
        let arguments = ["--scheme", scheme, "--engine", "jNeuroML_EDEN"];
        eden.extend(test(&nml, &corpus, &truth, &reference, &arguments)?);
    }
    let text = report(&own, &auto, &eden, &causes);
    print!("{text}");
    if write {
        std::fs::write(root.join(REPORT), &text)?;
    }
    let faults = faults(&own, &causes);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn read(path: &Path) -> Result<String> {
    Ok(std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?)
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = read(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?)
}

fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--release", "--quiet", "--package", "nml-cli"];
    let status = Command::new(cargo).args(arguments).current_dir(root).status()?;
    if !status.success() {
        return Err(status.to_string().into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    Ok(target.join("release").join(format!("nml{}", std::env::consts::EXE_SUFFIX)))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// One run of all tests.
fn test(
    nml: &Path,
    corpus: &Path,
    truth: &[Value],
    reference: &[Value],
    arguments: &[&str],
) -> Result<Vec<Case>> {
    let models = corpus.join("models");
    let out = Command::new(nml)
        .arg("test")
        .arg(&models)
        .args(["--format", "json"])
        .args(arguments)
        .output()?;
    let found: Value = serde_json::from_slice(&out.stdout)
        .map_err(|e| format!("nml test: {e}\n{}", String::from_utf8_lossy(&out.stderr)))?;
    let key = |value: &Value| format!("{}/{}", text(value, "repo"), text(value, "path"));
    let truth: BTreeMap<String, &Value> = truth.iter().map(|v| (key(v), v)).collect();
    let own = reference.iter().filter(|v| v["own_engine"] == true);
    let reference: BTreeMap<String, bool> =
        own.filter_map(|v| Some((key(v), v["pass"].as_bool()?))).collect();
    let mut cases = Vec::new();
    for test in list(&found, "tests") {
        let file = Path::new(text(test, "file"));
        let path = file.strip_prefix(&models).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let engine = text(test, "engine").to_owned();
        let known = truth.get(&path);
        let cable = known.is_some_and(|v| list(v, "features").iter().any(|f| f == "multicomp"));
        let dry = known.is_some_and(|v| v["dry"] == true);
        let class = match (engine.as_str(), dry, cable) {
            ("jNeuroML_validate" | "jNeuroML_validatev1", _, _) => Class::Documents,
            (_, true, _) => Class::Dry,
            (_, false, true) => Class::Cable,
            (_, false, false) => Class::Point,
        };
        let outcome = match text(test, "outcome") {
            "passed" => Outcome::Passed,
            "skipped" => Outcome::Skipped,
            _ if text(test, "reason") == "test file" => Outcome::Unusable,
            _ => Outcome::Failed,
        };
        cases.push(Case {
            reference: reference.get(&path).copied(),
            path,
            engine,
            class,
            scheme: text(test, "scheme").to_owned(),
            outcome,
            note: note(test).replace(&format!("{}/", models.display()), ""),
        });
    }
    cases.sort_by(|a, b| (&a.engine, &a.path).cmp(&(&b.engine, &b.path)));
    Ok(cases)
}

/// What went wrong, in a few words: the check that is furthest off, else the first finding.
fn note(test: &Value) -> String {
    let checks = || list(test, "experiments").iter().flat_map(|e| list(e, "checks"));
    let failed = || checks().filter(|c| c["outcome"] == "failed");
    let by_number = failed().filter_map(|c| Some((c["error"].as_f64()?, c["tolerance"].as_f64()?)));
    let worst = by_number.max_by(|a, b| (a.0 / a.1.max(1e-12)).total_cmp(&(b.0 / b.1.max(1e-12))));
    let counts = format!("{} of {} checks", failed().count(), checks().count());
    if let Some((error, tolerance)) = worst {
        return format!("{counts}, off by {error:.1e}, allowed {tolerance:.1e}");
    }
    if let Some(check) = failed().next() {
        let message = text(check, "message");
        return format!("{counts}, {}", message.split(';').next().unwrap_or(message));
    }
    match list(test, "findings").iter().find(|f| f["severity"] == "error") {
        Some(finding) if finding["rule"] == "unusable-test" => "a file is missing".to_owned(),
        Some(finding) => format!("{}: {}", text(finding, "rule"), text(finding, "message")),
        None => text(test, "reason").to_owned(),
    }
}

impl Case {
    fn was_run(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Failed)
    }

    /// Whether the report has to say why it did not pass.
    fn needs_cause(&self) -> bool {
        matches!(self.outcome, Outcome::Failed | Outcome::Unusable)
    }
}

/// Tests that pass and tests that are run.
fn count<'c>(cases: impl Iterator<Item = &'c Case>) -> (usize, usize) {
    let run = cases.filter(|case| case.was_run());
    run.fold((0, 0), |(passed, all), case| {
        (passed + usize::from(case.outcome == Outcome::Passed), all + 1)
    })
}

fn cell((passed, all): (usize, usize)) -> String {
    if all == 0 { "–".to_owned() } else { format!("{passed} / {all}") }
}

fn table(out: &mut String, cases: &[Case]) {
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "| engine | scheme | numeric, one compartment | numeric, several | runs | documents | the engine itself |\n\
         |---|---|---|---|---|---|---|"
    );
    let mut rows: BTreeMap<(&str, &str), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        if case.was_run() {
            rows.entry((&case.engine, &case.scheme)).or_default().push(case);
        }
    }
    for ((engine, scheme), cases) in rows {
        let of = |class| cell(count(cases.iter().copied().filter(|case| case.class == class)));
        let known = cases.iter().filter_map(|case| case.reference);
        let (passed, all) = known.fold((0, 0), |(p, a), pass| (p + usize::from(pass), a + 1));
        let _ = writeln!(
            out,
            "| {engine} | {} | {} | {} | {} | {} | {} |",
            if scheme.is_empty() { "–" } else { scheme },
            of(Class::Point),
            of(Class::Cable),
            of(Class::Dry),
            of(Class::Documents),
            cell((passed, all)),
        );
    }
}

fn report(own: &[Case], auto: &[Case], eden: &[Case], causes: &BTreeMap<String, String>) -> String {
    let mut out = String::from(
        "# Tests that come with models\n\n\
         Written by `cargo xtask conformance --write`; the causes stand in `conformance.json`.\n\
         A number is of tests passed and tests run.  \"The engine itself\" counts those that were run with the engine they \
         name, in its current release.\n\n\
         ## Each test under the scheme of its engine\n\n",
    );
    table(&mut out, own);
    out.push('\n');
    for (engine, least, of, cable) in ASKED {
        let fits = |c: &&Case| c.class == Class::Point || (cable && c.class == Class::Cable);
        let (passed, all) = count(own.iter().filter(|c| c.engine == engine).filter(fits));
        let met = if passed * of >= all * least { "met" } else { "**not met**" };
        let wanted =
            if least == of { "are all".to_owned() } else { format!("are {least} of {of}") };
        let which = if cable { "numeric" } else { "numeric, one compartment" };
        let _ = writeln!(out, "- {engine}, {which}: {passed} of {all}; asked for {wanted}: {met}.");
    }
    out.push_str("\n### What fails, and why\n\n| test | engine | what | the engine itself | cause |\n|---|---|---|---|---|\n");
    let said = |pass: Option<bool>| match pass {
        Some(true) => "passes",
        Some(false) => "fails",
        None => "–",
    };
    for case in own.iter().filter(|case| case.needs_cause()) {
        let cause = causes.get(&case.path).map_or("not known", String::as_str);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {cause} |",
            case.path,
            case.engine,
            case.note,
            said(case.reference)
        );
    }
    out.push_str(
        "\n### The tests for EDEN under every scheme\n\n\
         The expected numbers are those of NEURON at the step of the file, the tolerance is how far EDEN is from them. \
         In those that fail under `auto` the converged solution (`reference`) is further away than that.\n\n",
    );
    table(&mut out, eden);
    out.push_str(
        "\n## All LEMS files under `auto`\n\n\
         Nothing is required here: it shows what the engines' own errors of discretisation, which expected values and \
         tolerances are taken from, cost a scheme that does not repeat them.\n\n",
    );
    let auto: Vec<&Case> = auto.iter().filter(|case| case.class != Class::Documents).collect();
    let runs: Vec<Case> = auto
        .iter()
        .map(|case| Case {
            path: case.path.clone(),
            engine: case.engine.clone(),
            scheme: case.scheme.clone(),
            note: String::new(),
            ..**case
        })
        .collect();
    table(&mut out, &runs);
    out.push_str("\n### What fails\n\n| test | engine | what |\n|---|---|---|\n");
    for case in auto.iter().filter(|case| case.outcome == Outcome::Failed) {
        let _ = writeln!(out, "| {} | {} | {} |", case.path, case.engine, case.note);
    }
    out
}

/// What makes the command fail.
fn faults(own: &[Case], causes: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    let failed = |path: &str| own.iter().any(|c| c.path == path && c.needs_cause());
    for case in own.iter().filter(|case| case.needs_cause()) {
        if !causes.contains_key(&case.path) {
            faults.push(format!("{} fails, and {CAUSES} has no cause", case.path));
        }
    }
    for path in causes.keys().filter(|path| !failed(path)) {
        faults.push(format!("{path} does not fail, but {CAUSES} has a cause"));
    }
    faults
}
