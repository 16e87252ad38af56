//! The `auto` scheme against the limit of small steps, beside jLEMS's scheme: examples of the standard.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Scheme, SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Sink, SinkError};

/// Steps of the file that are compared, unless slow tests are asked for.
const MOST_STEPS: f64 = 12_000.0;

/// Keeps every `every`-th row of all outputs, side by side.
#[derive(Default)]
struct Kept {
    every: usize,
    count: Vec<usize>,
    times: Vec<f64>,
    columns: Vec<Vec<Vec<f64>>>,
}

impl Sink for Kept {
    fn rows(&mut self, output: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.count.resize(self.count.len().max(output + 1), 0);
        self.columns.resize(self.columns.len().max(output + 1), Vec::new());
        for (time, values) in rows.iter() {
            if self.count[output].is_multiple_of(self.every) {
                let columns = &mut self.columns[output];
                columns.resize(values.len(), Vec::new());
                for (column, value) in columns.iter_mut().zip(values) {
                    column.push(*value);
                }
                if output == 0 {
                    self.times.push(time);
                }
            }
            self.count[output] += 1;
        }
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

fn corpus() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    std::env::var_os("NML_CORPUS").map_or(own, PathBuf::from)
}

fn run(path: &Path, scheme: Scheme, finer: usize) -> Result<Kept, String> {
    let model = Loader::new(Arc::new(OsLoader::default())).load(path);
    let options = SimulateOptions { scheme, displays: true, ..SimulateOptions::default() };
    let of = |found: Vec<nml::base::Diagnostic>| {
        found.first().map_or(String::new(), |d| d.message.clone())
    };
    let first = prepare(&model, options).map_err(of)?;
    let step = Some(first.request.step / finer as f64);
    let most =
        if std::env::var_os("RUN_SLOW_TESTS").is_some() { f64::INFINITY } else { MOST_STEPS };
    let length = Some(first.request.length.min(most * first.request.step));
    let options = SimulateOptions { step, length, ..options };
    let prepared = prepare(&model, options).map_err(of)?;
    let mut kept = Kept { every: finer, ..Kept::default() };
    prepared.run(&mut kept).map_err(|error| error.to_string())?;
    Ok(kept)
}

/// Where a column rises through 0, between rows by a straight line.
fn crossings(times: &[f64], column: &[f64]) -> Vec<f64> {
    let pairs = times.windows(2).zip(column.windows(2));
    let rising = pairs.filter(|(_, v)| v[0] < 0.0 && v[1] >= 0.0);
    rising.map(|(t, v)| t[0] + (t[1] - t[0]) * v[0] / (v[0] - v[1])).collect()
}

/// The distance of one run from another: of columns that spike, the largest distance of spikes over the length of the
/// run; of others the mean difference over the range, because where a variable is reset the largest one tells only
/// whether it is in the same step.
fn distance(a: &Kept, limit: &Kept) -> f64 {
    let mut worst: f64 = 0.0;
    let length = limit.times.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    for (ours, theirs) in a.columns.iter().flatten().zip(limit.columns.iter().flatten()) {
        let (low, high) = theirs
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
        if high <= low {
            continue;
        }
        let (found, expected) = (crossings(&a.times, ours), crossings(&limit.times, theirs));
        if expected.is_empty() || found.len() != expected.len() {
            let differ = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
            worst = worst.max(differ.sum::<f64>() / theirs.len() as f64 / (high - low));
            continue;
        }
        for (x, y) in found.iter().zip(&expected) {
            worst = worst.max((x - y).abs() / length);
        }
    }
    worst
}

#[test]
fn auto_is_nearer_to_the_limit_than_the_reference() {
    let folder = corpus().join("models/NeuroML2/LEMSexamples");
    let Ok(found) = std::fs::read_dir(&folder) else {
        println!("skipped: no corpus at {}", folder.display());
        return;
    };
    let mut paths: Vec<PathBuf> = found.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        // jLEMS does not run cells of several compartments.
        name.starts_with("LEMS_NML2_Ex") && !name.contains("Ex25")
    });
    paths.sort();
    let (mut better, mut failed) = (0, Vec::new());
    for path in &paths {
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let limit = match run(path, Scheme::Auto, 10) {
            Ok(limit) => limit,
            Err(error) => {
                println!("{name:36} {error}");
                failed.push(name);
                continue;
            }
        };
        let error =
            |scheme, finer| run(path, scheme, finer).map_or(2.0, |kept| distance(&kept, &limit));
        let (auto, jlems, fine) =
            (error(Scheme::Auto, 1), error(Scheme::Jlems, 1), error(Scheme::Jlems, 10));
        println!(
            "{name:36} auto {auto:8.1e}  jlems {jlems:8.1e}  jlems dt/10 {fine:8.1e}  {:.3}",
            auto / jlems
        );
        better += usize::from(auto < jlems);
    }
    println!("{better} of {} nearer", paths.len());
    assert_eq!(failed, Vec::<String>::new());
    // Where a variable is reset on the grid, both are wrong by up to a step, and chance decides.
    assert!(better + 5 >= paths.len(), "{better} of {}", paths.len());
}
