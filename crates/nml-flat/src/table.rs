//! Wires and places on cells, of which a network has millions: columns of narrow numbers.

use nml_base::{Column, Indices};

use crate::flat::{KindId, NodeId};

/// A place on a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// The id of the segment; `None` where none is given, which means the first one.
    pub segment: Option<u32>,
    /// Where along it, 0 (proximal) to 1 (distal).
    pub fraction: f64,
}

impl Default for Site {
    fn default() -> Self {
        Self { segment: None, fraction: 0.5 }
    }
}

/// A site per row; rows past the end are at [`Site::default`].
#[derive(Clone, Debug, PartialEq)]
pub struct Sites {
    segments: Column<Option<u32>>,
    fractions: Column<f64>,
}

impl Default for Sites {
    fn default() -> Self {
        let Site { segment, fraction } = Site::default();
        Self { segments: Column::new(segment), fractions: Column::new(fraction) }
    }
}

impl Sites {
    /// The site of a row.
    pub fn get(&self, row: usize) -> Site {
        Site { segment: self.segments.get(row), fraction: self.fractions.get(row) }
    }

    /// Adds a row after `len` others.
    pub(crate) fn push_at(&mut self, len: usize, site: Site) {
        self.segments.pad(len);
        self.fractions.pad(len);
        self.segments.push(site.segment);
        self.fractions.push(site.fraction);
    }
}

/// A wire for events within one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InnerWire {
    /// The sending node and its port.
    pub from: (NodeId, u32),
    /// The receiving node and its port.
    pub to: (NodeId, u32),
}

/// A wire between instances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wire {
    /// The sending instance.
    pub source: u32,
    /// The receiving instance.
    pub target: u32,
    /// How long an event takes in seconds; at most 0 means that it arrives at once.
    pub delay: f64,
    /// What [`Kind::weight`](crate::Kind::weight) of the receiver is for the event; 1 where it has none.
    pub weight: f64,
}

/// Wires of one sort between instances, row by row in the order laid.
#[derive(Clone, Debug, PartialEq)]
pub struct WireTable {
    /// The sending kind, node and port.
    pub from: (KindId, NodeId, u32),
    /// The receiving kind, node and port.
    pub to: (KindId, NodeId, u32),
    /// The sending instance of each wire.
    pub sources: Indices,
    /// The receiving instance of each wire.
    pub targets: Indices,
    /// The [`Wire::delay`]s.
    pub delays: Column<f64>,
    /// The [`Wire::weight`]s.
    pub weights: Column<f64>,
    /// Where on the sending cell each wire begins.
    pub sites: Sites,
}

impl WireTable {
    /// Without wires.
    pub(crate) fn new(from: (KindId, NodeId, u32), to: (KindId, NodeId, u32)) -> Self {
        let (sources, targets) = (Indices::new(), Indices::new());
        let (delays, weights) = (Column::new(0.0), Column::new(1.0));
        Self { from, to, sources, targets, delays, weights, sites: Sites::default() }
    }

    /// The number of wires.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// A wire.
    pub fn get(&self, row: usize) -> Wire {
        Wire {
            source: self.sources.get(row).unwrap_or(0),
            target: self.targets.get(row).unwrap_or(0),
            delay: self.delays.get(row),
            weight: self.weights.get(row),
        }
    }

    /// All wires, in the order laid.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Wire> {
        (0..self.len()).map(|row| self.get(row))
    }
}
