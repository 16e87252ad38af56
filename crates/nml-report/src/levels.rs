//! What the findings of a rule count as in this run.

use nml_base::{Diagnostic, Level, Rule, Severity};
use rustc_hash::FxHashMap;

/// Levels set by `nml.toml` and the command line; a rule not named keeps its own level.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    set: FxHashMap<&'static str, Level>,
}

impl Levels {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a rule's level; the last word counts.
    pub fn set(&mut self, rule: &'static Rule, level: Level) {
        self.set.insert(rule.code, level);
    }

    /// What a finding of this rule counts as.
    pub fn level(&self, rule: &Rule) -> Level {
        self.set.get(rule.code).copied().unwrap_or(rule.default_level)
    }

    /// The finding as it counts in this run, or nothing where the rule is allowed.
    ///
    /// A severity the checker chose itself stays, unless the rule's level was set.
    pub fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        match self.level(diagnostic.rule) {
            Level::Allow => return None,
            level if self.set.contains_key(diagnostic.rule.code) => {
                diagnostic.severity =
                    if level == Level::Error { Severity::Error } else { Severity::Warning };
            }
            Level::Warn | Level::Error => {}
        }
        Some(diagnostic)
    }
}
