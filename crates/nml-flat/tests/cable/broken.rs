//! What cannot be cut says why, and never panics.

use nml_flat::cable::{CableOptions, Division};

use crate::{INSIDE, MEMBRANE, as_written, document, section, segment, shape, try_cut};

fn soma() -> String {
    segment(0, None, Some([0.0, 0.0, 0.0, 10.0]), [0.0, 10.0, 0.0, 10.0])
}

fn dendrite(id: u32, parent: u32, fraction: f64) -> String {
    segment(id, Some((parent, fraction)), None, [20.0 * f64::from(id), 30.0, 0.0, 1.0])
}

/// Refused under both rules, for this reason.
fn refused(morphology: &str, reason: &str) {
    let model = shape(morphology);
    for options in [CableOptions::default(), as_written(Division::AsWritten)] {
        let message = try_cut(&model, &options).expect_err(reason);
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn what_is_no_tree_is_refused() {
    refused("", "no segments");
    refused(&(soma() + &dendrite(1, 2, 1.0) + &dendrite(2, 1, 1.0)), "grows from itself");
    refused(&(soma() + &dendrite(1, 1, 1.0)), "grows from itself");
    refused(&(soma() + &dendrite(1, 9, 1.0)), "the parent 9 of segment 1 does not exist");
    refused(&(soma() + &soma()), "neither has segment 0");
    refused(&(soma() + &dendrite(1, 0, 1.5)), "not from 0 to 1");
    refused(&(soma() + &dendrite(1, 0, f64::NAN)), "not from 0 to 1");
}

#[test]
fn what_has_no_extent_is_refused() {
    let flat = segment(0, None, Some([0.0, 0.0, 0.0, 10.0]), [0.0, 0.0, 0.0, 9.0]);
    refused(&flat, "has no length");
    let thin = segment(0, None, Some([0.0, 0.0, 0.0, 10.0]), [0.0, 9.0, 0.0, 0.0]);
    refused(&thin, "without thickness");
    let far = segment(0, None, Some([0.0, 0.0, 0.0, 10.0]), [0.0, f64::INFINITY, 0.0, 1.0]);
    refused(&far, "no number");
    refused(&segment(0, None, None, [0.0, 9.0, 0.0, 1.0]), "where it begins");
    refused(r#"<segment id="0"><proximal x="0" y="0" z="0" diameter="1"/></segment>"#, "distal");
}

#[test]
fn sections_that_are_no_runs_are_refused() {
    let forked = soma() + &dendrite(1, 0, 1.0) + &dendrite(2, 0, 1.0);
    refused(&(forked.clone() + &section("s", 0, 2, 1)), "forks at segment 2");
    refused(&(forked.clone() + &section("s", 1, 2, 1)), "forks at segment 2");
    let twice = section("s", 0, 0, 1) + &section("t", 0, 1, 1);
    refused(&(forked + &twice), "in a second section, `t`");
    refused(&(soma() + &section("s", 0, 0, 1) + &section("t", 5, 5, 1)), "no segments");
    for count in ["0", "-3", "2.5", "many", "40000"] {
        let group = section("s", 0, 0, 1).replace(r#"value="1""#, &format!(r#"value="{count}""#));
        refused(&(soma() + &group), "no number of compartments");
    }
}

#[test]
fn circles_of_groups_end() {
    let groups = r#"<segmentGroup id="a" neuroLexId="sao864921383"><include segmentGroup="b"/></segmentGroup>
        <segmentGroup id="b"><include segmentGroup="a"/><member segment="0"/></segmentGroup>"#;
    let model = shape(&(soma() + groups));
    assert!(try_cut(&model, &CableOptions::default()).is_ok());
}

#[test]
fn divisions_that_cannot_be_made_are_refused() {
    let model = shape(&(soma() + &dendrite(1, 0, 1.0)));
    for division in [
        Division::MaxLength { dx_um: 0.0 },
        Division::MaxLength { dx_um: -1.0 },
        Division::MaxLength { dx_um: f64::NAN },
        Division::MaxLength { dx_um: 1e-9 },
        Division::LengthConstant { d_lambda: 0.0, frequency_hz: 100.0 },
        Division::LengthConstant { d_lambda: 1e-300, frequency_hz: 100.0 },
    ] {
        assert!(try_cut(&model, &as_written(division)).is_err(), "{division:?}");
    }
}

/// Refused because of what is on the membrane or inside.
fn refused_membrane(membrane: &str, inside: &str, reason: &str) {
    let body = soma()
        + &dendrite(1, 0, 1.0)
        + r#"<segmentGroup id="g"><member segment="1"/></segmentGroup>"#;
    let model = document(&body, membrane, inside, r#"<ionChannelHH id="k" conductance="1pS"/>"#);
    let message = try_cut(&model, &CableOptions::default()).expect_err(reason);
    assert!(message.contains(reason), "{message}");
}

#[test]
fn an_incomplete_membrane_is_refused() {
    let potential = r#"<initMembPotential value="-65mV"/>"#;
    refused_membrane(potential, INSIDE, "no `specificCapacitance` for segment 0 and 1 others");
    let part = r#"<specificCapacitance segmentGroup="g" value="1 uF_per_cm2"/>"#;
    refused_membrane(
        &(part.to_owned() + potential),
        INSIDE,
        "no `specificCapacitance` for segment 0",
    );
    refused_membrane(MEMBRANE, "", "no `resistivity`");
    refused_membrane(MEMBRANE, r#"<resistivity value="0 ohm_cm"/>"#, "above zero");
    let misplaced = r#"<resistivity segmentGroup="h" value="1 ohm_cm"/>"#;
    refused_membrane(MEMBRANE, misplaced, "there is no group `h`");
}

#[test]
fn densities_that_are_not_understood_are_refused() {
    let with = |density: &str, reason: &str| {
        refused_membrane(&format!("{density}{MEMBRANE}"), INSIDE, reason);
    };
    with(r#"<channelDensity id="d" ionChannel="k" condDensity="1 S_per_m2"/>"#, "no `erev`");
    with(r#"<channelDensity id="d" ionChannel="no" condDensity="1 S_per_m2" erev="0mV"/>"#, "`no`");
    with(
        r#"<channelDensity id="d" ionChannel="k" segment="5" condDensity="1 S_per_m2" erev="0mV"/>"#,
        "no segment 5",
    );
    let varied = |parameter: &str, value: &str| {
        format!(
            r#"<channelDensityNonUniform id="d" ionChannel="k" erev="0mV"><variableParameter
            parameter="{parameter}" segmentGroup="g"><inhomogeneousValue inhomogeneousParameter="x"
            value="{value}"/></variableParameter></channelDensityNonUniform>"#
        )
    };
    with(&varied("condDensity", "1"), "no inhomogeneous parameter `x`");
    with(&varied("erev", "1"), "cannot vary");
    with(
        r#"<channelDensityNonUniform id="d" ionChannel="k" erev="0mV"/>"#,
        "no `variableParameter`",
    );
    with(r#"<channelDensityOdd id="d" ionChannel="k"/>"#, "of a kind");
}

#[test]
fn metrics_and_values_that_are_not_understood_are_refused() {
    let with = |parameter: &str, value: &str, reason: &str| {
        let body = format!(
            r#"{}<segmentGroup id="g"><member segment="0"/>{parameter}</segmentGroup>"#,
            soma()
        );
        let membrane = format!(
            r#"<channelDensityNonUniform id="d" ionChannel="k" erev="0mV"><variableParameter
            parameter="condDensity" segmentGroup="g"><inhomogeneousValue inhomogeneousParameter="x"
            value="{value}"/></variableParameter></channelDensityNonUniform>{MEMBRANE}"#
        );
        let channel = r#"<ionChannelHH id="k" conductance="1pS"/>"#;
        let model = document(&body, &membrane, INSIDE, channel);
        let message = try_cut(&model, &CableOptions::default()).expect_err(reason);
        assert!(message.contains(reason), "{message}");
    };
    let metric = |metric: &str, inside: &str| {
        format!(
            r#"<inhomogeneousParameter id="x" variable="p" metric="{metric}">{inside}</inhomogeneousParameter>"#
        )
    };
    let path = metric("Path Length from root", "");
    with(&metric("Radius", ""), "p", "the metric `Radius`");
    with(&path, "q + 1", "`q` is not the parameter `p`");
    with(&path, "p +", "no expression");
    with(&path, "1 / (p - p)", "the value is");
    with(&path, "random(p)", "chance");
    let start = r#"<proximal translationStart="5"/>"#;
    with(&metric("Path Length from root", start), "p", "for 0 only");
}
