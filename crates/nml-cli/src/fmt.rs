//! `nml fmt`.

use std::path::{Path, PathBuf};

use clap::Args;
use nml::layout::{Formatted, format};
use nml_base::{Diagnostic, LoadError, SourceLoader, SourceMap};
use nml_report::{CheckedFile, Format, Report, Terminal, Tool, render, unified_diff};

use crate::collect::{Asked, collect};
use crate::projects::Projects;
use crate::{App, CLEAN, Console, FINDINGS, Input, Stop, TROUBLE, atomic};

/// Files that hold no text of their own.
const PACKED: [&str; 5] = [".gz", ".h5", ".hdf5", ".omex", ".neux"];

/// Files held in memory at a time.
const AT_ONCE: usize = 64;

const EXAMPLES: &str = "\
Examples:
  nml fmt cell.nml                 one file, in place
  nml fmt models/                  every *.nml and every LEMS file in a folder
  nml fmt --check .                change nothing; list the files that would change, exit 1 if there are any
  nml fmt --diff .                 … and show how
  cat x.nml | nml fmt -            standard input to standard output

The layout: one element a line, four blanks a level, tags of up to 120 columns in one line and longer ones
filled, double quotes, UTF-8, line feeds, up to one blank line between two elements. Attributes keep their
order, text and comments stay; what a program reads from the file does not change.

Exit status: 0 done, 1 files would change or are not XML, 2 usage or files, 3 a bug in nml.";

/// Lays out NeuroML and LEMS files in the one canonical way.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FmtArgs {
    /// Files and folders; `-` reads standard input and writes standard output
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing and list the files that would change
    #[arg(long)]
    check: bool,
    /// Change nothing and show what would change, as a unified diff
    #[arg(long, conflicts_with = "check")]
    diff: bool,
    /// Say nothing of what was done
    #[arg(short, long)]
    quiet: bool,
    /// The name to report standard input under
    #[arg(long, value_name = "NAME", default_value = "stdin.nml")]
    stdin_name: PathBuf,
}

/// What came of one file.
enum Outcome {
    Formatted(Formatted),
    Refused(Box<(Diagnostic, SourceMap)>),
    Unreadable(LoadError),
    Packed,
}

pub(crate) fn run(options: &FmtArgs, app: &App<'_>, console: &mut Console<'_>) -> Result<u8, Stop> {
    let working_folder = console.env.working_folder.clone();
    let mut projects = Projects::new(app, &working_folder);
    let asked = Asked { paths: &options.paths, include_path: &[], stdin_name: &options.stdin_name };
    let collected = collect(asked, app, &mut projects, console)?;
    for trouble in &collected.troubles {
        console.note(&format!("nml: {trouble}"));
    }
    let mut trouble = !collected.troubles.is_empty();
    let named = |path: &Path| options.paths.iter().any(|p| p == path);
    let loader = app.loader;
    let (mut changed, mut same, mut refused) = (0, 0, 0);
    let some_at_once = collected.inputs.chunks(AT_ONCE).flat_map(|inputs| {
        let outcomes = nml::in_parallel(inputs, |input| lay_out(input, loader, &working_folder));
        inputs.iter().zip(outcomes)
    });
    for (input, outcome) in some_at_once {
        let name = input.path.display();
        match outcome {
            Outcome::Formatted(Formatted::Unchanged) => {
                same += 1;
                if let Some(bytes) = &input.bytes {
                    write_out(options, &String::from_utf8_lossy(bytes), console)?;
                }
            }
            Outcome::Formatted(Formatted::Changed { before, after }) => {
                changed += 1;
                if options.diff {
                    console.print(&unified_diff(&name.to_string(), &before, &after))?;
                } else if options.check {
                    console.print(&format!("{name}\n"))?;
                } else if input.bytes.is_some() {
                    write_out(options, &after, console)?;
                } else {
                    atomic::write(&working_folder.join(&input.path), after.as_bytes())
                        .map_err(|e| Stop(format!("cannot write {name}: {e}")))?;
                }
            }
            Outcome::Refused(found) => {
                refused += 1;
                let (found, sources) = *found;
                tell(&input.path, found, &sources, console);
            }
            Outcome::Unreadable(error) => {
                trouble = true;
                console.note(&format!("nml: {error}"));
            }
            // Met in a folder, it is none of our business.
            Outcome::Packed if named(&input.path) => {
                trouble = true;
                console.note(&format!("nml: {name} is packed or binary, and has no layout"));
            }
            Outcome::Packed => {}
        }
    }
    if !options.quiet {
        let only_asks = options.check || options.diff;
        let done = if only_asks { "would change" } else { "changed" };
        let more = match refused {
            0 => String::new(),
            n => format!(", {n} not well-formed"),
        };
        console.note(&format!("nml: {changed} {done}, {same} as they should be{more}"));
    }
    Ok(if trouble {
        TROUBLE
    } else if refused > 0 || (changed > 0 && (options.check || options.diff)) {
        FINDINGS
    } else {
        CLEAN
    })
}

fn write_out(options: &FmtArgs, text: &str, console: &mut Console<'_>) -> Result<(), Stop> {
    if options.check || options.diff { Ok(()) } else { console.print(text) }
}

fn lay_out(input: &Input, loader: &dyn SourceLoader, working_folder: &Path) -> Outcome {
    let name = input.path.to_string_lossy().to_ascii_lowercase();
    if PACKED.iter().any(|ending| name.ends_with(ending)) {
        return Outcome::Packed;
    }
    let bytes = match &input.bytes {
        Some(bytes) => bytes.clone(),
        None => match loader.read(&working_folder.join(&input.path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                return Outcome::Unreadable(LoadError { path: input.path.clone(), ..error });
            }
        },
    };
    let sources = SourceMap::new();
    match format(&input.path, bytes, &sources) {
        Ok(formatted) => Outcome::Formatted(formatted),
        Err(found) => Outcome::Refused(Box::new((*found, sources))),
    }
}

fn tell(file: &Path, found: Diagnostic, sources: &SourceMap, console: &mut Console<'_>) {
    let tool = Tool { name: "nml", version: env!("CARGO_PKG_VERSION") };
    let name = file.display().to_string();
    let files = vec![CheckedFile { name, diagnostics: vec![found] }];
    let report = Report::new(sources, tool, files, |_: &Diagnostic| false);
    let terminal = Terminal {
        width: console.env.width.unwrap_or(100),
        unicode: console.env.unicode,
        ..Terminal::default()
    };
    console.note(render(&report, Format::Human, &terminal).trim_end());
}
