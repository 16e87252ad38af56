//! Models as plain LEMS.
//!
//! Every cell, synapse and input becomes one component type without children and without inherited equations: the
//! variables of everything inside it, channels, gates and rates, stand in it under names of their own, and one
//! component gives them their values.  What only builds (networks, populations, projections, lists of inputs) stays
//! as it is written, and so do the abstract types that say what may be attached to what.
//!
//! The order of derived variables is that in which the reference interpreter computes them: it does not sort them,
//! and takes conditional ones after all others (jLEMS, `StateType.eulerAdvance`).

mod around;
mod dynamics;
mod element;
mod handler;
mod name;
mod order;
mod rest;
mod simulation;
mod ty;

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Backend, Feature, Job, Support};
use nml_flat::cable::CableOptions;
use nml_flat::{Options, Shapes};

/// What findings call the target.
const TARGET: &str = "flattened LEMS";

/// The target `flattened`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flattened;

impl Backend for Flattened {
    fn name(&self) -> &'static str {
        "flattened"
    }

    fn title(&self) -> &'static str {
        TARGET
    }

    fn support(&self, feature: Feature) -> Support {
        match feature {
            Feature::MultiCompartmentCells => Support::Partial("cells of one compartment only"),
            Feature::NonUniformDensities | Feature::VariableStep => Support::None,
            Feature::CustomTypes => Support::Partial("regimes in one component of a cell"),
            _ => Support::Full,
        }
    }

    fn flattening(&self) -> Options {
        Options { shapes: Shapes::Keep(CableOptions::default()), ..Options::default() }
    }

    fn records_displays(&self) -> bool {
        false
    }

    fn export(&self, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
        let document = around::document(job, sink)?;
        let head = format!(
            "Plain LEMS made of {} by nml {}: one component type per cell, synapse and input. \
             Run it with `nml simulate` or any LEMS interpreter that has the NeuroML core types.",
            job.origin.file, job.origin.version
        );
        let text = document.print(&head);
        let stem = job.origin.file.trim_end_matches(".xml").trim_end_matches(".nml");
        let stem = stem.strip_prefix("LEMS_").unwrap_or(stem);
        let mut artifacts = Artifacts::new();
        artifacts.add(format!("LEMS_{stem}_flat.xml"), text).ok()?;
        Some(artifacts)
    }
}
