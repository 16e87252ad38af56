//! `nml convert`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use nml::convert::{Artifacts, BACKENDS, Backend, Feature, JobOptions, Support, backend};
use nml::simulate::Wish;
use nml_base::SourceLoader;

use crate::rewrite::{self, Asked};
use crate::simulate::{main_file, stem, tell, time};
use crate::{CLEAN, Console, FINDINGS, Stop, atomic};

const EXAMPLES: &str = "\
Examples:
  nml convert --list                                  targets, and what each can express
  nml convert LEMS_Ex5.xml --to neuron -o ex5         a Python package with its mechanisms
  cd ex5 && python run.py                             … compiled and run by NEURON
  nml convert LEMS_Ex5.xml --to neuron --check        all that the target cannot express; writes nothing
  nml convert cell.nml --to neuron -o out --duration 500ms
                                                      of a file that does not say how long to run
  nml convert LEMS_Ex5.xml --to neuron --cvode -o ex5 with variable steps
  nml convert LEMS_Ex5.xml --to netpyne -o ex5        JSON that NetPyNE loads as it is
  nml convert cell.swc --to neuroml                   a cell with segment groups, and back with `--to swc`
  nml convert net.nml --to hdf5                       the same document in another form: neuroml, inlined, split,
                                                      json, hdf5, hdf5-java, swc; into this folder unless -o
                                                      says otherwise
  nml convert LEMS_Ex5.xml --to omex                  the model and its runs as a COMBINE archive
  nml convert old.xml --to neuroml -o new             NeuroML 1, or a network of NeuroMLlite, as NeuroML 2

Exit status: 0 written, 1 the target cannot express the model, 2 usage or files, 3 a bug in nml.";

/// Writes a model for another simulator, or a document in another form.
///
/// What a target cannot express is a finding with its place in the source, and then nothing is written.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is one flag of the command line")]
pub(crate) struct ConvertArgs {
    /// A LEMS file that says what to run, or a network or cell file
    #[arg(value_name = "FILE", required_unless_present_any = ["list", "schema"])]
    file: Option<PathBuf>,
    /// The target; `--list` shows all
    #[arg(long, value_name = "TARGET", required_unless_present_any = ["list", "schema"])]
    to: Option<String>,
    #[arg(
        short,
        long,
        value_name = "FOLDER",
        help = "The folder to write into; it is made if need be"
    )]
    output: Option<PathBuf>,
    /// Only list what the target cannot express
    #[arg(long)]
    check: bool,
    /// Show what each target can express
    #[arg(long, conflicts_with_all = ["to", "check", "output"])]
    list: bool,
    /// Print the JSON Schema of what `--to json` writes
    #[arg(long, conflicts_with_all = ["file", "to", "check", "output", "list"])]
    schema: bool,
    /// Let the written program use variable steps, where the target has them
    #[arg(long)]
    cvode: bool,
    /// Run this component instead of what the file says
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    /// How long to run, where the file does not say, or instead
    #[arg(long, value_name = "TIME")]
    duration: Option<String>,
    /// The step, where the file does not say, or instead
    #[arg(long, value_name = "TIME")]
    dt: Option<String>,
    /// Record this quantity as well, such as `pop[0]/v` (may be given more than once)
    #[arg(long, value_name = "PATH")]
    record: Vec<String>,
    /// The seed of random numbers
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Search this folder for included files
    #[arg(short = 'I', long = "include-path", value_name = "FOLDER")]
    include_path: Vec<PathBuf>,
    /// Say nothing of what was written
    #[arg(short, long)]
    quiet: bool,
}

/// The options of `nml convert`.
pub(crate) type ConvertOptions = ConvertArgs;

pub(crate) fn run(options: &ConvertOptions, console: &mut Console<'_>) -> Result<u8, Stop> {
    if options.list {
        return console.print(&list()).map(|()| CLEAN);
    }
    if options.schema {
        return console.print(nml::convert::JSON_SCHEMA).map(|()| CLEAN);
    }
    let (Some(file), Some(to)) = (&options.file, &options.to) else {
        return Err(Stop("a file and `--to TARGET` are needed".to_owned()));
    };
    if let Some(form) = nml::convert::form(to) {
        if let Some(option) = of_runs(options) {
            return Err(Stop(format!(
                "{option} says how a model is to run; `{to}` is the document as it stands, in another form"
            )));
        }
        let asked = Asked {
            file,
            output: options.output.as_deref(),
            check: options.check,
            include_path: &options.include_path,
        };
        return rewrite::run(form, &asked, options.quiet, console);
    }
    let Some(target) = backend(to) else {
        let forms = nml::convert::FORMS.iter().map(|form| form.name);
        let names: Vec<&str> = BACKENDS.iter().map(|b| b.name()).chain(forms).collect();
        let near = nml_base::nearest(to, names.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let all = names.join(", ");
        return Err(Stop(format!("there is no target `{to}`{near} (targets: {all})")));
    };
    let loader = || {
        let files: Arc<dyn SourceLoader> = Arc::new(nml_base::OsLoader::default());
        nml::Loader::new(files).include_path(options.include_path.clone())
    };
    let path = main_file(&loader(), &console.env.working_folder.join(file))?;
    let model = loader().load(&path);
    if let Some(error) = &model.root().unreadable {
        return Err(Stop(error.to_string()));
    }
    let what = nml::simulate::SimulateOptions {
        step: time(&model, options.dt.as_deref(), "--dt")?,
        length: time(&model, options.duration.as_deref(), "--duration")?,
        seed: options.seed,
        ..Default::default()
    };
    let wish = Wish {
        target: options.target.clone(),
        record: options.record.clone(),
        record_events: Vec::new(),
        file: stem(&path),
    };
    let more = JobOptions { variable_step: options.cvode };
    let converted = match nml::convert::convert(&model, target, &wish, what, &more) {
        Ok(converted) => converted,
        Err(found) => {
            tell(file, found, model.sources(), console);
            return Ok(FINDINGS);
        }
    };
    if !converted.warnings.is_empty() {
        tell(file, converted.warnings, model.sources(), console);
    }
    if options.check {
        if !options.quiet {
            console.note(&format!("nml: {} can express all of this model", target.title()));
        }
        return Ok(CLEAN);
    }
    let Some(folder) = &options.output else {
        return Err(Stop("`-o FOLDER` is needed".to_owned()));
    };
    let folder = console.env.working_folder.join(folder);
    write(&folder, &converted.artifacts)?;
    if !options.quiet {
        let count = converted.artifacts.len();
        console.note(&format!("nml: wrote {count} files to {}", folder.display()));
    }
    Ok(CLEAN)
}

/// An option that was given and means nothing to a form of a document.
fn of_runs(options: &ConvertOptions) -> Option<&'static str> {
    [
        (options.cvode, "--cvode"),
        (options.target.is_some(), "--target"),
        (options.duration.is_some(), "--duration"),
        (options.dt.is_some(), "--dt"),
        (!options.record.is_empty(), "--record"),
        (options.seed.is_some(), "--seed"),
    ]
    .into_iter()
    .find_map(|(given, name)| given.then_some(name))
}

/// Writes all files, each whole or not at all.
pub(crate) fn write(folder: &Path, artifacts: &Artifacts) -> Result<(), Stop> {
    for (path, bytes) in artifacts.iter() {
        let path = folder.join(path);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| atomic::write(&path, bytes))
            .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
    }
    Ok(())
}

/// The support matrix, and what limits what is partly there.
fn list() -> String {
    let width = Feature::ALL.iter().map(|f| f.title().len()).max().unwrap_or(0);
    let mut text = format!("{:width$}", "");
    for backend in BACKENDS {
        let _ = write!(text, "  {:>9}", backend.name());
    }
    text.push('\n');
    for feature in Feature::ALL {
        let _ = write!(text, "{:width$}", feature.title());
        for backend in BACKENDS {
            let _ = write!(text, "  {:>9}", backend.support(feature).word());
        }
        text.push('\n');
    }
    let notes: Vec<String> = BACKENDS.iter().flat_map(|b| limits(*b)).collect();
    if !notes.is_empty() {
        text.push_str("\nPartly:\n");
        text.push_str(&notes.concat());
    }
    text.push_str("\nForms of documents:\n");
    for form in nml::convert::FORMS {
        let _ = writeln!(text, "  {:12}{}", form.name, form.title);
    }
    text
}

fn limits(backend: &dyn Backend) -> Vec<String> {
    let limit = |feature: &Feature| match backend.support(*feature) {
        Support::Partial(what) => {
            Some(format!("  {}, {}: {what}\n", backend.name(), feature.title()))
        }
        Support::Full | Support::None => None,
    };
    Feature::ALL.iter().filter_map(limit).collect()
}
