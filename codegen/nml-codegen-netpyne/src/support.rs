//! What NetPyNE models can express.

use nml_codegen::{Feature, Support};

/// How far the export expresses a part of the language.
pub(crate) fn support(feature: Feature) -> Support {
    match feature {
        Feature::MultiCompartmentCells => Support::Partial(
            "one capacitance and one potential at the start per section; one place that sends events per cell; \
             channel populations on segments, and cells with equations of their own, are not written",
        ),
        Feature::ConcentrationModels => {
            Support::Partial("of the ions `ca` and `ca2`, in whole sections, as states")
        }
        Feature::CustomTypes => Support::Partial(
            "equations that refer to others across a connection see one membrane potential only",
        ),
        Feature::RandomNumbers => Support::Partial("not on membranes, nor in conditions"),
        Feature::EventSynapses => Support::Partial("each takes events from one connection"),
        Feature::Networks => Support::Partial(
            "cells alone send events, through one port; what takes events is not attached to cells that do",
        ),
        Feature::Recordings => Support::Partial(
            "not of the sum of what is attached to a cell, nor of what follows from it",
        ),
        Feature::AbstractCells
        | Feature::PointConductanceCells
        | Feature::HodgkinHuxleyGates
        | Feature::KineticSchemes
        | Feature::GhkCurrents
        | Feature::NernstPotentials
        | Feature::NonUniformDensities
        | Feature::PlasticSynapses
        | Feature::GapJunctions
        | Feature::AnalogSynapses
        | Feature::Inputs
        | Feature::SpikeSources
        | Feature::VariableStep => Support::Full,
    }
}
