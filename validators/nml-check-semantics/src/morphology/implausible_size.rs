//! `NML0317` implausible-size.

use nml_base::{Diagnostic, Diagnostics, format_f64};
use nml_model::Model;

use super::part;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0317",
    "implausible-size",
    Morphology,
    Warn,
    "a segment is thicker, thinner or longer than any in a cell"
);

/// The squid giant axon is 1 mm thick, the finest filopodia 0.05 µm; a segment of 10 cm would be an axon
/// from head to heart in one piece.
const DIAMETERS_UM: std::ops::RangeInclusive<f64> = 0.01..=2000.0;
const LONGEST_UM: f64 = 100_000.0;

/// Coordinates and diameters are in µm without a unit, so that a slip of scale shows only here.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        let mut told = Folded::new(sink);
        for (segment, i) in morphology.segments().iter().zip(0..) {
            for point in [segment.proximal, segment.distal].into_iter().flatten() {
                let d = point.diameter_um;
                if d.is_nan() || d <= 0.0 || DIAMETERS_UM.contains(&d) {
                    continue;
                }
                let message =
                    format!("segment {} has a diameter of {} µm", segment.id, format_f64(d));
                let span = part(model, morphology, point.node).span_of("diameter");
                told.push(|| {
                    Diagnostic::new(&RULE, span, message)
                        .help("diameters and coordinates are in µm")
                });
            }
            let Some(length) = morphology.length_um(i).filter(|&l| l > LONGEST_UM) else {
                continue;
            };
            let message = format!("segment {} is {} µm long", segment.id, format_f64(length));
            told.push(|| {
                Diagnostic::new(&RULE, part(model, morphology, segment.node).id_span(), message)
                    .help("diameters and coordinates are in µm")
            });
        }
    }
}
