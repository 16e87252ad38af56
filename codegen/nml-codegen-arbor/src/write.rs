//! The files of the program.

use nml_base::Diagnostics;
use nml_codegen::number::moved;
use nml_codegen::python::number;
use nml_codegen::{Artifacts, Job, Templates, not_exported, written_differently};
use nml_codegen_nmodl::nmodl::Mechanism;
use nml_codegen_nmodl::{Plan, Problem, Supplied, Thing};
use nml_flat::KindId;
use rustc_hash::FxHashSet;
use tera::Context;

use crate::TITLE;
use crate::cells;
use crate::dialect::Arbor;
use crate::network::Network;
use crate::records::records;
use crate::sources::times;

const TEMPLATES: &[(&str, &str)] = &[
    ("run.py", include_str!("../templates/run.py.tera")),
    ("model.py", include_str!("../templates/model.py.tera")),
    ("runtime.py", include_str!("../templates/runtime.py.tera")),
    ("README.md", include_str!("../templates/README.md.tera")),
];

/// A mechanism file.
struct File {
    name: String,
    text: String,
}

/// Writes all files; `None`, and findings, where something cannot be expressed.
pub(crate) fn write(plan: &Plan<'_>, job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
    let mut problems = Vec::new();
    let files = mechanisms(plan, job, &mut problems);
    let made = cells::cells(plan, job, &mut problems);
    let step = moved(job.experiment.step, 3);
    let mut network = Network::new(plan, &made, step);
    network.build();
    let calls = records(&mut network, job);
    problems.append(&mut network.problems);
    for problem in &problems {
        let found = not_exported(problem.span, TITLE, &problem.what);
        let same = |d: &nml_base::Diagnostic| {
            d.primary.span == found.primary.span && d.message == found.message
        };
        if !sink.iter().any(same) {
            sink.push(found);
        }
    }
    if !problems.is_empty() {
        return None;
    }
    if let Some(span) = network.longer {
        sink.push(written_differently(
            span,
            format!(
                "events arrive after two steps ({} ms) at the soonest in Arbor",
                number(2.0 * step)
            ),
        ));
    }
    let mut build = String::new();
    for (to, call) in &network.lines {
        let head = to.as_ref().map_or(String::new(), |to| format!("{to} = "));
        build.extend(["    ", &head, &call.print(4, 4 + head.len()), "\n"]);
    }
    for call in &calls {
        build.extend(["    ", &call.print(4, 4), "\n"]);
    }
    let mut context = Context::new();
    context.insert("file", &job.origin.file);
    context.insert("version", &job.origin.version);
    context.insert("step", &number(step));
    context.insert("length", &number(moved(job.experiment.length, 3)));
    context.insert("build", &build);
    match artifacts(files, &made.files, &context) {
        Ok(made) => Some(made),
        Err(what) => {
            let span = job.model.component(job.experiment.target).id_span();
            let what = format!("this model, by a fault of ours: {what}");
            sink.push(not_exported(span, TITLE, what));
            None
        }
    }
}

/// The mechanisms, each once.
fn mechanisms(plan: &Plan<'_>, job: &Job<'_>, problems: &mut Vec<Problem>) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    for (id, thing) in plan.kinds() {
        let all: Vec<(&str, &Mechanism, &'static str)> = match thing {
            Thing::Shaped(parts) => parts
                .iter()
                .map(|part| (part.name.as_str(), &part.built.mechanism, "SUFFIX"))
                .collect(),
            Thing::Point(name, built) => {
                let cell = plan.world.cells.get(&id);
                let is_source = cell.is_some_and(|cell| cell.v.is_none());
                if is_source {
                    // Its times stand in the network.
                    if times(plan.world.flat, id).is_none() {
                        refuse(
                            plan,
                            id,
                            "a source of events whose times follow from the run",
                            problems,
                        );
                    }
                    continue;
                }
                if built.supplied.iter().any(|(_, what, _)| matches!(what, Supplied::Peer(_))) {
                    refuse(plan, id, "a current that follows another cell's potential", problems);
                    continue;
                }
                vec![(name.as_str(), &built.mechanism, "POINT_PROCESS")]
            }
            Thing::Nothing => continue,
        };
        let detected = plan.world.cells.contains_key(&id) && plan.constant(id, "thresh").is_some();
        let wires = plan.world.flat.wires.iter();
        let mut wires = wires.filter(|table| table.from.0 == id && !table.is_empty());
        let recorded = job.events.iter().flatten().any(|outlet| outlet.kind == id);
        let heard = recorded || wires.next().is_some();
        for (name, mechanism, kind) in all {
            if !known.insert(name.to_owned()) {
                continue;
            }
            match Arbor::of(mechanism, detected, heard) {
                Ok(it) => {
                    let origin = job.origin;
                    let mut head = vec![format!(
                        "Written by nml {} from {}; run `python run.py` in the folder above.",
                        origin.version, origin.file
                    )];
                    let own = plan.files.iter().find(|file| file.name == name);
                    let title = own.into_iter().flat_map(|file| file.text.lines());
                    let title = title.skip(1).take_while(|line| line.starts_with(':'));
                    head.extend(title.map(|line| line.trim_start_matches([':', ' ']).to_owned()));
                    let text = it.print(name, &head, kind);
                    files.push(File { name: name.to_owned(), text });
                }
                Err(what) => refuse(plan, id, &what, problems),
            }
        }
    }
    files
}

fn refuse(plan: &Plan<'_>, id: KindId, what: &str, problems: &mut Vec<Problem>) {
    problems.push(Problem { span: plan.world.flat.kind(id).span, what: what.to_owned() });
}

fn artifacts(
    files: Vec<File>,
    cells: &[(String, String)],
    context: &Context,
) -> Result<Artifacts, String> {
    let templates = Templates::new(TEMPLATES).map_err(|e| e.to_string())?;
    let mut made = Artifacts::new();
    for (name, _) in TEMPLATES {
        let text = templates.fill(name, context).map_err(|e| e.to_string())?;
        made.add(*name, text).map_err(|e| e.to_string())?;
    }
    for (name, text) in cells {
        made.add(format!("cells/{name}.acc"), text.clone()).map_err(|e| e.to_string())?;
    }
    for File { name, text } in files {
        made.add(format!("mod/{name}.mod"), text).map_err(|e| e.to_string())?;
    }
    Ok(made)
}
