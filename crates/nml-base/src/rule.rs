//! Rules: what can be wrong with a model, each with a stable code and name.

use std::fmt;

/// What a finding of a rule counts as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported, never changes the verdict.
    Warn,
    /// Reported, makes the model invalid.
    Error,
}

impl Level {
    /// The word used in configuration files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The family of a rule; one hundred codes each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// `NML00xx`: files, XML, includes.
    Files,
    /// `NML01xx`: elements and attributes of a NeuroML document.
    Structure,
    /// `NML02xx`: identifiers and references.
    References,
    /// `NML03xx`: segments and segment groups.
    Morphology,
    /// `NML04xx`: biophysical properties.
    Biophysics,
    /// `NML05xx`: populations, projections, inputs.
    Networks,
    /// `NML06xx`: channels, gates, rates.
    Channels,
    /// `NML07xx`: LEMS component types and components.
    Lems,
    /// `NML08xx`: expressions and dimensions.
    Expressions,
    /// `NML09xx`: simulations, recordings, outputs.
    Simulation,
}

/// One rule.  The code and the name never change once released.
#[derive(Debug)]
pub struct Rule {
    /// `NML` and four digits.
    pub code: &'static str,
    /// Kebab-case name that states the defect, so that "allow NAME" reads well.
    pub name: &'static str,
    /// The family.
    pub topic: Topic,
    /// What a finding counts as unless configured otherwise.
    pub default_level: Level,
    /// One line, lower case, no full stop.
    pub summary: &'static str,
    /// The page shown by `nml explain`: Markdown with the headings *What it does*, *Why it matters*,
    /// *Wrong*, *Right* and *Source*.
    pub page: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}
