//! Recordings as Python.

use nml_codegen::Job;
use nml_codegen::number::moved;
use nml_flat::{EventFormat, Outlet, Probe, QuantityId, Role, Seen, Site};

use super::network::Network;
use super::python::Py;
use nml_codegen_nmodl::{Built, Outer, Problem, Scope, Symbol};
use nml_codegen_nmodl::{MEMBRANE, POINT};
use nml_codegen_nmodl::{OnMembrane, Thing};

/// The calls that record, file by file.
pub(crate) fn records(network: &mut Network<'_, '_>, job: &Job<'_>) -> Vec<Py> {
    let mut calls = Vec::new();
    for (output, probes) in job.experiment.outputs.iter().zip(job.traces) {
        let mut columns = Vec::new();
        for (recorded, probe) in output.columns.iter().zip(probes) {
            match column(network, *probe) {
                Ok(column) => columns.push(column),
                Err(what) => network.problems.push(Problem { span: recorded.span, what }),
            }
        }
        let file = path(output.folder.as_deref(), &output.file);
        let plain = vec![Py::text(file), Py::List(columns)];
        calls.push(Py::Call("net.output".to_owned(), plain, Vec::new()));
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
        let named = vec![("first", Py::text(first))];
        calls.push(Py::Call("net.events".to_owned(), plain, named));
    }
    calls
}

fn path(folder: Option<&str>, file: &str) -> String {
    folder.map_or(file.to_owned(), |folder| format!("{}/{file}", folder.trim_end_matches('/')))
}

fn event(network: &Network<'_, '_>, id: &str, outlet: Outlet) -> Result<Py, String> {
    let cell = network.plan.world.cells.get(&outlet.kind);
    let Some(variable) = network.names.get(&outlet.kind) else {
        return Err("events of something that does nothing".to_owned());
    };
    let mut row = vec![Py::text(id), Py::Name(variable.clone())];
    let place = match cell {
        Some(_) => network.place(outlet.kind, outlet.instance, Site::default()),
        None => Some(Py::List(vec![Py::int(outlet.instance)])),
    };
    row.push(place.ok_or("events of a place that the cell does not have")?);
    Ok(Py::Tuple(row))
}

/// A column: a reference, and the power of ten of its unit in SI.
fn column(network: &Network<'_, '_>, probe: Probe) -> Result<Py, String> {
    let plan = network.plan;
    let flat = plan.world.flat;
    let kind = flat.kind(probe.kind);
    let with = |call: &str, plain: Vec<Py>, power: i32| {
        let reference = Py::Call(format!("net.{call}"), plain, Vec::new());
        Py::Tuple(vec![reference, Py::Number(f64::from(power))])
    };
    let q = match probe.seen {
        Seen::Time => return Ok(with("time", Vec::new(), -3)),
        Seen::Quantity(q) => Some(q),
        Seen::Exposure(e) => kind.exposures[e.index()].quantity,
    };
    let fixed = |x: f64| with("fixed", vec![Py::Number(x)], 0);
    let Some(q) = q else { return Ok(fixed(0.0)) };
    let variable = network.names.get(&probe.kind).cloned();
    let cell = plan.world.cells.get(&probe.kind);
    let node = kind.quantity(q).node;
    let part = match &plan.things[probe.kind.index()] {
        Thing::Shaped(parts) => parts
            .iter()
            .find(|part| Scope::new(&plan.world, probe.kind, part.node, MEMBRANE).has(node)),
        Thing::Point(..) | Thing::Nothing => None,
    };
    let (root, units) = part.map_or((nml_flat::NodeId::ROOT, POINT), |p| (p.node, MEMBRANE));
    let scope = Scope::new(&plan.world, probe.kind, root, units);
    let symbol = scope.quantity(q).map_err(|problem| problem.what)?;
    let place = || {
        let site = Site { segment: probe.segment, ..Site::default() };
        let (id, instance, site) = match (cell, kind.home) {
            (Some(_), _) => (probe.kind, probe.instance, site),
            (None, Some(home)) => {
                let own = kind.sites.get(probe.instance as usize);
                (home.kind, kind.parents[probe.instance as usize], own)
            }
            (None, None) => return Err("a recording of no cell".to_owned()),
        };
        let name = network.names.get(&id).cloned();
        let place = network.place(id, instance, site);
        match (name, place) {
            (Some(name), Some(place)) => Ok(vec![Py::Name(name), place]),
            _ => Err("a recording at a place that the cell does not have".to_owned()),
        }
    };
    match symbol {
        Symbol::Number(x, _) => Ok(fixed(x)),
        Symbol::Time => Ok(with("time", Vec::new(), -3)),
        Symbol::Outer(Outer::V) => Ok(with("v", place()?, -3)),
        Symbol::Outer(Outer::Inside(ion)) => {
            let mut plain = place()?;
            plain.push(Py::text(format!("{ion}i")));
            Ok(with("of_segment", plain, 0))
        }
        Symbol::Outer(Outer::Outside(ion)) => {
            let mut plain = place()?;
            plain.push(Py::text(format!("{ion}o")));
            Ok(with("of_segment", plain, 0))
        }
        Symbol::Outer(_) => Err("a recording of what belongs to another component".to_owned()),
        Symbol::Own(q) => {
            if let Role::Parameter(x) = kind.quantity(q).role {
                return Ok(fixed(x));
            }
            if let Role::Property(values) = &kind.quantity(q).role {
                let x = values.get(probe.instance as usize).copied();
                return x.map(fixed).ok_or_else(|| "a recording without a value".to_owned());
            }
            own(network, probe, part, q, place, variable)
        }
    }
}

/// Something a mechanism computes.
fn own(
    network: &Network<'_, '_>,
    probe: Probe,
    part: Option<&OnMembrane>,
    q: QuantityId,
    place: impl Fn() -> Result<Vec<Py>, String>,
    variable: Option<String>,
) -> Result<Py, String> {
    let kind = network.plan.world.flat.kind(probe.kind);
    let unknown = || format!("a recording of `{}`", kind.quantity(q).name);
    let shown = |built: &Built| built.shown.get(&q).cloned().ok_or_else(unknown);
    let tuple =
        |reference, power: i32| Ok(Py::Tuple(vec![reference, Py::Number(f64::from(power))]));
    if let Some(part) = part {
        let (name, power) = shown(&part.built)?;
        let mut plain = place()?;
        // Concentrations belong to the compartment.
        if part.pool && part.built.mechanism.ions.iter().any(|ion| ion.writes.contains(&name)) {
            plain.push(Py::text(name));
            return tuple(Py::Call("net.of_segment".to_owned(), plain, Vec::new()), power);
        }
        plain.extend([Py::text(part.name.clone()), Py::text(name)]);
        return tuple(Py::Call("net.of_membrane".to_owned(), plain, Vec::new()), power);
    }
    match (&network.plan.things[probe.kind.index()], variable) {
        (Thing::Point(_, built), Some(variable)) => {
            let (name, power) = shown(built)?;
            let plain = vec![Py::Name(variable), Py::int(probe.instance), Py::text(name)];
            tuple(Py::Call("net.of".to_owned(), plain, Vec::new()), power)
        }
        _ => Err(unknown()),
    }
}

/// A time in ms.
pub(crate) fn ms(seconds: f64) -> f64 {
    moved(seconds, 3)
}
