//! The files of the package.

use nml_base::Diagnostics;
use nml_codegen::{Artifacts, Job, Namer, Templates, not_exported};
use tera::Context;

use super::cells;
use super::network::Network;
use super::python::RESERVED;
use super::records::{ms, records};
use nml_codegen::python::{Py, number, quoted};
use nml_codegen_nmodl::{BEND, Plan};

const TEMPLATES: &[(&str, &str)] = &[
    ("run.py", include_str!("../../templates/run.py.tera")),
    ("README.md", include_str!("../../templates/README.md.tera")),
    ("__init__.py", include_str!("../../templates/__init__.py.tera")),
    ("runtime.py", include_str!("../../templates/runtime.py.tera")),
    ("cells.py", include_str!("../../templates/cells.py.tera")),
    ("network.py", include_str!("../../templates/network.py.tera")),
];

/// Writes all files; `None`, and findings, where something cannot be expressed.
pub(crate) fn write(plan: &Plan<'_>, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
    let mut problems = Vec::new();
    let made = cells::cells(plan, job, &mut problems);
    let mut network = Network::new(plan, &made);
    network.build();
    let calls = records(&mut network, job);
    problems.append(&mut network.problems);
    for problem in &problems {
        sink.push(not_exported(problem.span, "NEURON", &problem.what));
    }
    if !problems.is_empty() {
        return None;
    }
    let mut build = String::new();
    for (to, call) in &network.lines {
        let head = to.as_ref().map_or(String::new(), |to| format!("{to} = "));
        build.extend(["    ", &head, &call.print(4, 4 + head.len()), "\n"]);
    }
    for call in &calls {
        build.extend(["    ", &call.print(4, 4), "\n"]);
    }
    let stem = job.origin.file.split('.').next().unwrap_or("model");
    let mut taken: Vec<&str> = RESERVED.to_vec();
    taken.extend(["neuron", "run", "math", "json", "os", "sys", "test"]);
    let package = Namer::new(taken).give(&stem.to_lowercase());
    let mut context = Context::new();
    context.insert("file", &job.origin.file);
    context.insert("version", &job.origin.version);
    context.insert("package", &package);
    context.insert("step", &number(ms(job.experiment.step)));
    context.insert("length", &number(ms(job.experiment.length)));
    context.insert("seed", &job.experiment.seed.unwrap_or(nml_flat::DEFAULT_SEED));
    context.insert("variable_step", if job.options.variable_step { "True" } else { "False" });
    context.insert("bend", &number(BEND));
    context.insert("cells", &made.text);
    context.insert("build", &build);
    let mut names: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    context.insert("mechanisms", &names);
    let mut refused: Vec<&str> = Vec::new();
    let unfit = plan.files.iter().filter(|file| !file.mechanism.in_coreneuron());
    refused.extend(unfit.map(|file| file.name.as_str()));
    refused.sort_unstable();
    let refused = refused.into_iter().map(Py::text).collect();
    context.insert("not_in_coreneuron", &Py::List(refused).print(0, "NOT_IN_CORENEURON = ".len()));
    let target = job.model.component(job.experiment.target);
    context.insert("target", &quoted(target.id().unwrap_or_default()));
    let written = files(plan, &network, &package, &context);
    match written {
        Ok(artifacts) => Some(artifacts),
        Err(what) => {
            let span = target.id_span();
            sink.push(not_exported(
                span,
                "NEURON",
                format!("this model, by a fault of ours: {what}"),
            ));
            None
        }
    }
}

fn files(
    plan: &Plan<'_>,
    network: &Network<'_, '_>,
    package: &str,
    context: &Context,
) -> Result<Artifacts, String> {
    let templates = Templates::new(TEMPLATES).map_err(|e| e.to_string())?;
    let mut made = Artifacts::new();
    for (name, _) in TEMPLATES {
        let text = templates.fill(name, context).map_err(|e| e.to_string())?;
        let at_top = matches!(*name, "run.py" | "README.md");
        let path = if at_top { (*name).to_owned() } else { format!("{package}/{name}") };
        made.add(path, text).map_err(|e| e.to_string())?;
    }
    for file in &plan.files {
        let path = format!("{package}/mod/{}.mod", file.name);
        made.add(path, file.text.as_str()).map_err(|e| e.to_string())?;
    }
    if let Some(json) = network.tables.json() {
        made.add(format!("{package}/tables.json"), json).map_err(|e| e.to_string())?;
    }
    Ok(made)
}
