//! Edges of one type between two populations as projections.

use std::collections::BTreeMap;

use nml_base::{Span, format_f64};
use nml_model::table::{CellRefForm, CellRefStyle, ConnectionKind, ConnectionRow, ConnectionTable};
use rustc_hash::FxHashMap;

use super::cells::{Printer, Wish};
use super::csv::Type;
use super::desk::Desk;
use super::edges::Edges;
use super::morphology::Processing;
use super::nodes::Nodes;
use super::points::{self, Target};
use super::populations::{Folders, Population, Populations, element, file_in, parameters};

/// Edges that share all but their cells, weights and delays.
#[derive(Debug)]
pub(super) struct Projection {
    pub(super) name: String,
    /// The populations before and after, as indices.
    pub(super) sides: [usize; 2],
    pub(super) synapse: String,
    pub(super) table: ConnectionTable,
}

/// Synapse and what a weight of the circuit is worth in its own.
#[derive(Clone, Debug)]
struct Synapse {
    component: String,
    factor: f64,
    /// What holds where nothing is said.
    weight: Option<f64>,
    delay_ms: f64,
}

/// Columns of edges that say nothing about what a synapse does, or that are read.
const KNOWN: [&str; 22] = [
    "edge_type_id",
    "source_query",
    "target_query",
    "population",
    "model_template",
    "nml_component",
    "nml_mechanism",
    "nml_weight",
    "nml_port",
    "distance_range",
    "target_sections",
    "weight_function",
    "dynamics_params",
    "syn_weight",
    "delay",
    "nsyns",
    "afferent_section_id",
    "afferent_section_pos",
    "nml_segment_id",
    "nml_fraction_along",
    "sec_id",
    "sec_x",
];

/// Columns of positions that follow from the others.
const SPACE: [&str; 5] =
    ["afferent_center_", "afferent_surface_", "efferent_center_", "efferent_surface_", "distance"];

/// Edges of which a finding tells one by one.
const TOLD: usize = 20;

/// Makes the projections of all edges.
pub(super) fn make(
    desk: &mut Desk<'_>,
    printer: &mut Printer<'_>,
    folders: &Folders,
    (nodes, populations): (&[Nodes], &Populations),
    all: &[Edges],
) -> Vec<Projection> {
    let mut found = Vec::new();
    let mut synapses = FxHashMap::default();
    for edges in all {
        let index = |name: &str| nodes.iter().position(|nodes| nodes.name == name);
        let sides = [index(&edges.sides[0]), index(&edges.sides[1])];
        let [Some(source), Some(target)] = sides else {
            let missing = if sides[0].is_none() { &edges.sides[0] } else { &edges.sides[1] };
            let message =
                format!("`{}` joins nodes of `{missing}`, which is not there", edges.name);
            desk.bad(edges.span, message, "add the file with these nodes");
            continue;
        };
        columns(desk, edges);
        let mut maker = Maker {
            edges,
            nodes: [&nodes[source], &nodes[target]],
            of: [&populations.of[source], &populations.of[target]],
            populations: &populations.all,
            folders,
            synapses: &mut synapses,
            projections: BTreeMap::new(),
            told: 0,
        };
        for row in 0..edges.source.len() {
            maker.row(desk, printer, row);
        }
        if maker.told > TOLD {
            let message = format!("{} more edges of `{}` are wrong", maker.told - TOLD, edges.name);
            desk.bad(edges.span, message, "write the file again");
        }
        let projections = maker.projections;
        for (key, mut projection) in projections {
            let [before, after] = key.sides.map(|at| populations.all[at].name.as_str());
            let name = format!("{}_{}_{before}_{after}", edges.name, key.ty);
            projection.name = printer.name_inside(&name);
            projection.table.complete(&ConnectionRow {
                kind: ConnectionKind::ConnectionWD,
                ..ConnectionRow::default()
            });
            found.push(projection);
        }
    }
    found
}

/// Tells of columns that are not understood.
fn columns(desk: &mut Desk<'_>, edges: &Edges) {
    for name in edges.types().columns() {
        if !KNOWN.contains(&name.as_str()) {
            let message =
                format!("the column `{name}` of the types of `{}` is not read", edges.name);
            desk.unread(edges.span, message, "nothing follows from it here");
        }
    }
    for name in edges.columns() {
        if SPACE.iter().any(|start| name.starts_with(start)) || name.starts_with("efferent_") {
            let message = format!("`{name}` of `{}` is not kept", edges.name);
            desk.unread(edges.span, message, "what the synapses do does not depend on it");
        } else if !KNOWN.contains(&name) {
            let message = format!("the column `{name}` of `{}` is not read", edges.name);
            desk.bad(
                edges.span,
                message,
                "remove it, or write what it means into the known columns",
            );
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct Key {
    ty: u32,
    sides: [usize; 2],
    inhibits: bool,
}

struct Maker<'a> {
    edges: &'a Edges,
    nodes: [&'a Nodes; 2],
    of: [&'a Vec<u32>; 2],
    populations: &'a [Population],
    folders: &'a Folders,
    /// By table of types, type, target and sign.
    synapses: &'a mut FxHashMap<(Span, usize, bool), Option<Synapse>>,
    projections: BTreeMap<Key, Projection>,
    told: usize,
}

impl Maker<'_> {
    fn wrong(&mut self, desk: &mut Desk<'_>, row: usize, message: &str, help: &str) {
        self.told += 1;
        if self.told <= TOLD {
            let message = format!("edge {row} of `{}` {message}", self.edges.name);
            desk.bad(self.edges.span, message, help);
        }
    }

    fn row(&mut self, desk: &mut Desk<'_>, printer: &mut Printer<'_>, row: usize) {
        let ids = [self.edges.source[row], self.edges.target[row]];
        let mut sides = [0; 2];
        for side in 0..2 {
            let Some(at) = self.nodes[side].row(ids[side]) else {
                let name = &self.edges.sides[side];
                let message =
                    format!("names the node {} of `{name}`, which is not there", ids[side]);
                return self.wrong(desk, row, &message, "number the nodes as in their file");
            };
            let population = self.of[side][at as usize];
            if population == u32::MAX {
                // That the node could not be made has been told.
                return;
            }
            sides[side] = population as usize;
        }
        let id = self.edges.type_ids[row];
        let Some(ty) = self.edges.type_of(id) else {
            let message = format!("has the type {id}, which is not in the table");
            return self.wrong(desk, row, &message, "add the type to the table");
        };
        let value = |name: &str| {
            let own = self.edges.number(row, name);
            own.or_else(|| ty.get(name).and_then(|(text, _)| text.parse().ok()))
        };
        let (weight, delay, times) = (value("syn_weight"), value("delay"), value("nsyns"));
        let inhibits = weight.is_some_and(|weight| weight < 0.0);
        let places = [
            value("nml_segment_id"),
            value("nml_fraction_along"),
            value("afferent_section_id").or_else(|| value("sec_id")),
            value("afferent_section_pos").or_else(|| value("sec_x")),
        ];
        let key = Key { ty: id, sides, inhibits };
        let target = &self.populations[sides[1]];
        let Some(synapse) = self.synapse(desk, printer, ty, sides[1], inhibits) else { return };
        let Some(weight) = weight.or(synapse.weight) else {
            return self.wrong(desk, row, "has no weight", "write `syn_weight`");
        };
        let weight = weight * times.unwrap_or(1.0);
        let delay = delay.unwrap_or(synapse.delay_ms);
        if !(weight.is_finite() && delay.is_finite() && delay >= 0.0) {
            let message = format!("has the weight {weight} and the delay {delay} ms");
            return self.wrong(desk, row, &message, "write finite numbers, delays from 0 ms on");
        }
        let Some((segment, fraction)) = place(target, places) else {
            let message = "lies at a place that the cell does not have";
            return self.wrong(
                desk,
                row,
                message,
                "write the number of a section and a place from 0 to 1",
            );
        };
        let projection = self.projections.entry(key).or_insert_with(|| Projection {
            name: String::new(),
            sides,
            synapse: synapse.component.clone(),
            table: ConnectionTable::default(),
        });
        let table = &mut projection.table;
        let pre = table.pre_cell.form(&form(&self.populations[sides[0]]));
        let post = table.post_cell.form(&form(target));
        table.pre_cell.push_index(pre, ids[0]);
        table.post_cell.push_index(post, ids[1]);
        table.weight.push(weight * synapse.factor);
        table.delay_s.push(delay / 1000.0);
        table.post_segment.push(segment);
        table.post_fraction.push(fraction);
    }

    fn synapse(
        &mut self,
        desk: &mut Desk<'_>,
        printer: &mut Printer<'_>,
        ty: Type<'_>,
        target: usize,
        inhibits: bool,
    ) -> Option<Synapse> {
        let key = (ty.span(), target, inhibits);
        if let Some(known) = self.synapses.get(&key) {
            return known.clone();
        }
        let made = self.new_synapse(desk, printer, ty, &self.populations[target], inhibits);
        self.synapses.insert(key, made.clone());
        made
    }

    fn new_synapse(
        &self,
        desk: &mut Desk<'_>,
        printer: &mut Printer<'_>,
        ty: Type<'_>,
        target: &Population,
        inhibits: bool,
    ) -> Option<Synapse> {
        for name in ["weight_function", "distance_range", "target_sections"] {
            let placed = self.edges.has("afferent_section_id")
                || self.edges.has("sec_id")
                || self.edges.has("nml_segment_id");
            let Some((text, span)) = ty.get(name) else { continue };
            if name == "weight_function" || (!placed && target.made.is_some()) {
                let message = format!("`{name}` is `{text}`: such rules are not carried out here");
                let help = "write `syn_weight`, `afferent_section_id` and `afferent_section_pos` for each edge";
                desk.bad(span, message, help);
                return None;
            }
        }
        let params = parameters(desk, ty, &self.folders.synapses).ok()?;
        let template = ty.get("model_template");
        let name = format!("{}_{}_synapse", self.edges.name, id_of(ty));
        if let Some((file, span)) = template.and_then(|(t, s)| Some((t.strip_prefix("nml:")?, s))) {
            let template = file_in(desk, &self.folders.synapses, file, span);
            let component = ty.get("nml_component").map(|(text, _)| text.to_owned());
            let wish = Wish { template, component, morphology: None, processing: Processing::None };
            let made = printer.make(desk, &wish)?;
            return Some(Synapse {
                component: made.id,
                factor: 1.0,
                weight: Some(1.0),
                delay_ms: 0.0,
            });
        }
        match &target.target {
            Target::Nothing => {
                let message = "an edge leads to virtual nodes, which take nothing in";
                desk.bad(self.edges.span, message, "remove the edges");
                None
            }
            Target::Jump => {
                let component = printer.name(&name);
                element("jumpSynapse", &component, &[], &mut printer.out);
                let sign = params
                    .as_ref()
                    .and_then(|p| p.get("sign"))
                    .and_then(super::json::Value::number);
                let factor = sign.unwrap_or(1.0);
                Some(Synapse { component, factor, weight: None, delay_ms: 0.0 })
            }
            Target::Nest { synapse, tau_ms, e_rev_mv } => {
                if let Some((other, span)) = template
                    && !matches!(other, "static_synapse" | "nest:static_synapse")
                {
                    let message = format!("the synapse `{other}` is not known here");
                    desk.bad(span, message, "known is static_synapse");
                    return None;
                }
                points::Parameters::new(params.as_ref(), ty.span()).finish(desk);
                let which = usize::from(inhibits);
                let component = printer.name(&name);
                let mut attributes = vec![("tau_syn", format_f64(tau_ms[which]))];
                let mut factor = 1e-3;
                if let Some(reversals) = e_rev_mv {
                    attributes.push(("e_rev", format_f64(reversals[which])));
                    // The sign of a weight only chooses between the two.
                    factor = if inhibits { -1e-3 } else { 1e-3 };
                }
                element(synapse, &component, &attributes, &mut printer.out);
                Some(Synapse { component, factor, weight: Some(1.0), delay_ms: 1.0 })
            }
            Target::Membrane => {
                let (template, span) = match (template, &params) {
                    (Some(template), _) => template,
                    (None, params) => {
                        let level = params.as_ref().and_then(|p| p.get("level_of_detail"));
                        let named = level.and_then(|level| Some((level.text()?, level.span)));
                        let Some(named) = named else {
                            let help = "write `model_template`";
                            desk.bad(ty.span(), "the type names no synapse", help);
                            return None;
                        };
                        named
                    }
                };
                let found = points::synapse(desk, (template, span), params.as_ref());
                let (ty, attributes) = found?;
                let component = printer.name(&name);
                element(ty, &component, &attributes, &mut printer.out);
                Some(Synapse { component, factor: 1.0, weight: None, delay_ms: 0.0 })
            }
        }
    }
}

fn id_of(ty: Type<'_>) -> &str {
    ty.get("edge_type_id").map_or("", |(text, _)| text)
}

/// How XML would name the cells of a population.
pub(super) fn form(population: &Population) -> CellRefForm {
    CellRefForm {
        style: CellRefStyle::Path,
        relative: true,
        population: population.name.as_str().into(),
        component: Some(population.component.as_str().into()),
    }
}

/// Segment and place along it; the middle of the first segment where nothing is said.
fn place(target: &Population, values: [Option<f64>; 4]) -> Option<(u32, f64)> {
    let along = |value: Option<f64>| {
        let value = value.unwrap_or(0.5);
        (0.0..=1.0).contains(&value).then_some(value)
    };
    let [segment, fraction, section, place] = values;
    if let Some(segment) = segment {
        return Some((super::columns::whole(segment)?, along(fraction)?));
    }
    let Some(made) = target.made.as_ref().filter(|made| made.segmented) else {
        return Some((0, 0.5));
    };
    let (section, place) = (super::columns::whole(section.unwrap_or(0.0))?, along(place)?);
    match &made.shape {
        Some(shape) => shape.place(section, place),
        // The first section of any cell is its soma.
        None => (section == 0).then_some((0, place)),
    }
}
