//! The program `nml`: the real terminal around [`nml_cli::run`].

use std::io::IsTerminal;
use std::process::ExitCode;

use nml_base::OsLoader;
use nml_cli::{App, Console, Environment, Native};
use nml_report::Rules;

fn main() -> ExitCode {
    nml_cli::bug::install_hook();
    nml_cli::listen();
    let (mut input, mut output, mut error) =
        (std::io::stdin().lock(), std::io::stdout().lock(), std::io::stderr());
    let mut console =
        Console { input: &mut input, output: &mut output, error: &mut error, env: environment() };
    let rules = nml::rules();
    let app = App { rules: Rules(&rules), checker: Some(&Native), loader: &OsLoader::default() };
    ExitCode::from(nml_cli::run(std::env::args_os(), &app, &mut console))
}

/// What the system says about the terminal.
fn environment() -> Environment {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    Environment {
        working_folder: std::env::current_dir().unwrap_or_else(|_| ".".into()),
        width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        stdout_color: std::io::stdout().is_terminal() && set("NO_COLOR").is_none() && !dumb,
        unicode: supports_unicode::on(supports_unicode::Stream::Stdout),
        progress: std::io::stderr().is_terminal() && !dumb,
    }
}
