//! The membrane potentials of all cells, for runs of which nobody says what to record.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::experiment::{Experiment, Output, Recorded};
use crate::flat::{Flat, KindId, NodeId};
use crate::rules;

/// The most cells whose membrane potential is recorded where nobody says what to record.
pub const FEW_CELLS: usize = 64;

/// Adds a file with the membrane potential of every cell, if those are few, and answers how many they are;
/// reports if there is none, or too many.
pub fn record_cells(
    model: &Model,
    flat: &Flat,
    file: &str,
    experiment: &mut Experiment,
    sink: &mut Diagnostics,
) -> Option<usize> {
    let span = model.component(experiment.target).id_span();
    let (count, paths) = potentials(model, flat);
    if !(1..=FEW_CELLS).contains(&count) {
        let what = match count {
            0 => "there is no cell whose membrane potential could be recorded".to_owned(),
            _ => format!("there are {count} cells, more than are recorded without being asked for"),
        };
        let example = paths.first().map_or("pop[0]/v", String::as_str);
        let help = format!("say what to record, such as `--record '{example}'`");
        sink.push(Diagnostic::new(&rules::NOTHING_TO_SIMULATE, span, what).help(help));
        return None;
    }
    let columns = paths.into_iter().map(|path| Recorded { id: path.clone(), path, span });
    experiment.outputs.push(Output {
        id: file.to_owned(),
        folder: None,
        file: format!("{file}.dat"),
        columns: columns.collect(),
    });
    Some(count)
}

/// How many cells show a membrane potential, and the paths to the first of them, in the order of their kinds.
fn potentials(model: &Model, flat: &Flat) -> (usize, Vec<String>) {
    let (mut count, mut paths) = (0, Vec::new());
    for id in flat.kind_ids() {
        let kind = flat.kind(id);
        let shows_v = kind.exposures.iter().any(|e| e.node == NodeId::ROOT && e.name == "v");
        if !shows_v || flat.is_part(id) || !model.component(kind.component).is_a("baseCell") {
            continue;
        }
        count += kind.count() as usize;
        for instance in (0..kind.count()).take(FEW_CELLS.saturating_sub(paths.len())) {
            let path = flat.path_to(id, instance);
            paths.push(if path.is_empty() { "v".to_owned() } else { format!("{path}/v") });
        }
    }
    (count, paths)
}

impl Flat {
    /// The path by which recordings reach an instance: `pop[3]`, `pop/3/cell`, `pop[3]/synapses:syn:0`; empty
    /// for the component simulated.
    pub fn path_to(&self, kind: KindId, instance: u32) -> String {
        let mut parts = Vec::new();
        for (kind, instance) in self.homes(kind, instance) {
            let here = self.kind(kind);
            if self.is_part(kind) {
                let segment = self.segment_of(kind, instance).unwrap_or(0);
                parts.push(format!("/{segment}"));
                continue;
            }
            let Some(home) = here.home_of(instance) else { continue };
            let rank = here.rank(instance);
            let list = &self.kind(home.kind).node(home.node).lists[home.list as usize];
            let member = match (&here.labels, list.name.as_str()) {
                (Some(labels), _) => format!("/{}/{}", labels[instance as usize], here.name),
                (None, "") => format!("[{rank}]"),
                (None, name) => format!("/{name}:{}:{rank}", here.name),
            };
            parts.push(member);
            let around = self.kind(home.kind);
            let mut at = home.node;
            while let Some(parent) = around.node(at).parent {
                parts.push(format!("/{}", around.node(at).name));
                at = parent;
            }
        }
        parts.reverse();
        parts.concat().trim_start_matches('/').to_owned()
    }
}
