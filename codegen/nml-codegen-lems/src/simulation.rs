//! The run, with paths into flattened components.

use nml_base::{Diagnostics, Span, format_f64};
use nml_codegen::{Job, not_exported};
use nml_flat::{EventFormat, KindId, NodeId, Seen};
use nml_model::ComponentRef;
use rustc_hash::FxHashMap;

use crate::TARGET;
use crate::element::Element;
use crate::name::depth;
use crate::ty::Made;

/// Translates paths.
pub(crate) struct Paths<'a> {
    pub(crate) job: &'a Job<'a>,
    pub(crate) made: &'a FxHashMap<ComponentRef, Made>,
    /// Whether the component that is run is itself flattened.
    pub(crate) alone: bool,
}

impl Paths<'_> {
    /// The path to the same quantity.
    fn quantity(&self, path: &str, span: Span, sink: &mut Diagnostics) -> Option<String> {
        let probe = self.job.flat.probe(path, span, sink)?;
        if probe.kind == KindId(0) && !self.alone {
            return Some(path.to_owned());
        }
        let kind = self.job.flat.kind(probe.kind);
        let made = self.made.get(&kind.component)?;
        let (node, name) = match probe.seen {
            Seen::Time => return Some(path.to_owned()),
            Seen::Quantity(id) => (kind.quantity(id).node, made.names.of_quantity(id).to_owned()),
            Seen::Exposure(id) => {
                let exposure = &kind.exposures[id.index()];
                let name = match exposure.quantity {
                    Some(id) if exposure.node != NodeId::ROOT => made.names.of_quantity(id),
                    _ => &exposure.name,
                };
                (exposure.node, name.to_owned())
            }
        };
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let kept = parts.len().checked_sub(depth(kind, node) + 1)?;
        let way = parts[..kept].join("/");
        Some(if way.is_empty() { name } else { format!("{way}/{name}") })
    }
}

/// The identifier of the run.
pub(crate) fn id(job: &Job<'_>) -> String {
    let simulation = job.model.component(job.experiment.simulation);
    let is_run = job.experiment.simulation != job.experiment.target;
    let known = simulation.id().filter(|_| is_run).map(str::to_owned);
    known.unwrap_or_else(|| "simulation".to_owned())
}

/// The run as an element.
pub(crate) fn element(paths: &Paths<'_>, id: &str, sink: &mut Diagnostics) -> Element {
    let (job, experiment) = (paths.job, paths.job.experiment);
    let simulation = job.model.component(experiment.simulation);
    let time = |attribute: &str, si: f64| {
        let written = simulation.attr(attribute).filter(|_| simulation.si(attribute) == Some(si));
        written.map_or_else(|| format!("{} s", format_f64(si)), str::to_owned)
    };
    let target = job.model.component(experiment.target).id().unwrap_or_default();
    let mut out = Element::new("Simulation")
        .with("id", id)
        .with("length", time("length", experiment.length))
        .with("step", time("step", experiment.step))
        .with("target", target)
        .with_some("seed", experiment.seed.map(|seed| seed.to_string()));
    let file = |tag: &str, id: &str, folder: &Option<String>, name: &str| {
        let element = Element::new(tag).with("id", id).with_some("path", folder.as_ref());
        element.with("fileName", name)
    };
    for display in &experiment.displays {
        let scale = display.lines.first().map_or(1e-3, |line| line.time_scale);
        let mut element = Element::new("Display").with("id", &display.id);
        element = element.with("title", &display.title);
        element = element.with("timeScale", format!("{} s", format_f64(scale)));
        for (name, limit) in ["xmin", "xmax", "ymin", "ymax"].into_iter().zip(display.region) {
            element = element.with(name, format_f64(limit.unwrap_or(0.0)));
        }
        for line in &display.lines {
            let recorded = &line.recorded;
            let Some(path) = paths.quantity(&recorded.path, recorded.span, sink) else { continue };
            let shown = Element::new("Line").with("id", &recorded.id).with("quantity", path);
            let shown = shown.with("scale", format_f64(line.scale));
            let shown = shown.with("color", &line.color);
            element.push(shown.with("timeScale", format!("{} s", format_f64(line.time_scale))));
        }
        out.push(element);
    }
    for output in &experiment.outputs {
        let mut element = file("OutputFile", &output.id, &output.folder, &output.file);
        for column in &output.columns {
            let Some(path) = paths.quantity(&column.path, column.span, sink) else { continue };
            let recorded = Element::new("OutputColumn").with("id", &column.id);
            element.push(recorded.with("quantity", path));
        }
        out.push(element);
    }
    for (output, outlets) in experiment.event_outputs.iter().zip(job.events) {
        let format = if output.format == EventFormat::TimeId { "TIME_ID" } else { "ID_TIME" };
        let mut element = file("EventOutputFile", &output.id, &output.folder, &output.file);
        element = element.with("format", format);
        for (selection, outlet) in output.selections.iter().zip(outlets) {
            let from_root = outlet.kind == KindId(0) && !paths.alone;
            if outlet.node != NodeId::ROOT && !from_root {
                let what = format!("events of a part of a cell, `{}`,", selection.path);
                sink.push(not_exported(selection.span, TARGET, what));
            }
            let selected = Element::new("EventSelection").with("id", &selection.id);
            let selected = selected.with("select", &selection.path);
            element.push(selected.with("eventPort", &selection.port));
        }
        out.push(element);
    }
    out
}
