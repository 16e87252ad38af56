//! `NML0521` reset-above-threshold.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0521",
    "reset-above-threshold",
    Networks,
    Warn,
    "an integrate-and-fire cell is reset to above its threshold"
);

/// Pairs of attributes: reset, threshold.
const PAIRS: [(&str, &str); 3] = [("reset", "thresh"), ("v_reset", "v_thresh"), ("c", "vpeak")];

/// Such a cell spikes at every time step once it has spiked.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for component in model.top_level() {
        for (reset, threshold) in PAIRS {
            let (Some(low), Some(high)) = (component.si(reset), component.si(threshold)) else {
                continue;
            };
            if low < high {
                continue;
            }
            let text = |name| component.attr(name).unwrap_or_default();
            let message = format!(
                "`{}` is reset to {}, its threshold is {}",
                component.shown(),
                text(reset),
                text(threshold)
            );
            sink.push(
                Diagnostic::new(&RULE, component.span_of(reset), message)
                    .label("the reset")
                    .also(component.span_of(threshold), "the threshold")
                    .help("let the reset lie below the threshold"),
            );
        }
    }
}
