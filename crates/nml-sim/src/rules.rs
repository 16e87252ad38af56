//! What keeps a model from being compiled: `NML096x`.

use nml_base::{Level, Rule, Topic};

/// A part that no program can be made of.
pub(crate) static NOT_COMPILED: Rule = Rule {
    code: "NML0960",
    name: "not-compiled",
    topic: Topic::Simulation,
    default_level: Level::Error,
    summary: "a part of the model cannot be turned into a program",
    page: include_str!("../pages/not-compiled.md"),
};

/// Quantities made of one another.
pub(crate) static CIRCULAR: Rule = Rule {
    code: "NML0961",
    name: "circular-quantities",
    topic: Topic::Simulation,
    default_level: Level::Error,
    summary: "quantities are made of one another, so none can be computed first",
    page: include_str!("../pages/circular-quantities.md"),
};

/// All rules of this crate, by code.
pub static RULES: &[&Rule] = &[&NOT_COMPILED, &CIRCULAR];
