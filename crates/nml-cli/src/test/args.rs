//! The command line of `nml test`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use nml::omv::{ENGINES, Engine};
use nml::simulate::Scheme;

use crate::ColorChoice;

const EXAMPLES: &str = "\
Examples:
  nml test .                              all tests of a repository
  nml test models/.test.hh.omt            one test
  nml test . --engine jNeuroML            only tests of this engine
  nml test . --scheme jlems               every LEMS file under this scheme, whatever the engine
  nml test . --format junit --output tests.xml
  nml test . --keep results               keep the files that the simulations write

What a test's engine asks for:
  jNeuroML, pyNeuroML, jLEMS               a run under the scheme `jlems`
  jNeuroML_NEURON, jNeuroML_NetPyNE        a run under the scheme `neuron-jnml`
  jNeuroML_EDEN, PyLEMS, PyLEMS_NeuroML2   a run under the scheme `auto`
  jNeuroML_validate                        a check of the documents
  all others                               nothing: skipped, with the engine's name

Exit status: 0 all passed, 1 a test failed, 2 usage or files, 3 a bug in nml.";

/// Runs the tests that come with models: `.omt` and `.mep` files of the Open Source Brain framework.
///
/// Folders are searched for *.omt files, hidden ones too. Models run in memory: nothing is written
/// into the repository, and no other simulator is needed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TestArgs {
    /// Tests, and folders to search for them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Run only the tests of this engine (may be given more than once)
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = engine)]
    engine: Vec<Engine>,
    /// Run every LEMS file under this scheme, whatever the test's engine
    #[arg(long, value_name = "SCHEME", value_parser = schemes())]
    scheme: Option<Scheme>,
    /// Keep the files that simulations write in this folder, one folder per model inside
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Search this folder for included files, before the built-in definitions
    #[arg(short = 'I', long = "include-path", value_name = "FOLDER")]
    include_path: Vec<PathBuf>,
    /// When to colour
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// Show only failures and the summary
    #[arg(short, long)]
    quiet: bool,
}

/// What the report is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// JUnit XML, one test case per test file
    Junit,
    /// One JSON object
    Json,
}

/// The options of `nml test`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TestOptions {
    /// Tests and folders.
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the report.
    pub(crate) format: Format,
    /// Where to write it, if not to standard output.
    pub(crate) output: Option<PathBuf>,
    /// Only tests of these engines; empty for all.
    pub(crate) engines: Vec<String>,
    /// The scheme for every LEMS file.
    pub(crate) scheme: Option<Scheme>,
    /// Where files that simulations write are kept.
    pub(crate) keep: Option<PathBuf>,
    /// Folders searched for included files.
    pub(crate) include_path: Vec<PathBuf>,
    /// When to colour.
    pub(crate) color: ColorChoice,
    /// Whether only failures and the summary are shown.
    pub(crate) quiet: bool,
}

/// The engine of that name, whatever the case of its letters.
fn engine(name: &str) -> Result<Engine, String> {
    let found = ENGINES.iter().find(|engine| engine.name.eq_ignore_ascii_case(name));
    found.copied().ok_or_else(|| {
        match nml_base::nearest(name, ENGINES.iter().map(|engine| engine.name)) {
            Some(near) => format!("there is no such engine; did you mean `{near}`?"),
            None => "there is no such engine".to_owned(),
        }
    })
}

/// The names of all schemes.
fn schemes() -> impl TypedValueParser<Value = Scheme> {
    let value = |scheme: &Scheme| PossibleValue::new(scheme.name()).help(scheme.summary());
    PossibleValuesParser::new(Scheme::ALL.iter().map(value))
        .try_map(|name| Scheme::named(&name).ok_or("there is no such scheme"))
}

impl TestArgs {
    pub(crate) fn into_options(self) -> TestOptions {
        TestOptions {
            paths: self.paths,
            format: self.format,
            output: self.output,
            engines: self.engine.into_iter().map(|engine| engine.name.to_owned()).collect(),
            scheme: self.scheme,
            keep: self.keep,
            include_path: self.include_path,
            color: self.color,
            quiet: self.quiet,
        }
    }
}
