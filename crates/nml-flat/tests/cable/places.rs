//! From a segment and a fraction to a node.

use nml_flat::cable::{CableOptions, Division};

use crate::{as_written, cut, section, segment, shape};

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
