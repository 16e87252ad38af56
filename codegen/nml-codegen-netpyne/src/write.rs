//! The files of the model.

use nml_base::Diagnostics;
use nml_codegen::number::moved;
use nml_codegen::python::Py;
use nml_codegen::{Artifacts, Job, Templates, not_exported, written_differently};
use nml_codegen_nmodl::{BEND, NEXT_LOOK, Plan, SETTLE, SHARP, Thing};
use tera::Context;

use crate::json::{Json, object, text};
use crate::mechanisms::mechanisms;
use crate::network::Network;
use crate::records::Records;

const TITLE: &str = "NetPyNE";
const TEMPLATES: &[(&str, &str)] = &[
    ("run.py", include_str!("../templates/run.py.tera")),
    ("README.md", include_str!("../templates/README.md.tera")),
];

/// Writes all files; `None`, and findings, where something cannot be expressed.
pub(crate) fn write(plan: &Plan<'_>, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
    let mut network = Network::new(plan, job);
    let records = Records::new(&mut network, job);
    for problem in &network.problems {
        sink.push(not_exported(problem.span, TITLE, &problem.what));
    }
    if !network.problems.is_empty() {
        return None;
    }
    let v_init = start(&network, sink);
    let span = job.model.component(job.experiment.target).id_span();
    let mut step_ms = moved(job.experiment.step, 3);
    if step_ms >= LONGEST_MS {
        while step_ms >= LONGEST_MS {
            step_ms /= 2.0;
        }
        let what =
            format!("NetPyNE takes no steps of {LONGEST_MS} ms or more: its step is {step_ms} ms");
        sink.push(written_differently(span, what));
    }
    let made = files(&network, job, &records, v_init, step_ms);
    made.map_err(|what| {
        let what = format!("this model, by a fault of ours: {what}");
        sink.push(not_exported(span, TITLE, what));
    })
    .ok()
}

/// The potential, in mV, that NetPyNE gives to all cells before it gives each its own.
///
/// What crosses from cell to cell is read in between, so it has to be that of the cells that are seen.
fn start(network: &Network<'_, '_>, sink: &mut Diagnostics) -> f64 {
    let plan = network.plan;
    let mut seen = Vec::new();
    for (id, thing) in plan.kinds() {
        let Thing::Point(_, built) = thing else { continue };
        for transfer in plan.transfers(id, built).unwrap_or_default() {
            let flat = plan.world.flat;
            let cell = flat.kind(transfer.cell);
            let starts = plan.starts(transfer.cell).unwrap_or_default();
            for (at, _) in &transfer.from {
                let shape = cell.shape.as_deref().and_then(|shape| shape.v_init_v.first().copied());
                if let Some(v) = shape.or_else(|| starts.get(*at as usize).copied()) {
                    seen.push((v, flat.kind(id).span));
                }
            }
        }
    }
    let Some((first, _)) = seen.first().copied() else { return -65.0 };
    if let Some((_, span)) = seen.iter().find(|(v, _)| *v != first) {
        let what = "NetPyNE begins with one potential in all cells: what sees another cell's sees that in the first step";
        sink.push(written_differently(*span, what));
    }
    moved(first, 3)
}

fn files(
    network: &Network<'_, '_>,
    job: &Job<'_>,
    records: &Records,
    v_init: f64,
    step_ms: f64,
) -> Result<Artifacts, String> {
    let mechanisms = mechanisms(network.plan);
    let about = format!("{}, written by nml {}", job.origin.file, job.origin.version);
    let folder = if mechanisms.is_empty() { Json::Null } else { text("mod") };
    let index = object([
        ("about", text(about)),
        ("netParams", text("netParams.json")),
        ("simConfig", text("simConfig.json")),
        ("mod_folder", folder),
    ]);
    let params = object([
        ("cellParams", Json::Object(network.cell_params.all.clone())),
        ("popParams", Json::Object(network.pop_params.clone())),
        ("synMechParams", Json::Object(network.syn_params.all.clone())),
        ("connParams", Json::Object(network.conn_params.all.clone())),
        ("stimSourceParams", Json::Object(network.stim_sources.all.clone())),
        ("stimTargetParams", Json::Object(network.stim_targets.all.clone())),
    ]);
    let ms = |seconds: f64| Json::Number(moved(seconds, 3));
    let mut config = vec![
        ("simLabel", text(stem(&job.origin.file))),
        ("duration", ms(job.experiment.length)),
        ("dt", Json::Number(step_ms)),
        ("hParams", Json::Object(globals(network.plan, job, v_init, step_ms))),
        ("recordStep", ms(job.experiment.step)),
        ("recordCells", records.cells()),
        ("recordTraces", records.traces()),
        // Coordinates are those of the cell itself, so that all cells of a type are alike to the last bit.
        ("pt3dRelativeToCellLocation", Json::False),
    ];
    if !network.labelled.is_empty() {
        config.push(("allowSelfConns", Json::True));
    }
    if job.options.variable_step {
        config.push(("cvode_active", Json::True));
        config.push(("cvode_atol", Json::Number(1e-6)));
    }
    let config = config.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut made = Artifacts::new();
    let mut add = |path: &str, text: String| made.add(path, text).map_err(|e| e.to_string());
    add("index.npjson", index.print())?;
    add("netParams.json", object([("net", object([("params", params)]))]).print())?;
    add("simConfig.json", object([("simConfig", Json::Object(config))]).print())?;
    add("outputs.json", records.files.print())?;
    let mut context = Context::new();
    context.insert("file", &job.origin.file);
    context.insert("version", &job.origin.version);
    context.insert("seed", &job.experiment.seed.unwrap_or(nml_flat::DEFAULT_SEED));
    context.insert("streams", &streams(network.plan));
    context.insert("by_step", if by_step(network.plan) { "True" } else { "False" });
    let templates = Templates::new(TEMPLATES).map_err(|e| e.to_string())?;
    for (name, _) in TEMPLATES {
        add(name, templates.fill(name, &context).map_err(|e| e.to_string())?)?;
    }
    for (name, text) in mechanisms {
        add(&format!("mod/{name}.mod"), text)?;
    }
    Ok(made)
}

/// The simulator exchanges events that often; no step may be as long.
const LONGEST_MS: f64 = 10.0;
/// In ms: what asks whether a condition still holds comes after what has acted on it, which is else not told by the
/// order of two events at one time.
const AFTER_MS: f64 = 1e-9;
/// In ms, the part of a longest step by which variable steps wait, see [`SETTLE`].
const WAIT_MS: f64 = 0.025;

/// What holds for all cells: the potential at first, and when conditions that hold already act.
fn globals(plan: &Plan<'_>, job: &Job<'_>, v_init: f64, step_ms: f64) -> Vec<(String, Json)> {
    let variable = job.options.variable_step;
    let mut all = vec![("v_init".to_owned(), Json::Number(v_init))];
    for file in &plan.files {
        let numbers = [
            (NEXT_LOOK, if variable { 0.0 } else { step_ms }),
            (SETTLE, if variable { WAIT_MS } else { AFTER_MS }),
            (SHARP, if variable { BEND } else { 0.0 }),
        ];
        for (name, x) in numbers {
            let has = file.mechanism.parameters.iter().any(|p| p.name == name);
            if has {
                all.push((format!("{name}_{}", file.name), Json::Number(x)));
            }
        }
    }
    all
}

/// The mechanisms that draw random numbers, as an object of Python: by mechanism, the parameter that is the number of an
/// instance, and the variables with their streams.
fn streams(plan: &Plan<'_>) -> String {
    let mut all = Vec::new();
    for (_, thing) in plan.kinds() {
        let Thing::Point(mechanism, built) = thing else { continue };
        let Some(random) = &built.random else { continue };
        let streams = random.streams.iter();
        let streams = streams.map(|(name, stream)| (name.clone(), Py::int(u32::from(*stream))));
        let it = vec![Py::text(random.number.clone()), Py::Dict(streams.collect())];
        if !all.iter().any(|(known, _)| known == mechanism) {
            all.push((mechanism.clone(), Py::Tuple(it)));
        }
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    Py::Dict(all).print(0, "STREAMS = ".len())
}

/// Whether random numbers of each step are drawn.
fn by_step(plan: &Plan<'_>) -> bool {
    let draws = |thing: &Thing| match thing {
        Thing::Point(_, built) => built.random.as_ref().is_some_and(|random| random.by_step),
        Thing::Shaped(_) | Thing::Nothing => false,
    };
    plan.things.iter().any(draws)
}

/// The name of the file without its endings.
fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}
