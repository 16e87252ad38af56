//! Models to other formats and simulators.

use nml_base::{Diagnostic, Diagnostics};
use nml_codegen::Job;
pub use nml_codegen::{Artifacts, Backend, Feature, JobOptions, Origin, Support};
pub use nml_codegen_neuroml::{FORMS, Form, form, stem};
use nml_flat::Probe;
use nml_model::{IncludeTarget, Model};
/// The JSON Schema of documents as JSON.
pub use nml_schemas::json::SCHEMA as JSON_SCHEMA;

use crate::simulate::{SimulateOptions, Wish, loaded, record_displays, wished};

/// The targets that write programs for other simulators, in the order they are listed.
pub static BACKENDS: &[&dyn Backend] = &[
    &nml_codegen_neuron::Neuron,
    &nml_codegen_netpyne::NetPyne,
    &nml_codegen_sonata::Sonata,
    &nml_codegen_lems::Flattened,
    &nml_codegen_arbor::Arbor,
    &nml_codegen_brian::Brian,
];

/// The target of that name.
pub fn backend(name: &str) -> Option<&'static dyn Backend> {
    BACKENDS.iter().copied().find(|backend| backend.name() == name)
}

/// A model as written for a target.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The files.
    pub artifacts: Artifacts,
    /// What was noticed that is no reason to stop.
    pub warnings: Vec<Diagnostic>,
}

/// Writes the run that a file asks for, or that is wished, as files for a target; nothing is written to disk.
///
/// # Errors
/// All findings, at least one of which is an error: one for each part that the target cannot express.
pub fn convert(
    model: &Model,
    backend: &dyn Backend,
    wish: &Wish,
    options: SimulateOptions,
    more: &JobOptions,
) -> Result<Converted, Vec<Diagnostic>> {
    let mut sink = loaded(model)?;
    let written = written(model, backend, wish, options, more, &mut sink);
    if written.is_none() && !sink.has_errors() {
        // Nothing is refused in silence.
        let start = model.root().file().span().sub(0, 0);
        let what = "this model for a reason it does not tell";
        sink.push(nml_codegen::not_exported(start, backend.title(), what));
    }
    match written {
        Some(artifacts) if !sink.has_errors() => {
            Ok(Converted { artifacts, warnings: sink.into_vec() })
        }
        _ => Err(sink.into_vec()),
    }
}

/// Writes the root document of a model in another form; nothing is written to disk.
///
/// `beside` says whether the files will lie beside the document, so that it finds what it includes.
///
/// # Errors
/// All findings, at least one of which is an error: that the document cannot be read, and one for each part that
/// the form has no place for.
pub fn rewrite(model: &Model, form: &Form, beside: bool) -> Result<Converted, Vec<Diagnostic>> {
    let mut sink = Diagnostics::new();
    // What is wrong with included files does not matter here.
    let own = model.root().diagnostics.iter().filter(|d| d.rule.code < "NML0100");
    sink.extend(own.cloned());
    if sink.has_errors() {
        return Err(sink.into_vec());
    }
    let file = origin_file(model);
    let origin = Origin { version: env!("CARGO_PKG_VERSION").to_owned(), file };
    let written = form.write(model, stem(&origin.file), &origin, &mut sink);
    // What is refused lies nowhere.
    if !beside && written.is_some() && !sink.has_errors() {
        told_of_places(model, form, &mut sink);
    }
    match written {
        Some(artifacts) if !sink.has_errors() => {
            Ok(Converted { artifacts, warnings: sink.into_vec() })
        }
        _ => Err(sink.into_vec()),
    }
}

/// What a written file looks for beside itself.
fn told_of_places(model: &Model, form: &Form, sink: &mut Diagnostics) {
    if form.name == "sedml" {
        let what = "the model itself is looked for beside the written file";
        sink.push(nml_codegen::written_differently(model.root().file().span().sub(0, 0), what));
    }
    // An archive holds what the document includes, a shape and a list of runs include nothing.
    if ["swc", "omex", "sedml"].contains(&form.name) {
        return;
    }
    for include in model.root().includes.iter().filter(|i| !i.href.starts_with('/')) {
        // Definitions of the standard are in every program that reads them.
        let edge = model.includes().iter().find(|edge| edge.span == include.span);
        if !edge.is_some_and(|edge| matches!(edge.target, IncludeTarget::BuiltIn(_))) {
            let what = format!("`{}` is looked for beside the written file", include.href);
            sink.push(nml_codegen::written_differently(include.span, what));
        }
    }
}

/// The name of the root document's file, without folder.
fn origin_file(model: &Model) -> String {
    let path = model.root().file().path();
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn written(
    model: &Model,
    backend: &dyn Backend,
    wish: &Wish,
    options: SimulateOptions,
    more: &JobOptions,
    sink: &mut Diagnostics,
) -> Option<Artifacts> {
    let (mut experiment, cells) = wished(model, options, wish, sink)?;
    if backend.records_displays() {
        record_displays(&mut experiment, &wish.file);
    }
    experiment.step = options.step.unwrap_or(experiment.step);
    experiment.length = options.length.unwrap_or(experiment.length);
    experiment.seed = options.seed.or(experiment.seed);
    let flat = nml_flat::flatten_with(model, experiment.target, backend.flattening(), sink)?;
    if let Some(file) = cells {
        nml_flat::record_cells(model, &flat, file, &mut experiment, sink)?;
    }
    if more.variable_step && backend.support(Feature::VariableStep) == Support::None {
        let span = model.component(experiment.simulation).id_span();
        sink.push(nml_codegen::not_exported(span, backend.title(), "variable steps on request"));
    }
    let mut traces: Vec<Vec<Probe>> = Vec::new();
    for output in &experiment.outputs {
        let columns = output.columns.iter();
        traces.push(columns.filter_map(|c| flat.probe(&c.path, c.span, sink)).collect());
    }
    let mut events = Vec::new();
    for output in &experiment.event_outputs {
        let ports = output.selections.iter();
        events.push(ports.filter_map(|s| flat.outlet(&s.path, &s.port, s.span, sink)).collect());
    }
    if sink.has_errors() {
        return None;
    }
    let file =
        model.root().file().path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let origin = Origin { file, version: env!("CARGO_PKG_VERSION").to_owned() };
    let job = Job {
        model,
        flat: &flat,
        experiment: &experiment,
        traces: &traces,
        events: &events,
        origin: &origin,
        options: more,
    };
    backend.export(&job, sink)
}
