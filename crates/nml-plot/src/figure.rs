//! What a picture shows.

use crate::Rgb;

/// Panels above one another over one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its title; none where empty.
    pub title: String,
    /// What the common axis shows: `time (ms)`.
    pub x_label: String,
    /// The ends of the common axis.
    pub x_range: (f64, f64),
    /// From above to below.
    pub panels: Vec<Panel>,
}

/// One pair of axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What the upright axis shows: `voltage (mV)`; nothing where empty.
    pub y_label: String,
    /// The ends wished for; taken where the data do fill them.
    pub y_range: (Option<f64>, Option<f64>),
    /// What is drawn.
    pub content: Content,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Traces.
    Lines(Vec<Line>),
    /// Events.
    Raster(Raster),
}

/// A trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name in the legend.
    pub label: String,
    /// Its colour.
    pub colour: Rgb,
    /// Its points in the units of the axes.
    pub points: Vec<(f64, f64)>,
}

/// Events of several sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// From below to above.
    pub rows: Vec<Row>,
}

/// The events of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The name of the source.
    pub label: String,
    /// When, in the unit of the axis.
    pub times: Vec<f64>,
}
