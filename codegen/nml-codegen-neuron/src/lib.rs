//! Models as NEURON programs: mechanisms in NMODL and a Python package around them.
//!
//! A density or a pool of a cell with segments becomes a density mechanism; a cell without segments, and whatever is
//! attached to cells, becomes a point process.  Equations are those of [`nml_flat::Flat`], flattened per mechanism, in
//! a coherent system of units in which potentials are in mV and times in ms; names that lead outside of a mechanism
//! become what NEURON has for them: `v`, concentrations and currents of ions, transferred potentials.

mod lower;
mod nmodl;
mod package;
mod reserved;
mod support;
mod units;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
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
        Options { shapes: Shapes::Keep(CableOptions::default()), ..Options::default() }
    }

    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
        let plan = package::plan(job, sink)?;
        package::write(&plan, job, sink)
    }
}
