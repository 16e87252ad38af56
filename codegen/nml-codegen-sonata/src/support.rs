//! What circuits of SONATA can express.

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
        Feature::CustomTypes => Support::Partial("of cells and event-driven synapses"),
        Feature::Networks => Support::Partial("spikes leave a cell at its first section"),
        Feature::Inputs => Support::Partial("pulses into the first section, as current clamps"),
        Feature::Recordings => {
            Support::Partial("spikes of all cells, potentials at the first section")
        }
        Feature::EventSynapses => Support::Partial("each takes the events of one cell"),
        Feature::AbstractCells
        | Feature::PointConductanceCells
        | Feature::HodgkinHuxleyGates
        | Feature::KineticSchemes
        | Feature::GhkCurrents
        | Feature::NernstPotentials
        | Feature::NonUniformDensities
        | Feature::PlasticSynapses
        | Feature::SpikeSources => Support::Full,
        Feature::GapJunctions
        | Feature::AnalogSynapses
        | Feature::RandomNumbers
        | Feature::VariableStep => Support::None,
    }
}
