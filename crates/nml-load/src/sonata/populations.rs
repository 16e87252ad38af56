//! Nodes of one type as populations.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use nml_base::{Span, format_f64};
use nml_xml::escape_value;

use super::cells::{Made, Printer, Wish};
use super::config::{Config, Named};
use super::csv::Type;
use super::desk::Desk;
use super::json::Value;
use super::morphology::Processing;
use super::nodes::Nodes;
use super::points::{self, Target};
use super::spikes::Trains;

/// Nodes with the same component.
#[derive(Debug)]
pub(super) struct Population {
    pub(super) name: String,
    /// The population of the circuit, as an index.
    pub(super) nodes: usize,
    pub(super) component: String,
    /// The numbers of the nodes.
    pub(super) ids: Vec<u32>,
    /// Where they stand in µm; empty where nothing is said.
    pub(super) positions_um: Vec<[f64; 3]>,
    pub(super) target: Target,
    /// Its cell, where it has a shape.
    pub(super) made: Option<Made>,
    /// Whether its nodes are sources of given spikes.
    pub(super) is_virtual: bool,
}

/// Folders of the circuit where components are looked for.
#[derive(Debug, Default)]
pub(super) struct Folders {
    pub(super) cells: Vec<Named>,
    pub(super) morphologies: Option<Named>,
    pub(super) points: Vec<Named>,
    pub(super) synapses: Option<Named>,
}

impl Folders {
    /// Reads `components`.
    pub(super) fn read(desk: &mut Desk<'_>, circuit: &Config) -> Self {
        let mut folder = |name: &str| circuit.component_folder(desk, name);
        let templates = folder("templates_dir");
        let biophysical = folder("biophysical_neuron_models_dir");
        let points = folder("point_neuron_models_dir");
        Self {
            morphologies: folder("morphologies_dir"),
            synapses: folder("synaptic_models_dir"),
            cells: [&biophysical, &templates, &points].into_iter().flatten().cloned().collect(),
            points: [points, biophysical].into_iter().flatten().collect(),
        }
    }
}

/// A file in the first folder that has it.
pub(super) fn file_in<'f>(
    desk: &mut Desk<'_>,
    folders: impl IntoIterator<Item = &'f Named>,
    name: &str,
    span: Span,
) -> Named {
    let mut first = None;
    for folder in folders {
        let path = folder.path.join(name);
        if desk.find(&folder.path, &[name.to_owned()]).is_some() {
            return Named { path, span };
        }
        first.get_or_insert(path);
    }
    // Reading it tells that it is not there.
    Named { path: first.unwrap_or_else(|| PathBuf::from(name)), span }
}

/// The JSON file that `dynamics_params` of a type names.
pub(super) fn parameters<'f>(
    desk: &mut Desk<'_>,
    ty: Type<'_>,
    folders: impl IntoIterator<Item = &'f Named>,
) -> Result<Option<Value>, ()> {
    let Some((name, span)) = ty.get("dynamics_params") else { return Ok(None) };
    let named = file_in(desk, folders, name, span);
    desk.json(&named.path, span).map(Some).ok_or(())
}

/// Columns of types and nodes that say nothing about what a cell does, or that are read.
const KNOWN: [&str; 25] = [
    "node_type_id",
    "population",
    "model_type",
    "model_template",
    "model_processing",
    "model_name",
    "nml_component",
    "nml_model",
    "dynamics_params",
    "morphology",
    "pop_name",
    "ei",
    "location",
    "cell_name",
    "x",
    "y",
    "z",
    "layer",
    "level_of_detail",
    "node_type_name",
    "etype",
    "mtype",
    "synapse_class",
    "region",
    "node_id",
];

/// Columns that turn or place a cell without changing what it does.
const SPACE: [&str; 10] = [
    "rotation_angle_xaxis",
    "rotation_angle_yaxis",
    "rotation_angle_zaxis",
    "orientation_w",
    "orientation_x",
    "orientation_y",
    "orientation_z",
    "morphology_angle_z",
    "tuning_angle",
    "recenter",
];

/// The populations of a circuit, and of each node the one it is in.
#[derive(Debug, Default)]
pub(super) struct Populations {
    pub(super) all: Vec<Population>,
    /// By population of the circuit, by row; `u32::MAX` where a node could not be made.
    pub(super) of: Vec<Vec<u32>>,
}

impl Populations {
    /// Makes the populations of all nodes.
    pub(super) fn new(
        desk: &mut Desk<'_>,
        printer: &mut Printer<'_>,
        folders: &Folders,
        all: &[Nodes],
        trains: &Trains,
    ) -> Self {
        let mut made = Self::default();
        for (at, nodes) in all.iter().enumerate() {
            Self::columns(desk, nodes);
            let mut rows_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (row, ty) in (0_u32..).zip(&nodes.type_ids) {
                rows_of.entry(*ty).or_default().push(row);
            }
            made.of.push(vec![u32::MAX; nodes.ids.len()]);
            let single = rows_of.len() == 1;
            for (id, rows) in rows_of {
                let Some(ty) = nodes.type_of(id) else {
                    let message = format!(
                        "nodes of `{}` have the type {id}, which is not in the table",
                        nodes.name
                    );
                    desk.bad(nodes.span, message, "add the type to the table");
                    continue;
                };
                let name = if single { nodes.name.clone() } else { format!("{}_{id}", nodes.name) };
                if ty.get("model_type").is_some_and(|(text, _)| text == "virtual") {
                    made.sources(printer, (at, nodes), &name, &rows, trains);
                } else {
                    made.cells(desk, printer, folders, (at, nodes), &name, (ty, &rows));
                }
            }
        }
        made
    }

    /// Tells of columns that are not understood.
    fn columns(desk: &mut Desk<'_>, nodes: &Nodes) {
        let of_types = nodes.types().columns().iter().map(String::as_str);
        for name in of_types.chain(nodes.columns()) {
            if SPACE.contains(&name) {
                let message =
                    format!("`{name}` of `{}` is not kept: cells are not turned", nodes.name);
                desk.unread(
                    nodes.span,
                    message,
                    "it changes no potential, only where segments lie",
                );
            } else if !KNOWN.contains(&name) {
                let message = format!("the column `{name}` of `{}` is not read", nodes.name);
                desk.unread(nodes.span, message, "node sets may use it; nothing else does");
            }
        }
    }

    fn add(&mut self, nodes: &Nodes, rows: &[u32], population: Population) {
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for &row in rows {
            self.of[population.nodes][row as usize] = at;
        }
        let ids = rows.iter().map(|&row| nodes.ids[row as usize]).collect();
        let place = |row: usize| ["x", "y", "z"].map(|axis| nodes.number(row, axis).unwrap_or(0.0));
        let positions_um = if nodes.has("x") {
            rows.iter().map(|&row| place(row as usize)).collect()
        } else {
            Vec::new()
        };
        self.all.push(Population { ids, positions_um, ..population });
    }

    /// Sources of given spikes: a population for each node that has any, one for all others.
    fn sources(
        &mut self,
        printer: &mut Printer<'_>,
        (at, nodes): (usize, &Nodes),
        name: &str,
        rows: &[u32],
        trains: &Trains,
    ) {
        let population = |name: String, component: String| Population {
            name,
            nodes: at,
            component,
            ids: Vec::new(),
            positions_um: Vec::new(),
            target: Target::Nothing,
            made: None,
            is_virtual: true,
        };
        let mut silent = Vec::new();
        for &row in rows {
            let Some(times) = trains.get(&(at, row)) else {
                silent.push(row);
                continue;
            };
            let id = nodes.ids[row as usize];
            let own = printer.name_inside(&format!("{name}_{id}"));
            let component = printer.name(&format!("{name}_{id}_spikes"));
            let _ = writeln!(printer.out, "  <spikeArray id=\"{component}\">");
            for (count, time) in times.iter().enumerate() {
                let time = format_f64(*time);
                let _ = writeln!(printer.out, "    <spike id=\"{count}\" time=\"{time} ms\"/>");
            }
            printer.out.push_str("  </spikeArray>\n");
            self.add(nodes, &[row], population(own, component));
        }
        if !silent.is_empty() {
            let own = printer.name_inside(&format!("{name}_silent"));
            let component = printer.name(&format!("{name}_silent_spikes"));
            let _ = writeln!(printer.out, "  <spikeArray id=\"{component}\"/>");
            self.add(nodes, &silent, population(own, component));
        }
    }

    fn cells(
        &mut self,
        desk: &mut Desk<'_>,
        printer: &mut Printer<'_>,
        folders: &Folders,
        (at, nodes): (usize, &Nodes),
        name: &str,
        (ty, rows): (Type<'_>, &[u32]),
    ) {
        let Some((template, span)) = ty.get("model_template") else {
            desk.bad(ty.span(), "the type has no `model_template`", "name a model");
            return;
        };
        let (component, target, made) = if let Some(file) = template.strip_prefix("nml:") {
            let Some(made) = from_file(desk, printer, folders, ty, (file, span)) else { return };
            (made.id.clone(), Target::Membrane, Some(made))
        } else {
            let Ok(params) = parameters(desk, ty, &folders.points) else { return };
            let v_init = printer.conditions.v_init_mv;
            let found = points::cell(desk, (template, span), params.as_ref(), v_init);
            let Some(point) = found else { return };
            if let Some(definitions) = point.needs
                && !printer.out.contains(definitions)
            {
                printer.out.push_str(definitions);
            }
            let id = printer.name(&format!("{name}_cell"));
            element(point.ty, &id, &point.attributes, &mut printer.out);
            (id, point.target, None)
        };
        let population = Population {
            name: printer.name_inside(name),
            nodes: at,
            component,
            ids: Vec::new(),
            positions_um: Vec::new(),
            target,
            made,
            is_virtual: false,
        };
        self.add(nodes, rows, population);
    }
}

/// An element without children.
pub(super) fn element(name: &str, id: &str, attributes: &[(&str, String)], out: &mut String) {
    let _ = write!(out, "  <{name} id=\"{id}\"");
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"{}\"", escape_value(value));
    }
    out.push_str("/>\n");
}

/// A cell of a NeuroML file.
fn from_file(
    desk: &mut Desk<'_>,
    printer: &mut Printer<'_>,
    folders: &Folders,
    ty: Type<'_>,
    (file, span): (&str, Span),
) -> Option<Made> {
    let template = file_in(desk, &folders.cells, file, span);
    let morphology = match ty.get("morphology") {
        Some((name, span)) => {
            let plain = name.strip_suffix(".swc").unwrap_or(name);
            Some(file_in(desk, &folders.morphologies, &format!("{plain}.swc"), span))
        }
        None => None,
    };
    let processing = match ty.get("model_processing") {
        None => Processing::None,
        Some((text, span)) => {
            let Some(processing) = Processing::of(text) else {
                let message = format!("the processing `{text}` is not known here");
                desk.bad(span, message, "known is aibs_perisomatic");
                return None;
            };
            processing
        }
    };
    if let Some((text, span)) = ty.get("dynamics_params") {
        let message = format!("`{text}` is not read: the template has all parameters");
        desk.bad(span, message, "write the parameters into the template");
    }
    let component = ty.get("nml_component").map(|(text, _)| text.to_owned());
    printer.make(desk, &Wish { template, component, morphology, processing })
}
