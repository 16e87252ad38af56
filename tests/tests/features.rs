//! What the support matrix says of each part of the language holds for each target, finding by finding.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::{Diagnostic, Level, OsLoader, SourceLoader};
use nml::convert::{BACKENDS, Backend, Feature, JobOptions, Support, convert};
use nml::simulate::{SimulateOptions, Wish};

/// The folder of `fixtures/features` with the models of a part of the language.
fn folder(feature: Feature) -> &'static str {
    match feature {
        Feature::AbstractCells => "abstract-cells",
        Feature::PointConductanceCells => "point-conductance-cells",
        Feature::MultiCompartmentCells => "multi-compartment-cells",
        Feature::HodgkinHuxleyGates => "hodgkin-huxley-gates",
        Feature::KineticSchemes => "kinetic-schemes",
        Feature::GhkCurrents => "ghk-currents",
        Feature::NernstPotentials => "nernst-potentials",
        Feature::ConcentrationModels => "concentration-models",
        Feature::NonUniformDensities => "densities-that-vary",
        Feature::CustomTypes => "component-types-of-ones-own",
        Feature::EventSynapses => "event-driven-synapses",
        Feature::PlasticSynapses => "plastic-synapses",
        Feature::GapJunctions => "gap-junctions",
        Feature::AnalogSynapses => "analog-synapses",
        Feature::Inputs => "inputs",
        Feature::SpikeSources => "sources-of-events",
        Feature::RandomNumbers => "random-numbers",
        Feature::Networks => "networks",
        Feature::Recordings => "recordings",
        Feature::VariableStep => "variable-step",
    }
}

fn fixtures() -> PathBuf {
    nml_tests::repository().join("fixtures/features")
}

/// What a folder holds, in order; folders and models only.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|e| e == "xml"));
    paths.sort();
    paths
}

/// A finding: its level, the line that it points at, and what it says.
type Finding = (Level, usize, String);

/// What the comments of a model say that a target tells.
fn expected(path: &Path, target: &str) -> BTreeSet<Finding> {
    let bytes = OsLoader::default().read(path).expect("a model that was listed");
    let text = String::from_utf8_lossy(&bytes);
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let comment = line.trim().strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        let level = comment.and_then(|comment| match comment.split_once(' ') {
            Some(("error", rest)) => Some((Level::Error, rest)),
            Some(("warning", rest)) => Some((Level::Warn, rest)),
            _ => None,
        });
        if let Some((level, rest)) = level {
            let (targets, what) = rest.split_once(": ").expect("`TARGETS: WHAT`");
            for name in targets.split(", ") {
                assert!(nml::convert::backend(name).is_some(), "{}: `{name}`", path.display());
            }
            if targets.split(", ").any(|name| name == target) {
                open.push((level, what.to_owned()));
            }
        } else {
            found.extend(open.drain(..).map(|(level, what)| (level, at + 1, what)));
        }
    }
    found
}

/// What a target tells of a model.
fn told(path: &Path, target: &dyn Backend, more: &JobOptions) -> BTreeSet<Finding> {
    let model = nml::Loader::new(Arc::new(OsLoader::default())).load(path);
    let wish = Wish { file: "model".to_owned(), ..Wish::default() };
    let options = SimulateOptions::default();
    let found = match convert(&model, target, &wish, options, more) {
        Ok(made) => {
            assert!(!made.artifacts.is_empty(), "{}: nothing is written", path.display());
            made.warnings
        }
        Err(found) => {
            let is_error = |d: &Diagnostic| d.rule.default_level == Level::Error;
            assert!(found.iter().any(is_error), "{}: refused without a reason", path.display());
            found
        }
    };
    let mut all = BTreeSet::new();
    for d in found {
        let place = format!("{} for {}: {}", path.display(), target.name(), d.message);
        assert!(matches!(d.rule.code, "NML0980" | "NML0981"), "{} {place}", d.rule.code);
        let file = model.sources().get(d.primary.span.file).expect("a file that was read");
        assert_eq!(file.path().file_name(), path.file_name(), "{place}");
        assert!(d.primary.span.start > 0, "no place: {place}");
        let before = &file.text()[..d.primary.span.range().start];
        let head = format!("{} cannot express ", target.title());
        let what = d.message.strip_prefix(&head).unwrap_or(&d.message).to_owned();
        all.insert((d.rule.default_level, before.matches('\n').count() + 1, what));
    }
    all
}

fn options(feature: Feature) -> JobOptions {
    JobOptions { variable_step: feature == Feature::VariableStep }
}

#[test]
fn each_finding_is_told_with_its_place() {
    for feature in Feature::ALL {
        for path in entries(&fixtures().join(folder(feature))) {
            for target in BACKENDS {
                let told = told(&path, *target, &options(feature));
                let expected = expected(&path, target.name());
                assert_eq!(told, expected, "{} for {}", path.display(), target.name());
            }
        }
    }
}

#[test]
fn the_support_matrix_is_true() {
    for feature in Feature::ALL {
        let models = entries(&fixtures().join(folder(feature)));
        assert!(!models.is_empty(), "{feature:?} has no model");
        for target in BACKENDS {
            let found = models.iter().map(|path| expected(path, target.name()));
            let found: Vec<BTreeSet<Finding>> = found.collect();
            let is_refused =
                |all: &BTreeSet<Finding>| all.iter().any(|(level, ..)| *level == Level::Error);
            let refused = found.iter().filter(|all| is_refused(all)).count();
            let place = format!("{feature:?} for {}, {refused} of {}", target.name(), models.len());
            match target.support(feature) {
                Support::Full => assert_eq!(refused, 0, "refused, though `yes`: {place}"),
                Support::None => {
                    assert_eq!(refused, models.len(), "written, though `no`: {place}");
                }
                Support::Partial(_) => {
                    assert!(found.iter().any(|all| !all.is_empty()), "all `partly`: {place}");
                    assert!(refused < models.len(), "none `partly`: {place}");
                }
            }
        }
    }
}

#[test]
fn each_folder_belongs_to_a_part_of_the_language() {
    let listed: BTreeSet<PathBuf> =
        Feature::ALL.iter().map(|f| fixtures().join(folder(*f))).collect();
    let there: BTreeSet<PathBuf> = entries(&fixtures()).into_iter().collect();
    assert_eq!(there, listed);
    assert_eq!(listed.len(), Feature::ALL.len(), "two parts share a folder");
}
