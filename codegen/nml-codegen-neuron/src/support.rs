//! What NEURON programs can express.

use nml_codegen::{Feature, Support};

/// How far the export expresses a part of the language.
pub(crate) fn support(feature: Feature) -> Support {
    match feature {
        Feature::MultiCompartmentCells => Support::Partial(
            "channel populations on segments, and cells with equations of their own, are not written",
        ),
        Feature::ConcentrationModels => {
            Support::Partial("of the ions `ca` and `ca2`, in whole sections, as states")
        }
        Feature::CustomTypes => Support::Partial(
            "equations that refer to others across a connection see the membrane potential only",
        ),
        Feature::RandomNumbers => Support::Partial("not on membranes, nor in conditions"),
        Feature::Networks => Support::Partial("one port for events per component that sends"),
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
        | Feature::EventSynapses
        | Feature::PlasticSynapses
        | Feature::GapJunctions
        | Feature::AnalogSynapses
        | Feature::Inputs
        | Feature::SpikeSources
        | Feature::VariableStep => Support::Full,
    }
}
