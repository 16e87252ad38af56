//! Recordings as Python.

use nml_codegen::Job;
use nml_codegen::number::moved;
use nml_codegen_nmodl::{OnCell, Problem, Recorded, Where, recorded};
use nml_flat::{EventFormat, Outlet, Probe, Site};

use super::network::Network;
use nml_codegen::python::Py;

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
    let Recorded { place, power } = recorded(network.plan, probe)?;
    let variable = |kind| network.names.get(&kind).cloned().map(Py::Name);
    let on_cell = |at: OnCell| -> Result<Vec<Py>, String> {
        let place = network.place(at.kind, at.instance, at.site);
        let place = place.ok_or("a recording at a place that the cell does not have")?;
        Ok(vec![variable(at.kind).ok_or("a recording of no cell")?, place])
    };
    let (call, plain) = match place {
        Where::Time => ("time", Vec::new()),
        Where::Fixed(x) => ("fixed", vec![Py::Number(x)]),
        Where::Potential(at) => ("v", on_cell(at)?),
        Where::Segment(at, name) => {
            let mut plain = on_cell(at)?;
            plain.push(Py::text(name));
            ("of_segment", plain)
        }
        Where::Membrane(at, mechanism, name) => {
            let mut plain = on_cell(at)?;
            plain.extend([Py::text(mechanism), Py::text(name)]);
            ("of_membrane", plain)
        }
        Where::Process(kind, instance, name) => {
            let variable = variable(kind).ok_or("a recording of something that does nothing")?;
            ("of", vec![variable, Py::int(instance), Py::text(name)])
        }
    };
    let reference = Py::Call(format!("net.{call}"), plain, Vec::new());
    Ok(Py::Tuple(vec![reference, Py::Number(f64::from(power))]))
}

/// A time in ms.
pub(crate) fn ms(seconds: f64) -> f64 {
    moved(seconds, 3)
}
