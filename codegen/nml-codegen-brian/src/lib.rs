//! Models as Brian 2 programs.
//!
//! Cells and sources of events become `NeuronGroup`s, what is attached to cells becomes `Synapses`: a synapse with
//! the cell before it, a gap junction with the cell on the other side, an input with the cell itself.  Currents are
//! `(summed)` variables.  Conditions become events, regimes a whole number that says which one is active.
//! All is written with Brian's units; where an author's equation has none that fit, it is written with the numbers
//! in SI, which is what the equation means.
//!
//! The program takes a step in the order of LEMS: conditions, events, the row, then the equations.

mod expression;
mod group;
mod handlers;
mod names;
mod network;
mod parts;
mod records;
mod reserved;
mod resolve;
mod start;
mod support;
mod tables;
mod units;
mod write;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// The target `brian2`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Brian;

impl Backend for Brian {
    fn name(&self) -> &'static str {
        "brian2"
    }

    fn title(&self) -> &'static str {
        "Brian 2"
    }

    fn support(&self, feature: Feature) -> Support {
        support::support(feature)
    }

    fn flattening(&self) -> Options {
        Options { shapes: Shapes::Keep(CableOptions::default()), ..Options::default() }
    }

    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
        write::write(job, sink)
    }
}
