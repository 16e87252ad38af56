//! Models to results.

use std::path::PathBuf;

use nml_base::{Diagnostic, Diagnostics, Severity};
pub use nml_flat::{Display, EventFormat, EventOutput, Experiment, Flat, Output, Wanted};
use nml_model::Model;
pub use nml_sim::{Report, Request, RunError, Scheme, Sink, SinkError};

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
    /// Whether what the displays show is kept as well; each display is an output after those with files.
    pub displays: bool,
}

/// A run, resolved against its model and not begun.
#[derive(Debug)]
pub struct Prepared {
    /// What the file asks for, with the options applied.
    pub experiment: Experiment,
    /// The model as equations.
    pub flat: Flat,
    /// What is run and kept.
    pub request: Request,
    /// What was noticed that is no reason to stop.
    pub warnings: Vec<Diagnostic>,
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
fn loaded(model: &Model) -> Result<Diagnostics, Vec<Diagnostic>> {
    let mut sink = Diagnostics::new();
    let broken = |d: &&Diagnostic| d.severity == Severity::Error && d.rule.code < "NML0100";
    sink.extend(model.diagnostics().filter(broken).cloned());
    if sink.has_errors() { Err(sink.into_vec()) } else { Ok(sink) }
}

fn prepare_with(
    model: &Model,
    mut experiment: Experiment,
    options: SimulateOptions,
    sink: &mut Diagnostics,
) -> Option<Prepared> {
    experiment.step = options.step.unwrap_or(experiment.step);
    experiment.length = options.length.unwrap_or(experiment.length);
    experiment.seed = options.seed.or(experiment.seed);
    let flat = nml_flat::flatten(model, experiment.target, sink)?;
    let mut traces = Vec::new();
    for output in &experiment.outputs {
        let columns = output.columns.iter();
        traces.push(columns.filter_map(|c| flat.probe(&c.path, c.span, sink)).collect());
    }
    for display in &experiment.displays {
        let lines = display.lines.iter().map(|line| &line.recorded);
        let shown = lines.filter_map(|c| flat.probe(&c.path, c.span, sink)).collect();
        if options.displays {
            traces.push(shown);
        }
    }
    let mut events = Vec::new();
    for output in &experiment.event_outputs {
        let ports = output.selections.iter();
        events.push(ports.filter_map(|s| flat.outlet(&s.path, &s.port, s.span, sink)).collect());
    }
    let (step, length, seed) = (experiment.step, experiment.length, experiment.seed);
    let (scheme, threads) = (options.scheme, options.threads);
    let request = Request { scheme, step, length, seed, threads, traces, events };
    // Compiling says now, not later, what cannot run.
    nml_sim::Simulation::new(&flat, request.clone(), sink)?;
    Some(Prepared { experiment, flat, request, warnings: Vec::new() })
}

impl Prepared {
    /// Runs from the start to the end.
    ///
    /// # Errors
    /// [`RunError`]; all rows before the fault have gone to the sink.
    pub fn run(&self, sink: &mut dyn Sink) -> Result<Report, RunError> {
        let mut found = Diagnostics::new();
        match nml_sim::Simulation::new(&self.flat, self.request.clone(), &mut found) {
            Some(simulation) => simulation.run(sink),
            // `prepare` has compiled the same model before.
            None => Err(SinkError("the model cannot be compiled".to_owned()).into()),
        }
    }

    /// The files the run writes, traces first, then events, relative to where the user wants them.
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
