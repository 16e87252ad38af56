//! Tasks of the repository that are not the product.
#![expect(clippy::print_stdout, reason = "a command line tool talks to its user")]
#![expect(clippy::print_stderr, reason = "a command line tool talks to its user")]
#![expect(clippy::disallowed_methods, reason = "the tasks read and write the repository itself")]

mod ci;
mod codegen;
mod conformance;
mod engines;
mod layers;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a task hands back; the message is for the person at the terminal.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
usage: cargo xtask TASK

tasks:
  ci                  what has to pass before a change lands: formatting, lints, layers, tables, all tests, and a
                      few models in NEURON where it can be had
  codegen [--check]   write the generated tables and schemas; --check fails where they differ
  conformance [--write] [--nml FILE]
                      run the tests that come with the models of the corpus, print benches/CONFORMANCE.md
                      (--write replaces it) and fail where a failure has no cause in benches/conformance.json;
                      --nml takes a binary that is there instead of a release build
  engines --target neuron|netpyne|sonata|brian2|arbor [--larger] [--write] [--nml FILE] [--python FILE] [MODEL]...
                      export the models of the corpus, run them in the real simulator and compare with
                      `nml simulate`; prints benches/ENGINES.md (--write replaces it); --python takes an
                      interpreter that has the simulator instead of installing it into target/engines
  engines --quick     run a few models of the repository in NEURON and compare; says how many it skips where there is
                      no NEURON (NML_ENGINES_PYTHON, or an installation into target/engines) and no compiler
  layers              check that no crate depends on one it must not know
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["ci"] => ci::run(&root()),
        ["layers"] => layers::check(),
        ["codegen"] => codegen::run(&root(), codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(&root(), codegen::Mode::Check),
        ["conformance", rest @ ..] => {
            let write = rest.first() == Some(&"--write");
            match if write { &rest[1..] } else { rest } {
                [] => conformance::run(&root(), None, write),
                ["--nml", file] => conformance::run(&root(), Some(file), write),
                _ => return usage(),
            }
        }
        ["engines", "--quick"] => engines::quick(&root(), false),
        ["engines", rest @ ..] => match engines::Wanted::of(rest) {
            Some(wanted) => engines::run(&root(), &wanted),
            None => return usage(),
        },
        _ => return usage(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::from(2)
}

/// The root of the repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}
