//! Recordings as Python.

use indexmap::{IndexMap, IndexSet};
use nml_codegen::Job;
use nml_codegen::python::Py;
use nml_flat::{EventFormat, KindId, Probe, QuantityId};
use rustc_hash::FxBuildHasher;

use crate::network::{Line, Program};
use crate::resolve::{Problem, Shown, Symbol, World, shown};

type Set<T> = IndexSet<T, FxBuildHasher>;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Column {
    Time,
    Number(f64),
    Quantity(KindId, u32, QuantityId),
}

/// What a probe shows.
pub(crate) fn column(world: World<'_>, probe: Probe) -> Result<Column, Problem> {
    let q = match shown(world.flat.kind(probe.kind), probe.seen) {
        Shown::Time => return Ok(Column::Time),
        Shown::Nothing => return Ok(Column::Number(0.0)),
        Shown::Quantity(q) => q,
    };
    let (kind, instance, q) = match world.quantity(probe.kind, q)? {
        Symbol::Time => return Ok(Column::Time),
        Symbol::Number(x, _) | Symbol::Constant(_, _, x) => return Ok(Column::Number(x)),
        Symbol::Own(q) => (probe.kind, probe.instance, q),
        Symbol::Other(hops, _, other) => {
            let Some((kind, instance)) = world.flat.walk(probe.kind, probe.instance, &hops) else {
                return Err(world.problem_of(probe.kind, q, "a recording of no component"));
            };
            (kind, instance, other)
        }
    };
    Ok(match &world.flat.kind(kind).quantity(q).role {
        nml_flat::Role::Parameter(x) => Column::Number(*x),
        nml_flat::Role::Property(all) => {
            Column::Number(all.get(instance as usize).copied().unwrap_or(0.0))
        }
        _ => Column::Quantity(kind, instance, q),
    })
}

/// Monitors, and which of their columns belong to which file.
pub(crate) fn records(program: &mut Program<'_>, job: &Job<'_>, columns: &[Vec<Column>]) {
    // By variable of the program: names and rows that are recorded.
    let mut watched: IndexMap<String, (Set<String>, Set<u32>), FxBuildHasher> = IndexMap::default();
    let mut places = Vec::new();
    for file in columns {
        let mut row = Vec::new();
        for column in file {
            row.push(match *column {
                Column::Time => Err(Py::text("t")),
                Column::Number(x) => Err(Py::Number(x)),
                Column::Quantity(kind, instance, q) => match place(program, kind, instance, q) {
                    Some((variable, at, name)) => {
                        let (names, rows) = watched.entry(variable.clone()).or_default();
                        names.insert(name.clone());
                        rows.insert(at);
                        Ok((variable, at, name))
                    }
                    None => Err(Py::Number(0.0)),
                },
            });
        }
        places.push(row);
    }
    program.lines.push(Line::Blank);
    let mut monitors: IndexMap<String, (String, Set<u32>), FxBuildHasher> = IndexMap::default();
    for (variable, (names, rows)) in watched {
        let monitor = program.namer.give(&format!("{variable}_rows"));
        let names = names.into_iter().map(Py::Text).collect();
        let list: Vec<u32> = rows.iter().copied().collect();
        let list = program.tables.indices(&monitor, &list);
        let plain = vec![Py::name(variable.clone()), Py::List(names)];
        // Sums are computed before, states move after it.
        let named = vec![("record", list), ("when", Py::text("groups"))];
        let call = Py::Call("StateMonitor".to_owned(), plain, named);
        program.lines.push(Line::Do(Some(monitor.clone()), call));
        monitors.insert(variable, (monitor, rows));
    }
    let mut outputs = Vec::new();
    for (output, row) in job.experiment.outputs.iter().zip(places) {
        let column = |place: Result<(String, u32, String), Py>| match place {
            Err(fixed) => fixed,
            Ok((variable, at, name)) => match monitors.get(&variable) {
                Some((monitor, rows)) => {
                    let at = rows.get_index_of(&at).unwrap_or(0);
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    Py::Tuple(vec![Py::name(monitor.clone()), Py::text(name), Py::int(at)])
                }
                None => Py::Number(0.0),
            },
        };
        let columns = row.into_iter().map(column).collect();
        let file = path(output.folder.as_deref(), &output.file);
        outputs.push(Py::Tuple(vec![Py::text(file), Py::List(columns)]));
    }
    let events = events(program, job);
    program.lines.push(Line::Blank);
    program.lines.push(Line::Do(Some("rows".to_owned()), Py::List(outputs)));
    program.lines.push(Line::Do(Some("events".to_owned()), Py::List(events)));
}

fn events(program: &mut Program<'_>, job: &Job<'_>) -> Vec<Py> {
    let mut monitors: IndexMap<(String, String), String, FxBuildHasher> = IndexMap::default();
    let mut files = Vec::new();
    for (output, outlets) in job.experiment.event_outputs.iter().zip(job.events) {
        let mut rows = Vec::new();
        for (selection, outlet) in output.selections.iter().zip(outlets) {
            let made = program.made.get(&outlet.kind);
            let Some(variable) =
                made.filter(|m| !m.group.attached).and_then(|m| m.variables.first()).cloned()
            else {
                if made.is_some() {
                    let what = "events of what is attached to a cell".to_owned();
                    program.problems.push(Problem { span: selection.span, what });
                }
                continue;
            };
            for event in program.events_of(*outlet) {
                let key = (variable.clone(), event.clone());
                let monitor = if let Some(known) = monitors.get(&key) {
                    known.clone()
                } else {
                    let monitor = program.namer.give(&format!("{variable}_{event}s"));
                    let plain = vec![Py::name(variable.clone()), Py::text(event)];
                    let call = Py::call("EventMonitor", plain);
                    program.lines.push(Line::Do(Some(monitor.clone()), call));
                    monitors.insert(key, monitor.clone());
                    monitor
                };
                rows.push(Py::Tuple(vec![
                    Py::text(selection.id.clone()),
                    Py::Name(monitor),
                    Py::int(outlet.instance),
                ]));
            }
        }
        let first = match output.format {
            EventFormat::TimeId => "time",
            EventFormat::IdTime => "id",
        };
        let file = path(output.folder.as_deref(), &output.file);
        files.push(Py::Tuple(vec![Py::text(file), Py::text(first), Py::List(rows)]));
    }
    files
}

/// The variable of the program, the row there, and the name of a recorded quantity.
fn place(
    program: &Program<'_>,
    kind: KindId,
    instance: u32,
    q: QuantityId,
) -> Option<(String, u32, String)> {
    let made = program.made.get(&kind)?;
    let name = made.kept.get(&q).cloned();
    let name = name.unwrap_or_else(|| made.group.names.get(q).to_owned());
    if !made.group.attached {
        return Some((made.variables.first()?.clone(), instance, name));
    }
    for (part, variable) in made.parts.iter().zip(&made.variables) {
        if let Ok(at) = part.rows.binary_search(&instance) {
            return Some((variable.clone(), u32::try_from(at).ok()?, name));
        }
    }
    None
}

fn path(folder: Option<&str>, file: &str) -> String {
    folder.map_or(file.to_owned(), |folder| format!("{}/{file}", folder.trim_end_matches('/')))
}
