//! Every rule fires on its wrong fixture and is silent on its right one, and has a page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostics, Level, OsLoader, Rule, Severity};
use nml_check_semantics::{check, rules};
use nml_load::Loader;

/// The fixture of a rule: a LEMS file, or a NeuroML document.
fn fixture(rule: &Rule, kind: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(rule.name);
    let names = ["xml", "nml"].map(|extension| folder.join(format!("{kind}.{extension}")));
    names.into_iter().find(|path| path.is_file())
}

fn findings(path: &Path) -> (Loader, Vec<nml_base::Diagnostic>) {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load(path);
    let mut sink = Diagnostics::new();
    sink.extend(model.diagnostics().cloned());
    check(&model, &mut sink);
    (loader, sink.into_vec())
}

fn show(loader: &Loader, found: &nml_base::Diagnostic) -> String {
    let file = loader.sources().get(found.primary.span.file);
    let (place, text) = file.map_or((String::new(), String::new()), |f| {
        let at = f.line_column(found.primary.span.start);
        (at.to_string(), f.slice(found.primary.span).to_owned())
    });
    let mut shown =
        format!("{} {} at {place} `{text}`: {}", found.rule.code, found.rule.name, found.message);
    if let Some(help) = &found.help {
        shown.push_str("\n    help: ");
        shown.push_str(help);
    }
    shown
}

/// Topics whose rules have their fixtures in this folder.
fn has_fixtures(rule: &Rule) -> bool {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(rule.name);
    own.is_dir() || matches!(&rule.code[..5], "NML07" | "NML08" | "NML09")
}

#[test]
fn every_rule_fires_on_its_wrong_fixture() {
    for rule in rules().filter(|r| has_fixtures(r)) {
        let path =
            fixture(rule, "wrong").unwrap_or_else(|| panic!("{} has no wrong fixture", rule.name));
        let (loader, found) = findings(&path);
        let hit = found.iter().find(|d| d.rule == rule);
        let all: Vec<String> = found.iter().map(|d| show(&loader, d)).collect();
        let hit = hit.unwrap_or_else(|| panic!("{} does not fire: {all:#?}", rule.name));
        assert!(hit.help.is_some(), "{} does not say what to do", rule.name);
        let expected =
            if rule.default_level == Level::Error { Severity::Error } else { Severity::Warning };
        assert_eq!(hit.severity, expected, "{}", rule.name);
    }
}

#[test]
fn every_right_fixture_is_clean() {
    for rule in rules().filter(|r| has_fixtures(r)) {
        let path =
            fixture(rule, "right").unwrap_or_else(|| panic!("{} has no right fixture", rule.name));
        let (loader, found) = findings(&path);
        let all: Vec<String> = found.iter().map(|d| show(&loader, d)).collect();
        assert!(found.is_empty(), "{}: {all:#?}", rule.name);
    }
}

#[test]
fn codes_and_names_are_unique_and_pages_are_whole() {
    let mut codes = Vec::new();
    let mut names = Vec::new();
    for rule in rules() {
        codes.push(rule.code);
        names.push(rule.name);
        for heading in ["## What it does", "## Why it matters", "## Wrong", "## Right", "## Source"]
        {
            assert!(rule.page.contains(heading), "{} lacks {heading}", rule.name);
        }
        assert!(
            rule.summary.starts_with(|c: char| !c.is_uppercase()) && !rule.summary.ends_with('.')
        );
    }
    for mut list in [codes, names] {
        let before = list.len();
        list.sort_unstable();
        list.dedup();
        assert_eq!(before, list.len());
    }
}

#[test]
fn messages_read_well() {
    let mut all = String::new();
    for rule in rules().filter(|r| matches!(&r.code[..5], "NML07" | "NML08" | "NML09")) {
        let Some(path) = fixture(rule, "wrong") else { continue };
        let (loader, found) = findings(&path);
        for diagnostic in found.iter().filter(|d| d.rule == rule) {
            all.push_str(&show(&loader, diagnostic));
            all.push('\n');
        }
    }
    insta::assert_snapshot!(all);
}
