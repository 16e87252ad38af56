//! How large a model is.

use nml_flat::{Flat, Role};
use nml_model::Model;

/// Counts of a flattened model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Instances of types that are cells of the standard.
    pub cells: u64,
    /// Compartments of cells that are cut into such.
    pub compartments: u64,
    /// Instances of all kinds, that of the component simulated included.
    pub instances: u64,
    /// Sorts of instances.
    pub kinds: u64,
    /// Numbers that change by rates and assignments.
    pub states: u64,
    /// Numbers of any sort that instances hold.
    pub numbers: u64,
    /// Wires for events.
    pub wires: u64,
    /// About how many bytes a run holds: numbers, their copies in the program, tables.
    pub bytes: u64,
}

/// Counts what a model has.
pub fn census(model: &Model, flat: &Flat) -> Census {
    let mut census = Census { kinds: flat.kinds.len() as u64, ..Census::default() };
    for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
        let count = u64::from(kind.count());
        census.instances += count;
        if kind.tree.is_some() && !flat.balances(id) {
            census.compartments += count;
        }
        if !flat.is_part(id) && model.component(kind.component).is_a("baseCell") {
            census.cells += count;
        }
        let states = kind.quantities.iter().filter(|q| q.role == Role::State).count();
        census.states += count * states as u64;
        // What is the same for all instances is no column.
        let own = kind.quantities.iter().filter(|q| !matches!(q.role, Role::Parameter(_))).count();
        census.numbers += count * own as u64;
        census.wires += count * kind.wires.len() as u64;
        let tables = 1 + kind.peers.len() + usize::from(kind.labels.is_some());
        // A number has about one temporary beside it; a table has four bytes a row.
        census.bytes += count * (own as u64 * 16 + tables as u64 * 4);
    }
    for table in &flat.wires {
        census.wires += table.sources.len() as u64;
        census.bytes += table.sources.len() as u64 * 16;
    }
    census
}
