//! `nml simulate`.

mod args;
mod checkpoints;
mod closing;
mod estimate;
pub(crate) mod java;
mod outputs;
mod pictures;
mod provenance;
mod report;
mod watch;

use std::fmt::Write as _;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use nml::Census;
use nml::checkpoint::Checkpoint;
use nml::figures::Figures;
use nml::model::{Model, standard_units};
use nml::simulate::{
    CableOptions, Prepared, Report as SimulationReport, RunError, Sink, Wish, prepare_wish,
};
use nml::units::Dimension;
use nml_base::{Diagnostic, SourceLoader, SourceMap};
use nml_report::{CheckedFile, Format, Report, Terminal, Tool, render};

pub(crate) use args::{SimulateArgs, SimulateOptions};

use crate::interrupt::STOPPED;
use crate::{CLEAN, Console, FINDINGS, Stop, atomic};
use checkpoints::{Checkpoints, Every};
use outputs::Outputs;
use provenance::{Outcome, Remembering};
use report::Told;
use watch::{Spent, Stopped, Watch};

/// A run that took longer, in seconds, is not repeated to see how it was before it failed.
const WORTH_REPEATING: f64 = 60.0;
/// The most states shown.
const MOST_STATES: usize = 12;

/// A model ready to run, and how it came to be.
struct Session<'o> {
    begun: Instant,
    options: &'o SimulateOptions,
    /// When checkpoints are made.
    every: Every,
    read: Arc<Remembering>,
    model: Model,
    prepared: Prepared,
    census: Census,
    /// The folder that relative names on the command line start from.
    working_folder: PathBuf,
    /// The folder of the file.
    home: PathBuf,
    /// The folder for results.
    folder: PathBuf,
}

pub(crate) fn run(options: &SimulateOptions, console: &mut Console<'_>) -> Result<u8, Stop> {
    match open(options, console)? {
        Some(session) if options.dry_run => session.estimate(console),
        Some(session) => session.carry_out(console),
        None => Ok(FINDINGS),
    }
}

/// Loads and prepares; `None` where the model cannot be run, which has been told.
fn open<'o>(
    options: &'o SimulateOptions,
    console: &mut Console<'_>,
) -> Result<Option<Session<'o>>, Stop> {
    let begun = Instant::now();
    if options.tables.is_some() && options.scheme != nml::simulate::Scheme::Auto {
        let name = options.scheme.name();
        return Err(Stop(format!(
            "`--tables` is for the scheme `auto`; `{name}` computes all rates"
        )));
    }
    let read = Arc::new(Remembering::default());
    let loader = || {
        let files: Arc<dyn SourceLoader> = Arc::clone(&read) as _;
        nml::Loader::new(files).include_path(options.include_path.clone())
    };
    let path = main_file(&loader(), &console.env.working_folder.join(&options.file))?;
    let mut model = loader().load(&path);
    if let Some(error) = &model.root().unreadable {
        return Err(Stop(error.to_string()));
    }
    if !options.set.is_empty() {
        let texts = nml::overrides::edited(&model, &options.set);
        let texts = texts.map_err(|e| Stop(e.to_string()))?;
        model = loader().edited(texts).load(&path);
    }
    let what = nml::simulate::SimulateOptions {
        scheme: options.scheme,
        step: time(&model, options.dt.as_deref(), "--dt")?,
        length: time(&model, options.duration.as_deref(), "--duration")?,
        seed: options.seed,
        threads: options.threads,
        tables: options.tables,
        displays: options.plot.is_some(),
        cable: CableOptions { division: options.division, ..CableOptions::default() },
    };
    let every = Every {
        worked_s: options.keeping.checkpoint,
        simulated_s: time(
            &model,
            options.keeping.checkpoint_every.as_deref(),
            "--checkpoint-every",
        )?,
    };
    let wish = Wish {
        target: options.target.clone(),
        record: options.record.clone(),
        record_events: options.record_events.clone(),
        file: stem(&path),
    };
    let mut prepared = match prepare_wish(&model, what, &wish) {
        Ok(prepared) => prepared,
        Err(found) => {
            tell(&options.file, found, model.sources(), console);
            return Ok(None);
        }
    };
    let warnings = std::mem::take(&mut prepared.warnings);
    if !warnings.is_empty() {
        tell(&options.file, warnings, model.sources(), console);
    }
    let census = nml::census(&model, &prepared.flat);
    let home = path.parent().unwrap_or(Path::new("")).to_owned();
    // Nothing is written into an archive; its results go beside it.
    let beside = home.ancestors().find(|f| f.is_dir() || f.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("")).to_owned();
    let folder = options.output.as_ref().map_or(beside, |o| console.env.working_folder.join(o));
    let working_folder = console.env.working_folder.clone();
    Ok(Some(Session {
        begun,
        options,
        every,
        read,
        model,
        prepared,
        census,
        working_folder,
        home,
        folder,
    }))
}

/// The file to load: of an archive the one that its manifest puts first, else the only LEMS file, or else the only
/// NeuroML file with a network.
pub(crate) fn main_file(loader: &nml::Loader, path: &Path) -> Result<PathBuf, Stop> {
    if !nml::is_archive(path) || !loader.files().is_file(path) {
        return Ok(path.to_owned());
    }
    let models = loader.files().models_in(path).map_err(|e| Stop(e.to_string()))?;
    let master = loader
        .files()
        .master_of(path)
        .map_err(|e| Stop(format!("{e}\nname the file itself: {}/FILE", path.display())))?;
    if let Some(master) = master {
        return Ok(master);
    }
    let ending = |end: &str| {
        let fits = |p: &&PathBuf| p.to_string_lossy().to_ascii_lowercase().ends_with(end);
        models.iter().filter(fits).collect::<Vec<_>>()
    };
    let shown = |list: &[&PathBuf]| {
        let names: Vec<_> = list.iter().take(8).map(|p| p.display().to_string()).collect();
        names.join("\n  ")
    };
    for found in [ending(".xml"), ending(".net.nml"), ending(".nml")] {
        match found[..] {
            [] => {}
            [one] => return Ok(one.clone()),
            _ => {
                return Err(Stop(format!(
                    "name one of the files in the archive:\n  {}",
                    shown(&found)
                )));
            }
        }
    }
    Err(Stop(format!("there is no model in {}", path.display())))
}

/// The name of a file without what tells its format.
pub(crate) fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut rest = name.as_str();
    for end in [".gz", ".h5", ".xml", ".nml", ".net", ".cell"] {
        rest = rest.strip_suffix(end).unwrap_or(rest);
    }
    if rest.is_empty() { name } else { rest.to_owned() }
}

/// A time given on the command line, in seconds.
pub(crate) fn time(model: &Model, text: Option<&str>, option: &str) -> Result<Option<f64>, Stop> {
    let Some(text) = text else { return Ok(None) };
    // A model with a world of its own may lack the unit; the command line has those of the standard all the same.
    let standard = standard_units();
    let read = model.units().quantity(text).or_else(|_| standard.quantity(text));
    let Ok(read) = read else {
        return Err(Stop(format!("`{option} {text}` is no time; write one such as `0.01ms`")));
    };
    if read.dimension != Dimension::TIME {
        return Err(Stop(format!(
            "`{option} {text}` has no unit of time; write one such as `0.01ms`"
        )));
    }
    if !(read.si > 0.0 && read.si.is_finite()) {
        return Err(Stop(format!("`{option} {text}` is not above 0")));
    }
    Ok(Some(read.si))
}

impl Session<'_> {
    /// Runs and writes; files appear whole, or as far as a run came that did not end well.
    fn carry_out(&self, console: &mut Console<'_>) -> Result<u8, Stop> {
        let prepared = &self.prepared;
        if let (Some(by_default), false) = (prepared.by_default, self.options.quiet) {
            console.note(&closing::by_default(by_default));
        }
        let mut file = self.saved(console)?;
        let run = self.description();
        let saved = match file.as_mut().map(|file| checkpoints::read(file, &run)).transpose() {
            Ok(saved) => saved,
            Err(error) => {
                let path = self.checkpoint();
                let what = format!("nml: cannot go on from {}: {error}", path.display());
                console.note(&what);
                return Ok(FINDINGS);
            }
        };
        let keeper = self.keeper(run, saved.as_ref().map(|(found, _)| found));
        let format = self.options.format;
        let mut outputs = Outputs::begin(prepared, format, &self.folder, keeper)?;
        let before = outputs.checkpoints().map_or(0, Checkpoints::steps);
        let pictures = self.pictures(outputs.names());
        let mut figures = Figures::new(&self.model, prepared);
        let keeps = outputs.checkpoints().is_some();
        let mut to: Vec<&mut dyn Sink> = vec![&mut outputs];
        if self.options.plot.is_some() {
            to.push(&mut figures);
        }
        let mut watch = Watch::new(to);
        watch.keeps = keeps;
        if console.env.progress && !self.options.quiet {
            watch.tell = Some((&mut *console.error, prepared.request.length));
        }
        let ran = match saved {
            // Of a run that has ended only the files may not be complete.
            Some((found, _)) if found.complete => {
                Ok(SimulationReport { steps: found.steps, ..SimulationReport::default() })
            }
            Some((_, state)) => prepared.resume(&mut BufReader::new(state), &mut watch),
            None => prepared.run(&mut watch),
        };
        watch.clear();
        let (stopped, here, seconds) = (watch.stopped, watch.steps, watch.elapsed().as_secs_f64());
        let (spent, steps) = (watch.times(self.begun), before + here);
        if let (Err(RunError::Sink(error)), None) = (&ran, stopped) {
            return Err(Stop(error.to_string()));
        }
        if let Err(RunError::Snapshot(error)) = &ran {
            console.note(&format!("nml: {error}"));
            return Ok(FINDINGS);
        }
        if let (Some(Stopped::Interrupt), Some(keeper)) = (stopped, outputs.checkpoints()) {
            let (steps, path) = (keeper.steps(), keeper.path().display());
            console.note(&format!(
                "nml: stopped by Ctrl-C after {steps} steps; `--resume` goes on from {path}"
            ));
            return Ok(STOPPED);
        }
        let (mut written, times) = outputs.finish()?;
        written.extend(self.draw(&figures, pictures)?);
        let told = Told { simulator: "nml", file: &self.options.file, seconds };
        written.extend(report::write(prepared, times, &told, &self.folder)?);
        let ended = match (&ran, stopped) {
            (Ok(_), _) => "complete".to_owned(),
            (Err(_), Some(Stopped::Interrupt | Stopped::Limit)) => {
                format!("stopped by Ctrl-C after {steps} steps")
            }
            (Err(error), None) => self.fault(error, seconds),
        };
        let report = ran.as_ref().ok();
        written.push(self.record(&written, &ended, (steps, seconds, spent), report)?);
        if ran.is_ok() {
            if !self.options.quiet {
                console.note(&closing::line(self, (steps, here), seconds, &written));
                if let Some(accuracy) = report.and_then(|report| report.accuracy.as_ref()) {
                    console.note(&closing::accuracy(accuracy));
                }
                if let (Some(_), Some(report)) = (self.options.tables, report) {
                    console.note(&closing::tables(&report.tables));
                }
            }
            return Ok(CLEAN);
        }
        let time = steps as f64 * prepared.request.step;
        console.note(&format!("nml: {ended}; what is written goes up to {time:.6} s at most"));
        Ok(if stopped.is_some() { STOPPED } else { FINDINGS })
    }

    /// Where checkpoints are.
    fn checkpoint(&self) -> PathBuf {
        self.folder.join(format!("{}.checkpoint", stem(&self.options.file)))
    }

    /// What a checkpoint of this run says.
    fn description(&self) -> Checkpoint {
        if self.every == Every::default() && !self.options.keeping.resume {
            return Checkpoint::default();
        }
        let format = self.options.format.name().to_owned();
        Checkpoint { format, ..Checkpoint::of(&self.prepared) }
    }

    /// What makes checkpoints, if they are wanted.
    fn keeper(&self, run: Checkpoint, saved: Option<&Checkpoint>) -> Option<Checkpoints> {
        let wanted = self.every != Every::default() || saved.is_some();
        wanted.then(|| Checkpoints::new(self.checkpoint(), run, saved, self.every))
    }

    /// The checkpoint to go on from, if that is wanted.
    fn saved(&self, console: &mut Console<'_>) -> Result<Option<std::fs::File>, Stop> {
        let (options, path) = (self.options, self.checkpoint());
        let makes = self.every != Every::default();
        let scheme = self.prepared.request.scheme;
        if (makes || options.keeping.resume) && !scheme.can_resume() {
            return Err(Stop(format!(
                "a run with scheme `{}` has no steps to make checkpoints between; leave out `--checkpoint`, `--checkpoint-every` and `--resume`",
                scheme.name()
            )));
        }
        if !options.keeping.resume {
            return Ok(None);
        }
        let found = checkpoints::open(&path)?;
        if found.is_none() && !makes {
            return Err(Stop(format!(
                "there is no checkpoint {}; leave out `--resume` to begin anew",
                path.display()
            )));
        }
        if found.is_none() && !options.quiet {
            console.note(&format!("there is no checkpoint {}: the run begins", path.display()));
        }
        Ok(found)
    }

    /// Writes how the results came about; answers the name of the file.
    fn record(
        &self,
        written: &[PathBuf],
        ended: &str,
        (steps, seconds, spent): (u64, f64, Spent),
        report: Option<&SimulationReport>,
    ) -> Result<PathBuf, Stop> {
        let name = PathBuf::from(format!("{}.run.json", stem(&self.options.file)));
        let outcome = Outcome {
            prepared: &self.prepared,
            options: self.options,
            read: &self.read,
            folder: &self.home,
            simulation: self.id(self.prepared.experiment.simulation),
            target: self.id(self.prepared.experiment.target),
            steps,
            ended,
            written,
            seconds,
            spent,
            accuracy: report.and_then(|report| report.accuracy.as_ref()),
            tables: report.map_or(&[], |report| &report.tables),
            census: self.census,
        };
        let path = self.folder.join(&name);
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| atomic::write(&path, outcome.to_json().as_bytes()))
            .map_err(|e| Stop(format!("cannot write {}: {e}", path.display())))?;
        Ok(name)
    }

    fn id(&self, component: nml::model::ComponentRef) -> &str {
        let component = self.model.component(component);
        component.id().unwrap_or(component.name())
    }

    /// What went wrong where, and the last state before it; `seconds` is how long the run took.
    fn fault(&self, error: &RunError, seconds: f64) -> String {
        let RunError::NotFinite { kind, instance, quantity, value, time, .. } = error else {
            return format!("the run stopped: {error}");
        };
        let flat = &self.prepared.flat;
        let name = &flat.kind(*kind).name;
        let path = flat.path_to(*kind, *instance);
        let whose =
            if path.is_empty() { format!("`{name}`") } else { format!("`{path}` ({name})") };
        let mut text = format!("the run stopped: `{quantity}` of {whose} is {value} at {time} s");
        let last = (seconds < WORTH_REPEATING)
            .then(|| self.prepared.last_good(*kind, *instance, *time))
            .flatten();
        if let Some(last) = last {
            let shown = last.states.iter().take(MOST_STATES);
            let states: Vec<String> = shown
                .map(|(name, value)| format!("{name} = {}", nml_base::format_f64(*value)))
                .collect();
            let more = if last.states.len() > MOST_STATES { " …" } else { "" };
            let list = states.join(", ");
            let _ = write!(
                text,
                "; its last good state, in SI units, at {} s: {list}{more}",
                last.time
            );
        }
        text
    }
}

pub(crate) fn tell(
    file: &Path,
    found: Vec<Diagnostic>,
    sources: &SourceMap,
    console: &mut Console<'_>,
) {
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
