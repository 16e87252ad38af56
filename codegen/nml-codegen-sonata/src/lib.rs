//! Models as SONATA circuits: configurations, nodes and edges in HDF5, types in CSV, node sets, inputs and reports.
//!
//! Any reader of the format finds the graph.  What cells and synapses are is said twice: as the model's own components
//! (`nml:components.xml`), from which `nml` reads the circuit back, and as mechanisms in NMODL with a script that gives
//! them to BMTK.

mod cells;
mod components;
mod config;
mod edges;
mod graph;
mod inputs;
mod nodes;
mod support;
mod write;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_codegen_nmodl::plan;
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// What people call the target.
const TITLE: &str = "SONATA";

/// The target `sonata`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sonata;

impl Backend for Sonata {
    fn name(&self) -> &'static str {
        "sonata"
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
        let plan = plan(job, TITLE, sink)?;
        write::write(&plan, job, sink)
    }
}
