//! Connection rows.

use nml_base::{Column, Indices};
use nml_xml::StartTag;

use super::names::Names;
use super::{CellRefs, MISSING, RowSpans, integer, number};

/// The element a connection was written as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ConnectionKind {
    /// `<connection>`: no weight, no delay.
    Connection,
    /// `<connectionWD>`: weight and delay.
    ConnectionWD,
    /// `<electricalConnection>`: cells by bare index.
    Electrical,
    /// `<electricalConnectionInstance>`: cells by path.
    ElectricalInstance,
    /// `<electricalConnectionInstanceW>`: with a weight.
    ElectricalInstanceW,
    /// `<continuousConnection>`: cells by bare index.
    Continuous,
    /// `<continuousConnectionInstance>`: cells by path.
    ContinuousInstance,
    /// `<continuousConnectionInstanceW>`: with a weight.
    ContinuousInstanceW,
}

impl ConnectionKind {
    /// The kind written as an element of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "connection" => Self::Connection,
            "connectionWD" => Self::ConnectionWD,
            "electricalConnection" => Self::Electrical,
            "electricalConnectionInstance" => Self::ElectricalInstance,
            "electricalConnectionInstanceW" => Self::ElectricalInstanceW,
            "continuousConnection" => Self::Continuous,
            "continuousConnectionInstance" => Self::ContinuousInstance,
            "continuousConnectionInstanceW" => Self::ContinuousInstanceW,
            _ => return None,
        })
    }

    /// The element's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::ConnectionWD => "connectionWD",
            Self::Electrical => "electricalConnection",
            Self::ElectricalInstance => "electricalConnectionInstance",
            Self::ElectricalInstanceW => "electricalConnectionInstanceW",
            Self::Continuous => "continuousConnection",
            Self::ContinuousInstance => "continuousConnectionInstance",
            Self::ContinuousInstanceW => "continuousConnectionInstanceW",
        }
    }

    /// Whether the connection sits in an `<electricalProjection>`.
    pub const fn is_electrical(self) -> bool {
        matches!(self, Self::Electrical | Self::ElectricalInstance | Self::ElectricalInstanceW)
    }

    /// Whether the connection sits in a `<continuousProjection>`.
    pub const fn is_continuous(self) -> bool {
        matches!(self, Self::Continuous | Self::ContinuousInstance | Self::ContinuousInstanceW)
    }

    /// The attribute naming the cell before the synapse.
    pub const fn pre_cell(self) -> &'static str {
        if self.is_electrical() || self.is_continuous() { "preCell" } else { "preCellId" }
    }

    /// The attribute naming the cell after the synapse.
    pub const fn post_cell(self) -> &'static str {
        if self.is_electrical() || self.is_continuous() { "postCell" } else { "postCellId" }
    }

    /// The attribute naming the segment before the synapse.
    pub const fn pre_segment(self) -> &'static str {
        if self.is_electrical() || self.is_continuous() { "preSegment" } else { "preSegmentId" }
    }

    /// The attribute naming the segment after the synapse.
    pub const fn post_segment(self) -> &'static str {
        if self.is_electrical() || self.is_continuous() { "postSegment" } else { "postSegmentId" }
    }
}

/// All connections of one projection.
#[derive(Debug, Clone)]
pub struct ConnectionTable {
    /// The element each row was written as.
    pub kind: Column<ConnectionKind>,
    /// The `id` attribute, or [`MISSING`].
    pub id: Indices,
    /// The cell before the synapse.
    pub pre_cell: CellRefs,
    /// The cell after the synapse.
    pub post_cell: CellRefs,
    /// Segment ids; 0 where not written, [`MISSING`] where not a number.
    pub pre_segment: Column<u32>,
    /// As `pre_segment`.
    pub post_segment: Column<u32>,
    /// Place along the segment, 0 to 1; 0.5 where not written, NaN where not a number.
    pub pre_fraction: Column<f64>,
    /// As `pre_fraction`.
    pub post_fraction: Column<f64>,
    /// Weight, dimensionless; 1 where not written, NaN where not a number.
    pub weight: Column<f64>,
    /// Delay in seconds; 0 where not written, NaN where not a time.
    pub delay_s: Column<f64>,
    /// The distinct component names below, in order of appearance.
    names: Names,
    /// `synapse` of electrical, `preComponent` of continuous connections, as 1 + index into the names.
    pre_component: Column<u32>,
    /// `postComponent` of continuous connections, likewise.
    post_component: Column<u32>,
    /// Where each row was read from.
    pub spans: RowSpans,
}

impl Default for ConnectionTable {
    fn default() -> Self {
        Self {
            kind: Column::new(ConnectionKind::Connection),
            id: Indices::new(),
            pre_cell: CellRefs::default(),
            post_cell: CellRefs::default(),
            pre_segment: Column::new(0),
            post_segment: Column::new(0),
            pre_fraction: Column::new(0.5),
            post_fraction: Column::new(0.5),
            weight: Column::new(1.0),
            delay_s: Column::new(0.0),
            names: Names::default(),
            pre_component: Column::new(0),
            post_component: Column::new(0),
            spans: RowSpans::default(),
        }
    }
}

impl ConnectionTable {
    /// The number of connections.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// The synapse of an electrical connection, the `preComponent` of a continuous one.
    pub fn pre_component(&self, row: usize) -> Option<&str> {
        self.name(self.pre_component.get(row))
    }

    /// The `postComponent` of a continuous connection.
    pub fn post_component(&self, row: usize) -> Option<&str> {
        self.name(self.post_component.get(row))
    }

    /// The distinct components named by the rows.
    pub fn component_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter()
    }

    fn name(&self, index: u32) -> Option<&str> {
        self.names.get(index)
    }

    /// Makes a component's name known, for [`ConnectionRow::pre_component`] and its fellow.
    pub fn intern(&mut self, component: &str) -> u32 {
        self.names.intern(component)
    }

    /// Adds a connection; forms and names are known, and [`ConnectionTable::spans`] is seen to elsewhere.
    pub fn push(&mut self, row: &ConnectionRow) {
        self.kind.push(row.kind);
        self.id.push(row.id);
        self.pre_cell.push_index(row.pre_cell.0, row.pre_cell.1);
        self.post_cell.push_index(row.post_cell.0, row.post_cell.1);
        self.pre_segment.push(row.pre_segment);
        self.post_segment.push(row.post_segment);
        self.pre_fraction.push(row.pre_fraction);
        self.post_fraction.push(row.post_fraction);
        self.weight.push(row.weight);
        self.delay_s.push(row.delay_s);
        self.pre_component.push(row.pre_component);
        self.post_component.push(row.post_component);
    }

    /// Completes columns of which no row has been pushed: rows are numbered, all else is as in `row`.
    ///
    /// The cells have been pushed for every row.
    pub fn complete(&mut self, row: &ConnectionRow) {
        fn fill<T: Copy + PartialEq>(column: &mut Column<T>, value: T, len: usize) {
            if column.is_empty() {
                *column = Column::uniform(value, len);
            }
        }
        let len = self.pre_cell.indices().len();
        if self.id.is_empty() {
            self.id = Indices::counted(0, len);
        }
        fill(&mut self.kind, row.kind, len);
        fill(&mut self.pre_segment, row.pre_segment, len);
        fill(&mut self.post_segment, row.post_segment, len);
        fill(&mut self.pre_fraction, row.pre_fraction, len);
        fill(&mut self.post_fraction, row.post_fraction, len);
        fill(&mut self.weight, row.weight, len);
        fill(&mut self.delay_s, row.delay_s, len);
        fill(&mut self.pre_component, row.pre_component, len);
        fill(&mut self.post_component, row.post_component, len);
    }

    pub(super) fn start_row(&mut self, tag: &StartTag<'_>) {
        self.spans.start(tag.start);
        let kind = ConnectionKind::from_name(tag.name).unwrap_or(ConnectionKind::Connection);
        let mut row = ConnectionRow { kind, ..ConnectionRow::default() };
        let (mut pre_cell, mut post_cell) = (None, None);
        for attribute in tag.attributes {
            let value = &*attribute.value;
            match attribute.name {
                "id" => row.id = integer(value),
                "preCellId" | "preCell" => pre_cell = Some(self.pre_cell.read(value)),
                "postCellId" | "postCell" => post_cell = Some(self.post_cell.read(value)),
                "preSegmentId" | "preSegment" => row.pre_segment = integer(value),
                "postSegmentId" | "postSegment" => row.post_segment = integer(value),
                "preFractionAlong" => row.pre_fraction = number(value),
                "postFractionAlong" => row.post_fraction = number(value),
                "weight" => row.weight = number(value),
                "delay" => row.delay_s = seconds(value),
                "synapse" | "preComponent" => row.pre_component = self.names.intern(value),
                "postComponent" => row.post_component = self.names.intern(value),
                _ => {}
            }
        }
        row.pre_cell = pre_cell.unwrap_or_else(|| self.pre_cell.read(""));
        row.post_cell = post_cell.unwrap_or_else(|| self.post_cell.read(""));
        self.push(&row);
    }
}

/// A connection by its numbers; fields as those of [`ConnectionTable`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ConnectionRow {
    /// The element it would be written as.
    pub kind: ConnectionKind,
    /// Its number, or [`MISSING`].
    pub id: u32,
    /// Form ([`CellRefs::form`]) and index of the cell before the synapse.
    pub pre_cell: (u16, u32),
    /// Likewise after the synapse.
    pub post_cell: (u16, u32),
    /// Segment id.
    pub pre_segment: u32,
    /// Segment id.
    pub post_segment: u32,
    /// Place along the segment, 0 to 1.
    pub pre_fraction: f64,
    /// Place along the segment, 0 to 1.
    pub post_fraction: f64,
    /// Weight, dimensionless.
    pub weight: f64,
    /// Delay in seconds.
    pub delay_s: f64,
    /// From [`ConnectionTable::intern`], 0 for none.
    pub pre_component: u32,
    /// From [`ConnectionTable::intern`], 0 for none.
    pub post_component: u32,
}

impl Default for ConnectionRow {
    fn default() -> Self {
        Self {
            kind: ConnectionKind::Connection,
            id: MISSING,
            pre_cell: (0, 0),
            post_cell: (0, 0),
            pre_segment: 0,
            post_segment: 0,
            pre_fraction: 0.5,
            post_fraction: 0.5,
            weight: 1.0,
            delay_s: 0.0,
            pre_component: 0,
            post_component: 0,
        }
    }
}

/// A time of the document grammar (`s` or `ms`) in seconds; NaN for anything else.
fn seconds(text: &str) -> f64 {
    let (digits, power) = match text.strip_suffix("ms") {
        Some(digits) => (digits, -3),
        None => match text.strip_suffix('s') {
            Some(digits) => (digits, 0),
            None => return f64::NAN,
        },
    };
    let value = number(digits);
    if power == 0 { value } else { value / 1000.0 }
}
