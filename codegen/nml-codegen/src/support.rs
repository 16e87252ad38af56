//! What a target can express.

use nml_flat::{Kind, NodeId};

/// A part of the language that targets differ in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Feature {
    /// Cells of one compartment with equations of their own.
    AbstractCells,
    /// Cells with channels on a membrane, without shape.
    PointConductanceCells,
    /// Cells with segments.
    MultiCompartmentCells,
    /// Gates of Hodgkin–Huxley type.
    HodgkinHuxleyGates,
    /// Gates as Markov schemes.
    KineticSchemes,
    /// Goldman–Hodgkin–Katz currents.
    GhkCurrents,
    /// Reversal potentials that follow concentrations.
    NernstPotentials,
    /// Concentrations that change.
    ConcentrationModels,
    /// Densities that vary along the cell.
    NonUniformDensities,
    /// Component types of the user's own.
    CustomTypes,
    /// Event-driven synapses.
    EventSynapses,
    /// Synapses that change with use.
    PlasticSynapses,
    /// Gap junctions.
    GapJunctions,
    /// Synapses driven by the other cell's potential.
    AnalogSynapses,
    /// Currents and clamps as inputs.
    Inputs,
    /// Sources of events.
    SpikeSources,
    /// Random numbers.
    RandomNumbers,
    /// Populations, projections, input lists.
    Networks,
    /// Files of traces and events.
    Recordings,
    /// Integration with variable steps.
    VariableStep,
}

impl Feature {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 20] = [
        Self::AbstractCells,
        Self::PointConductanceCells,
        Self::MultiCompartmentCells,
        Self::HodgkinHuxleyGates,
        Self::KineticSchemes,
        Self::GhkCurrents,
        Self::NernstPotentials,
        Self::ConcentrationModels,
        Self::NonUniformDensities,
        Self::CustomTypes,
        Self::EventSynapses,
        Self::PlasticSynapses,
        Self::GapJunctions,
        Self::AnalogSynapses,
        Self::Inputs,
        Self::SpikeSources,
        Self::RandomNumbers,
        Self::Networks,
        Self::Recordings,
        Self::VariableStep,
    ];

    /// What a person calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AbstractCells => "abstract cells (iaf, Izhikevich, AdEx …)",
            Self::PointConductanceCells => "point cells with channels",
            Self::MultiCompartmentCells => "cells with segments",
            Self::HodgkinHuxleyGates => "Hodgkin-Huxley gates",
            Self::KineticSchemes => "kinetic schemes",
            Self::GhkCurrents => "GHK currents",
            Self::NernstPotentials => "Nernst potentials",
            Self::ConcentrationModels => "concentration models",
            Self::NonUniformDensities => "densities that vary along a cell",
            Self::CustomTypes => "component types of your own",
            Self::EventSynapses => "event-driven synapses",
            Self::PlasticSynapses => "plastic synapses",
            Self::GapJunctions => "gap junctions",
            Self::AnalogSynapses => "analog synapses",
            Self::Inputs => "input currents and clamps",
            Self::SpikeSources => "sources of events",
            Self::RandomNumbers => "random numbers",
            Self::Networks => "networks",
            Self::Recordings => "recordings",
            Self::VariableStep => "variable step on request",
        }
    }
}

/// A density that follows the place on a cell, in a cell whose equations are the standard's own: they have no
/// current for it.
pub fn varied_density(kind: &Kind) -> Option<NodeId> {
    kind.node_ids().find(|id| kind.node(*id).ty.starts_with("channelDensityNonUniform"))
}

/// How far a target expresses a [`Feature`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Support {
    /// All of it.
    Full,
    /// With limits, told here in a few words; beyond them a finding tells the place.
    Partial(&'static str),
    /// Not at all: a finding tells each place.
    None,
}

impl Support {
    /// One word for tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "yes",
            Self::Partial(_) => "partly",
            Self::None => "no",
        }
    }
}
