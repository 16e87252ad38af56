//! Which value and which channels hold where.

use nml_flat::cable::{Amount, CableOptions, Coverage, DensityKind, Division};

use crate::{MEMBRANE, as_written, close, cut, document, section, segment};

const CHANNELS: &str = r#"<ionChannelHH id="k" conductance="10pS"/>
    <decayingPoolConcentrationModel id="pool" ion="ca" restingConc="1e-4 mM" decayConstant="10 ms"
        shellThickness="0.1 um"/>
    <fixedFactorConcentrationModel id="other_pool" ion="ca" restingConc="1e-4 mM"
        decayConstant="10 ms" rho="1 mol_per_m_per_A_per_s"/>"#;

/// A soma, three segments of 40 µm in one section, and one more section; groups of every form.
fn body() -> String {
    [
        segment(0, None, Some([0.0, 0.0, 0.0, 10.0]), [0.0, 10.0, 0.0, 10.0]),
        segment(1, Some((0, 1.0)), Some([0.0, 10.0, 0.0, 2.0]), [0.0, 50.0, 0.0, 2.0]),
        segment(2, Some((1, 1.0)), None, [0.0, 90.0, 0.0, 2.0]),
        segment(3, Some((2, 1.0)), None, [0.0, 130.0, 0.0, 2.0]),
        segment(4, Some((3, 1.0)), None, [0.0, 170.0, 0.0, 1.0]),
        section("soma", 0, 0, 1),
        section("run", 1, 3, 3),
        section("twig", 4, 4, 2),
        r#"<segmentGroup id="members"><member segment="1"/><member segment="2"/></segmentGroup>
        <segmentGroup id="both"><include segmentGroup="soma"/><include segmentGroup="members"/></segmentGroup>
        <segmentGroup id="way"><path><from segment="1"/><to segment="3"/></path></segmentGroup>
        <segmentGroup id="outwards"><subTree><from segment="2"/></subTree>
            <inhomogeneousParameter id="far" variable="p" metric="Path Length from root">
                <proximal translationStart="0"/><distal normalizationEnd="1"/>
            </inhomogeneousParameter></segmentGroup>
        <segmentGroup id="none"/>"#
            .to_owned(),
    ]
    .concat()
}

/// Densities on a cell of body, one list of (node, value) per element.
fn values(densities: &str, division: Division) -> Vec<Vec<(u32, f64)>> {
    let inside = r#"<resistivity value="100 ohm_cm"/>"#;
    let model = document(&body(), &format!("{densities}{MEMBRANE}"), inside, CHANNELS);
    let cable = cut(&model, &as_written(division));
    cable.membrane.densities.into_iter().map(|d| d.values).collect()
}

fn plain(place: &str) -> String {
    format!(
        r#"<channelDensity id="d" ionChannel="k" {place} condDensity="2 S_per_m2" erev="-70mV"/>"#
    )
}

#[test]
fn what_is_said_of_a_part_can_hold_for_the_section() {
    let special = r#"<specificCapacitance segmentGroup="members" value="2 uF_per_cm2"/>"#;
    let membrane = format!("{}{MEMBRANE}{special}", plain(r#"segmentGroup="members""#));
    let inside = r#"<resistivity value="100 ohm_cm"/>
        <species id="ca" ion="ca" concentrationModel="pool" segmentGroup="outwards"
            initialConcentration="1e-4 mM" initialExtConcentration="2 mM"/>"#;
    let model = document(&body(), &membrane, inside, CHANNELS);
    for (coverage, nodes, last, pool) in [
        (Coverage::Segments, vec![(3, 2.0), (4, 2.0)], 0.01, vec![4, 5, 7, 8]),
        (Coverage::Sections, vec![(3, 2.0), (4, 2.0), (5, 2.0)], 0.02, vec![3, 4, 5, 7, 8]),
    ] {
        let cable = cut(&model, &CableOptions { coverage, ..CableOptions::default() });
        assert_eq!(cable.membrane.densities[0].values, nodes);
        assert!(close(cable.membrane.c_m_f_per_m2[4], 0.02, 1e-14));
        assert!(close(cable.membrane.c_m_f_per_m2[5], last, 1e-14));
        assert_eq!(cable.membrane.species[0].nodes, pool);
    }
}

#[test]
fn groups_of_every_form_are_followed() {
    // Nodes: 0 start, 1 soma, 2 its end, 3–5 run, 6 its end, 7–8 twig, 9 its end.
    let nodes = |place: &str| -> Vec<u32> {
        let found = values(&plain(place), Division::AsWritten);
        found[0]
            .iter()
            .map(|&(node, value)| {
                assert_eq!(value, 2.0);
                node
            })
            .collect()
    };
    assert_eq!(nodes(""), [1, 3, 4, 5, 7, 8]);
    assert_eq!(nodes(r#"segmentGroup="all""#), [1, 3, 4, 5, 7, 8]);
    assert_eq!(nodes(r#"segmentGroup="members""#), [3, 4]);
    assert_eq!(nodes(r#"segmentGroup="both""#), [1, 3, 4]);
    assert_eq!(nodes(r#"segmentGroup="way""#), [3, 4, 5]);
    assert_eq!(nodes(r#"segmentGroup="outwards""#), [4, 5, 7, 8]);
    assert_eq!(nodes(r#"segment="3""#), [5]);
    assert_eq!(nodes(r#"segmentGroup="none""#), [0_u32; 0]);
}

#[test]
fn a_compartment_that_is_covered_in_part_gets_its_share() {
    // One compartment of the run is 40 µm; seven of them cut across the segments.
    let model_run = body().replace(r#"value="3""#, r#"value="7""#);
    let inside = r#"<resistivity value="100 ohm_cm"/>"#;
    let membrane = format!("{}{MEMBRANE}", plain(r#"segmentGroup="members""#));
    let model = document(&model_run, &membrane, inside, CHANNELS);
    let cable = cut(&model, &as_written(Division::AsWritten));
    let area = cable.compartments.area_um2();
    let total: f64 =
        cable.membrane.densities[0].values.iter().map(|&(n, g)| g * area[n as usize]).sum();
    let covered = std::f64::consts::PI * 2.0 * 80.0;
    assert!(close(total, 2.0 * covered, 1e-12), "{total}");
}

#[test]
fn the_last_value_holds_and_densities_add_up() {
    let membrane = r#"
        <channelDensity id="a" ionChannel="k" condDensity="2 S_per_m2" erev="-70mV" ion="k"/>
        <channelDensity id="b" ionChannel="k" segmentGroup="way" condDensity="3 S_per_m2" erev="-80mV"/>
        <spikeThresh value="-20 mV"/>
        <specificCapacitance value="1 uF_per_cm2"/>
        <specificCapacitance segmentGroup="way" value="2 uF_per_cm2"/>
        <specificCapacitance segmentGroup="members" value="3 uF_per_cm2"/>
        <initMembPotential value="-65mV"/><initMembPotential segmentGroup="soma" value="-60mV"/>"#;
    let inside = r#"<resistivity value="100 ohm_cm"/>
        <resistivity segmentGroup="outwards" value="200 ohm_cm"/>
        <species id="ca" ion="ca" concentrationModel="pool" initialConcentration="1e-4 mM"
            initialExtConcentration="2 mM" segmentGroup="way"/>
        <species id="ca_far" ion="ca" concentrationModel="other_pool" initialConcentration="2e-4 mM"
            initialExtConcentration="3 mM" segmentGroup="outwards"/>"#;
    let model = document(&body(), membrane, inside, CHANNELS);
    let cable = cut(&model, &as_written(Division::AsWritten));
    let membrane = &cable.membrane;
    let c_m: Vec<f64> = membrane.c_m_f_per_m2.iter().map(|c| (c * 1e5).round() / 1e3).collect();
    assert_eq!(c_m, [0.0, 1.0, 0.0, 3.0, 3.0, 2.0, 0.0, 1.0, 1.0, 0.0]);
    assert!(close(membrane.v_init_v[1], -0.060, 1e-12));
    assert!(close(membrane.v_init_v[0], -0.060, 1e-12));
    assert!(close(membrane.v_init_v[4], -0.065, 1e-12));
    assert!(membrane.spike_threshold_v.iter().all(|v| close(*v, -0.020, 1e-12)));
    assert!(close(membrane.r_a_ohm_m[3], 1.0, 1e-12) && close(membrane.r_a_ohm_m[5], 2.0, 1e-12));
    let at: Vec<_> = membrane.densities_at(4).collect();
    assert_eq!(at, [(0, 2.0), (1, 3.0)]);
    assert_eq!(membrane.densities[0].ion, Some("k"));
    assert!(close(membrane.densities[1].e_rev_v.unwrap(), -0.080, 1e-12));
    let species = &membrane.species;
    assert_eq!(species[0].nodes, [3]);
    assert_eq!(species[1].nodes, [4, 5, 7, 8]);
    assert_eq!(species[1].model.id(), Some("other_pool"));
    assert!(close(species[1].initial_mol_per_m3, 2e-4, 1e-12));
    assert!(close(species[1].initial_external_mol_per_m3, 3.0, 1e-12));
    // 4 Ra L / (π d²): half of 40 µm at 1 Ω·m, then half at 2 Ω·m.
    let resistance = 4.0 * (20.0 + 40.0) / (std::f64::consts::PI * 4.0);
    assert!(close(cable.compartments.to_parent_mohm()[4], resistance, 1e-12));
}

#[test]
fn every_kind_of_density_is_read() {
    let varied = |tag: &str, parameter: &str, attributes: &str| {
        format!(
            r#"<{tag} id="x" ionChannel="k" ion="ca" {attributes}>
            <variableParameter parameter="{parameter}" segmentGroup="outwards">
            <inhomogeneousValue inhomogeneousParameter="far" value="1 + 2*p"/>
            </variableParameter></{tag}>"#
        )
    };
    let all = [
        plain(""),
        r#"<channelDensityVShift id="v" ionChannel="k" condDensity="1 mS_per_cm2" erev="0mV" ion="k" vShift="7 mV"/>
        <channelDensityNernst id="n" ionChannel="k" condDensity="1 mS_per_cm2" ion="ca"/>
        <channelDensityNernstCa2 id="n2" ionChannel="k" condDensity="1 mS_per_cm2" ion="ca2"/>
        <channelDensityGHK id="g" ionChannel="k" permeability="2 cm_per_s" ion="ca"/>
        <channelDensityGHK2 id="g2" ionChannel="k" condDensity="1 mS_per_cm2" ion="ca"/>"#
            .to_owned(),
        varied("channelDensityNonUniform", "condDensity", r#"erev="5mV""#),
        varied("channelDensityNonUniformNernst", "condDensity", ""),
        varied("channelDensityNonUniformGHK", "permeability", ""),
        r#"<channelPopulation id="p" ionChannel="k" number="160" erev="-70mV" ion="k" segment="2"/>
        <channelPopulation id="q" ionChannel="k" number="160" erev="-70mV" ion="k" segmentGroup="way"/>"#
            .to_owned(),
    ]
    .concat();
    let inside = r#"<resistivity value="100 ohm_cm"/>"#;
    let model = document(&body(), &format!("{all}{MEMBRANE}"), inside, CHANNELS);
    let cable = cut(&model, &as_written(Division::AsWritten));
    let densities = &cable.membrane.densities;
    let kinds: Vec<DensityKind> = densities.iter().map(|d| d.kind).collect();
    assert_eq!(
        kinds,
        [
            DensityKind::Fixed,
            DensityKind::VShift,
            DensityKind::Nernst,
            DensityKind::NernstCa2,
            DensityKind::Ghk,
            DensityKind::Ghk2,
            DensityKind::NonUniform,
            DensityKind::NonUniformNernst,
            DensityKind::NonUniformGhk,
            DensityKind::Population,
            DensityKind::Population,
        ]
    );
    assert!(close(densities[1].v_shift_v, 0.007, 1e-12));
    assert!(close(densities[2].values[0].1, 10.0, 1e-12));
    assert_eq!(densities[4].kind.amount(), Amount::Permeability);
    assert!(close(densities[4].values[0].1, 0.02, 1e-12));
    // From 50 µm (the beginning of segment 2) to 170 µm p goes from 0 to 1.
    for i in [6, 7, 8] {
        let nodes: Vec<u32> = densities[i].values.iter().map(|v| v.0).collect();
        assert_eq!(nodes, [4, 5, 7, 8]);
        for (&(_, value), path) in densities[i].values.iter().zip([70.0, 110.0, 140.0, 160.0]) {
            assert!(close(value, 1.0 + 2.0 * (path - 50.0) / 120.0, 1e-12));
        }
    }
    assert_eq!(densities[9].values, [(4, 160.0)]);
    let spread: f64 = densities[10].values.iter().map(|v| v.1).sum();
    assert!(close(spread, 160.0, 1e-12));
}
