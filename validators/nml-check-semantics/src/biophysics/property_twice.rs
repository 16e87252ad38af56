//! `NML0403` property-twice.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::cover::Cover;
use crate::rows::Folded;
use crate::rule::rule;

rule!("NML0403", "property-twice", Biophysics, Warn, "a segment gets the same property twice");

/// Properties of which a segment has exactly one.
const SINGLE: [&str; 4] =
    ["specificCapacitance", "initMembPotential", "spikeThresh", "resistivity"];

/// Which of the values counts differs between simulators; most take the last.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let (Some(morphology), Some(biophysics)) = (cell.morphology(), cell.biophysics()) else {
            continue;
        };
        for name in SINGLE {
            let mut found = Folded::new(sink);
            for (earlier, later, segment) in
                Cover::new(morphology, biophysics.values_of(name)).overlaps
            {
                found.push(|| {
                    let value =
                        |c: nml_model::Component<'_>| c.attr("value").unwrap_or("?").to_owned();
                    let message = format!(
                        "segment {} gets `<{name}>` twice: {} and {}",
                        morphology.segments()[segment].id,
                        value(earlier),
                        value(later)
                    );
                    Diagnostic::new(&RULE, later.span_of("segmentGroup"), message)
                        .label("the second value")
                        .also(earlier.span_of("segmentGroup"), "the first value")
                        .help("place them on groups that share no segment")
                });
            }
        }
    }
}
