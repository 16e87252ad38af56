//! Recordings as Python.

use nml_codegen::Job;
use nml_codegen::python::Py;
use nml_codegen_nmodl::nmodl::Mechanism;
use nml_codegen_nmodl::{OnCell, Problem, Thing, Where, recorded};
use nml_flat::{EventFormat, Outlet, Site};

use crate::dialect::legal;
use crate::network::Network;

/// The calls that record, file by file.
pub(crate) fn records(network: &mut Network<'_, '_>, job: &Job<'_>) -> Vec<Py> {
    let mut calls = Vec::new();
    for (output, probes) in job.experiment.outputs.iter().zip(job.traces) {
        let mut columns = Vec::new();
        for (wanted, probe) in output.columns.iter().zip(probes) {
            let found = recorded(network.plan, *probe);
            match found.and_then(|r| column(network, &r.place).map(|place| (place, r.power))) {
                Ok((place, power)) => {
                    let power = Py::name(power.to_string());
                    columns.push(Py::Tuple(vec![place, power]));
                }
                Err(what) => network.problems.push(Problem { span: wanted.span, what }),
            }
        }
        let file = path(output.folder.as_deref(), &output.file);
        calls.push(Py::call("net.output", vec![Py::text(file), Py::List(columns)]));
    }
    for (output, outlets) in job.experiment.event_outputs.iter().zip(job.events) {
        let mut rows = Vec::new();
        for (selection, outlet) in output.selections.iter().zip(outlets) {
            match event(network, &selection.id, *outlet) {
                Ok(row) => rows.push(row),
                Err(what) => network.problems.push(Problem { span: selection.span, what }),
            }
        }
        let file = path(output.folder.as_deref(), &output.file);
        let first = match output.format {
            EventFormat::TimeId => "time",
            EventFormat::IdTime => "id",
        };
        let plain = vec![Py::text(file), Py::List(rows)];
        calls.push(Py::Call("net.events".to_owned(), plain, vec![("first", Py::text(first))]));
    }
    calls
}

fn path(folder: Option<&str>, file: &str) -> String {
    folder.map_or(file.to_owned(), |folder| format!("{}/{file}", folder.trim_end_matches('/')))
}

fn event(network: &Network<'_, '_>, id: &str, outlet: Outlet) -> Result<Py, String> {
    if !network.plan.world.cells.contains_key(&outlet.kind) {
        return Err("events of what is attached to a cell".to_owned());
    }
    let variable = network.names.get(&outlet.kind).ok_or("events of what does nothing")?;
    Ok(Py::Tuple(vec![Py::text(id), Py::name(variable.clone()), Py::int(outlet.instance)]))
}

/// Whether a variable can be looked at from outside.
fn is_shown(it: &Mechanism, variable: &String) -> bool {
    it.states.iter().any(|state| state.name == *variable) || it.range.contains(variable)
}

/// What is sampled for a column.
fn column(network: &Network<'_, '_>, place: &Where) -> Result<Py, String> {
    let on = |cell: &OnCell| -> Result<Vec<Py>, String> {
        let name = network.names.get(&cell.kind).cloned();
        let site: Site = cell.site;
        let place = network.place(cell.kind, cell.instance, site);
        match (name, place) {
            (Some(name), Some(place)) => Ok(vec![Py::name(name), place]),
            _ => Err("a recording at a place that the cell does not have".to_owned()),
        }
    };
    match place {
        Where::Time => Ok(Py::call("net.time", Vec::new())),
        Where::Fixed(x) => Ok(Py::call("net.fixed", vec![Py::Number(*x)])),
        Where::Potential(cell) => Ok(Py::call("net.v", on(cell)?)),
        Where::Segment(cell, variable) => {
            let mut plain = on(cell)?;
            let Some(ion) = variable.strip_suffix('i') else {
                return Err(format!("a recording of `{variable}`"));
            };
            plain.push(Py::text(ion));
            Ok(Py::call("net.concentration", plain))
        }
        Where::Membrane(cell, mechanism, variable) => {
            let things = network.plan.things.iter();
            let known = things.filter_map(|thing| match thing {
                Thing::Shaped(parts) => parts.iter().find(|part| part.name == *mechanism),
                Thing::Point(..) | Thing::Nothing => None,
            });
            let mut built = known.map(|part| &part.built.mechanism);
            if !built.any(|it| is_shown(it, variable)) {
                return Err(format!("a recording of `{variable}`"));
            }
            let mut plain = on(cell)?;
            plain.extend([Py::text(mechanism.clone()), Py::text(legal(variable))]);
            Ok(Py::call("net.of_membrane", plain))
        }
        Where::Process(kind, instance, variable) => {
            let Thing::Point(_, built) = &network.plan.things[kind.index()] else {
                return Err(format!("a recording of `{variable}`"));
            };
            if !is_shown(&built.mechanism, variable) {
                return Err(format!("a recording of `{variable}`"));
            }
            let name = network.names.get(kind).cloned().unwrap_or_default();
            let plain = vec![Py::name(name), Py::int(*instance), Py::text(legal(variable))];
            Ok(Py::call("net.of", plain))
        }
    }
}
