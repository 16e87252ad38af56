//! Runs that no file describes.

use nml_base::{Diagnostics, Span};
use nml_model::{Component, Model};

use crate::build::Flattener;
use crate::experiment::{EventFormat, EventOutput, EventSelection, Experiment, Output, Recorded};
use crate::rules;

/// A run of a component, asked for from outside the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The identifier of the component; where none is given, the only network of the file, else its only cell.
    pub target: Option<String>,
    /// The step in seconds, above 0.
    pub step: f64,
    /// The length in seconds.
    pub length: f64,
    /// The seed.
    pub seed: Option<u64>,
    /// Paths of quantities, from the component, `pop[0]/v`.  They are the columns of one file.
    pub record: Vec<String>,
    /// Paths of instances whose events are kept, with the port: `pop[0]` or `pop[0]/spike`.
    pub record_events: Vec<String>,
    /// The name of the files without ending; `<name>.dat` and `<name>.spikes`.
    pub file: String,
}

/// The run of a component that no file describes; `None`, and findings, where that is not possible.
///
/// Whether the paths lead anywhere is found when they are resolved, see [`Flat::probe`](crate::Flat::probe).
pub fn experiment_for(
    model: &Model,
    wanted: &Wanted,
    sink: &mut Diagnostics,
) -> Option<Experiment> {
    let mut flattener = Flattener::new(model, crate::Options::default());
    let found = read(&mut flattener, wanted);
    sink.extend(flattener.sink.into_vec());
    found
}

fn read(flattener: &mut Flattener<'_>, wanted: &Wanted) -> Option<Experiment> {
    let model = flattener.model;
    let file = model.root().file().span();
    let file = Span { end: file.start, ..file };
    let target = match &wanted.target {
        Some(id) => {
            let found = model.find(id);
            if found.is_none() {
                let what = format!("there is no component `{id}` to run");
                let ids = model.top_level().filter_map(Component::id);
                let near = nml_base::nearest(id, ids).map(|near| format!("did you mean `{near}`?"));
                flattener.report(rules::unresolved(file, what).maybe_help(near));
            }
            found?
        }
        None => only(flattener, file)?,
    };
    let (step, length) = (wanted.step, wanted.length);
    if !(step > 0.0 && step.is_finite() && length >= 0.0 && length.is_finite()) {
        let what = format!("a run of {length} s in steps of {step} s is not possible");
        flattener.report(rules::unusable(target.id_span(), what));
        return None;
    }
    let mut experiment = Experiment::new(target, target, step, length);
    experiment.seed = wanted.seed;
    let span = target.id_span();
    let columns = wanted.record.iter();
    let columns: Vec<Recorded> = columns
        .map(|path| Recorded { id: path.clone(), path: path.trim().to_owned(), span })
        .collect();
    if !columns.is_empty() {
        let (id, file) = (wanted.file.clone(), format!("{}.dat", wanted.file));
        experiment.outputs.push(Output { id, folder: None, file, columns });
    }
    let selections = wanted.record_events.iter().map(|text| {
        let text = text.trim();
        let (path, port) = text.rsplit_once('/').unwrap_or((text, "spike"));
        let (id, path, port) = (text.to_owned(), path.to_owned(), port.to_owned());
        EventSelection { id, path, port, span }
    });
    let selections: Vec<EventSelection> = selections.collect();
    if !selections.is_empty() {
        let (id, file) = (wanted.file.clone(), format!("{}.spikes", wanted.file));
        let (folder, format) = (None, EventFormat::TimeId);
        experiment.event_outputs.push(EventOutput { id, folder, file, format, selections });
    }
    Some(experiment)
}

/// The only network of the root file, else its only cell.
fn only<'m>(flattener: &mut Flattener<'m>, file: Span) -> Option<Component<'m>> {
    let model = flattener.model;
    for ty in ["network", "baseCell"] {
        let found: Vec<Component<'m>> = model.root_components().filter(|c| c.is_a(ty)).collect();
        match &*found {
            [] => {}
            [only] => return Some(*only),
            several => {
                let ids = several.iter().map(|c| c.id().unwrap_or("?"));
                let what = format!(
                    "the file has {} components to choose from: {}",
                    several.len(),
                    ids.take(10).collect::<Vec<_>>().join(", ")
                );
                let found = nml_base::Diagnostic::new(&rules::NOTHING_TO_SIMULATE, file, what);
                flattener.report(found.help("name the one to run"));
                return None;
            }
        }
    }
    let what = "the file has no network and no cell to run";
    flattener.report(nml_base::Diagnostic::new(&rules::NOTHING_TO_SIMULATE, file, what));
    None
}
