//! Repairs, configuration, baselines and pages.

use std::path::Path;

use crate::common::{CHANNEL, DIMENSION, RULES, STYLE, dimension, span_of};
use nml_base::{Applicability, Diagnostic, Edit, Fix, Level, MemoryLoader, SourceMap};
use nml_report::{Baseline, BaselineScope, Config, FixPlan, Rules, TextStyle, explain, list_rules};

#[test]
fn fixes_are_applied_whole_and_shown_as_a_diff() {
    let sources = SourceMap::new();
    let file = sources.add("na.channel.nml", CHANNEL.to_owned());
    let id = span_of(&file, "na", 0);
    let edit = |span, text: &str| Edit { span, replacement: text.to_owned() };
    let overlapping = Diagnostic::new(&STYLE, id, "clash").fix(Fix {
        title: "rename and rewrite".to_owned(),
        edits: vec![edit(id, "x"), edit(span_of(&file, "10mV", 0).sub(2, 4), "pS")],
        applicability: Applicability::Safe,
    });
    let guess = Diagnostic::new(&STYLE, id, "guess").fix(Fix {
        title: "rename".to_owned(),
        edits: vec![edit(id, "y")],
        applicability: Applicability::Guess,
    });
    let found = [dimension(&file), overlapping, guess];
    let plan = FixPlan::new(&sources, &found);
    assert_eq!((plan.applied, plan.left), (1, 1));
    insta::assert_snapshot!(plan.diff());

    let again = SourceMap::new();
    again.add("na.channel.nml", plan.files[0].after.clone());
    assert_eq!(FixPlan::new(&again, &[]), FixPlan::default());
}

fn config(text: &str) -> Result<Config, String> {
    Config::parse(Path::new("/p/nml.toml"), text, Rules(&RULES)).map_err(|e| e.to_string())
}

#[test]
fn configuration_is_read() {
    let c = config(
        "deny-warnings = true\nexclude = [\"old/\", \"*.gen.nml\", \"a/*/b.nml\"]\n\
         include-path = [\"lib\"]\n[rules]\ndimension-mismatch = \"warn\"\nNML0105 = \"error\"\n",
    )
    .expect("good");
    assert!(c.deny_warnings);
    assert_eq!(c.levels.level(&DIMENSION), Level::Warn);
    assert_eq!(c.levels.level(&STYLE), Level::Error);
    assert_eq!(c.include_path, [Path::new("/p/lib")]);
    let excluded = |p: &str| c.exclude.matches(Path::new(p));
    assert!(excluded("/p/old") && excluded("/p/x/old/y.nml") && excluded("/p/q/z.gen.nml"));
    assert!(excluded("/p/a/1/b.nml") && !excluded("/p/a/1/2/b.nml") && !excluded("/p/older.nml"));
    assert!(config("").is_ok_and(|c| !c.deny_warnings && !c.exclude.matches(Path::new("/p/x"))));
}

#[test]
fn mistakes_in_the_configuration_are_told_with_their_place() {
    let wrong = [
        "deny-warning = true",
        "colour = 1",
        "[rules]\ndimension-mismach = \"warn\"",
        "[rules]\ndimension-mismatch = \"wran\"",
        "[rules]\ndimension-mismatch = 1",
        "rules = 1",
        "exclude = \"old\"",
        "exclude = [\"a[\"]",
        "deny-warnings = \"yes\"",
        "x = = 1",
    ];
    let told: Vec<String> = wrong.iter().map(|t| config(t).expect_err(t)).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_nearest_configuration_is_found() {
    let mut loader = MemoryLoader::new();
    loader.insert("/a/nml.toml", "");
    loader.insert("/a/b/c/nml.toml", "");
    let find = |p: &str| Config::find(&loader, Path::new(p));
    assert_eq!(find("/a/b/c/d").as_deref(), Some(Path::new("/a/b/c/nml.toml")));
    assert_eq!(find("/a/b").as_deref(), Some(Path::new("/a/nml.toml")));
    assert_eq!(find("/x"), None);
}

#[test]
fn a_baseline_survives_moved_lines_and_tells_what_is_gone() {
    let mut loader = MemoryLoader::new();
    loader.insert("/w/sub/na.channel.nml", CHANNEL);
    let scope = BaselineScope {
        loader: &loader,
        working_folder: Path::new("/w"),
        baseline: Path::new("ci/baseline.json"),
    };
    let sources = SourceMap::new();
    let file = sources.add("sub/na.channel.nml", CHANNEL.to_owned());
    let note = Diagnostic::new(&STYLE, span_of(&file, "neuroml", 0), "no notes");
    let found = [dimension(&file), note.clone(), note];
    let written = Baseline::of(&scope, &sources, &found).to_text();
    insta::assert_snapshot!(written);

    let mut known = Baseline::parse(Path::new("b"), &written).expect("own text");
    assert_eq!(known.len(), 3);
    let moved = SourceMap::new();
    let file = moved.add("sub/na.channel.nml", format!("\n\n{}", CHANNEL.replace("  <", "\t<")));
    assert!(known.take(&scope, &moved, &dimension(&file)));
    assert!(!known.take(&scope, &moved, &dimension(&file)), "only as often as it is listed");
    let note = Diagnostic::new(&STYLE, span_of(&file, "neuroml", 0), "no notes");
    assert!(known.take(&scope, &moved, &note));
    assert_eq!(known.stale(&scope, &moved), 1);
    assert_eq!(known.stale(&scope, &SourceMap::new()), 0, "a file not read says nothing");
}

#[test]
fn what_is_no_baseline_is_told() {
    let parse = |t: &str| Baseline::parse(Path::new("b.json"), t).expect_err(t).to_string();
    let told =
        [parse("{"), parse("[]"), parse("{\"version\":2}"), parse("{\"version\":1,\"a\":1}")];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_page_reads_well_at_a_terminal() {
    insta::assert_snapshot!(explain(&DIMENSION, TextStyle { width: 60, color: false }));
}

#[test]
fn rules_are_listed_and_found() {
    let rules = Rules(&RULES);
    insta::assert_snapshot!(list_rules(rules));
    assert_eq!(rules.find("nml0801"), Ok(&DIMENSION));
    assert_eq!(rules.find("missing-notes"), Ok(&STYLE));
    let told = |t: &str| rules.find(t).expect_err(t).to_string();
    assert_eq!(told("NML0810"), "there is no rule `NML0810`, did you mean `NML0801`?");
    assert_eq!(
        told("mising-notes"),
        "there is no rule `mising-notes`, did you mean `missing-notes`?"
    );
    assert_eq!(told("whatever"), "there is no rule `whatever`");
}
