//! Models as NEURON programs: mechanisms in NMODL and a Python package around them.
//!
//! Mechanisms are those of [`nml_codegen_nmodl`]; here cells, networks and recordings are put together from them.

mod package;
mod support;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_codegen_nmodl::plan;
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

    fn support(&self, feature: Feature) -> Support {
        support::support(feature)
    }

    fn flattening(&self) -> Options {
        Options {
            shapes: Shapes::Keep(CableOptions::default()),
            varied: true,
            ..Options::default()
        }
    }

    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
        let mut plan = plan(job, self.title(), sink)?;
        plan.share();
        package::write(&plan, job, sink)
    }
}
