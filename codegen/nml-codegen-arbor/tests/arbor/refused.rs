//! What cannot be written is told with its place, and then nothing is written.

use super::common::{export, network};
use super::written::CELL;

/// The messages of an export that is refused; each has a place.
fn refused(text: &str, record: &[&str]) -> Vec<String> {
    let Err(found) = export(text, record) else { return Vec::new() };
    let errors = found.iter().filter(|d| d.rule.code == "NML0980");
    let told: Vec<String> = errors
        .map(|d| {
            assert!(d.primary.span.start > 0, "`{}` has no place", d.message);
            d.message.clone()
        })
        .collect();
    assert!(!told.is_empty(), "{found:?}");
    told
}

fn assert_told(told: &[String], part: &str) {
    assert!(told.iter().any(|message| message.contains(part)), "`{part}` is not in {told:?}");
}

#[test]
fn resets_of_the_potential() {
    let cell = r#"<iafCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF" leakConductance="0.01uS"/>"#;
    let text = network(cell, r#"<population id="pop" component="iaf" size="1"/>"#);
    let told = refused(&text, &["pop[0]/v"]);
    assert_told(&told, "Arbor cannot express conditions that act when they come to hold");
}

#[test]
fn regimes() {
    let cell = r#"<iafRefCell id="iaf" leakReversal="-50mV" thresh="-55mV" reset="-70mV" C="0.2nF"
        leakConductance="0.01uS" refract="5ms"/>"#;
    let text = network(cell, r#"<population id="pop" component="iaf" size="1"/>"#);
    assert_told(&refused(&text, &["pop[0]/v"]), "regimes");
}

#[test]
fn gap_junctions() {
    let text = network(
        &format!(r#"{CELL}<gapJunction id="gap" conductance="10pS"/>"#),
        r#"<population id="pop" component="soma" size="2"/>
           <electricalProjection id="p" presynapticPopulation="pop" postsynapticPopulation="pop">
             <electricalConnection id="0" preCell="0" postCell="1" synapse="gap"/>
           </electricalProjection>"#,
    );
    assert_told(&refused(&text, &["pop[0]/v"]), "a current that follows another cell's potential");
}

#[test]
fn random_sources() {
    let text = network(
        &format!(r#"{CELL}<spikeGeneratorPoisson id="noise" averageRate="50Hz"/>"#),
        r#"<population id="pop" component="soma" size="1"/>
           <population id="from" component="noise" size="1"/>
           <projection id="p" presynapticPopulation="from" postsynapticPopulation="pop" synapse="syn">
             <connection id="0" preCellId="../from[0]" postCellId="../pop[0]"/>
           </projection>"#,
    );
    let told = refused(&text, &["pop[0]/v"]);
    assert_told(&told, "a source of events whose times follow from the run");
}

#[test]
fn random_inputs() {
    let text = network(
        &format!(
            r#"{CELL}<poissonFiringSynapse id="noise" averageRate="50Hz" synapse="syn" spikeTarget="./syn"/>"#
        ),
        r#"<population id="pop" component="soma" size="1"/>
           <explicitInput target="pop[0]" input="noise"/>"#,
    );
    assert_told(&refused(&text, &["pop[0]/v"]), "the function `random`");
}
