//! The table of rules is committed, and every rule has its page.
#![expect(clippy::disallowed_methods, reason = "the test reads and writes the committed table")]

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

/// The table as it has to stand in `docs/rules.md`.
fn table() -> String {
    let mut out = String::from(
        "# Rules\n\nWritten by `UPDATE_RULES=1 cargo test -p nml-tests --test rules`.  \
         A finding of level *error* makes a model invalid, *warn* never does.  \
         `nml explain CODE` shows the page of a rule.\n\n\
         | code | name | level | what it reports |\n|---|---|---|---|\n",
    );
    for rule in nml::rules() {
        let level = rule.default_level;
        let _ = writeln!(out, "| {} | `{}` | {level} | {} |", rule.code, rule.name, rule.summary);
    }
    out
}

#[test]
fn the_committed_table_is_up_to_date() {
    let path = nml_tests::repository().join("docs/rules.md");
    let table = table();
    if std::env::var_os("UPDATE_RULES").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == table, "run `UPDATE_RULES=1 cargo test -p nml-tests --test rules`");
}

#[test]
fn codes_and_names_are_unique_and_pages_are_whole() {
    let mut seen = FxHashSet::default();
    for rule in nml::rules() {
        assert!(seen.insert(rule.code), "{} is used twice", rule.code);
        assert!(seen.insert(rule.name), "{} is used twice", rule.name);
        assert!(rule.code.len() == 7 && rule.code.starts_with("NML"), "{}", rule.code);
        assert!(!rule.summary.ends_with('.'), "{}: {}", rule.code, rule.summary);
        for heading in ["## What it does", "## Why it matters", "## Wrong", "## Right", "## Source"]
        {
            assert!(rule.page.contains(heading), "{} lacks `{heading}`", rule.name);
        }
    }
}
