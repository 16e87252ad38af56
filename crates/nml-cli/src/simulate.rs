//! `nml simulate`.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use nml::model::Model;
use nml::results::TextSink;
use nml::simulate::{Prepared, SinkError, prepare};
use nml_base::{Diagnostic, OsLoader, SourceMap};
use nml_report::{CheckedFile, Format, Report, Terminal, Tool, render};

use crate::args::SimulateOptions;
use crate::atomic::Growing;
use crate::{CLEAN, Console, FINDINGS, Stop, TROUBLE};

pub(crate) fn run(options: &SimulateOptions, console: &mut Console<'_>) -> Result<u8, Stop> {
    let path = console.env.working_folder.join(&options.file);
    let files = Arc::new(OsLoader::default());
    let checker = nml::Checker::new(files, options.include_path.clone());
    let model = checker.loader().load(&path);
    let what = nml::simulate::SimulateOptions {
        scheme: options.scheme,
        step: time(&model, options.dt.as_deref(), "--dt")?,
        length: time(&model, options.duration.as_deref(), "--duration")?,
        seed: options.seed,
        threads: 0,
        displays: false,
    };
    let prepared = match prepare(&model, what) {
        Ok(prepared) => prepared,
        Err(found) => {
            tell(&options.file, found, model.sources(), console);
            return Ok(FINDINGS);
        }
    };
    if !prepared.warnings.is_empty() {
        tell(&options.file, prepared.warnings.clone(), model.sources(), console);
    }
    let here = path.parent().unwrap_or(Path::new("")).to_owned();
    let folder = options.output.as_ref().map_or(here, |o| console.env.working_folder.join(o));
    write(&prepared, &folder, console)
}

/// A time given on the command line, in seconds.
fn time(model: &Model, text: Option<&str>, option: &str) -> Result<Option<f64>, Stop> {
    let Some(text) = text else { return Ok(None) };
    let read = model.units().quantity(text).ok();
    let seconds = read.filter(|q| q.dimension == nml::units::Dimension::TIME && q.si > 0.0);
    match seconds {
        Some(quantity) => Ok(Some(quantity.si)),
        None => Err(Stop(format!("`{option} {text}` is no time; write one such as `0.01ms`"))),
    }
}

/// Runs and writes; files appear whole, or as far as a run came that did not end well.
fn write(prepared: &Prepared, folder: &Path, console: &mut Console<'_>) -> Result<u8, Stop> {
    let names = prepared.files();
    let mut open = Vec::new();
    for name in &names {
        let path = folder.join(name);
        let file = Growing::begin(&path);
        open.push(file.map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?);
    }
    let started = Instant::now();
    let ran = prepared.run(&mut TextSink::new(prepared, |file: usize, text: &str| {
        let written = open[file].add(text);
        written.map_err(|e| SinkError(format!("cannot write {}: {e}", names[file].display())))
    }));
    for (file, name) in open.into_iter().zip(&names) {
        file.finish().map_err(|e| Stop(format!("cannot write {}: {e}", name.display())))?;
    }
    match ran {
        Ok(report) => {
            let seconds = started.elapsed().as_secs_f64();
            let simulated = prepared.experiment.length;
            console.note(&format!(
                "{} steps, {simulated} s simulated in {seconds:.3} s; {} written to {}",
                report.steps,
                if names.len() == 1 {
                    "1 file".to_owned()
                } else {
                    format!("{} files", names.len())
                },
                folder.display(),
            ));
            Ok(CLEAN)
        }
        Err(error) => {
            console.note(&format!("nml: the run stopped: {error}"));
            Ok(match error {
                nml::simulate::RunError::Sink(_) => TROUBLE,
                _ => FINDINGS,
            })
        }
    }
}

fn tell(file: &Path, found: Vec<Diagnostic>, sources: &SourceMap, console: &mut Console<'_>) {
    let tool = Tool { name: "nml", version: env!("CARGO_PKG_VERSION") };
    let name = file.display().to_string();
    let files = vec![CheckedFile { name, diagnostics: found }];
    let report = Report::new(sources, tool, files, |_: &Diagnostic| false);
    let terminal = Terminal {
        width: console.env.width.unwrap_or(100),
        unicode: console.env.unicode,
        ..Terminal::default()
    };
    let text = render(&report, Format::Human, &terminal);
    console.note(text.trim_end());
}
