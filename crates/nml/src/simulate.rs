//! Models to results.

use std::io::Read;
use std::path::PathBuf;

use nml_base::{Diagnostic, Diagnostics, Severity};
pub use nml_flat::cable::{CableOptions, Coverage, Division, PointRule};
pub use nml_flat::{
    Display, EventFormat, EventOutput, Experiment, Flat, KindId, Line, Merged, Output, Wanted,
};
use nml_flat::{Probe, Recorded, Seen};
use nml_model::{DocumentKind, Model};
pub use nml_sim::{
    Accuracy, EventRow, Proof, Report, Request, Rows, RunError, Scheme, Sink, SinkError, Snapshot,
    SnapshotError,
};

use crate::results::Column;

/// What a run does differently from what its file says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SimulateOptions {
    /// How the model is carried out.
    pub scheme: Scheme,
    /// Another step, in seconds.
    pub step: Option<f64>,
    /// Another length, in seconds.
    pub length: Option<f64>,
    /// Another seed.
    pub seed: Option<u64>,
    /// The most threads to use; 0 leaves it to the scheme.
    pub threads: usize,
    /// The largest error of rates of gates, as a part of the largest value of each, if they may come from tables.
    pub tables: Option<f64>,
    /// Whether what the displays show is kept as well; each display is an output after those with files.
    pub displays: bool,
    /// How cells of several compartments are cut, where the scheme leaves that open.
    pub cable: CableOptions,
}

/// A run, resolved against its model and not begun.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What the file asks for, with the options applied.
    pub experiment: Experiment,
    /// The model as equations.
    pub flat: Flat,
    /// What is run and kept.
    pub request: Request,
    /// The columns of each output of the request, those of displays after those of files.
    pub columns: Vec<Vec<Column>>,
    /// What is recorded although nobody asked.
    pub by_default: Option<ByDefault>,
    /// What was noticed that is no reason to stop.
    pub warnings: Vec<Diagnostic>,
}

/// What is recorded where nobody says what to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByDefault {
    /// The membrane potentials of so many cells.
    Cells(usize),
    /// What so many displays show, each in a file of its own.
    Displays(usize),
}

/// Finds out what a model asks to run, flattens it and resolves what is to be recorded.  Of several runs this
/// is the first; [`prepare_all`] has them all.
///
/// # Errors
/// All findings, at least one of which is an error: those of loading the model, then those of flattening.
pub fn prepare(model: &Model, options: SimulateOptions) -> Result<Prepared, Vec<Diagnostic>> {
    let mut all = prepare_all(model, options)?;
    let mut first = all.swap_remove(0);
    if !all.is_empty() {
        let place = model.component(first.experiment.simulation).id_span();
        let what = format!("the file asks for {} runs; this is the only one made", all.len() + 1);
        first.warnings.push(Diagnostic::new(nml_flat::without_effect_rule(), place, what));
    }
    Ok(first)
}

/// As [`prepare`], for all runs that a model asks for, in the order written; there is at least one.
///
/// # Errors
/// As for [`prepare`].
pub fn prepare_all(
    model: &Model,
    options: SimulateOptions,
) -> Result<Vec<Prepared>, Vec<Diagnostic>> {
    let mut sink = loaded(model)?;
    let experiments = nml_flat::experiments(model, &mut sink);
    let mut all = Vec::new();
    for experiment in experiments {
        all.extend(prepare_with(model, experiment, options, &mut sink));
    }
    if sink.has_errors() || all.is_empty() {
        return Err(sink.into_vec());
    }
    all[0].warnings = sink.into_vec();
    Ok(all)
}

/// What is run and recorded besides what the file says, or instead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// The component to run, instead of what the file asks for.
    pub target: Option<String>,
    /// Paths of quantities to record besides.
    pub record: Vec<String>,
    /// Paths of instances whose events are recorded besides, with the port: `pop[0]/spike`.
    pub record_events: Vec<String>,
    /// The name of the files for that, without ending.
    pub file: String,
}

/// The step where neither file nor options give one, in seconds.
pub const DEFAULT_STEP: f64 = 1e-5;

/// Prepares what a file asks for, with more recorded; where it asks for nothing, or for something else than is
/// wished, the run of its network or cell.  Where nobody says what to record, it is what the displays show, or else
/// the membrane potentials of the cells if they are few.
///
/// # Errors
/// As for [`prepare`].
pub fn prepare_wish(
    model: &Model,
    options: SimulateOptions,
    wish: &Wish,
) -> Result<Prepared, Vec<Diagnostic>> {
    let mut sink = loaded(model)?;
    let prepared = wished(model, options, wish, &mut sink).and_then(|(mut experiment, cells)| {
        let displays = record_displays(&mut experiment, &wish.file);
        let prepared = prepare_more(model, experiment, options, cells, &mut sink);
        prepared.map(|p| Prepared { by_default: p.by_default.or(displays), ..p })
    });
    match prepared {
        Some(mut prepared) if !sink.has_errors() => {
            prepared.warnings = sink.into_vec();
            Ok(prepared)
        }
        _ => Err(sink.into_vec()),
    }
}

/// Lets a run without files write what its displays show, each into `FILE_DISPLAY.dat`, or `FILE.dat`
/// where it has no identifier.
pub(crate) fn record_displays(experiment: &mut Experiment, file: &str) -> Option<ByDefault> {
    let has_files = !experiment.outputs.is_empty() || !experiment.event_outputs.is_empty();
    let shown: Vec<&Display> = experiment.displays.iter().filter(|d| !d.lines.is_empty()).collect();
    if has_files || shown.is_empty() {
        return None;
    }
    let mut outputs: Vec<Output> = Vec::new();
    for display in &shown {
        let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        let name: String = display.id.chars().map(plain).collect();
        let name = if name.is_empty() { file.to_owned() } else { format!("{file}_{name}") };
        let again = |number: usize| match number {
            1 => format!("{name}.dat"),
            _ => format!("{name}_{number}.dat"),
        };
        let mut number = 1;
        while outputs.iter().any(|output| output.file == again(number)) {
            number += 1;
        }
        outputs.push(Output {
            id: display.id.clone(),
            folder: None,
            file: again(number),
            columns: display.lines.iter().map(|line| line.recorded.clone()).collect(),
        });
    }
    let count = outputs.len();
    experiment.outputs = outputs;
    Some(ByDefault::Displays(count))
}

/// The run that is wished, and the file for membrane potentials where nothing is recorded.
pub(crate) fn wished<'w>(
    model: &Model,
    options: SimulateOptions,
    wish: &'w Wish,
    sink: &mut Diagnostics,
) -> Option<(Experiment, Option<&'w str>)> {
    let asked = wish.target.is_none() && nml_flat::asks(model);
    let mut experiment = None;
    if asked {
        let all = nml_flat::experiments(model, sink);
        let count = all.len();
        let first = all.into_iter().next()?;
        if count > 1 {
            let place = model.component(first.simulation).id_span();
            let what = format!("the file asks for {count} runs; this is the only one made");
            sink.push(Diagnostic::new(nml_flat::without_effect_rule(), place, what));
        }
        experiment = Some(first);
        if wish.record.is_empty() && wish.record_events.is_empty() {
            return experiment.map(|e| (e, None));
        }
    }
    let length = options.length.or(experiment.as_ref().map(|e| e.length));
    if length.is_none() && wish.target.is_none() && model.root().kind == DocumentKind::Lems {
        // Of a LEMS file one expects that it says what to run; this tells that it does not.
        nml_flat::experiments(model, sink);
        return None;
    }
    let Some(length) = length else {
        let file = model.root().file().span();
        let start = nml_base::Span { end: file.start, ..file };
        let what = "the file does not say how long to run";
        let rule = nml_flat::nothing_to_simulate_rule();
        let help = "give a length, such as `--duration 500ms`";
        sink.push(Diagnostic::new(rule, start, what).help(help));
        return None;
    };
    let wanted = Wanted {
        target: match &experiment {
            Some(experiment) => model.component(experiment.target).id().map(str::to_owned),
            None => wish.target.clone(),
        },
        step: options.step.unwrap_or(DEFAULT_STEP),
        length,
        seed: options.seed,
        record: wish.record.clone(),
        record_events: wish.record_events.clone(),
        file: wish.file.clone(),
    };
    let more = nml_flat::experiment_for(model, &wanted, sink)?;
    let nothing = more.outputs.is_empty() && more.event_outputs.is_empty();
    match experiment {
        Some(mut asked) => {
            asked.outputs.extend(more.outputs);
            asked.event_outputs.extend(more.event_outputs);
            Some((asked, None))
        }
        None => Some((more, nothing.then_some(wish.file.as_str()))),
    }
}

/// Prepares the run of a component that no file describes: a network or a cell with given step and length.
///
/// # Errors
/// As for [`prepare`].
pub fn prepare_wanted(
    model: &Model,
    wanted: &Wanted,
    options: SimulateOptions,
) -> Result<Prepared, Vec<Diagnostic>> {
    let mut sink = loaded(model)?;
    let prepared = nml_flat::experiment_for(model, wanted, &mut sink)
        .and_then(|experiment| prepare_with(model, experiment, options, &mut sink));
    match prepared {
        Some(mut prepared) if !sink.has_errors() => {
            prepared.warnings = sink.into_vec();
            Ok(prepared)
        }
        _ => Err(sink.into_vec()),
    }
}

/// Nothing yet; the errors of loading where there are any.
pub(crate) fn loaded(model: &Model) -> Result<Diagnostics, Vec<Diagnostic>> {
    let mut sink = Diagnostics::new();
    let broken = |d: &&Diagnostic| d.severity == Severity::Error && d.rule.code < "NML0100";
    sink.extend(model.diagnostics().filter(broken).cloned());
    if sink.has_errors() { Err(sink.into_vec()) } else { Ok(sink) }
}

fn prepare_with(
    model: &Model,
    experiment: Experiment,
    options: SimulateOptions,
    sink: &mut Diagnostics,
) -> Option<Prepared> {
    prepare_more(model, experiment, options, None, sink)
}

/// `cells` is the name of a file for the membrane potentials of all cells, if those are to be recorded.
fn prepare_more(
    model: &Model,
    mut experiment: Experiment,
    options: SimulateOptions,
    cells: Option<&str>,
    sink: &mut Diagnostics,
) -> Option<Prepared> {
    experiment.step = options.step.unwrap_or(experiment.step);
    experiment.length = options.length.unwrap_or(experiment.length);
    experiment.seed = options.seed.or(experiment.seed);
    let flattening = options.scheme.flattening(options.cable);
    let flat = {
        let files = experiment.outputs.iter().flat_map(|output| &output.columns);
        let windows = experiment.displays.iter().flat_map(|d| &d.lines).map(|l| &l.recorded);
        let events = experiment.event_outputs.iter().flat_map(|output| &output.selections);
        let paths = files.chain(windows).map(|recorded| recorded.path.as_str());
        let paths: Vec<&str> = paths.chain(events.map(|event| event.path.as_str())).collect();
        nml_flat::flatten_watched(model, experiment.target, flattening, &paths, sink)?
    };
    let by_default = match cells {
        Some(file) => {
            let count = nml_flat::record_cells(model, &flat, file, &mut experiment, sink)?;
            Some(ByDefault::Cells(count))
        }
        None => None,
    };
    let (mut traces, mut columns) = (Vec::new(), Vec::new());
    let files = experiment.outputs.iter().map(|output| output.columns.iter().collect());
    let windows = experiment.displays.iter().map(|d| d.lines.iter().map(|l| &l.recorded).collect());
    for (at, recorded) in files.chain(windows).enumerate() {
        let recorded: Vec<&Recorded> = recorded;
        let found =
            recorded.into_iter().filter_map(|c| Some((c, flat.probe(&c.path, c.span, sink)?)));
        let found: Vec<(&Recorded, Probe)> = found.collect();
        // What displays show is resolved in any case, so that a wrong path is told.
        if at < experiment.outputs.len() || options.displays {
            columns.push(found.iter().map(|(c, probe)| column(model, &flat, c, *probe)).collect());
            traces.push(found.into_iter().map(|(_, probe)| probe).collect());
        }
    }
    let mut events = Vec::new();
    for output in &experiment.event_outputs {
        let ports = output.selections.iter();
        events.push(ports.filter_map(|s| flat.outlet(&s.path, &s.port, s.span, sink)).collect());
    }
    let (step, length, seed) = (experiment.step, experiment.length, experiment.seed);
    let (scheme, threads) = (options.scheme, options.threads);
    let request =
        Request { scheme, step, length, seed, threads, tables: options.tables, traces, events };
    // Compiling says now, not later, what cannot run.
    if !nml_sim::Simulation::check(&flat, &request, sink) {
        return None;
    }
    Some(Prepared { experiment, flat, request, columns, by_default, warnings: Vec::new() })
}

/// What is told about a recorded quantity.
fn column(model: &Model, flat: &Flat, recorded: &Recorded, probe: Probe) -> Column {
    let kind = flat.kind(probe.kind);
    let quantity = match probe.seen {
        Seen::Exposure(exposure) => kind.exposures[exposure.index()].quantity,
        Seen::Quantity(quantity) => Some(quantity),
        Seen::Time => None,
    };
    let dimension = match probe.seen {
        Seen::Time => Some("time".to_owned()),
        _ => quantity.and_then(|q| kind.quantity(q).dimension.clone()),
    };
    let value = dimension.as_deref().and_then(|name| model.units().dimension(name));
    let unit = value.filter(|d| !d.is_none()).map_or("", |d| {
        let mut units = model.units().units_of(d);
        let base = units.find(|u| u.power == 0 && u.scale == 1.0 && u.offset == 0.0);
        base.map_or("SI", |u| &u.symbol)
    });
    let (id, path, unit) = (recorded.id.clone(), recorded.path.clone(), unit.to_owned());
    Column { id, path, dimension, unit }
}

impl Prepared {
    /// Runs from the start to the end.
    ///
    /// # Errors
    /// [`RunError`]; all rows before the fault have gone to the sink.
    pub fn run(&self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        self.compiled()?.run(sink)
    }

    /// Goes on from where the same run was [saved](Sink::save), to the end; only the length may be another.  The
    /// sink gets what it would have got after that moment, to the bit.
    ///
    /// # Errors
    /// [`RunError`]; of a state that does not fit before anything has gone to the sink.
    pub fn resume(&self, from: &mut dyn Read, sink: &mut dyn Sink) -> Result<Report, RunError> {
        self.compiled()?.resume(from, sink)
    }

    fn compiled(&self) -> Result<nml_sim::Simulation<'_>, RunError> {
        let mut found = Diagnostics::new();
        nml_sim::Simulation::new(&self.flat, self.request.clone(), &mut found)
            // `prepare` has compiled the same model before.
            .ok_or_else(|| SinkError("the model cannot be compiled".to_owned()).into())
    }

    /// The files the model asks for, traces first, then events, relative to where the user wants them.
    pub fn files(&self) -> Vec<PathBuf> {
        let join = |folder: &Option<String>, file: &str| match folder {
            Some(folder) => PathBuf::from(folder).join(file),
            None => PathBuf::from(file),
        };
        let traces = self.experiment.outputs.iter().map(|o| join(&o.folder, &o.file));
        let events = self.experiment.event_outputs.iter().map(|o| join(&o.folder, &o.file));
        traces.chain(events).collect()
    }
}
