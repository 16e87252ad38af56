//! What Arbor programs can express.

use nml_codegen::{Feature, Support};

/// How far the export expresses a part of the language.
pub(crate) fn support(feature: Feature) -> Support {
    match feature {
        Feature::AbstractCells
        | Feature::RandomNumbers
        | Feature::GapJunctions
        | Feature::AnalogSynapses
        | Feature::VariableStep => Support::None,
        Feature::MultiCompartmentCells => Support::Partial(
            "channel populations on segments, and cells with equations of their own, are not written",
        ),
        Feature::ConcentrationModels => {
            Support::Partial("of the ions `ca` and `ca2`, in whole sections, as states")
        }
        Feature::CustomTypes => {
            Support::Partial("without conditions that act, regimes, and events of their own")
        }
        Feature::SpikeSources => Support::Partial("with times that are known before the run"),
        Feature::Inputs => Support::Partial("without conditions that act on states"),
        Feature::Networks => Support::Partial("delays of at least two steps"),
        Feature::Recordings => Support::Partial("potentials, concentrations and states"),
        Feature::PointConductanceCells
        | Feature::HodgkinHuxleyGates
        | Feature::KineticSchemes
        | Feature::GhkCurrents
        | Feature::NernstPotentials
        | Feature::NonUniformDensities
        | Feature::EventSynapses
        | Feature::PlasticSynapses => Support::Full,
    }
}
