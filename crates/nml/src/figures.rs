//! Results as pictures: what each display shows, or each file where there is none, and a raster of events.

use nml_model::Model;
use nml_plot::{Content, Figure, Line, Palette, Panel, Raster, RasterReducer, Reducer, Rgb, Row};
use nml_sim::{EventRow, Rows, Sink, SinkError};
use nml_units::{Dimension, UnitTable};

use crate::results::Column;
use crate::simulate::{Display, Prepared};

/// The most sources of a raster that have a row of their own.
const MOST_ROWS: usize = 4000;

/// Collects what pictures of a run need while it runs; memory does not grow with the length of the run.
#[derive(Debug)]
pub struct Figures<'p> {
    prepared: &'p Prepared,
    units: &'p UnitTable,
    plots: Vec<Plot>,
}

/// One picture, while it grows.
#[derive(Debug)]
struct Plot {
    name: String,
    source: Source,
    /// What part of the run it shows, in seconds.
    window: (f64, f64),
    traces: Vec<Reducer>,
    rows: Vec<RasterReducer>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    /// A display, by its index.
    Display(usize),
    /// A file with traces, by its index.
    File(usize),
    /// A file with events, by its index.
    Events(usize),
}

impl<'p> Figures<'p> {
    /// Pictures of a run that was prepared with its displays.
    pub fn new(model: &'p Model, prepared: &'p Prepared) -> Self {
        let experiment = &prepared.experiment;
        let end = experiment.length.max(experiment.step);
        let mut plots = Vec::new();
        let files = experiment.outputs.len();
        for (at, display) in experiment.displays.iter().enumerate() {
            let columns = prepared.columns.get(files + at).map_or(0, Vec::len);
            let window = window(display, end);
            let traces = vec![Reducer::new(window.0, window.1); columns];
            let source = Source::Display(at);
            plots.push(Plot { name: display.id.clone(), source, window, traces, rows: Vec::new() });
        }
        if experiment.displays.is_empty() {
            for (at, output) in experiment.outputs.iter().enumerate() {
                let columns = prepared.columns.get(at).map_or(0, Vec::len);
                let traces = vec![Reducer::new(0.0, end); columns];
                let (name, source) = (output.id.clone(), Source::File(at));
                plots.push(Plot { name, source, window: (0.0, end), traces, rows: Vec::new() });
            }
        }
        for (at, output) in experiment.event_outputs.iter().enumerate() {
            let rows = output.selections.len().min(MOST_ROWS);
            let rows = vec![RasterReducer::new(0.0, end); rows];
            let (name, source) = (output.id.clone(), Source::Events(at));
            plots.push(Plot { name, source, window: (0.0, end), traces: Vec::new(), rows });
        }
        plots.retain(|plot| !(plot.traces.is_empty() && plot.rows.is_empty()));
        Self { prepared, units: model.units(), plots }
    }

    /// The identifiers of what each picture shows, in the order of [`Figures::finish`].
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.plots.iter().map(|plot| plot.name.as_str())
    }

    /// The pictures of what has come so far.
    pub fn finish(&self) -> Vec<Figure> {
        self.plots.iter().map(|plot| self.figure(plot)).collect()
    }

    fn figure(&self, plot: &Plot) -> Figure {
        let experiment = &self.prepared.experiment;
        let unit_of_time = match plot.source {
            Source::Display(at) => {
                experiment.displays[at].lines.first().map_or(1.0, |l| l.time_scale)
            }
            Source::File(_) | Source::Events(_) => {
                if plot.window.1 < 10.0 {
                    1e-3
                } else {
                    1.0
                }
            }
        };
        let unit_of_time =
            if unit_of_time > 0.0 && unit_of_time.is_finite() { unit_of_time } else { 1.0 };
        let x_label = self.label("time", Some(Dimension::TIME), unit_of_time);
        let panels = match plot.source {
            Source::Display(at) => {
                vec![self.display(plot, &experiment.displays[at], at, unit_of_time)]
            }
            Source::File(at) => self.file(plot, &self.prepared.columns[at], unit_of_time),
            Source::Events(at) => {
                let selections = &experiment.event_outputs[at].selections;
                let rows = plot.rows.iter().zip(selections).map(|(row, selection)| Row {
                    label: if selection.path.is_empty() {
                        selection.id.clone()
                    } else {
                        selection.path.clone()
                    },
                    times: row.times().iter().map(|t| t / unit_of_time).collect(),
                });
                let content = Content::Raster(Raster { rows: rows.collect() });
                let y_label =
                    if plot.rows.len() > 24 { "source".to_owned() } else { String::new() };
                vec![Panel { y_label, y_range: (None, None), content }]
            }
        };
        let title = match plot.source {
            Source::Display(at) => experiment.displays[at].title.trim().to_owned(),
            Source::File(_) | Source::Events(_) => String::new(),
        };
        let x_range = (plot.window.0 / unit_of_time, plot.window.1 / unit_of_time);
        Figure { title, x_label, x_range, panels }
    }

    /// The panel of a display, in the units it is shown in.
    fn display(&self, plot: &Plot, display: &Display, at: usize, unit_of_time: f64) -> Panel {
        let columns = &self.prepared.columns[self.prepared.experiment.outputs.len() + at];
        let shown: Vec<(&Column, f64)> = columns
            .iter()
            .zip(&display.lines)
            .map(|(column, line)| (column, if line.scale == 0.0 { 1.0 } else { line.scale }))
            .collect();
        let alike =
            shown.windows(2).all(|w| w[0].0.dimension == w[1].0.dimension && w[0].1 == w[1].1);
        let mut palette = Palette::default();
        let lines = plot.traces.iter().zip(&shown).zip(&display.lines).map(
            |((trace, (column, scale)), line)| {
                let unit = self.unit(column, *scale);
                let label = match (alike, unit.is_empty()) {
                    (true, _) | (_, true) => column.id.clone(),
                    (false, false) => format!("{} ({unit})", column.id),
                };
                let points = trace.points().into_iter().map(|(t, v)| (t / unit_of_time, v / scale));
                Line {
                    label,
                    colour: palette.next(Rgb::parse(&line.color)),
                    points: points.collect(),
                }
            },
        );
        let lines: Vec<Line> = lines.collect();
        let y_label = match shown.first() {
            Some((column, scale)) if alike => self.column_label(column, *scale, shown.len() == 1),
            _ => String::new(),
        };
        let y_range = (display.region[2], display.region[3]);
        Panel { y_label, y_range, content: Content::Lines(lines) }
    }

    /// The panels of a file, one for each dimension, in units that make numbers readable.
    fn file(&self, plot: &Plot, columns: &[Column], unit_of_time: f64) -> Vec<Panel> {
        let mut groups: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let dimension = column.dimension.as_deref();
            match groups.iter_mut().find(|(known, _)| *known == dimension) {
                Some((_, members)) => members.push(at),
                None => groups.push((dimension, vec![at])),
            }
        }
        let panel = |(_, members): (Option<&str>, Vec<usize>)| {
            let points: Vec<Vec<(f64, f64)>> =
                members.iter().map(|&at| plot.traces[at].points()).collect();
            let largest = points.iter().flatten().map(|p| p.1.abs()).fold(0.0, f64::max);
            let first = &columns[members[0]];
            let dimension = self.dimension(first).filter(|d| !d.is_none());
            let unit = dimension.and_then(|d| self.units.best_unit(d, largest));
            let scale = unit.map_or(1.0, |unit| largest.max(1.0) / unit.from_si(largest.max(1.0)));
            let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
            let mut palette = Palette::default();
            let lines = members.iter().zip(points).map(|(&at, points)| Line {
                label: columns[at].id.clone(),
                colour: palette.next(None),
                points: points.into_iter().map(|(t, v)| (t / unit_of_time, v / scale)).collect(),
            });
            Panel {
                content: Content::Lines(lines.collect()),
                y_label: self.column_label(first, scale, members.len() == 1),
                y_range: (None, None),
            }
        };
        groups.into_iter().map(panel).collect()
    }

    fn dimension(&self, column: &Column) -> Option<Dimension> {
        column.dimension.as_deref().and_then(|name| self.units.dimension(name))
    }

    /// The unit of which a display shows multiples of `scale`; empty for plain numbers.
    fn unit(&self, column: &Column, scale: f64) -> String {
        self.dimension(column).map_or(String::new(), |d| self.symbol(d, scale))
    }

    fn symbol(&self, dimension: Dimension, scale: f64) -> String {
        if dimension.is_none() {
            return if scale == 1.0 { String::new() } else { nml_base::format_f64(scale) };
        }
        let mut units = self.units.units_of(dimension).filter(|u| u.offset == 0.0);
        let fits = units.find(|unit| (unit.from_si(scale) - 1.0).abs() < 1e-9);
        match fits {
            Some(unit) => readable(&unit.symbol),
            None => format!("{} SI", nml_base::format_f64(scale)),
        }
    }

    fn column_label(&self, column: &Column, scale: f64, alone: bool) -> String {
        let name = match column.dimension.as_deref() {
            // A plain number has no better name than its own.
            None | Some("none") => {
                if alone {
                    column.id.as_str()
                } else {
                    ""
                }
            }
            Some(name) => name,
        };
        self.label(&in_words(name), self.dimension(column), scale)
    }

    fn label(&self, name: &str, dimension: Option<Dimension>, scale: f64) -> String {
        let unit = dimension.map_or(String::new(), |d| self.symbol(d, scale));
        if unit.is_empty() || name.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({unit})")
        }
    }
}

/// What part of a run a display shows: what lies within both its limits and the run.
fn window(display: &Display, end: f64) -> (f64, f64) {
    let unit = display.lines.first().map_or(1.0, |line| line.time_scale);
    let low = display.region[0].map_or(0.0, |x| (x * unit).max(0.0));
    let high = display.region[1].map_or(end, |x| (x * unit).min(end));
    // Less than a hundredth of the run is a mistake more often than a wish.
    if high - low >= end * 0.01 { (low, high) } else { (0.0, end) }
}

/// The name of a dimension in words: `conductanceDensity` is conductance density.
fn in_words(name: &str) -> String {
    let mut words = String::new();
    for (at, c) in name.chars().enumerate() {
        // A single capital at the start is a symbol.
        if c.is_ascii_uppercase()
            && at > 0
            && words.ends_with(|before: char| before.is_ascii_lowercase())
        {
            words.push(' ');
            words.push(c.to_ascii_lowercase());
        } else {
            words.push(if c == '_' { ' ' } else { c });
        }
    }
    words
}

/// A unit as it is printed: `uF_per_cm2` is µF/cm².
fn readable(symbol: &str) -> String {
    let (above, below) = match symbol.split_once("_per_") {
        Some((above, below)) => (above, Some(below)),
        None => match symbol.strip_prefix("per_") {
            Some(below) => ("1", Some(below)),
            None => (symbol, None),
        },
    };
    let one = |part: &str| {
        let mut part = part.replace('_', " ").replace("ohm", "Ω").replace("degC", "°C");
        if let Some(rest) = part.strip_prefix('u') {
            part = format!("µ{rest}");
        }
        if let Some(rest) = part.strip_suffix('2') {
            part = format!("{rest}²");
        } else if let Some(rest) = part.strip_suffix('3') {
            part = format!("{rest}³");
        }
        part
    };
    match below {
        Some(below) => format!("{}/{}", one(above), one(&below.replace("_per_", "/"))),
        None => one(above),
    }
}

impl Sink for Figures<'_> {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        let files = self.prepared.experiment.outputs.len();
        let wanted = match output.checked_sub(files) {
            Some(display) => Source::Display(display),
            None => Source::File(output),
        };
        for plot in self.plots.iter_mut().filter(|plot| plot.source == wanted) {
            for (time, values) in rows.iter() {
                for (trace, &value) in plot.traces.iter_mut().zip(values) {
                    trace.add(time, value);
                }
            }
        }
        Ok(())
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        for plot in self.plots.iter_mut().filter(|plot| plot.source == Source::Events(output)) {
            for event in events {
                if let Some(row) = plot.rows.get_mut(event.port as usize) {
                    row.add(event.time);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, readable};

    #[test]
    fn dimensions_are_words() {
        let words = ["conductanceDensity", "per_time", "voltage", "rho_factor"].map(in_words);
        assert_eq!(words, ["conductance density", "per time", "voltage", "rho factor"]);
    }

    #[test]
    fn units_are_printed_as_people_write_them() {
        let shown = ["mV", "uF_per_cm2", "per_ms", "mol_per_m3", "ohm_m", "degC"].map(readable);
        assert_eq!(shown, ["mV", "µF/cm²", "1/ms", "mol/m³", "Ω m", "°C"]);
    }
}
