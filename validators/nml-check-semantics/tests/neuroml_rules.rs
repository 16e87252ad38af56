//! Every rule on NeuroML fires on its wrong fixture with the words written there, is silent on its right
//! one, and has a page.
//!
//! A wrong fixture says what is found in it, one comment per finding in any order:
//! `<!-- error: [rule-name] message -->` or `<!-- warning: … -->`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml_base::{Diagnostic, Diagnostics, OsLoader, Rule, Severity, Topic};
use nml_load::Loader;

fn rules() -> impl Iterator<Item = &'static Rule> {
    nml_check_semantics::rules().filter(|rule| {
        matches!(
            rule.topic,
            Topic::References
                | Topic::Morphology
                | Topic::Biophysics
                | Topic::Networks
                | Topic::Channels
        )
    })
}

fn fixture(rule: &Rule, kind: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(rule.name);
    let names = ["nml", "xml"].map(|extension| folder.join(format!("{kind}.{extension}")));
    let found = names.iter().find(|path| path.is_file());
    assert!(found.is_some(), "`{}` has no {kind} fixture", rule.name);
    found.cloned().unwrap_or_default()
}

/// The findings of a file, and its text.
fn findings(path: &Path) -> (Vec<Diagnostic>, String) {
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = loader.load(path);
    let mut sink: Diagnostics = model.diagnostics().cloned().collect();
    nml_check_semantics::check(&model, &mut sink);
    let file = model.root().file();
    if path.extension().is_some_and(|e| e == "nml") {
        let structure = nml_check_schema::check(file).map(|(found, _)| found);
        let structure: Vec<_> = structure.iter().flatten().map(|d| d.message.clone()).collect();
        assert!(structure.is_empty(), "{}: {structure:?}", path.display());
    }
    (sink.into_vec(), file.text().to_owned())
}

fn shown(found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    // Two hyphens may not stand in a comment.
    format!("{severity}: [{}] {}", found.rule.name, found.message)
}

#[test]
fn wrong_fixtures_say_what_is_found() {
    let mut faults = Vec::new();
    for rule in rules() {
        let path = fixture(rule, "wrong");
        let (found, text) = findings(&path);
        let mut expected: Vec<String> = text
            .split("<!-- ")
            .skip(1)
            .filter_map(|rest| rest.split(" -->").next())
            .filter(|comment| comment.starts_with("error: ") || comment.starts_with("warning: "))
            .map(str::to_owned)
            .collect();
        let mut actual: Vec<String> = found.iter().map(shown).collect();
        expected.sort();
        actual.sort();
        if expected != actual {
            faults
                .push(format!("{}\n    expected {expected:#?}\n    found {actual:#?}", rule.name));
        }
        if !found.iter().any(|d| d.rule.name == rule.name) {
            faults.push(format!("{} does not fire", rule.name));
        }
        for finding in found.iter().filter(|d| d.rule.name == rule.name) {
            assert!(finding.help.is_some(), "`{}` does not say what to do", rule.name);
            let span = finding.primary.span;
            assert!(span.start < span.end, "`{}` points at nothing", rule.name);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn right_fixtures_are_clean() {
    for rule in rules() {
        let (found, _) = findings(&fixture(rule, "right"));
        let found: Vec<String> = found.iter().map(shown).collect();
        assert!(found.is_empty(), "{}: {found:#?}", rule.name);
    }
}

#[test]
fn pages_are_whole() {
    const HEADINGS: [&str; 5] =
        ["## What it does", "## Why it matters", "## Wrong", "## Right", "## Source"];
    for rule in rules() {
        let mut rest = rule.page;
        for heading in HEADINGS {
            let found = rest.split_once(heading);
            assert!(found.is_some(), "`{}` lacks `{heading}`", rule.name);
            rest = found.map_or("", |(_, after)| after);
        }
    }
}
