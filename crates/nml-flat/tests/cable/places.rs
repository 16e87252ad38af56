//! From a segment and a fraction to a node.

use std::f64::consts::PI;

use nml_flat::cable::{CableOptions, Division, PointRule, Sections};

use crate::{as_written, close, cut, section, segment, shape};

/// A section of three segments of 10, 30 and 60 µm in ten compartments, and a twig at its end.
fn cell() -> String {
    [
        segment(7, None, Some([0.0, 0.0, 0.0, 2.0]), [0.0, 10.0, 0.0, 2.0]),
        segment(8, Some((7, 1.0)), None, [0.0, 40.0, 0.0, 2.0]),
        segment(9, Some((8, 1.0)), None, [0.0, 100.0, 0.0, 2.0]),
        segment(10, Some((9, 1.0)), None, [0.0, 200.0, 0.0, 1.0]),
        section("run", 7, 9, 10),
        section("twig", 10, 10, 10),
    ]
    .concat()
}

#[test]
fn fractions_become_arc_length() {
    let model = shape(&cell());
    for options in [CableOptions::default(), as_written(Division::AsWritten)] {
        let cable = cut(&model, &options);
        let (run, count) = cable.compartments.run(0);
        let (twig, _) = cable.compartments.run(1);
        assert_eq!(count, 10);
        let at = |segment, fraction| cable.node_at(segment, fraction);
        assert_eq!(at(7, 0.0), Some(0), "exactly 0 is the start of the root");
        assert_eq!(at(7, 0.5), Some(run));
        assert_eq!(at(8, 0.0), Some(run + 1), "a tenth of the way");
        assert_eq!(at(8, 0.5), Some(run + 2));
        assert_eq!(at(9, 0.99), Some(run + 9));
        assert_eq!(at(9, 1.0), Some(run + 10), "exactly 1 is the end node");
        assert_eq!(at(10, 0.0), Some(run + 10), "the twig hangs on that end node");
        assert_eq!(at(10, 1e-6), Some(twig));
        // float32 has no 0.7, its shortest text does.
        assert_eq!(at(10, 0.7), Some(twig + 7));
        assert_eq!(at(10, 1.0), Some(twig + 10));
        assert_eq!(at(11, 0.5), None);
        assert_eq!(at(10, 1.5), None);
        assert_eq!(at(10, f64::NAN), None);
    }
}

#[test]
fn a_cell_that_moves_keeps_its_shape_but_for_rounding() {
    let model = shape(&cell());
    for options in [CableOptions::default(), as_written(Division::AsWritten)] {
        let cable = cut(&model, &options);
        let moved = |by: [f64; 3]| {
            let sections = cable.sections.moved(by);
            let compartments = cable.compartments.moved(&sections);
            (sections, compartments)
        };
        let (sections, compartments) = moved([0.0; 3]);
        assert_eq!((&sections, &compartments), (&cable.sections, &cable.compartments));
        // These sums fit into 32 bits.
        let (sections, compartments) = moved([0.5, -12.25, 1024.0]);
        assert_eq!(compartments, cable.compartments);
        let point = |all: &Sections| all.points(&all.all()[0])[0].position_um;
        assert_eq!(point(&sections), [0.5, -12.25, 1024.0]);
        // float32 has steps of 8 µm there: 0, 10, 40 and 100 become 0, 8, 40 and 96.
        let (sections, compartments) = moved([0.0, 1e8, 0.0]);
        let (length, run) = match options.points {
            PointRule::JNeuroMl => (96.0, [9.6 * 2.0 * PI; 10]),
            PointRule::Standard => (100.0, [10.0 * 2.0 * PI; 10]),
        };
        assert_eq!(sections.all()[0].length_um, length);
        for (area, expected) in compartments.area_um2()[1..11].iter().zip(run) {
            assert!(close(*area, expected, 1e-12), "{area} {expected}");
        }
    }
}
