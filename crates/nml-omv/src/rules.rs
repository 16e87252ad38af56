//! What is wrong with test files: `NML097x`.

use nml_base::{Level, Rule, Topic};

/// A test file that cannot be read at all.
pub(crate) static UNREADABLE_TEST: Rule = Rule {
    code: "NML0970",
    name: "unreadable-test",
    topic: Topic::Simulation,
    default_level: Level::Error,
    summary: "a test file is not valid YAML",
    page: include_str!("../pages/unreadable-test.md"),
};

/// A test that lacks something or has the wrong kind of value.
pub(crate) static UNUSABLE_TEST: Rule = Rule {
    code: "NML0971",
    name: "unusable-test",
    topic: Topic::Simulation,
    default_level: Level::Error,
    summary: "a test file lacks a key, or a value is of the wrong kind or leads nowhere",
    page: include_str!("../pages/unusable-test.md"),
};

/// A key nobody reads.
pub(crate) static UNKNOWN_TEST_KEY: Rule = Rule {
    code: "NML0972",
    name: "unknown-test-key",
    topic: Topic::Simulation,
    default_level: Level::Warn,
    summary: "a test file has a key that means nothing",
    page: include_str!("../pages/unknown-test-key.md"),
};

/// All rules of this crate, by code.
pub static RULES: &[&Rule] = &[&UNREADABLE_TEST, &UNUSABLE_TEST, &UNKNOWN_TEST_KEY];
