//! A model as flat equations: the one room that decides what a model means.
//!
//! A [`Flat`] is a list of [`Kind`]s.  A kind is a component with everything inside it, flattened to a list of
//! [`Node`]s whose variables are [`Quantity`] handles, and the number of its instances.  What comes in different
//! numbers per instance is a kind of its own that *lives* in a list of a node ([`Home`]): the cells of a
//! population, the synapses and inputs attached to a cell.  So all instances of a kind run the same straight-line
//! program on columns, one number per instance.
//!
//! Instances see each other in three ways only, each a table that can be carried out in bulk:
//! * a [`View`] through [`Hop`]s: gather (a requirement of a synapse is a column of its cell);
//! * a [`Selection::Reduce`] over members: scatter-add (`synapses[*]/i`);
//! * wires for events ([`WireTable`] between instances, [`InnerWire`] within one).
//!
//! The `Structure` of component types is carried out here and leaves nothing behind but these tables.  Rows of
//! NeuroML projections, populations and input lists go straight from the model's tables into them; they build
//! what the structure of their types would.
//!
//! Names are resolved as the reference interpreter does (jLEMS, `StateInstance.getVariable`): what a node
//! exposes first, then its other variables, then the same at the node around it.  Nothing here says *when*
//! anything is computed: an [`Exposure`] is kept apart from the quantity behind it, so that a scheme may let it
//! lag.
//!
//! What is not carried out is a finding; a [`Flat`] is made only if there is none.

mod attach;
mod blueprint;
mod build;
pub mod cable;
mod cells;
mod experiment;
mod flat;
mod gather;
mod instantiate;
mod linear;
mod lower;
mod members;
mod merge;
mod names;
mod path;
mod populations;
mod probe;
mod random;
mod request;
mod rows;
mod rules;
mod select;
mod selection;
mod shape;
mod table;
mod tree;
mod values;
mod wire;

pub use cells::{FEW_CELLS, record_cells};
pub use experiment::{
    Display, EventFormat, EventOutput, EventSelection, Experiment, Line, Output, Recorded, asks,
    experiments,
};
pub use flat::{
    Action, Dynamics, Edge, Exposure, ExposureId, Flat, Formula, Home, Hop, Kind, KindId, List,
    Node, NodeId, Operand, Peers, Quantity, QuantityId, Regime, Role, Scheme, Seen, Selection,
    Value, View,
};
pub use merge::Merged;
pub use nml_lems::Reduce;
pub use populations::Population;
pub use probe::{Outlet, Probe};
pub use random::{DEFAULT_SEED, Numbers, Streams};
pub use request::{Wanted, experiment_for};
pub use rules::{RULES, nothing_to_simulate_rule, without_effect_rule};
pub use shape::Shape;
pub use table::{InnerWire, Site, Sites, Wire, WireTable};
pub use tree::{CELLS_TOGETHER, Tree, TreeNode};

use nml_base::Diagnostics;
use nml_model::{Component, ComponentRef, Model};
use rustc_hash::FxHashSet;

/// What becomes of cells of several segments or compartments.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Shapes {
    /// They are findings.
    #[default]
    Refuse,
    /// Only the first segment is in the equations, the compartments are in [`Kind::shape`].
    Keep(cable::CableOptions),
    /// They are cut into compartments, see [`Tree`].
    Cut(cable::CableOptions),
}

/// What whoever carries out the equations takes care of.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Options {
    /// Cells of several segments or compartments.
    pub shapes: Shapes,
    /// Whether the same cells in several populations of the standard are one kind.
    pub together: bool,
    /// Whether synapses that act on a compartment as one are one, and relays are wires.
    pub merge: bool,
    /// Whether densities that vary along a cell whose shape is kept are equations like uniform ones, whose number,
    /// NaN here, is that of [`Shape::density`] in each compartment.
    pub varied: bool,
}

impl Options {
    fn keeps_shapes(self) -> bool {
        matches!(self.shapes, Shapes::Keep(_))
    }
}

/// Flattens a component with everything it builds; `None`, and findings, where something is not understood.
pub fn flatten(model: &Model, target: ComponentRef, sink: &mut Diagnostics) -> Option<Flat> {
    flatten_with(model, target, Options::default(), sink)
}

/// As [`flatten`], with options.
pub fn flatten_with(
    model: &Model,
    target: ComponentRef,
    options: Options,
    sink: &mut Diagnostics,
) -> Option<Flat> {
    flatten_watched(model, target, options, &[], sink)
}

/// As [`flatten_with`]; what the paths of recordings name is kept as it is.
pub fn flatten_watched(
    model: &Model,
    target: ComponentRef,
    options: Options,
    recorded: &[&str],
    sink: &mut Diagnostics,
) -> Option<Flat> {
    let names = recorded.iter().flat_map(|path| path.split(['/', ':', '[', ']']));
    let mut apart: FxHashSet<ComponentRef> =
        names.filter_map(|id| model.find(id)).map(Component::handle).collect();
    loop {
        let (flattener, seen_apart) = once(model, target, options, &apart);
        let whole = !flattener.sink.has_errors();
        // A model that does not work with merged synapses is judged without.
        if options.merge && !whole && !flattener.flat.merged.is_empty() {
            return flatten_with(model, target, Options { merge: false, ..options }, sink);
        }
        if seen_apart.is_empty() {
            sink.extend(flattener.sink.into_vec());
            return whole.then_some(flattener.flat);
        }
        apart.extend(seen_apart);
    }
}

/// Flattens with some components kept apart; also the components of which more is seen than merging leaves.
fn once<'m>(
    model: &'m Model,
    target: ComponentRef,
    options: Options,
    apart: &FxHashSet<ComponentRef>,
) -> (build::Flattener<'m>, Vec<ComponentRef>) {
    let mut flattener = build::Flattener::new(model, options);
    flattener.merging.apart.clone_from(apart);
    flattener.root(model.component(target));
    flattener.spread();
    flattener.co_instantiate();
    flattener.reserve_ends();
    flattener.grow();
    flattener.wire();
    flattener.all_grown();
    flattener.spread();
    let names = flattener.declare();
    flattener.lower(&names);
    flattener.numbers();
    let seen_apart = flattener.merged();
    (flattener, seen_apart)
}
