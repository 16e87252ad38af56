//! Random spikes have the law that their type defines: intervals between them against the distribution, for fixed seeds.
#![expect(clippy::unwrap_used, reason = "a model that does not run fails its test")]

use std::fmt::Write as _;
use std::sync::Arc;

use nml::base::OsLoader;
use nml::simulate::{SimulateOptions, prepare};
use nml_load::Loader;
use nml_sim::{EventRow, Rows, Sink, SinkError};

/// Nobody chose these.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=20;
/// How many sources there are.
const SOURCES: usize = 20;
/// How many intervals of each source are looked at: the first, so many that a second is enough for all sources; to take
/// whatever fits would favour short ones.
const INTERVALS: usize = 50;
/// The smallest probability that is accepted.
const LEAST: f64 = 0.01;

/// The times of events, by port, or those at which a recorded number falls back to 0.
#[derive(Default)]
struct Spikes(Vec<Vec<f64>>);

impl Sink for Spikes {
    fn rows(&mut self, _: usize, rows: Rows<'_>) -> Result<(), SinkError> {
        self.0.resize(SOURCES, Vec::new());
        for (time, values) in rows.iter().filter(|(time, _)| *time > 0.0) {
            for (spikes, value) in self.0.iter_mut().zip(values) {
                if *value == 0.0 {
                    spikes.push(time);
                }
            }
        }
        Ok(())
    }

    fn events(&mut self, _: usize, events: &[EventRow]) -> Result<(), SinkError> {
        self.0.resize(SOURCES, Vec::new());
        for event in events {
            self.0[event.port as usize].push(event.time);
        }
        Ok(())
    }
}

/// A LEMS file of a network with what is recorded.
fn lems(components: &str, network: &str, record: &str) -> String {
    format!(
        r#"<Lems><Target component="run"/><Include file="Cells.xml"/><Include file="Networks.xml"/>
        <Include file="Inputs.xml"/><Include file="Synapses.xml"/><Include file="Simulation.xml"/>
        {components}<network id="net">{network}</network>
        <Simulation id="run" length="1s" step="0.01ms" target="net">{record}</Simulation></Lems>"#
    )
}

/// Events of a population of sources.
fn population(source: &str) -> String {
    let network = format!(r#"<population id="p" component="s" size="{SOURCES}"/>"#);
    let mut selections = String::new();
    for i in 0..SOURCES {
        let port = r#"eventPort="spike""#;
        writeln!(selections, r#"<EventSelection id="{i}" select="p[{i}]" {port}/>"#).unwrap();
    }
    let record = format!(
        r#"<EventOutputFile id="o" fileName="o" format="TIME_ID">{selections}</EventOutputFile>"#
    );
    lems(source, &network, &record)
}

/// The intervals of all sources for a seed.
fn intervals(lems: &str, seed: u64) -> Vec<f64> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("LEMS_random.xml");
    #[expect(clippy::disallowed_methods, reason = "a model made for the test")]
    std::fs::write(&path, lems).unwrap();
    let model = Loader::new(Arc::new(OsLoader::default())).load(&path);
    let options = SimulateOptions { seed: Some(seed), ..SimulateOptions::default() };
    let mut spikes = Spikes::default();
    prepare(&model, options).unwrap().run(&mut spikes).unwrap();
    let mut all = Vec::new();
    for times in &spikes.0 {
        assert!(times.len() > INTERVALS, "{} spikes", times.len());
        all.extend(times.windows(2).take(INTERVALS).map(|pair| pair[1] - pair[0]));
    }
    all
}

/// The probability that numbers drawn from a distribution are as far from it as these, by Kolmogorov and Smirnov, with
/// the correction of Stephens (1970) for finite numbers.
fn probability(mut sample: Vec<f64>, distribution: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample.iter().enumerate().fold(0.0_f64, |most, (i, x)| {
        let (below, expected) = (i as f64 / n, distribution(*x));
        most.max((expected - below).abs()).max((expected - below - 1.0 / n).abs())
    });
    let lambda = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    if lambda < 0.2 {
        // The series below does not converge in time; the value differs from 1 by less than 1e-12.
        return 1.0;
    }
    let term = |k: i32| {
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        2.0 * sign * (-2.0 * f64::from(k * k) * lambda * lambda).exp()
    };
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}

/// For each seed and for all together.
fn check(lems: &str, distribution: impl Fn(f64) -> f64) {
    let mut all = Vec::new();
    for seed in SEEDS {
        let sample = intervals(lems, seed);
        all.extend_from_slice(&sample);
        let p = probability(sample, &distribution);
        // One of twenty may well be below: the bound for each is that for all, divided by their number (Bonferroni).
        assert!(p > LEAST / 20.0, "seed {seed}: {p}");
    }
    let p = probability(all, &distribution);
    assert!(p > LEAST, "{p}");
}

/// Exponential with a mean, after a dead time.
fn waiting(dead: f64, mean: f64) -> impl Fn(f64) -> f64 {
    move |x| if x < dead { 0.0 } else { 1.0 - (-(x - dead) / (mean - dead)).exp() }
}

#[test]
fn the_probability_knows_what_is_random_and_what_is_not() {
    let even: Vec<f64> = (0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0).collect();
    assert!(probability(even.clone(), |x| x) > 0.999);
    assert!(probability(even, |x| x * x) < 1e-6);
    // The table of Kolmogorov's distribution: λ = 1.3581 for 0.05.
    let shift = 1.3581 / (1e6_f64.sqrt() + 0.12);
    let shifted: Vec<f64> = (0..1_000_000).map(|i| (f64::from(i) + 0.5) / 1e6).collect();
    assert!((probability(shifted, |x| (x + shift).min(1.0)) - 0.05).abs() < 5e-4);
}

#[test]
fn spike_generator_poisson() {
    let source = r#"<spikeGeneratorPoisson id="s" averageRate="100Hz"/>"#;
    check(&population(source), waiting(0.0, 0.01));
}

#[test]
fn spike_generator_poisson_with_a_dead_time() {
    let source = r#"<spikeGeneratorRefPoisson id="s" averageRate="100Hz" minimumISI="4ms"/>"#;
    check(&population(source), waiting(0.004, 0.01));
}

#[test]
fn spike_generator_random() {
    let source = r#"<spikeGeneratorRandom id="s" minISI="5ms" maxISI="15ms"/>"#;
    check(&population(source), |x| ((x - 0.005) / 0.01).clamp(0.0, 1.0));
}

#[test]
fn poisson_firing_synapse() {
    let components = r#"<expOneSynapse id="syn" gbase="0.1nS" erev="0mV" tauDecay="2ms"/>
        <poissonFiringSynapse id="in" averageRate="100Hz" synapse="syn" spikeTarget="./syn"/>
        <iafCell id="cell" leakReversal="-50mV" thresh="100mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>"#;
    let (mut inputs, mut columns) = (String::new(), String::new());
    for i in 0..SOURCES {
        let input = r#"input="in" destination="synapses""#;
        writeln!(inputs, r#"<explicitInput target="p[{i}]" {input}/>"#).unwrap();
        writeln!(columns, r#"<OutputColumn id="c{i}" quantity="p[{i}]/in/tsince"/>"#).unwrap();
    }
    let network = format!(r#"<population id="p" component="cell" size="{SOURCES}"/>{inputs}"#);
    let record = format!(r#"<OutputFile id="o" fileName="o">{columns}</OutputFile>"#);
    check(&lems(components, &network, &record), waiting(0.0, 0.01));
}
