//! Models as Arbor programs: a catalogue of mechanisms in Arbor's dialect of NMODL, cells in Arbor's format for them,
//! and a recipe in Python.
//!
//! Cells with segments become cable cells with the compartments of all our schemes; a cell without segments becomes a
//! cable cell of one compartment with its capacitance, if conditions do nothing in it but send.  What is attached to
//! cells becomes point mechanisms; sources of events become spike sources with their times.

mod acc;
mod cells;
mod delays;
mod dialect;
mod network;
mod records;
mod sources;
mod support;
mod tree;
mod write;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// How people call the target.
pub(crate) const TITLE: &str = "Arbor";

/// The target `arbor`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arbor;

impl Backend for Arbor {
    fn name(&self) -> &'static str {
        "arbor"
    }

    fn title(&self) -> &'static str {
        TITLE
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
        let plan = nml_codegen_nmodl::plan(job, TITLE, sink)?;
        write::write(&plan, job, sink)
    }
}
