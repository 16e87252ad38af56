//! Models as NetPyNE models: JSON that NetPyNE loads as it is, mechanisms in NMODL, and a short program to run them.
//!
//! Cells with segments are cells with sections.  A cell without segments is a section with a point process, and so is a
//! source of events.  What is attached to a cell and takes events is a synaptic mechanism, created by a connection of
//! an explicit list; what sees another cell's potential is one with a pointer; all else is a stimulus.

mod attached;
mod cells;
mod connections;
mod json;
mod mechanisms;
mod network;
mod pointers;
mod records;
mod support;
mod write;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_codegen_nmodl::plan;
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// The target `netpyne`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NetPyne;

impl Backend for NetPyne {
    fn name(&self) -> &'static str {
        "netpyne"
    }

    fn title(&self) -> &'static str {
        "NetPyNE"
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
        let plan = plan(job, self.title(), sink)?;
        write::write(&plan, job, sink)
    }
}
