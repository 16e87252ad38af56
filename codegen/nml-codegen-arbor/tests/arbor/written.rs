//! What small exports say.
#![expect(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use nml::convert::Artifacts;
use nml_tests::export::{CELL, file, network};
use nml_tests::graded::{DENDRITE, cell, density};

fn export(text: &str, record: &[&str]) -> Artifacts {
    nml_tests::export::export("arbor", text, record).expect("it can be exported").artifacts
}

const INNER: &str = r#"<population id="pop" component="soma" size="2"/>
<population id="from" component="clock" size="1"/>
<projection id="p" presynapticPopulation="from" postsynapticPopulation="pop" synapse="syn">
  <connectionWD id="0" preCellId="../from[0]" postCellId="../pop[1]" weight="2" delay="1ms"/>
</projection>
<explicitInput target="pop[0]" input="pulse"/>"#;

#[test]
fn a_small_network_is_readable() {
    let made = export(&network(CELL, INNER), &["pop[0]/v"]);
    let mut all = String::new();
    for name in ["model.py", "cells/soma.acc", "mod/naAll.mod", "mod/syn.mod", "mod/pulse.mod"] {
        all.extend(["==== ", name, "\n", &file(&made, name), "\n"]);
    }
    insta::assert_snapshot!(all.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert!(file(&made, "run.py").contains("runtime.main(model)"));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let one = export(&network(CELL, INNER), &["pop[0]/v"]);
    let other = export(&network(CELL, INNER), &["pop[0]/v"]);
    assert_eq!(one, other);
}

#[test]
fn time_is_counted_by_a_state() {
    let made = export(&network(CELL, INNER), &["pop[0]/v"]);
    let pulse = file(&made, "mod/pulse.mod");
    assert!(pulse.contains("clock' = 1"), "{pulse}");
    assert!(!pulse.contains("net_send") && !pulse.contains("WATCH"), "{pulse}");
}

#[test]
fn each_compartment_has_its_density() {
    let graded = density("", "condDensity", r#"erev="-77 mV" ion="k""#, "2 * p");
    let made = export(&cell(&graded, DENDRITE), &["pop[0]/v"]);
    let acc = file(&made, "cells/tree.acc");
    let painted: Vec<&str> = acc.lines().filter(|line| line.contains("graded")).collect();
    insta::assert_snapshot!(painted.join("\n"));
}

#[test]
fn the_connection_with_a_short_delay_is_told() {
    let text = network(CELL, &INNER.replace("delay=\"1ms\"", "delay=\"0ms\""));
    let made =
        nml_tests::export::export("arbor", &text, &["pop[0]/v"]).expect("it can be exported");
    let told: Vec<&str> = made.warnings.iter().map(|d| &text[d.primary.span.range()]).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("<connectionWD id=\"0\""), "{told:?}");
}
