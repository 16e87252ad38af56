//! The files of the program.

use nml_base::Diagnostics;
use nml_codegen::number::moved;
use nml_codegen::python::number;
use nml_codegen::{Artifacts, Job, Templates, not_exported, written_differently};
use nml_flat::cable::NodeKind;
use nml_flat::{KindId, NodeId, QuantityId, Role};
use rustc_hash::FxHashMap;
use tera::Context;

use crate::group::Group;
use crate::names::Names;
use crate::network::{Line, Made, Program, events, variables};
use crate::parts::{parts, terms};
use crate::records::{Column, column, records};
use crate::resolve::{Problem, World};
use crate::tables::Tables;

const TARGET: &str = "Brian 2";

const TEMPLATES: &[(&str, &str)] = &[
    ("run.py", include_str!("../templates/run.py.tera")),
    ("model.py", include_str!("../templates/model.py.tera")),
    ("runtime.py", include_str!("../templates/runtime.py.tera")),
    ("README.md", include_str!("../templates/README.md.tera")),
];

/// The seed where the model gives none.
const SEED: u64 = 0x006E_6D6C;

/// Writes all files; `None`, and findings, where something cannot be expressed.
pub(crate) fn write(job: &Job<'_>, sink: &mut Diagnostics) -> Option<Artifacts> {
    let world = World { model: job.model, flat: job.flat };
    let mut problems = Vec::new();
    let mut sorted = Sorted::of(world, &mut problems);
    let mut shown = Vec::new();
    for (output, probes) in job.experiment.outputs.iter().zip(job.traces) {
        let mut row = Vec::new();
        for (recorded, probe) in output.columns.iter().zip(probes) {
            match column(world, *probe) {
                Ok(found) => row.push(found),
                Err(problem) => problems.push(Problem { span: recorded.span, ..problem }),
            }
        }
        shown.push(row);
    }
    let mut others: FxHashMap<KindId, FxHashMap<QuantityId, String>> = FxHashMap::default();
    let mut names: FxHashMap<KindId, Names> = FxHashMap::default();
    for &id in sorted.cells.iter().chain(&sorted.attached) {
        let kind = job.flat.kind(id);
        let own = Names::of(job.model, kind);
        if sorted.cells.contains(&id) {
            let all = (0..u32::try_from(kind.quantities.len()).unwrap_or(u32::MAX)).map(QuantityId);
            others.insert(id, all.map(|q| (q, own.get(q).to_owned())).collect());
        }
        names.insert(id, own);
    }
    let mut program = Program {
        world,
        made: FxHashMap::default(),
        order: Vec::new(),
        lines: Vec::new(),
        tables: Tables::default(),
        namer: variables(),
        problems: Vec::new(),
    };
    let wanted = |id: KindId| {
        shown.iter().flatten().filter_map(move |column| match column {
            Column::Quantity(kind, _, q) if *kind == id => Some(*q),
            _ => None,
        })
    };
    let mut read: Vec<(KindId, QuantityId)> = Vec::new();
    // What is attached first: it says what it reads of cells.
    let attached = std::mem::take(&mut sorted.attached);
    for (id, is_attached) in
        attached.iter().map(|id| (*id, true)).chain(sorted.cells.iter().map(|id| (*id, false)))
    {
        let Some(own) = names.remove(&id) else { continue };
        let mut group = Group::new(world, id, is_attached, own, &others);
        let outlets = job.events.iter().flatten().filter(|outlet| outlet.kind == id);
        group.heard = outlets.map(|outlet| (outlet.node, outlet.port)).collect();
        let lowered = lower(&mut group, wanted(id).collect(), &read);
        let made = lowered.and_then(|terms| {
            let parts = if is_attached { parts(&group)? } else { Vec::new() };
            Ok((terms, parts))
        });
        match made {
            Ok((terms, parts)) => {
                read.extend(group.seen.iter().map(|(_, kind, q)| (*kind, *q)));
                let wish = sorted.name(world, id);
                let count = if is_attached { parts.len() } else { 1 };
                let variables = (0..count).map(|_| program.namer.give(&wish)).collect();
                let kept = kept(&mut group, wanted(id).collect());
                let names = events(&group.conditions);
                let sent = group.conditions.iter().zip(names);
                let events = sent
                    .filter(|(c, _)| !c.sends.is_empty())
                    .map(|(c, name)| (name, c.sends.clone()))
                    .collect();
                program.order.push(id);
                program.made.insert(id, Made { group, variables, parts, terms, events, kept });
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        program.order.sort_unstable();
        program.build();
        records(&mut program, job, &shown);
        problems.append(&mut program.problems);
    }
    for problem in &problems {
        let found = not_exported(problem.span, TARGET, &problem.what);
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
    let random = program.order.iter().find_map(|id| program.made[id].group.random);
    if let Some(span) = random {
        let what = "random numbers come from Brian's own streams: compare by their statistics";
        sink.push(written_differently(span, what));
    }
    match files(program, job) {
        Ok(artifacts) => Some(artifacts),
        Err(what) => {
            let span = job.model.component(job.experiment.target).id_span();
            let what = format!("this model, by a fault of ours: {what}");
            sink.push(not_exported(span, TARGET, what));
            None
        }
    }
}

/// Lowers a kind; answers what it adds to its home.
fn lower(
    group: &mut Group<'_>,
    mut roots: Vec<QuantityId>,
    read: &[(KindId, QuantityId)],
) -> Result<Vec<crate::parts::Term>, Problem> {
    let terms = if group.attached { terms(group.world, group.id)? } else { Vec::new() };
    roots.extend(terms.iter().map(|term| term.own));
    roots.extend(read.iter().filter(|(kind, _)| *kind == group.id).map(|(_, q)| *q));
    if group.attached {
        for outgoing in group.world.flat.wires.iter().filter(|table| table.from.0 == group.id) {
            if !outgoing.is_empty() {
                let what = "events that are sent by what is attached to a cell";
                return Err(group.world.problem(group.id, NodeId::ROOT, what));
            }
        }
    }
    group.lower(&roots)?;
    Ok(terms)
}

/// What is computed in synapses and recorded is kept in variables of its own.
fn kept(group: &mut Group<'_>, wanted: Vec<QuantityId>) -> FxHashMap<QuantityId, String> {
    let mut found = FxHashMap::default();
    if !group.attached {
        return found;
    }
    for q in wanted {
        if !matches!(group.kind().quantity(q).role, Role::State) && !found.contains_key(&q) {
            let wish = format!("{}_seen", group.names.get(q));
            let name = group.names.give(&wish);
            found.insert(q, name);
        }
    }
    found
}

/// Kinds that become groups.
#[derive(Debug, Default)]
struct Sorted {
    /// Cells and sources of events.
    cells: Vec<KindId>,
    attached: Vec<KindId>,
}

impl Sorted {
    fn of(world: World<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut made = Self::default();
        let flat = world.flat;
        for id in flat.kind_ids().filter(|id| flat.kind(*id).count() > 0 && world.acts(*id)) {
            let kind = flat.kind(id);
            if let Some(shape) = &kind.shape {
                let nodes = shape.compartments.kinds().iter();
                if nodes.filter(|kind| **kind == NodeKind::Compartment).count() > 1 {
                    let what = "a cell of several compartments";
                    problems.push(world.problem(id, NodeId::ROOT, what));
                    continue;
                }
            }
            if let Some(density) = nml_codegen::varied_density(kind) {
                problems.push(world.problem(id, density, "a density that varies along a cell"));
                continue;
            }
            match kind.home {
                None => made.cells.push(id),
                Some(home) if home.kind == KindId(0) && !world.acts(KindId(0)) => {
                    made.cells.push(id);
                }
                Some(home) => {
                    let cell = flat.kind(home.kind).home;
                    // Cells are attached to what is simulated where that has equations of its own.
                    let is_attached =
                        |outer: nml_flat::Home| outer.kind != KindId(0) || world.acts(KindId(0));
                    if cell.is_some_and(is_attached) {
                        let what = "what is attached to something that is itself attached";
                        problems.push(world.problem(id, NodeId::ROOT, what));
                        continue;
                    }
                    made.attached.push(id);
                }
            }
        }
        made
    }

    /// How a kind is called: cells as their population.
    fn name(&self, world: World<'_>, id: KindId) -> String {
        let kind = world.flat.kind(id);
        let home = kind.home.filter(|_| self.cells.contains(&id));
        let around = home.map(|home| world.flat.kind(home.kind).node(home.node));
        around.map_or(&kind.name, |node| &node.name).clone()
    }
}

fn files(program: Program<'_>, job: &Job<'_>) -> Result<Artifacts, String> {
    let mut build = String::new();
    for line in &program.lines {
        match line {
            Line::Blank => build.push('\n'),
            Line::Note(text) => build.extend(["    # ", text, "\n"]),
            Line::Do(to, value) => {
                let head = to.as_ref().map_or(String::new(), |to| format!("{to} = "));
                build.extend(["    ", &head, &value.print(4, 4 + head.len()), "\n"]);
            }
        }
    }
    let mut context = Context::new();
    context.insert("file", &job.origin.file);
    context.insert("version", &job.origin.version);
    context.insert("step", &number(moved(job.experiment.step, 3)));
    context.insert("length", &number(moved(job.experiment.length, 3)));
    context.insert("seed", &job.experiment.seed.unwrap_or(SEED));
    context.insert("build", build.trim_start_matches('\n'));
    let templates = Templates::new(TEMPLATES).map_err(|e| e.to_string())?;
    let mut made = Artifacts::new();
    for (name, _) in TEMPLATES {
        let text = templates.fill(name, &context).map_err(|e| e.to_string())?;
        made.add(*name, text).map_err(|e| e.to_string())?;
    }
    if let Some(json) = program.tables.json() {
        made.add("tables.json", json).map_err(|e| e.to_string())?;
    }
    Ok(made)
}
