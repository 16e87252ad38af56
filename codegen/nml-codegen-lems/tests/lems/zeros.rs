//! Rates that are exactly 0, and forms that would be 0/0.

use std::path::Path;
use std::sync::Arc;

use nml::Loader;
use nml::base::MemoryLoader;

use super::common::{flattened, run};

/// Rows of a model of one cell, as it is and flattened.
fn both(channel: &str, column: &str) -> [Result<Vec<f64>, Vec<String>>; 2] {
    let text = format!(
        r#"<Lems><Target component="sim"/><Include file="Cells.xml"/><Include file="Networks.xml"/>
<Include file="Simulation.xml"/><ionChannelPassive id="leak" conductance="10pS"/>{channel}
<pointCellCondBased id="c" C="10pF" v0="-65mV" thresh="20mV">
  <channelPopulation id="leaks" ionChannel="leak" number="300" erev="-54mV" ion="non_specific"/>
  <channelPopulation id="own" ionChannel="ch" number="1200" erev="50mV" ion="na"/>
</pointCellCondBased>
<network id="n"><population id="p" component="c" size="1"/></network>
<Simulation id="sim" length="5ms" step="0.01ms" target="n"><OutputFile id="o" fileName="o.dat">
  <OutputColumn id="v" quantity="p[0]/v"/><OutputColumn id="m" quantity="p[0]/own/ch/m/{column}"/>
</OutputFile></Simulation></Lems>"#
    );
    let mut files = MemoryLoader::new();
    files.insert("LEMS_a.xml", text.as_bytes());
    let files = Arc::new(files);
    let made = flattened(&Loader::new(files.clone()).load(Path::new("LEMS_a.xml")), None);
    let made = made.unwrap_or_default();
    let mut again = MemoryLoader::new();
    for (path, bytes) in made.iter() {
        again.insert(path, bytes);
    }
    let path = made.iter().next().map(|(path, _)| path.to_owned()).unwrap_or_default();
    let rows = |files, path: &Path| run(files, path, None).map(|rows| rows.0);
    [rows(files, Path::new("LEMS_a.xml")), rows(Arc::new(again), &path)]
}

/// Three states in a row, with rates there and back in 1/ms, at the potential of the start.
fn chain(rates: [[&str; 2]; 2]) -> String {
    let transition = |tag: &str, at: usize, (from, to): (&str, &str), rate: &str| {
        format!(
            r#"<{tag} id="{tag}{at}" from="{from}" to="{to}">
  <rate type="HHExpRate" rate="{rate}per_ms" midpoint="-65mV" scale="40mV"/></{tag}>"#
        )
    };
    let transitions = rates.iter().zip([("a", "b"), ("b", "o")]).enumerate();
    let transitions: String = transitions
        .map(|(at, ([there, back], ends))| {
            transition("forwardTransition", at, ends, there)
                + &transition("reverseTransition", at, ends, back)
        })
        .collect();
    format!(
        r#"<ionChannelKS id="ch" conductance="10pS" species="na"><gateKS id="m" instances="1">
<closedState id="a"/><closedState id="b"/><openState id="o"/>{transitions}</gateKS></ionChannelKS>"#
    )
}

#[test]
fn schemes_with_rates_of_0_start_as_they_do() {
    for rates in [
        [["1", "0.5"], ["2", "0.2"]],
        [["1", "0"], ["2", "0.2"]],
        [["0", "0.5"], ["2", "0.2"]],
        [["1", "0.5"], ["2", "0"]],
        [["1", "0.5"], ["0", "0.2"]],
        [["1", "0.5"], ["0", "0"]],
        [["0", "0"], ["2", "0.2"]],
        [["0", "0"], ["0", "0"]],
    ] {
        for state in ["a/occupancy", "b/occupancy", "o/occupancy"] {
            let [one, other] = both(&chain(rates), state).map(|rows| rows.expect("it runs"));
            assert_eq!(one.len(), other.len(), "{rates:?}");
            let start = (one[1] - other[1]).abs();
            assert!(start < 1e-15, "{rates:?} {state}: {} {}", one[1], other[1]);
        }
    }
}

#[test]
fn gates_with_a_rate_of_0_are_the_same() {
    let gate = |forward: &str, reverse: &str| {
        format!(
            r#"<ionChannelHH id="ch" conductance="10pS" species="na"><gateHHrates id="m" instances="3">
<forwardRate type="HHExpLinearRate" rate="{forward}per_ms" midpoint="-65mV" scale="10mV"/>
<reverseRate type="HHExpRate" rate="{reverse}per_ms" midpoint="-65mV" scale="-10mV"/></gateHHrates></ionChannelHH>"#
        )
    };
    // At the start the linear rate stands at its midpoint, where its formula alone is 0/0.
    for (forward, reverse) in [("1", "0.1"), ("0", "0.1"), ("1", "0")] {
        let [one, other] = both(&gate(forward, reverse), "q").map(|rows| rows.expect("it runs"));
        assert_eq!(one.len(), other.len(), "{forward} {reverse}");
        let worst = one.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        // Sums are taken in another order.
        assert!(worst < 1e-12, "{forward} {reverse}: {worst:e}");
    }
    // Without any rate there is nothing it comes to.
    let [one, other] = both(&gate("0", "0"), "q");
    assert!(one.is_err_and(|e| e[0].contains("is NaN at 0 s")));
    assert!(other.is_err_and(|e| e[0].contains("is NaN at 0 s")));
}
