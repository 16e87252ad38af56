//! `NML0511` negative-delay.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0511",
    "negative-delay",
    Networks,
    Error,
    "a connection delivers spikes before they are sent"
);

/// Delays are 0 or longer.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for part in network.component().children() {
            if part.name() == "synapticConnectionWD" && part.si("delay").is_some_and(|d| d < 0.0) {
                sink.push(report(part.attr("delay").unwrap_or_default(), part.span_of("delay")));
            }
            let Some(table) = part.connections() else { continue };
            let delays = &table.delay_s;
            if !delays.distinct().iter().any(|&delay| delay < 0.0) {
                continue;
            }
            let mut found = Folded::new(sink);
            for (delay, row) in delays.iter().zip(0..) {
                if delay < 0.0 {
                    found.push(|| {
                        let span = crate::rows::attribute(part, &table.spans, row, "delay");
                        report(part.document().file().slice(span), span)
                    });
                }
            }
        }
    }
}

fn report(text: &str, span: nml_base::Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the delay is {text}"))
        .label("negative")
        .help("write a delay of 0 ms or more")
}
