//! Findings made readable: for people at a terminal, for continuous integration, and for programs.
//!
//! The way of a finding: the checker makes [`CheckedFile`]s, [`Levels`] says what counts,
//! [`Baseline`] takes out what is already known, [`Report`] sorts the rest, [`render`] prints it in
//! a [`Format`].  Beside it stand [`FixPlan`] (what `--fix` does to the text), [`Config`]
//! (`nml.toml`) and [`explain`] (the page of a rule at a terminal).
//!
//! Nothing here knows NeuroML, and nothing here reads or writes a file except through a
//! [`nml_base::SourceLoader`].

mod baseline;
mod config;
mod explain;
mod fix;
mod fold;
mod github;
mod human;
mod json;
mod junit;
mod levels;
mod report;
mod rules;
mod sarif;
mod text;

pub use baseline::{Baseline, BaselineError, BaselineScope, Fingerprint};
pub use config::{Config, ConfigError, PathFilter};
pub use explain::{TextStyle, explain, explain_page, list_rules};
pub use fix::{FixPlan, FixedFile, unified_diff};
pub use fold::{Folded, fold, fold_files};
pub use human::{Terminal, excerpts};
pub use json::FORMAT_VERSION;
pub use junit::escape as escape_xml;
pub use levels::Levels;
pub use report::{CheckedFile, FileSummary, Finding, Locator, Place, Report, Statistics, Tool};
pub use rules::{Rules, UnknownRule};
pub use text::{printable, seconds};

/// What a report is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// Source excerpts with the findings drawn into them.
    #[default]
    Human,
    /// One JSON object; its schema is `docs/report.schema.json` of this crate.
    Json,
    /// SARIF 2.1.0, for code scanning services and editors.
    Sarif,
    /// Workflow commands that GitHub Actions shows as annotations.
    Github,
    /// JUnit XML, one test case per file.
    Junit,
}

/// Writes a report; `terminal` matters to [`Format::Human`] only.
pub fn render(report: &Report<'_>, format: Format, terminal: &Terminal) -> String {
    match format {
        Format::Human => human::render(report, terminal),
        Format::Json => json::render(report),
        Format::Sarif => sarif::render(report),
        Format::Github => github::render(report),
        Format::Junit => junit::render(report),
    }
}
