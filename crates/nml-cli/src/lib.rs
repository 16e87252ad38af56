//! The command line `nml`, without the process around it.
//!
//! [`run`] takes the arguments, what the program can do ([`App`]) and where it prints ([`Console`]),
//! and answers with the exit status, so that tests run whole commands in memory.  Only `main` prints
//! to the real terminal and exits.
//!
//! Exit status: 0 clean; 1 errors were found (or warnings, where they are denied); 2 the command was
//! not understood, or a file could not be read or written; 3 a bug in this program.

mod args;
pub mod atomic;
pub mod bug;
mod check;
mod collect;
mod console;
mod convert;
mod explain;
mod fixing;
mod fmt;
mod interrupt;
mod jnml;
mod native;
mod progress;
mod projects;
mod rewrite;
mod simulate;
mod test;
mod validate;

use std::ffi::OsString;

use nml_base::SourceLoader;
use nml_report::Rules;

pub use args::{ColorChoice, LevelWord, ValidateOptions, Xsd};
pub use check::{CheckError, CheckOutcome, CheckRequest, Checker, FileOutcome, Input};
pub use console::{Console, Environment};
pub use interrupt::listen;
pub use native::Native;
pub use progress::Progress;

/// What the program can do: subcommands whose part is missing do not exist.
#[derive(Clone, Copy)]
pub struct App<'a> {
    /// All rules, for `explain`, levels and configuration.
    pub rules: Rules<'a>,
    /// Checks models, for `validate`.
    pub checker: Option<&'a dyn Checker>,
    /// Reads files.
    pub loader: &'a dyn SourceLoader,
}

impl std::fmt::Debug for App<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("rules", &self.rules.0.len()).finish_non_exhaustive()
    }
}

/// The exit status for models without errors.
pub const CLEAN: u8 = 0;
/// The exit status for models with errors.
pub const FINDINGS: u8 = 1;
/// The exit status for commands not understood and files not read or written.
pub const TROUBLE: u8 = 2;

/// A reason to stop with [`TROUBLE`]; its text is for the user.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Stop(pub(crate) String);

/// Runs a command; `args` begins with the program's name.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    app: &App<'_>,
    console: &mut Console<'_>,
) -> u8 {
    let result = match args::parse(args, app.checker.is_some()) {
        Ok(args::Command::Explain(rule)) => explain::run(rule.as_deref(), app, console),
        Ok(args::Command::Fmt(options)) => fmt::run(&options, app, console),
        Ok(args::Command::Jnml(words)) => match app.checker {
            Some(checker) => jnml::run(&words, checker, app, console),
            None => Err(Stop("this build cannot check models".to_owned())),
        },
        Ok(args::Command::Validate(options)) => match app.checker {
            Some(checker) => validate::run(&options, checker, app, console),
            None => Err(Stop("this build cannot check models".to_owned())),
        },
        Ok(args::Command::Simulate(options)) => simulate::run(&options, console),
        Ok(args::Command::Convert(options)) => convert::run(&options, console),
        Ok(args::Command::Test(options)) => test::run(&options, console),
        Err(error) => {
            let text = if console.env.stdout_color {
                error.render().ansi().to_string()
            } else {
                error.render().to_string()
            };
            if error.use_stderr() {
                console.note(text.trim_end());
                return TROUBLE;
            }
            console.print(&text).map(|()| CLEAN)
        }
    };
    result.unwrap_or_else(|stop| {
        console.note(&format!("nml: {stop}"));
        TROUBLE
    })
}
