//! How long steps take, without writing: `cargo run --release -p nml-tests --example step_time -- FILE…`.
#![expect(clippy::print_stdout, reason = "the table is what one reads")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use nml::base::{Diagnostics, OsLoader};
use nml::simulate::{Scheme, SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Simulation, Sink, SinkError};

/// Takes everything and keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn rows(&mut self, _: usize, _: Rows<'_>) -> Result<(), SinkError> {
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Seconds this thread has been at work, which others on the machine do not lengthen; where the system does not tell,
/// seconds since some time.
fn on_cpu() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "a counter of the system")]
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|n| n.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || std::time::UNIX_EPOCH.elapsed().map_or(0.0, |t| t.as_secs_f64()),
        |n| n * 1e-9,
    )
}

fn main() {
    let mut scheme = Scheme::Auto;
    println!(
        "{:40} {:>9} {:>9} {:>11} {:>8}",
        "file", "load ms", "plan ms", "µs per step", "steps"
    );
    for argument in std::env::args().skip(1) {
        if let Some(found) = argument.strip_prefix("--").and_then(Scheme::named) {
            scheme = found;
            continue;
        }
        let path = Path::new(&argument);
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let started = Instant::now();
        let model = Loader::new(Arc::new(OsLoader::default())).load(path);
        let options = SimulateOptions { scheme, ..SimulateOptions::default() };
        let Ok(prepared) = prepare(&model, options) else {
            println!("{name:40} cannot be simulated");
            continue;
        };
        let load = started.elapsed().as_secs_f64();
        let mut least = f64::INFINITY;
        let (mut plan, mut steps) = (f64::INFINITY, 0);
        for _ in 0..3 {
            let started = Instant::now();
            let (flat, request) = (&prepared.flat, prepared.request.clone());
            let Some(simulation) = Simulation::new(flat, request, &mut Diagnostics::new()) else {
                continue;
            };
            plan = plan.min(started.elapsed().as_secs_f64());
            let started = on_cpu();
            if let Ok(report) = simulation.run(&mut Nowhere) {
                steps = report.steps;
                least = least.min((on_cpu() - started) / report.steps as f64);
            }
        }
        println!("{name:40} {:9.2} {:9.2} {:11.3} {steps:8}", load * 1e3, plan * 1e3, least * 1e6);
    }
}
