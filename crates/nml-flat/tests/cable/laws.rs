//! Closed forms, and what refining has to keep.

use std::f64::consts::PI;

use nml_flat::cable::{CableOptions, Division, NodeKind};

use crate::{as_written, close, cut, section, segment, shape};

/// A hundred thousand areas, added one by one.
const ROUNDING: f64 = 1e-10;

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

#[test]
fn a_cylinder_has_its_area_and_resistance() {
    let (length, d) = (130.0, 1.7);
    let body = segment(0, None, Some([0.0, 0.0, 0.0, d]), [0.0, length, 0.0, d]);
    let model = shape(&(body + &section("s", 0, 0, 13)));
    let cable = cut(&model, &as_written(Division::AsWritten));
    let nodes = &cable.compartments;
    assert_eq!(nodes.n_compartments(), 13);
    assert!(close(sum(nodes.area_um2()), PI * d * length, 1e-13));
    // 100 Ω·cm = 1 Ω·m; Ω·m/µm = MΩ.
    assert!(close(sum(nodes.to_parent_mohm()), 4.0 * length / (PI * d * d), 1e-13));
    for halves in &nodes.half_mohm()[1..14] {
        assert!(close(halves[0], 4.0 * 5.0 / (PI * d * d), 1e-13));
        assert!(close(halves[1], halves[0], 1e-12));
    }
}

#[test]
fn a_cone_has_its_area_and_resistance() {
    let (length, d1, d2) = (90.0_f64, 4.0, 0.5);
    let body = segment(0, None, Some([0.0, 0.0, 0.0, d1]), [0.0, 0.0, length, d2]);
    let model = shape(&(body + &section("s", 0, 0, 31)));
    let cable = cut(&model, &as_written(Division::AsWritten));
    let slant = length.hypot((d1 - d2) / 2.0);
    assert!(close(sum(cable.compartments.area_um2()), PI * (d1 + d2) / 2.0 * slant, 1e-13));
    let resistance = 4.0 * length / (PI * d1 * d2);
    assert!(close(sum(cable.compartments.to_parent_mohm()), resistance, 1e-13));
}

#[test]
fn a_sphere_has_its_area() {
    let d = 12.3;
    let model = shape(&segment(0, None, Some([1.0, 2.0, 3.0, d]), [1.0, 2.0, 3.0, d]));
    for options in [as_written(Division::AsWritten), CableOptions::default()] {
        let cable = cut(&model, &options);
        // The default rule rounds the points to float32.
        assert!(close(sum(cable.compartments.area_um2()), PI * d * d, 1e-6));
        assert_eq!(cable.compartments.n_compartments(), 1);
    }
}

/// A tree with tapers, jumps of diameter and branches in the middle of a section.
fn tree() -> String {
    [
        segment(0, None, Some([0.0, 0.0, 0.0, 20.0]), [0.0, 20.0, 0.0, 15.0]),
        segment(1, Some((0, 1.0)), Some([0.0, 20.0, 0.0, 3.0]), [0.0, 90.0, 5.0, 2.0]),
        segment(2, Some((1, 1.0)), Some([0.0, 90.0, 5.0, 1.0]), [3.0, 190.0, 7.0, 0.7]),
        segment(3, Some((1, 0.3)), None, [70.0, 60.0, 5.0, 0.4]),
        segment(4, Some((0, 0.0)), Some([0.0, 0.0, 0.0, 2.0]), [0.0, -150.0, 0.0, 1.0]),
        section("soma", 0, 0, 1),
        section("trunk", 1, 2, 3),
        section("branch", 3, 3, 2),
        section("back", 4, 4, 1),
    ]
    .concat()
}

#[test]
fn refining_keeps_area_and_resistance() {
    let model = shape(&tree());
    let coarse = cut(&model, &as_written(Division::AsWritten));
    let divisions = [
        Division::MaxLength { dx_um: 7.0 },
        Division::MaxLength { dx_um: 0.11 },
        Division::LengthConstant { d_lambda: 0.1, frequency_hz: 100.0 },
        Division::LengthConstant { d_lambda: 0.003, frequency_hz: 1000.0 },
    ];
    for division in divisions {
        let fine = cut(&model, &as_written(division));
        assert!(fine.compartments.n_compartments() > coarse.compartments.n_compartments());
        for section in 0..4_u32 {
            let total = |cable: &nml_flat::cable::Cable<'_>, of: fn(&[f64; 2], f64) -> f64| {
                let (first, count) = cable.compartments.run(section);
                let nodes = first as usize..(first + count) as usize;
                let halves = cable.compartments.half_mohm()[nodes.clone()].iter();
                let areas = &cable.compartments.area_um2()[nodes];
                halves.zip(areas).map(|(h, &a)| of(h, a)).sum::<f64>()
            };
            let area = |_: &[f64; 2], area: f64| area;
            let resistance = |halves: &[f64; 2], _: f64| halves[0] + halves[1];
            assert!(close(total(&coarse, area), total(&fine, area), 1e-12));
            assert!(close(total(&coarse, resistance), total(&fine, resistance), 1e-12));
            // The middle of a coarse compartment stays the middle of one.
            let ((_, few), (_, many)) =
                (coarse.compartments.run(section), fine.compartments.run(section));
            assert_eq!(many % few, 0);
            assert_eq!(many / few % 2, 1);
        }
    }
}

#[test]
fn compartments_are_as_short_as_asked() {
    let model = shape(&tree());
    let fine = cut(&model, &as_written(Division::MaxLength { dx_um: 6.0 }));
    for (section, i) in fine.sections.all().iter().zip(0..) {
        assert!(section.length_um / f64::from(fine.compartments.run(i).1) <= 6.0);
    }
}

#[test]
fn the_length_constant_decides_as_in_the_rule() {
    // λ at 100 Hz for d = 1 µm, 100 Ω·cm, 1 µF/cm²: 0.5 sqrt(1e-6 / (π · 100 · 1 · 0.01)) m = 282.1 µm.
    let body = segment(0, None, Some([0.0, 0.0, 0.0, 1.0]), [0.0, 1000.0, 0.0, 1.0]);
    let model = shape(&body);
    let rule = Division::LengthConstant { d_lambda: 0.1, frequency_hz: 100.0 };
    let cable = cut(&model, &as_written(rule));
    // int((1000 / 28.21 + 0.9) / 2) · 2 + 1
    assert_eq!(cable.compartments.n_compartments(), 37);
}

#[test]
fn nodes_are_joined_as_written() {
    let model = shape(&tree());
    let cable = cut(&model, &as_written(Division::AsWritten));
    let nodes = &cable.compartments;
    let name = |i: u32| &*cable.sections.all()[nodes.section()[i as usize] as usize].name;
    let order: Vec<&str> = cable.sections.all().iter().map(|s| &*s.name).collect();
    assert_eq!(order, ["soma", "trunk", "branch", "back"]);
    let (soma, _) = nodes.run(0);
    let (trunk, _) = nodes.run(1);
    let (branch, _) = nodes.run(2);
    let (back, _) = nodes.run(3);
    assert_eq!(nodes.kinds()[0], NodeKind::Start);
    assert_eq!(nodes.parent(soma), Some(0));
    // At 1 of the soma: its end node.
    assert_eq!(nodes.parent(trunk), Some(soma + 1));
    // 0.3 of the first of two segments lies in the first third of the section.
    assert_eq!(nodes.parent(branch), Some(trunk));
    // At 0 of the root: its start.
    assert_eq!(nodes.parent(back), Some(0));
    assert_eq!(name(back), "back");
    for node in 1..u32::try_from(nodes.len()).unwrap() {
        assert!(nodes.parent(node).unwrap() < node);
        assert!(nodes.to_parent_mohm()[node as usize] > 0.0);
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_segments_is_no_trouble() {
    let chain: String = (0..100_000_u32)
        .map(|i| {
            let y = f64::from(i);
            let from = (i == 0).then_some([0.0, 0.0, 0.0, 1.0]);
            segment(i, i.checked_sub(1).map(|p| (p, 1.0)), from, [0.0, y + 1.0, 0.0, 1.0])
        })
        .collect();
    let model = shape(&chain);
    let cable = cut(&model, &as_written(Division::AsWritten));
    assert_eq!(cable.compartments.n_compartments(), 100_000);
    assert!(close(sum(cable.compartments.area_um2()), PI * 1e5, ROUNDING));
    let one = shape(&(chain + &section("all_of_it", 0, 99_999, 1001)));
    let cable = cut(&one, &as_written(Division::AsWritten));
    assert_eq!(cable.compartments.n_compartments(), 1001);
    assert!(close(sum(cable.compartments.area_um2()), PI * 1e5, ROUNDING));
}
