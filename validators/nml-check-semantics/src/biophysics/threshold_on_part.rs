//! `NML0404` threshold-on-part.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::views::Place;

use crate::rule::rule;

rule!(
    "NML0404",
    "threshold-on-part",
    Biophysics,
    Warn,
    "the spike threshold is set on a part of the cell, which not every tool can read"
);

/// The NEURON export of the reference tool stops at a threshold on any group but `all`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let Some(biophysics) = cell.biophysics() else { continue };
        for threshold in biophysics.values_of("spikeThresh") {
            let place = Place::of(threshold);
            if place == Place::Group("all") {
                continue;
            }
            let (Place::Group(name) | Place::Segment(name)) = place;
            let message = format!("`<spikeThresh>` is set on `{name}` only");
            sink.push(
                Diagnostic::new(&RULE, threshold.span_of("segmentGroup"), message)
                    .label("a part of the cell")
                    .help(
                        "leave `segmentGroup` away, so that the threshold holds for all segments",
                    ),
            );
        }
    }
}
