//! `nml jnml FILE`: a LEMS file run as the Java tool runs it.
//!
//! Files appear in the working folder, or in the `path` an output gives, which must exist; nothing is written
//! beside them.  There are no windows: what the Java tool would show, `nml simulate --plot` draws.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use nml::results::Format;
use nml::simulate::{Scheme, Sink};

use super::outputs::{self, Outputs};
use super::report::{self, Told};
use super::watch::{Stopped, Watch};
use super::{SimulateOptions, open};
use crate::interrupt::STOPPED;
use crate::{CLEAN, Console, FINDINGS, Stop};

/// How far the Java tool goes with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// It runs it and opens windows.
    Windows,
    /// It runs it.
    NoGui,
    /// It reads it.
    NoRun,
}

pub(crate) fn run(
    file: &Path,
    mode: Mode,
    include_path: Vec<PathBuf>,
    console: &mut Console<'_>,
) -> Result<u8, Stop> {
    let folder = console.env.working_folder.clone();
    let how = match mode {
        Mode::Windows => "",
        Mode::NoGui => ", NO GUI mode",
        Mode::NoRun => ", NO RUN mode",
    };
    console.print(&format!("Loading: {} with jLEMS{how}...\n", folder.join(file).display()))?;
    let options = SimulateOptions {
        output: Some(folder.clone()),
        format: Format::Dat,
        scheme: Scheme::Jlems,
        include_path,
        quiet: true,
        ..SimulateOptions::of(file)
    };
    let Some(session) = open(&options, console)? else { return Ok(FINDINGS) };
    if mode == Mode::NoRun {
        console.print("(INFO) Finished reading and building LEMS model\n")?;
        return Ok(CLEAN);
    }
    let prepared = &session.prepared;
    for name in outputs::names(prepared, Format::Dat)? {
        let path = folder.join(&name.path);
        if let Some(missing) = path.parent().filter(|folder| !folder.is_dir()) {
            console.note(&format!("nml: the folder {} does not exist", missing.display()));
            return Ok(FINDINGS);
        }
    }
    let mut outputs = Outputs::begin(prepared, Format::Dat, &folder, None)?;
    let to: Vec<&mut dyn Sink> = vec![&mut outputs];
    let mut watch = Watch::new(to);
    let ran = prepared.run(&mut watch);
    let (stopped, steps, seconds) = (watch.stopped, watch.steps, watch.elapsed().as_secs_f64());
    let (written, times) = outputs.finish()?;
    if let Err(error) = &ran {
        if stopped == Some(Stopped::Interrupt) {
            return Ok(STOPPED);
        }
        console.note(&format!("nml: {}", session.fault(error, seconds)));
        return Ok(FINDINGS);
    }
    let told = Told { simulator: "jLEMS", file: &folder.join(file), seconds };
    let reported = report::write(prepared, times, &told, &folder)?;
    let (length, step) = (prepared.request.length * 1e3, prepared.request.step * 1e3);
    let mut text = format!(
        "(INFO) Finished {steps} steps in {seconds:.3} seconds (sim duration: {length}ms; dt: {step}ms)\n"
    );
    for name in written {
        let path = folder.join(name);
        let size = std::fs::metadata(&path).map_or(0, |m| m.len());
        // Writing to a string does not fail.
        let _ = writeln!(text, "(INFO) Written to the file {} {size}", path.display());
    }
    let times = prepared.experiment.times_file.as_deref().map(Path::new);
    for name in reported.iter().filter(|name| Some(name.as_path()) != times) {
        let path = folder.join(name);
        let _ = writeln!(text, "(INFO) Simulation report will be saved in {}", path.display());
    }
    text.push_str("(INFO) Finished reading, building, running and displaying LEMS model\n");
    console.print(&text)?;
    if mode == Mode::Windows && !prepared.experiment.displays.is_empty() {
        console.note(
            "nml: there are no windows here; `nml simulate FILE --plot` draws what they would show",
        );
    }
    Ok(CLEAN)
}
