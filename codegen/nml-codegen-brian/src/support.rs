//! What the written programs can express.

use nml_codegen::{Feature, Support};

/// How far the export expresses a part of the language.
pub(crate) fn support(feature: Feature) -> Support {
    match feature {
        Feature::MultiCompartmentCells => Support::Partial("cells of one compartment only"),
        Feature::VariableStep | Feature::NonUniformDensities => Support::None,
        Feature::EventSynapses => {
            Support::Partial("all events of one synapse come from one cell or source")
        }
        Feature::CustomTypes => Support::Partial(
            "what is attached to cells sends no events, and an event cannot be passed on at once",
        ),
        Feature::RandomNumbers => {
            Support::Partial("from Brian's own streams: the same distributions; not in rates")
        }
        Feature::AbstractCells
        | Feature::PointConductanceCells
        | Feature::HodgkinHuxleyGates
        | Feature::KineticSchemes
        | Feature::GhkCurrents
        | Feature::NernstPotentials
        | Feature::ConcentrationModels
        | Feature::PlasticSynapses
        | Feature::GapJunctions
        | Feature::AnalogSynapses
        | Feature::Inputs
        | Feature::SpikeSources
        | Feature::Networks
        | Feature::Recordings => Support::Full,
    }
}
