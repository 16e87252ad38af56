//! Models to results.

use std::path::PathBuf;

use nml_base::{Diagnostic, Diagnostics, Severity};
pub use nml_flat::{Display, EventFormat, EventOutput, Experiment, Flat, Output};
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

/// Finds out what a model asks to run, flattens it and resolves what is to be recorded.
///
/// # Errors
/// All findings, at least one of which is an error: those of loading the model, then those of flattening.
pub fn prepare(model: &Model, options: SimulateOptions) -> Result<Prepared, Vec<Diagnostic>> {
    let mut sink = Diagnostics::new();
    let broken = |d: &&Diagnostic| d.severity == Severity::Error && d.rule.code < "NML0100";
    sink.extend(model.diagnostics().filter(broken).cloned());
    if sink.has_errors() {
        return Err(sink.into_vec());
    }
    match prepare_with(model, options, &mut sink) {
        Some(mut prepared) if !sink.has_errors() => {
            prepared.warnings = sink.into_vec();
            Ok(prepared)
        }
        _ => Err(sink.into_vec()),
    }
}

fn prepare_with(
    model: &Model,
    options: SimulateOptions,
    sink: &mut Diagnostics,
) -> Option<Prepared> {
    let mut experiment = nml_flat::experiment(model, sink)?;
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
