//! Our own small models against closed forms.

use std::path::Path;
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{Scheme, SimulateOptions, prepare};
use nml_sim::{EventRow, Rows, Sink, SinkError};

#[derive(Default)]
struct All {
    rows: Vec<(f64, Vec<f64>)>,
    events: Vec<EventRow>,
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

#[expect(clippy::unwrap_used, reason = "a fixture that does not run fails its test")]
fn run(name: &str) -> All {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/simulate").join(name);
    let model = nml_load::Loader::new(Arc::new(OsLoader::default())).load(&path);
    let mut all = All::default();
    let options = SimulateOptions { scheme: Scheme::Jlems, ..SimulateOptions::default() };
    prepare(&model, options).unwrap().run(&mut all).unwrap();
    all
}

#[test]
fn a_leak_decays_as_forward_euler_says() {
    let all = run("LEMS_leak.xml");
    assert_eq!(all.rows.len(), 501);
    for (k, (time, values)) in all.rows.iter().enumerate() {
        let exact = 0.02 * (1.0 - 0.1 / 10.0_f64).powi(i32::try_from(k).unwrap());
        // 500 roundings of 1e-16 each.
        assert!((values[0] - exact).abs() < 1e-13 * exact, "row {k}");
        assert!((time - k as f64 * 1e-4).abs() < 1e-13);
    }
}

#[test]
fn a_spike_arrives_after_its_delay_with_its_weight() {
    let all = run("LEMS_pair.xml");
    // Reset at once, from -70 to -55 mV towards -50 mV with 30 ms: 30 ln 4 = 41.589 ms between spikes.
    let times: Vec<f64> = all.events.iter().map(|event| event.time).collect();
    assert_eq!(times.len(), 3);
    assert!(times[0] < 1.5e-5, "starts above threshold");
    let interval = times[2] - times[1];
    // Forward Euler is early by about half a step per time constant, and the grid adds a step.
    assert!((interval - 0.030 * 4.0_f64.ln()).abs() < 3e-5, "{interval}");
    let first = all.rows.iter().find(|(_, values)| values[0] > 0.0).unwrap();
    assert!((first.0 - times[0] - 4e-3).abs() < 1.5e-5, "{} {}", first.0, times[0]);
    // Twice 0.1 nS, one Euler step later.
    assert!((first.1[0] - 0.2e-9 * (1.0 - 0.01 / 2.0)).abs() < 1e-22, "{}", first.1[0]);
}
