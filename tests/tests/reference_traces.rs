//! The `jlems` scheme against what the reference interpreter wrote.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Prepared, Scheme, SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Sink, SinkError};
use serde_json::Value;

/// Keeps every `every`-th row of each output, and all events.
#[derive(Default)]
struct Kept {
    every: Vec<usize>,
    count: Vec<usize>,
    rows: Vec<Vec<Vec<f64>>>,
    events: Vec<Vec<EventRow>>,
}

impl Sink for Kept {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        for (time, values) in rows.iter() {
            if self.count[output].is_multiple_of(self.every[output]) {
                let row = std::iter::once(time).chain(values.iter().copied()).collect();
                self.rows[output].push(row);
            }
            self.count[output] += 1;
        }
        Ok(())
    }

    fn events(&mut self, output: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events[output].extend_from_slice(events);
        Ok(())
    }
}

fn corpus() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from)
}

fn read(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the corpus is no model file")]
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Whitespace-separated numbers, row by row.
fn table(text: &str) -> Vec<Vec<f64>> {
    let rows = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    rows.map(|row| row.split_whitespace().filter_map(|n| n.parse().ok()).collect()).collect()
}

/// The largest difference of a column, over the range of the reference.
fn error(ours: &[Vec<f64>], theirs: &[Vec<f64>], column: usize) -> f64 {
    let values = theirs.iter().filter_map(|row| row.get(column));
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
    let at = |rows: &[Vec<f64>], i: usize| rows.get(i).and_then(|r| r.get(column)).copied();
    let differ = (0..theirs.len()).map(|i| match (at(ours, i), at(theirs, i)) {
        // The reference is written in single precision: two neighbours there may stand for equal numbers.
        (Some(a), Some(b)) => ((a - b).abs() - b.abs() * f64::from(f32::EPSILON)).max(0.0),
        _ => f64::INFINITY,
    });
    let largest = differ.fold(0.0, f64::max);
    // A constant column has no range: its size is the measure.
    let range = if high > low { high - low } else { high.abs().max(f64::MIN_POSITIVE) };
    largest / range
}

struct Outcome {
    name: String,
    error: f64,
    note: String,
}

fn run(example: &Value, folder: &Path, models: &Path) -> Option<Outcome> {
    let lems = models.join(example["lems"].as_str()?);
    let name = lems.file_stem()?.to_string_lossy().into_owned();
    if !example["engine"]
        .as_str()
        .is_some_and(|engine| engine.contains("jNeuroML") && !engine.contains("NEURON"))
    {
        return None;
    }
    let loader = Loader::new(Arc::new(OsLoader::default()));
    let model = match example["variant"].as_str() {
        Some(variant) => {
            let variant = folder.join("variants").join(variant);
            let place = lems.parent()?.join(variant.file_name()?);
            loader.load_text(&place, read(&variant))
        }
        None => loader.load(&lems),
    };
    let failed = |note: String| Some(Outcome { name: name.clone(), error: f64::INFINITY, note });
    let options = SimulateOptions { scheme: Scheme::Jlems, ..SimulateOptions::default() };
    let prepared: Prepared = match prepare(&model, options) {
        Ok(prepared) => prepared,
        Err(found) => {
            let first = found.first().map_or(String::new(), |d| d.message.clone());
            return failed(first);
        }
    };
    let files = prepared.files();
    let expected: Vec<&Value> = example["files"].as_array()?.iter().collect();
    let of = |path: &Path| {
        expected.iter().find(|file| {
            let named = file["file"].as_str().unwrap_or("");
            Path::new(named).file_name() == path.file_name()
        })
    };
    let outputs = prepared.experiment.outputs.len();
    let every = files.iter().take(outputs).map(|path| {
        let decimation = of(path).and_then(|file| file["decimation"].as_u64()).unwrap_or(1);
        usize::try_from(decimation).unwrap_or(1).max(1)
    });
    let mut kept = Kept {
        every: every.collect(),
        count: vec![0; outputs],
        rows: vec![Vec::new(); outputs],
        events: vec![Vec::new(); prepared.experiment.event_outputs.len()],
    };
    let start = std::time::Instant::now();
    let ran = prepared.run(&mut kept);
    let took = start.elapsed().as_secs_f64();
    let report = match ran {
        Ok(report) => report,
        Err(error) => return failed(error.to_string()),
    };
    let mut worst: f64 = 0.0;
    let mut compared = 0;
    let mut note = format!("{} steps in {took:.2} s", report.steps);
    for (output, path) in files.iter().enumerate().take(outputs) {
        let Some(trace) = of(path).and_then(|file| file["trace"].as_str()) else { continue };
        let theirs = table(&read(&folder.join(trace)));
        let columns = theirs.first().map_or(0, Vec::len);
        compared += theirs.len() * columns.saturating_sub(1);
        for column in 1..columns {
            let own = error(&kept.rows[output], &theirs, column);
            if own > 1e-6 {
                let path = &prepared.experiment.outputs[output].columns.get(column - 1);
                let path = path.map_or("", |c| c.path.as_str());
                note = format!("{note}; {path} {own:.1e}");
            }
            worst = worst.max(own);
        }
    }
    for (index, (events, path)) in kept.events.iter().zip(&files[outputs..]).enumerate() {
        let file = path.file_name().map(|f| f.to_string_lossy()).unwrap_or_default();
        let trace = folder.join(format!("{name}__{file}"));
        if !trace.exists() {
            continue;
        }
        let selections = &prepared.experiment.event_outputs[index].selections;
        let theirs = read(&trace);
        let mut theirs: Vec<(String, f64)> = theirs
            .lines()
            .filter_map(|line| {
                let (a, b) = line.trim().split_once('\t')?;
                let time_first = prepared.experiment.event_outputs[index].format
                    == nml::simulate::EventFormat::TimeId;
                let (id, time) = if time_first { (b, a) } else { (a, b) };
                Some((id.to_owned(), time.parse().ok()?))
            })
            .collect();
        let mut ours: Vec<(String, f64)> =
            events.iter().map(|e| (selections[e.port as usize].id.clone(), e.time)).collect();
        let order = |a: &(String, f64), b: &(String, f64)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
        theirs.sort_by(order);
        ours.sort_by(order);
        let same = ours.len() == theirs.len()
            && ours.iter().zip(&theirs).all(|(a, b)| {
                // Times are written in single precision.
                a.0 == b.0 && (a.1 - b.1).abs() <= 1e-7 * b.1.abs().max(1e-3)
            });
        note = format!("{note}; {} events {}", ours.len(), if same { "equal" } else { "DIFFER" });
        if !same {
            worst = f64::INFINITY;
            note = format!(
                "{note} (theirs {}: {:?} ours {:?})",
                theirs.len(),
                theirs.first(),
                ours.first()
            );
        }
    }
    if compared == 0 {
        return failed("nothing was compared".to_owned());
    }
    Some(Outcome { name, error: worst, note: format!("{compared} values, {note}") })
}

#[test]
fn examples_of_the_standard_equal_the_reference() {
    let folder = corpus().join("ref_traces");
    let text = read(&folder.join("index.json"));
    if text.is_empty() {
        println!("skipped: no corpus at {}", folder.display());
        return;
    }
    let index: Value = serde_json::from_str(&text).unwrap();
    let models = corpus().join("models/NeuroML2");
    let mut wrong = Vec::new();
    for example in index["examples"].as_array().unwrap() {
        let Some(outcome) = run(example, &folder, &models) else {
            println!("{:40} not jLEMS", example["lems"].as_str().unwrap_or(""));
            continue;
        };
        println!("{:40} {:9.1e}  {}", outcome.name, outcome.error, outcome.note);
        if outcome.error > 1e-6 {
            wrong.push(outcome.name);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
