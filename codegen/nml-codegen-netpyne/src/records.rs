//! What is recorded, and the files that it goes to.

use indexmap::IndexMap;
use nml_codegen::{Job, Namer};
use nml_codegen_nmodl::{OnCell, Problem, Recorded, Where, recorded};
use nml_flat::{EventFormat, Outlet, Probe};
use rustc_hash::FxBuildHasher;

use crate::attached::Found;
use crate::json::{Json, int, object, text};
use crate::network::{Network, SOMA};

/// What NetPyNE records under names of its own.
const TAKEN: &[&str] = &[
    "t",
    "spkt",
    "spkid",
    "stims",
    "avgRate",
    "popRates",
    "LFP",
    "LFPCells",
    "LFPPops",
    "dipole",
    "dipoleSum",
    "dipoleCells",
    "dipolePops",
    "iMembrane",
];

/// A trace: the same place and variable of any number of cells.
#[derive(Debug)]
struct Trace {
    name: String,
    entry: Vec<(String, Json)>,
    cells: Vec<u32>,
}

/// All traces, and the files.
#[derive(Debug)]
pub(crate) struct Records {
    traces: IndexMap<String, Trace, FxBuildHasher>,
    namer: Namer,
    /// The files of rows and of events.
    pub(crate) files: Json,
}

impl Records {
    /// What the model asks for.
    pub(crate) fn new(network: &mut Network<'_, '_>, job: &Job<'_>) -> Self {
        let namer = Namer::new(TAKEN.iter().copied());
        let traces = IndexMap::default();
        let mut made = Self { traces, namer, files: Json::Null };
        let (mut rows, mut events) = (Vec::new(), Vec::new());
        for (output, probes) in job.experiment.outputs.iter().zip(job.traces) {
            let mut columns = Vec::new();
            for (wanted, probe) in output.columns.iter().zip(probes) {
                match made.column(network, *probe) {
                    Ok(column) => columns.push(column),
                    Err(what) => network.problems.push(Problem { span: wanted.span, what }),
                }
            }
            let file = path(output.folder.as_deref(), &output.file);
            rows.push(object([("file", text(file)), ("columns", Json::List(columns))]));
        }
        for (output, outlets) in job.experiment.event_outputs.iter().zip(job.events) {
            let mut cells = Vec::new();
            for (selection, outlet) in output.selections.iter().zip(outlets) {
                match event(network, *outlet) {
                    Ok(gid) => cells.push(Json::List(vec![text(selection.id.clone()), int(gid)])),
                    Err(what) => network.problems.push(Problem { span: selection.span, what }),
                }
            }
            let file = path(output.folder.as_deref(), &output.file);
            let first = match output.format {
                EventFormat::TimeId => "time",
                EventFormat::IdTime => "id",
            };
            events.push(object([
                ("file", text(file)),
                ("first", text(first)),
                ("cells", Json::List(cells)),
            ]));
        }
        made.files = object([("rows", Json::List(rows)), ("events", Json::List(events))]);
        made
    }

    /// The traces, for the configuration.
    pub(crate) fn traces(&self) -> Json {
        let all = self.traces.values().map(|trace| {
            let mut entry = trace.entry.clone();
            let mut cells = trace.cells.clone();
            cells.sort_unstable();
            cells.dedup();
            let cells = Json::List(cells.into_iter().map(int).collect());
            entry.push(("conds".to_owned(), object([("gid", cells)])));
            (trace.name.clone(), Json::Object(entry))
        });
        Json::Object(all.collect())
    }

    /// All cells that anything is recorded of.
    pub(crate) fn cells(&self) -> Json {
        let mut cells: Vec<u32> = self.traces.values().flat_map(|t| &t.cells).copied().collect();
        cells.sort_unstable();
        cells.dedup();
        Json::List(cells.into_iter().map(int).collect())
    }

    /// A column: a number; `"t"`; or a trace, the cell, and the power of ten of its unit in SI.
    fn column(&mut self, network: &Network<'_, '_>, probe: Probe) -> Result<Json, String> {
        let Recorded { place, power } = recorded(network.plan, probe)?;
        let on_cell = |at: OnCell| -> Result<_, String> {
            let place = network.place(at.kind, at.site);
            let place = place.ok_or("a recording at a place that the cell does not have")?;
            Ok(((at.kind, at.instance), place))
        };
        let (cell, place, what) = match place {
            Where::Time => return Ok(text("t")),
            Where::Fixed(x) => return Ok(Json::Number(x)),
            Where::Potential(at) => {
                let (cell, place) = on_cell(at)?;
                (cell, place, vec![("var", text("v"))])
            }
            Where::Segment(at, name) => {
                let (cell, place) = on_cell(at)?;
                (cell, place, vec![("var", text(name))])
            }
            Where::Membrane(at, mechanism, name) => {
                let (cell, place) = on_cell(at)?;
                (cell, place, vec![("mech", text(mechanism)), ("var", text(name))])
            }
            Where::Process(kind, instance, name) => {
                if let Some(made) = network.made.get(&(kind, instance)) {
                    let mut what = match &made.found {
                        Found::Stim(label) => vec![("stim", text(label.clone()))],
                        Found::Syn(label, at) => {
                            vec![("synMech", text(label.clone())), ("index", int(*at))]
                        }
                    };
                    what.push(("var", text(name)));
                    (made.cell, made.place.clone(), what)
                } else {
                    let label = network.type_of(kind, instance);
                    let label = label.ok_or("a recording of something that does nothing")?;
                    let what = vec![("pointp", text(label)), ("var", text(name))];
                    ((kind, instance), (SOMA.to_owned(), 0.5), what)
                }
            }
        };
        let gid = network.gid(cell.0, cell.1);
        let pop = network.pops.get(&cell.0).cloned().unwrap_or_default();
        let trace = self.trace(&pop, place, &what);
        trace.cells.push(gid);
        let name = text(trace.name.clone());
        let power = Json::Number(f64::from(power));
        Ok(Json::List(vec![name, int(gid), power]))
    }

    fn trace(&mut self, pop: &str, place: (String, f64), what: &[(&str, Json)]) -> &mut Trace {
        let (section, x) = place;
        let mut entry =
            vec![("sec".to_owned(), text(section.clone())), ("loc".to_owned(), Json::Number(x))];
        entry.extend(what.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        // The cells of one population are one trace.
        let key = format!("{pop} {}", Json::Object(entry.clone()).print());
        let namer = &mut self.namer;
        self.traces.entry(key).or_insert_with(|| {
            let mut words = vec![pop.to_owned()];
            if section != SOMA {
                words.push(section);
            }
            words.extend(what.iter().filter_map(|(key, value)| match value {
                Json::Text(word) if *key != "pointp" => Some(word.clone()),
                _ => None,
            }));
            Trace { name: namer.give(&words.join("_")), entry, cells: Vec::new() }
        })
    }
}

fn path(folder: Option<&str>, file: &str) -> String {
    folder.map_or(file.to_owned(), |folder| format!("{}/{file}", folder.trim_end_matches('/')))
}

/// The cell whose events are recorded.
fn event(network: &Network<'_, '_>, outlet: Outlet) -> Result<u32, String> {
    if !network.is_cell(outlet.kind) {
        return Err("events of what is attached to a cell".to_owned());
    }
    if !network.pops.contains_key(&outlet.kind) {
        return Err("events of something that does nothing".to_owned());
    }
    Ok(network.gid(outlet.kind, outlet.instance))
}
