//! Models as mechanisms in NMODL, the language that NEURON, NetPyNE, BMTK and, as a dialect, Arbor read.
//!
//! A density or a pool of a cell with segments becomes a density mechanism; a cell without segments, and whatever is
//! attached to cells, becomes a point process.  Equations are those of [`nml_flat::Flat`], flattened per mechanism, in
//! a coherent system of units in which potentials are in mV and times in ms; names that lead outside of a mechanism
//! become what NEURON has for them: `v`, concentrations and currents of ions, transferred potentials.
//!
//! [`plan()`] says what of a model becomes which mechanism; how cells and networks are built from them is for each target
//! to say.

mod instances;
mod kinds;
mod lower;
pub mod nmodl;
mod places;
mod plan;
mod records;
mod reserved;
mod share;
mod units;

pub use instances::Transfer;
pub use lower::{
    BEND, Build, Built, Carries, CellKind, Lowering, NEXT_LOOK, Outer, Peer, Problem, Random,
    SETTLE, SHARP, Scope, Supplied, Symbol, World, constant_of, for_instance, of_shaped_cell,
};
pub use places::place;
pub use plan::{File, OnMembrane, Plan, Thing, plan};
pub use records::{OnCell, Recorded, Where, recorded};
pub use units::{MEMBRANE, POINT, Units};
