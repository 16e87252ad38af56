//! Input rows.

use nml_base::{Column, Indices};
use nml_xml::StartTag;

use super::names::Names;
use super::{CellRefs, MISSING, RowSpans, integer, number};

/// All inputs of one `<inputList>`.
#[derive(Debug, Clone)]
pub struct InputTable {
    /// Whether the row was written as `<inputW>`.
    pub weighted: Column<bool>,
    /// The `id` attribute, or [`MISSING`].
    pub id: Indices,
    /// The cell that receives the input.
    pub target: CellRefs,
    /// Segment id; 0 where not written, [`MISSING`] where not a number.
    pub segment: Column<u32>,
    /// Place along the segment, 0 to 1; 0.5 where not written, NaN where not a number.
    pub fraction: Column<f64>,
    /// Weight, dimensionless; 1 where not written, NaN where not a number.
    pub weight: Column<f64>,
    /// The distinct destinations, in order of appearance.
    destinations: Names,
    /// `destination`, as 1 + index into the destinations.
    destination: Column<u32>,
    /// Where each row was read from.
    pub spans: RowSpans,
}

impl Default for InputTable {
    fn default() -> Self {
        Self {
            weighted: Column::new(false),
            id: Indices::new(),
            target: CellRefs::default(),
            segment: Column::new(0),
            fraction: Column::new(0.5),
            weight: Column::new(1.0),
            destinations: Names::default(),
            destination: Column::new(0),
            spans: RowSpans::default(),
        }
    }
}

/// An input by its numbers; fields as those of [`InputTable`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct InputRow {
    /// Whether it would be written as `<inputW>`.
    pub weighted: bool,
    /// Its number, or [`MISSING`].
    pub id: u32,
    /// Form ([`CellRefs::form`]) and index of the cell.
    pub target: (u16, u32),
    /// Segment id.
    pub segment: u32,
    /// Place along the segment, 0 to 1.
    pub fraction: f64,
    /// Weight, dimensionless.
    pub weight: f64,
    /// From [`InputTable::intern`], 0 for none.
    pub destination: u32,
}

impl InputTable {
    /// Makes a destination known, for [`InputRow::destination`].
    pub fn intern(&mut self, destination: &str) -> u32 {
        self.destinations.intern(destination)
    }

    /// Adds an input; form and name are known, and [`InputTable::spans`] is seen to elsewhere.
    pub fn push(&mut self, row: &InputRow) {
        self.weighted.push(row.weighted);
        self.id.push(row.id);
        self.target.push_index(row.target.0, row.target.1);
        self.segment.push(row.segment);
        self.fraction.push(row.fraction);
        self.weight.push(row.weight);
        self.destination.push(row.destination);
    }

    /// The number of inputs.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// The attachment point of the cell the input goes to (`synapses`).
    pub fn destination(&self, row: usize) -> Option<&str> {
        self.destinations.get(self.destination.get(row))
    }

    pub(super) fn start_row(&mut self, tag: &StartTag<'_>) {
        self.spans.start(tag.start);
        let (mut id, mut target, mut segment) = (MISSING, "", 0);
        let (mut fraction, mut weight, mut destination) = (0.5, 1.0, 0);
        for attribute in tag.attributes {
            let value = &*attribute.value;
            match attribute.name {
                "id" => id = integer(value),
                "target" => target = value,
                "segmentId" => segment = integer(value),
                "fractionAlong" => fraction = number(value),
                "weight" => weight = number(value),
                "destination" => destination = self.destinations.intern(value),
                _ => {}
            }
        }
        self.weighted.push(tag.name == "inputW");
        self.id.push(id);
        self.target.push(target);
        self.segment.push(segment);
        self.fraction.push(fraction);
        self.weight.push(weight);
        self.destination.push(destination);
    }
}
