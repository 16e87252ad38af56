//! Models with a closed form, under the default scheme and under `reference`: membrane, synapses, Nernst,
//! Goldman–Hodgkin–Katz, kinetic schemes.

use std::path::Path;
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Accuracy, Scheme, SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Sink, SinkError};

#[derive(Default)]
struct All {
    rows: Vec<(f64, Vec<f64>)>,
    events: Vec<EventRow>,
    accuracy: Accuracy,
}

impl Sink for All {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.rows.extend(rows.iter().map(|(time, values)| (time, values.to_vec())));
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.events.extend_from_slice(events);
        Ok(())
    }
}

/// A run of a fixture with another step, where one is given.
#[expect(clippy::unwrap_used, reason = "a fixture that does not run fails its test")]
fn run(name: &str, scheme: Scheme, step: Option<f64>) -> All {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/simulate").join(name);
    let model = Loader::new(Arc::new(OsLoader::default())).load(&path);
    let options = SimulateOptions { scheme, step, ..SimulateOptions::default() };
    let mut all = All::default();
    let report = prepare(&model, options).unwrap().run(&mut all).unwrap();
    all.accuracy = report.accuracy.unwrap_or_default();
    all
}

/// The largest difference of a column from a function of the row, over the largest value of that function.
fn error(all: &All, column: usize, exact: impl Fn(f64, &[f64]) -> f64) -> f64 {
    let (mut worst, mut size) = (0.0_f64, 0.0_f64);
    for (time, values) in &all.rows {
        let exact = exact(*time, values);
        worst = worst.max((values[column] - exact).abs());
        size = size.max(exact.abs());
    }
    worst / size
}

/// What a run of some hundred steps loses to rounding.
const ROUNDING: f64 = 1e-12;

/// The share by which `reference` may differ: ten times the tolerance of its better run, of each of some hundred steps.
const CONVERGED: f64 = 1e-10;

/// The order of the error of a column of `auto` from its file's step to a fourth of that.
fn order(name: &str, step: f64, column: usize, exact: impl Fn(f64, &[f64]) -> f64) -> f64 {
    let coarse = error(&run(name, Scheme::Auto, Some(step)), column, &exact);
    let fine = error(&run(name, Scheme::Auto, Some(step / 4.0)), column, &exact);
    (coarse / fine).log2() / 2.0
}

fn charged(t: f64) -> f64 {
    let (rest, tau, rise) = (-65e-3, 10e-3, 0.2e-9 / 10e-9);
    let (on, off) = (5e-3, 25e-3);
    let since = |start: f64| 1.0 - (-(t - start).max(0.0) / tau).exp();
    rest + rise * (since(on) - since(off))
}

#[test]
fn a_membrane_is_charged_by_a_pulse() {
    for (scheme, bound) in [(Scheme::Auto, ROUNDING), (Scheme::Reference, CONVERGED)] {
        let error = error(&run("LEMS_charging.xml", scheme, None), 0, |t, _| charged(t));
        assert!(error < bound, "{}: {error}", scheme.name());
    }
}

/// On the grid it would begin at the next row or the middle before it.
#[test]
fn a_pulse_that_is_on_no_row_begins_in_time() {
    let all = run("LEMS_charging.xml", Scheme::Reference, Some(0.37e-3));
    let error = error(&all, 0, |t, _| charged(t));
    assert!(error < CONVERGED, "{error}");
}

fn alpha(t: f64) -> f64 {
    let s = (t - 2e-3) / 3e-3;
    if s > 0.0 { 0.5e-9 * s * (1.0 - s).exp() } else { 0.0 }
}

fn double_exponential(t: f64) -> f64 {
    let (rise, decay) = (1e-3_f64, 4e-3_f64);
    let peak = (decay / rise).ln() * rise * decay / (decay - rise);
    let factor = 1.0 / ((-peak / decay).exp() - (-peak / rise).exp());
    let one = |spike: f64| {
        let s = (t - spike).max(0.0);
        0.5e-9 * factor * ((-s / decay).exp() - (-s / rise).exp())
    };
    one(2e-3) + one(7e-3)
}

#[test]
fn synapses_open_as_their_formulas_say() {
    let order = order("LEMS_alpha.xml", 1e-4, 0, |t, _| alpha(t));
    assert!((order - 2.0).abs() < 0.05, "{order}");
    let alpha = error(&run("LEMS_alpha.xml", Scheme::Reference, None), 0, |t, _| alpha(t));
    assert!(alpha < CONVERGED, "{alpha}");
    // Two exponentials that do not know each other are exact on the grid too.
    for (scheme, bound) in [(Scheme::Auto, ROUNDING), (Scheme::Reference, CONVERGED)] {
        let all = run("LEMS_double_exp.xml", scheme, None);
        let error = error(&all, 0, |t, _| double_exponential(t));
        assert!(error < bound, "{}: {error}", scheme.name());
    }
}

/// 875 steps of 8 µs are less than 7 ms by the last bit; a spike of that row is not sent one step later.
#[test]
fn spikes_at_rows_are_sent_there_whatever_the_rounding() {
    let steps = [5e-6_f64, 8e-6, 1e-5, 2e-5, 4e-5, 5e-5, 1e-4];
    assert!(steps.iter().any(|step| (7e-3 / step).round() * step < 7e-3));
    for step in steps {
        let all = run("LEMS_double_exp.xml", Scheme::Auto, Some(step));
        let error = error(&all, 0, |t, _| double_exponential(t));
        // Thousands of steps.
        assert!(error < 10.0 * ROUNDING, "steps of {step} s: {error}");
    }
}

#[test]
fn calcium_currents_follow_nernst_and_goldman() {
    // As the definitions of the standard have them.
    let (gas, faraday, charge, temperature) = (8.314_462_1, 96_485.3, 2.0, 300.0);
    let (inside, outside) = (|t: f64| 5e-5 + (2e-3 - 5e-5) * (-t / 7e-3).exp(), 2.0);
    let v = |t: f64| -83e-3 + 140e-3 * t / 20e-3;
    // 1e-4 cm/s and 2 mS/cm².
    let (permeability, conductance) = (1e-6, 20.0);
    let goldman = |t: f64| {
        let x = charge * faraday * v(t) / (gas * temperature);
        let driving = (inside(t) - outside * (-x).exp()) / (1.0 - (-x).exp());
        -permeability * charge * faraday * x * driving
    };
    let reversal = |t: f64| gas * temperature / (charge * faraday) * (outside / inside(t)).ln();
    for scheme in [Scheme::Auto, Scheme::Reference] {
        let bound = if scheme == Scheme::Auto { ROUNDING } else { CONVERGED };
        let all = run("LEMS_membrane.xml", scheme, None);
        let errors = [
            error(&all, 0, |t, _| inside(t)),
            error(&all, 1, |t, _| goldman(t)),
            error(&all, 2, |t, _| reversal(t)),
            error(&all, 3, |t, _| conductance * (reversal(t) - v(t))),
        ];
        assert!(errors.iter().all(|error| *error < bound), "{}: {errors:?}", scheme.name());
    }
}

#[test]
fn kinetic_schemes_relax_exponentially() {
    let forward = |v: f64| 200.0 * ((v + 40e-3) / 25e-3).exp();
    let reverse = |v: f64| 300.0 * (-(v + 40e-3) / 50e-3).exp();
    let rest = |v: f64| forward(v) / (forward(v) + reverse(v));
    let (before, after) = (-80e-3, -20e-3);
    let open = |t: f64| {
        let since = (t - 4e-3).max(0.0);
        let rate = forward(after) + reverse(after);
        rest(after) + (rest(before) - rest(after)) * (-rate * since).exp()
    };
    for scheme in [Scheme::Auto, Scheme::Reference] {
        let bound = if scheme == Scheme::Auto { ROUNDING } else { CONVERGED };
        let all = run("LEMS_relaxation.xml", scheme, None);
        let errors = [
            error(&all, 0, |t, _| open(t)),
            error(&all, 1, |t, _| open(t).powi(2)),
            error(&all, 2, |t, _| open(t).powi(3)),
        ];
        assert!(errors.iter().all(|error| *error < bound), "{}: {errors:?}", scheme.name());
    }
}

/// Reset to −70 mV, a threshold of −55 mV on the way to −50 mV with 30 ms: 30 ln 4 ms between spikes.
#[test]
fn spikes_of_the_reference_are_on_no_grid() {
    for step in [1e-5, 1e-3] {
        let all = run("LEMS_pair.xml", Scheme::Reference, Some(step));
        let interval = 0.030 * 4.0_f64.ln();
        let times: Vec<f64> = all.events.iter().map(|event| event.time).collect();
        assert_eq!(times.len(), 3, "{times:?}");
        for (k, time) in (0..3).zip(&times) {
            let exact = f64::from(k) * interval;
            assert!((time - exact).abs() < 1e-12, "{time} {exact}");
        }
        // A conductance of twice 0.1 nS, 4 ms after each.
        let conductance = |t: f64| {
            let one = |spike: f64| {
                let since = t - (spike + 4e-3);
                if since >= 0.0 { 0.2e-9 * (-since / 2e-3).exp() } else { 0.0 }
            };
            (0..3).map(|k| one(f64::from(k) * interval)).sum()
        };
        let error = error(&all, 0, |t, _| conductance(t));
        assert!(error < CONVERGED, "{error}");
    }
}

/// What it says about its error holds, with little to spare: the estimate is that of the rougher of two runs.
#[test]
fn the_reference_does_not_flatter_itself() {
    type Exact = fn(f64) -> f64;
    let models: [(&str, Exact); 3] = [
        ("LEMS_charging.xml", charged),
        ("LEMS_alpha.xml", alpha),
        ("LEMS_double_exp.xml", double_exponential),
    ];
    for (name, exact) in models {
        let all = run(name, Scheme::Reference, None);
        let told = all.accuracy.columns[0][0] / all.accuracy.sizes[0][0];
        let error = error(&all, 0, |t, _| exact(t));
        assert!(error <= told + ROUNDING, "{name}: {error}, told {told}");
        assert!(told < 1e-8, "{name}: {told}");
    }
}

/// Rows are read off the solution: on other rows it is the same.
#[test]
fn the_step_of_the_reference_is_only_where_one_looks() {
    for name in ["LEMS_gates.xml", "LEMS_alpha.xml"] {
        let coarse = run(name, Scheme::Reference, Some(0.2e-3));
        let fine = run(name, Scheme::Reference, Some(0.05e-3));
        for (row, (time, values)) in coarse.rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                let other = fine.rows[4 * row].1[column];
                let size = coarse.accuracy.sizes[0][column];
                assert!((value - other).abs() < 1e-9 * size, "{name} {time}: {value} {other}");
            }
        }
    }
}

/// Order two against a solution found another way.
#[test]
fn the_default_scheme_approaches_the_reference_with_order_two() {
    for (name, step, column) in [("LEMS_gates.xml", 0.05e-3, 0), ("LEMS_alpha.xml", 0.1e-3, 1)] {
        let truth = run(name, Scheme::Reference, Some(step));
        let difference = |finer: usize| {
            let all = run(name, Scheme::Auto, Some(step / finer as f64));
            let rows = all.rows.iter().step_by(finer).zip(&truth.rows);
            rows.fold(0.0_f64, |worst, ((_, a), (_, b))| worst.max((a[column] - b[column]).abs()))
        };
        let errors = [difference(1), difference(2), difference(4)];
        for pair in errors.windows(2) {
            let order = (pair[0] / pair[1]).log2();
            assert!((order - 2.0).abs() < 0.15, "{name}: {errors:?}");
        }
    }
}
