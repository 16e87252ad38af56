//! What a simulation configuration wants: conditions, inputs, reports.
//!
//! Source: the SONATA developer guide, "Simulation configuration".

use std::collections::BTreeMap;

use nml_base::{Span, format_f64};
use nml_model::table::{InputRow, InputTable};

use super::cells::{Conditions, Printer};
use super::config::Config;
use super::desk::Desk;
use super::json::{Kind, Value};
use super::nodes::Nodes;
use super::points::Target;
use super::populations::{Populations, element};
use super::projections::form;
use super::sets::{Selected, Sets};
use super::spikes::{Gatherer, Trains};

/// Inputs into the cells of one population.
#[derive(Debug)]
pub(super) struct List {
    pub(super) name: String,
    pub(super) component: String,
    /// The population, as an index.
    pub(super) population: usize,
    pub(super) table: InputTable,
}

/// A file of traces: name and columns, each an identifier and a path.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) name: String,
    pub(super) columns: Vec<(String, String)>,
}

/// How long and how finely is simulated.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) stop_ms: f64,
    pub(super) step_ms: f64,
    pub(super) celsius: Option<f64>,
    pub(super) seed: Option<f64>,
    pub(super) conditions: Conditions,
    pub(super) spikes_file: String,
}

/// A number of a section, where it is given.
fn number(desk: &mut Desk<'_>, section: Option<&Value>, name: &str) -> Option<f64> {
    let value = section?.get(name)?;
    if matches!(value.kind, Kind::Null) {
        return None;
    }
    let number = value.number();
    if number.is_none() {
        desk.bad(
            value.span,
            format!("`{name}` is {}, not a number", value.what()),
            "write a number",
        );
    }
    number
}

/// Tells of members of a section that are not read.
fn others(desk: &mut Desk<'_>, section: Option<&Value>, what: &str, known: &[&str]) {
    for (name, span, value) in section.map_or(&[][..], Value::members) {
        if !known.contains(&name.as_str()) && value.kind != Kind::Null {
            desk.unread(
                *span,
                format!("`{name}` of `{what}` is not read"),
                "nothing follows from it here",
            );
        }
    }
}

impl Run {
    /// Reads `run`, `conditions` and `output`.
    pub(super) fn read(desk: &mut Desk<'_>, simulation: &Config) -> Option<Self> {
        let root = &simulation.root;
        let (run, conditions) = (root.get("run"), root.get("conditions"));
        let known = [
            "tstop",
            "tstart",
            "dt",
            "dL",
            "spike_threshold",
            "nsteps_block",
            "random_seed",
            "overwrite_output_dir",
            "duration",
        ];
        others(desk, run, "run", &known);
        others(desk, conditions, "conditions", &["celsius", "v_init"]);
        let parts = [
            "version",
            "manifest",
            "run",
            "conditions",
            "network",
            "networks",
            "components",
            "node_sets_file",
            "inputs",
            "reports",
            "output",
            "target_simulator",
            "metadata",
            "config_path",
            "config_dir",
            "node_sets",
        ];
        others(desk, Some(root), "the simulation", &parts);
        let stop_ms = number(desk, run, "tstop").or_else(|| number(desk, run, "duration"));
        let step_ms = number(desk, run, "dt").unwrap_or(0.1);
        let place = run.map_or(root.span, |run| run.span);
        let Some(stop_ms) = stop_ms.filter(|stop| *stop >= 0.0 && step_ms > 0.0) else {
            desk.bad(place, "this says no time to simulate", "write `tstop` and `dt` in ms");
            return None;
        };
        if number(desk, run, "tstart").is_some_and(|start| start != 0.0) {
            desk.bad(place, "time does not begin at 0", "write 0 for `tstart`");
        }
        let output = root.get("output");
        let known = [
            "output_dir",
            "log_file",
            "log_to_console",
            "spikes_file",
            "spikes_sort_order",
            "spikes_file_csv",
            "spikes_file_nwb",
            "overwrite_output_dir",
            "quiet_simulator",
            "log_level",
        ];
        others(desk, output, "output", &known);
        let spikes_file =
            output.and_then(|output| output.get("spikes_file")?.text()).unwrap_or("spikes.h5");
        let stem = spikes_file.rsplit('/').next().unwrap_or(spikes_file);
        Some(Self {
            stop_ms,
            step_ms,
            celsius: number(desk, conditions, "celsius"),
            seed: number(desk, run, "random_seed"),
            conditions: Conditions {
                v_init_mv: number(desk, conditions, "v_init"),
                threshold_mv: number(desk, run, "spike_threshold"),
                d_l_um: number(desk, run, "dL").filter(|d_l| *d_l > 0.0),
            },
            spikes_file: stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned(),
        })
    }
}

/// The node sets of a simulation.
pub(super) fn sets(desk: &mut Desk<'_>, circuit: &Config, simulation: Option<&Config>) -> Sets {
    for config in [simulation, Some(circuit)].into_iter().flatten() {
        if let Some(value) = config.root.get("node_sets_file").cloned() {
            let Some(named) = config.path(desk, &value) else { return Sets::default() };
            return Sets::new(desk.json(&named.path, named.span));
        }
        if let Some(value) = config.root.get("node_sets") {
            return Sets::new(Some(value.clone()));
        }
    }
    Sets::default()
}

fn text<'v>(input: &'v Value, name: &str) -> Option<&'v str> {
    input.get(name)?.text()
}

/// The inputs that are switched on.
fn enabled<'v>(simulation: &'v Config, what: &str) -> Vec<&'v (String, Span, Value)> {
    let all = simulation.root.get(what).map_or(&[][..], Value::members);
    all.iter()
        .filter(|(_, _, value)| value.get("enabled").is_none_or(|on| on.kind != Kind::Bool(false)))
        .collect()
}

/// The spike trains that the inputs name.
pub(super) fn trains(
    desk: &mut Desk<'_>,
    simulation: &Config,
    sets: &Sets,
    all: &[Nodes],
) -> Trains {
    let mut trains = Trains::new();
    for (name, span, input) in enabled(simulation, "inputs") {
        if text(input, "input_type") != Some("spikes") {
            continue;
        }
        let module = text(input, "module").unwrap_or("");
        if !matches!(module, "h5" | "sonata" | "csv" | "nwb" | "synapse_replay") {
            desk.bad(
                *span,
                format!("`{name}` has the module `{module}`"),
                "known are h5, sonata, csv and nwb",
            );
            continue;
        }
        others(
            desk,
            Some(input),
            name,
            &[
                "input_type",
                "module",
                "input_file",
                "spike_file",
                "node_set",
                "trial",
                "enabled",
                "source",
                "delay",
                "duration",
            ],
        );
        let file = input.get("input_file").or_else(|| input.get("spike_file"));
        let Some(file) = file.cloned() else {
            desk.bad(*span, format!("`{name}` names no file"), "write `input_file`");
            continue;
        };
        let Some(file) = simulation.path(desk, &file) else { continue };
        let set = input.get("node_set").filter(|_| module != "synapse_replay");
        let selected = match set {
            Some(set) => sets.select(desk, set, all),
            None => (0..all.len())
                .flat_map(|at| (0..).take(all[at].ids.len()).map(move |row| (at, row)))
                .collect(),
        };
        let virtual_nodes: Selected = selected
            .into_iter()
            .filter(|&(at, row)| {
                let ty = all[at].ty(row as usize);
                ty.and_then(|ty| ty.get("model_type")).is_some_and(|(text, _)| text == "virtual")
            })
            .collect();
        let trial = text(input, "trial").unwrap_or("trial_0");
        let mut gatherer = Gatherer {
            all,
            selected: &virtual_nodes,
            trains: &mut trains,
            span: file.span,
            count: 0,
            strangers: 0,
        };
        gatherer.read(desk, module, &file, trial);
    }
    trains
}

/// The currents that the inputs name.
pub(super) fn currents(
    desk: &mut Desk<'_>,
    printer: &mut Printer<'_>,
    (simulation, sets): (&Config, &Sets),
    (all, populations): (&[Nodes], &Populations),
) -> Vec<List> {
    let mut lists = Vec::new();
    for (name, span, input) in enabled(simulation, "inputs") {
        match text(input, "input_type") {
            Some("spikes") => continue,
            Some("current_clamp") => {}
            other => {
                let message = format!("`{name}` is an input of type `{}`", other.unwrap_or(""));
                desk.bad(*span, message, "known are spikes and current_clamp");
                continue;
            }
        }
        let module = text(input, "module").unwrap_or("IClamp");
        let amplitude = if module == "linear" { "amp_start" } else { "amp" };
        if !matches!(module, "IClamp" | "linear") || input.get("amp_end").is_some() {
            let message = format!("`{name}` has the module `{module}`");
            desk.bad(*span, message, "known are IClamp and linear with one amplitude");
            continue;
        }
        for member in ["section_name", "section_index", "section_dist", "input_file"] {
            if let Some(value) = input.get(member) {
                let message = format!("`{member}` is not read: currents flow into the soma");
                desk.bad(value.span, message, "remove it");
            }
        }
        others(
            desk,
            Some(input),
            name,
            &[
                "input_type",
                "module",
                "node_set",
                amplitude,
                "delay",
                "duration",
                "enabled",
                "section_name",
                "section_index",
                "section_dist",
                "input_file",
            ],
        );
        let need = |desk: &mut Desk<'_>, member: &str| {
            let found = number(desk, Some(input), member);
            if found.is_none() && input.get(member).is_none() {
                desk.bad(
                    *span,
                    format!("`{name}` has no `{member}`"),
                    "write a number, in nA or ms",
                );
            }
            found
        };
        let values = [need(desk, amplitude), need(desk, "delay"), need(desk, "duration")];
        let [Some(amplitude_na), Some(delay_ms), Some(duration_ms)] = values else { continue };
        let Some(set) = input.get("node_set") else {
            desk.bad(*span, format!("`{name}` names no nodes"), "write `node_set`");
            continue;
        };
        let component = printer.name(name);
        let attributes = [
            ("delay", format!("{} ms", format_f64(delay_ms))),
            ("duration", format!("{} ms", format_f64(duration_ms))),
            ("amplitude", format!("{} nA", format_f64(amplitude_na))),
        ];
        element("pulseGenerator", &component, &attributes, &mut printer.out);
        let mut by_population: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (at, row) in sets.select(desk, set, all) {
            let population = populations.of[at][row as usize];
            if population != u32::MAX {
                let id = all[at].ids[row as usize];
                by_population.entry(population as usize).or_default().push(id);
            }
        }
        for (population, ids) in by_population {
            let target = &populations.all[population];
            if matches!(target.target, Target::Nothing | Target::Jump) {
                let message = format!("`{}` takes no current in", target.name);
                desk.bad(set.span, message, "leave its nodes out of the node set");
                continue;
            }
            let mut table = InputTable::default();
            let form = table.target.form(&form(target));
            let destination = table.intern("synapses");
            for (count, id) in (0..).zip(ids) {
                table.push(&InputRow {
                    weighted: false,
                    id: count,
                    target: (form, id),
                    segment: 0,
                    fraction: 0.5,
                    weight: 1.0,
                    destination,
                });
            }
            let name = printer.name_inside(&format!("{name}_{}", target.name));
            lists.push(List { name, component: component.clone(), population, table });
        }
    }
    lists
}

/// The traces that the reports name.
pub(super) fn reports(
    desk: &mut Desk<'_>,
    (simulation, sets): (&Config, &Sets),
    (all, populations): (&[Nodes], &Populations),
) -> Vec<Report> {
    let mut reports = Vec::new();
    for (name, span, report) in enabled(simulation, "reports") {
        let module =
            text(report, "module").or_else(|| text(report, "type")).unwrap_or("membrane_report");
        if !matches!(module, "membrane_report" | "multimeter_report" | "compartment") {
            let message = format!("the report `{name}` of the module `{module}` is not made");
            desk.unread(*span, message, "potentials and concentrations of the soma are");
            continue;
        }
        others(
            desk,
            Some(report),
            name,
            &[
                "module",
                "type",
                "cells",
                "variable_name",
                "sections",
                "enabled",
                "file_name",
                "start_time",
                "end_time",
                "dt",
                "unit",
                "compartments",
                "transform",
            ],
        );
        let sections = text(report, "sections").unwrap_or("soma");
        if !matches!(sections, "soma" | "multimeter_report" | "membrane_report") {
            let message =
                format!("the report `{name}` is of `{sections}`: only the soma is recorded");
            desk.unread(*span, message, "write `soma`");
        }
        let Some(cells) = report.get("cells").or_else(|| report.get("node_set")) else {
            desk.bad(*span, format!("the report `{name}` names no cells"), "write `cells`");
            continue;
        };
        let selected = sets.select(desk, cells, all);
        let variables = report.get("variable_name").map_or(&[][..], Value::list);
        for variable in variables {
            let wanted = variable.text().unwrap_or("");
            let mut columns = Vec::new();
            let mut odd = None;
            for &(at, row) in &selected {
                let Some(population) =
                    populations.all.get(populations.of[at][row as usize] as usize)
                else {
                    continue;
                };
                let exposure = match (wanted, &population.target) {
                    (_, Target::Nothing) => continue,
                    (
                        "v" | "V_m" | "vm" | "membrane_potential",
                        Target::Membrane | Target::Nest { .. },
                    ) => "v",
                    ("cai", Target::Membrane) => "caConc",
                    ("m", Target::Jump) => "m",
                    _ => {
                        odd = Some(&population.name);
                        continue;
                    }
                };
                let (name, id) = (&population.name, all[at].ids[row as usize]);
                let path = format!("{name}/{id}/{}/{exposure}", population.component);
                columns.push((format!("{name}_{id}"), path));
            }
            if let Some(population) = odd {
                let message = format!("`{wanted}` of `{population}` is not recorded");
                desk.unread(variable.span, message, "known are v, V_m and cai");
            }
            if !columns.is_empty() {
                let suffix = if variables.len() > 1 { format!("_{wanted}") } else { String::new() };
                reports.push(Report { name: format!("{name}{suffix}"), columns });
            }
        }
    }
    reports
}
