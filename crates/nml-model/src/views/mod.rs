//! Typed views of what NeuroML documents hold: cells, morphologies, biophysics, networks.
//!
//! All of them are total: what a document lacks is `None`, what it says twice is kept twice, and nothing
//! loops or recurses on a broken tree.  They are made on first use and kept with the model.

mod biophysics;
mod cell;
mod morphology;
mod network;
mod segment_groups;
mod segment_tree;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

pub use biophysics::{Biophysics, Place};
pub use cell::Cell;
pub use morphology::{Morphology, Parent, Point, Segment};
pub use network::{CellIds, Network, Population, PopulationSize, Projection, ProjectionKind};
pub use segment_groups::{GroupInclude, GroupMember, GroupPath, SegmentGroup, SubTree};
pub use segment_tree::SegmentTree;

use crate::{Component, ComponentRef, Model};

/// The views of one model.
#[derive(Debug, Default)]
pub(crate) struct Views {
    cells: OnceLock<Vec<ComponentRef>>,
    morphologies: OnceLock<FxHashMap<ComponentRef, Morphology>>,
    networks: OnceLock<Vec<network::NetworkData>>,
}

fn is_cell(component: Component<'_>) -> bool {
    matches!(component.name(), "cell" | "cell2CaPools") || component.is_a("cell")
}

impl Model {
    /// The cells with a morphology of their own kind (`<cell>` and what extends it), in document order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell<'_>> {
        let cells = self.views().cells.get_or_init(|| {
            self.top_level().filter(|c| is_cell(*c)).map(Component::handle).collect()
        });
        cells.iter().map(|&handle| Cell::new(self.component(handle)))
    }

    /// The elements called `morphology`: inside cells, and on their own, in document order.
    fn morphology_elements(&self) -> impl Iterator<Item = Component<'_>> {
        let alone = self.top_level().filter(|c| c.name() == "morphology");
        let inside = self.cells().filter_map(|cell| cell.component().child("morphology"));
        let mut all: Vec<_> = alone.chain(inside).collect();
        all.sort_by_key(|c| c.handle());
        all.into_iter()
    }

    fn morphology_map(&self) -> &FxHashMap<ComponentRef, Morphology> {
        self.views().morphologies.get_or_init(|| {
            self.morphology_elements().map(|c| (c.handle(), Morphology::read(c))).collect()
        })
    }

    /// Every morphology, inside a cell or on its own, in document order.
    pub fn morphologies(&self) -> impl Iterator<Item = &Morphology> {
        let map = self.morphology_map();
        self.morphology_elements().filter_map(|c| map.get(&c.handle()))
    }

    /// The morphology that an element called `morphology` holds.
    pub fn morphology(&self, element: ComponentRef) -> Option<&Morphology> {
        self.morphology_map().get(&element)
    }

    /// The networks, in document order.
    pub fn networks(&self) -> impl ExactSizeIterator<Item = Network<'_>> {
        let networks = self.views().networks.get_or_init(|| {
            let all = self.top_level().filter(|c| c.name() == "network" || c.is_a("network"));
            all.map(network::NetworkData::read).collect()
        });
        networks.iter().map(|data| Network::new(self, data))
    }
}
