//! What a target is.

use nml_base::Diagnostics;
use nml_flat::{Experiment, Flat, Options, Outlet, Probe};
use nml_model::Model;

use crate::{Artifacts, Feature, Support};

/// Where a model comes from, for the head of what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file, without folder.
    pub file: String,
    /// The version of this program.
    pub version: String,
}

/// What the user wants of an export.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobOptions {
    /// Whether the written program uses variable steps unless told otherwise.
    pub variable_step: bool,
}

/// A model to be written, with what is to be run and recorded.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The model, for what equations do not say: notes, units, spans.
    pub model: &'a Model,
    /// The model as equations, flattened with [`Backend::flattening`].
    pub flat: &'a Flat,
    /// What is run and which files it writes.
    pub experiment: &'a Experiment,
    /// By file of [`Experiment::outputs`], by column: the quantity.
    pub traces: &'a [Vec<Probe>],
    /// By file of [`Experiment::event_outputs`], by selection: the port.
    pub events: &'a [Vec<Outlet>],
    /// Where it comes from.
    pub origin: &'a Origin,
    /// What the user wants.
    pub options: &'a JobOptions,
}

/// A target of an export that reads models as equations.
pub trait Backend: Sync {
    /// The word on the command line, `neuron`.
    fn name(&self) -> &'static str;

    /// What people call it, `NEURON`.
    fn title(&self) -> &'static str;

    /// How far it expresses a part of the language.
    fn support(&self, feature: Feature) -> Support;

    /// How models are flattened for it.
    fn flattening(&self) -> Options;

    /// Whether what is only shown is recorded as well; not where displays themselves are written.
    fn records_displays(&self) -> bool {
        true
    }

    /// Writes a model; `None`, and a finding for each part that cannot be expressed, where there is one.
    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts>;
}
