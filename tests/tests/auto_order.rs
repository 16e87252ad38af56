//! The `auto` scheme on smooth problems: closed forms, and the order of its error.

use std::f64::consts::PI;
use std::path::Path;
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Scheme, SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Sink, SinkError};

#[derive(Default)]
struct All(Vec<(f64, Vec<f64>)>);

impl Sink for All {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.0.extend(rows.iter().map(|(time, values)| (time, values.to_vec())));
        Ok(())
    }

    fn events(&mut self, _: usize, _: &[EventRow]) -> Result<(), SinkError> {
        Ok(())
    }
}

fn load(name: &str) -> nml::model::Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/simulate").join(name);
    Loader::new(Arc::new(OsLoader::default())).load(&path)
}

/// Rows at multiples of the coarsest step, with steps `finer` times smaller than the file says.
#[expect(clippy::unwrap_used, reason = "a fixture that does not run fails its test")]
fn run(name: &str, finer: usize) -> Vec<(f64, Vec<f64>)> {
    let model = load(name);
    let options = SimulateOptions { scheme: Scheme::Auto, ..SimulateOptions::default() };
    let step = prepare(&model, options).unwrap().request.step / finer as f64;
    let mut all = All::default();
    prepare(&model, SimulateOptions { step: Some(step), ..options })
        .unwrap()
        .run(&mut all)
        .unwrap();
    all.0.into_iter().step_by(finer).collect()
}

/// The largest difference of a column from a function of time.
fn error(rows: &[(f64, Vec<f64>)], column: usize, exact: impl Fn(f64) -> f64) -> f64 {
    let differ = rows.iter().map(|(time, values)| (values[column] - exact(*time)).abs());
    differ.fold(0.0, f64::max)
}

/// The largest difference of a column of two runs.
fn difference(a: &[(f64, Vec<f64>)], b: &[(f64, Vec<f64>)], column: usize) -> f64 {
    let differ = a.iter().zip(b).map(|((_, a), (_, b))| (a[column] - b[column]).abs());
    differ.fold(0.0, f64::max)
}

#[test]
fn a_leak_is_exact() {
    for (time, values) in run("LEMS_leak.xml", 1) {
        let exact = 0.02 * (-time / 0.01_f64).exp();
        // Roundings of 500 steps.
        assert!((values[0] - exact).abs() < 500.0 * 2e-16 * 0.02, "{time}: {} {exact}", values[0]);
    }
}

#[test]
fn rows_are_at_multiples_of_the_step() {
    for (k, (time, _)) in run("LEMS_leak.xml", 1).iter().enumerate() {
        assert_eq!(*time, k as f64 * 1e-4);
    }
}

#[test]
fn a_driven_membrane_converges_with_order_two() {
    // C v' = I sin ωt − g v from 0.
    let (c, g, current, omega) = (100e-12, 10e-9, 50e-12, 2.0 * PI / 8e-3);
    let (a, w) = (g / c, current / c);
    let exact = |t: f64| {
        let steady = a * (omega * t).sin() - omega * (omega * t).cos();
        w * (steady + omega * (-a * t).exp()) / (a * a + omega * omega)
    };
    let errors = [1, 2, 4].map(|finer| error(&run("LEMS_driven_rc.xml", finer), 0, exact));
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        assert!((order - 2.0).abs() < 0.05, "{errors:?}");
    }
}

#[test]
fn an_alpha_synapse_converges_with_order_two() {
    let exact = |t: f64| {
        let s = (t - 2e-3) / 3e-3;
        if s > 0.0 { 0.5e-9 * s * (1.0 - s).exp() } else { 0.0 }
    };
    let errors = [1, 2, 4].map(|finer| error(&run("LEMS_alpha.xml", finer), 0, exact));
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        assert!((order - 2.0).abs() < 0.05, "{errors:?}");
    }
}

/// By Richardson: halving the step divides the change of the result by four.
#[test]
fn coupled_states_converge_with_order_two() {
    for (name, column) in [("LEMS_gates.xml", 0), ("LEMS_alpha.xml", 1)] {
        let runs = [1, 2, 4, 8].map(|finer| run(name, finer));
        let changes: Vec<f64> =
            runs.windows(2).map(|pair| difference(&pair[0], &pair[1], column)).collect();
        for pair in changes.windows(2) {
            let order = (pair[0] / pair[1]).log2();
            assert!((order - 2.0).abs() < 0.15, "{name}: {changes:?}");
        }
    }
}

#[test]
fn a_circle_of_variables_is_a_finding() {
    let found = prepare(&load("LEMS_circle.xml"), SimulateOptions::default()).map(|_| ());
    let codes: Vec<&str> = found.unwrap_err().iter().map(|d| d.rule.code).collect();
    assert_eq!(codes, ["NML0961"]);
}
