//! Models as NEURON programs.

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support, not_exported};
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// The target `neuron`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neuron;

impl Backend for Neuron {
    fn name(&self) -> &'static str {
        "neuron"
    }

    fn title(&self) -> &'static str {
        "NEURON"
    }

    fn support(&self, _feature: Feature) -> Support {
        Support::None
    }

    fn flattening(&self) -> Options {
        Options { shapes: Shapes::Keep(CableOptions::default()), ..Options::default() }
    }

    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
        let target = job.model.component(job.experiment.target);
        sink.push(not_exported(
            target.id_span(),
            "NEURON",
            "models yet; this target is being built",
        ));
        None
    }
}
