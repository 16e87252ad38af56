//! `NML0512` bad-weight.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::table::{Column, RowSpans, Table};
use nml_model::{DocumentKind, Model};

use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0512",
    "bad-weight",
    Networks,
    Error,
    "the weight of a connection or an input is infinite or no number"
);

/// The document grammar lets `INF` and `NaN` pass as weights.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for owner in network.component().children() {
            let (weights, spans): (&Column<f64>, &RowSpans) = match owner.table() {
                Some(Table::Connections(table)) => (&table.weight, &table.spans),
                Some(Table::Inputs(table)) => (&table.weight, &table.spans),
                Some(Table::Instances(_)) | None => continue,
            };
            if weights.distinct().iter().all(|weight| weight.is_finite()) {
                continue;
            }
            let grammar = owner.document().kind == DocumentKind::NeuroMl;
            let mut found = Folded::new(sink);
            for (weight, row) in weights.iter().zip(0..) {
                if weight.is_finite() {
                    continue;
                }
                let span = crate::rows::attribute(owner, spans, row, "weight");
                let text = owner.document().file().slice(span);
                // What is no number at all is told by the document grammar.
                if grammar
                    && !matches!(text.trim_ascii(), "INF" | "-INF" | "NaN")
                    && weight.is_nan()
                {
                    continue;
                }
                found.push(|| {
                    Diagnostic::new(&RULE, span, format!("the weight is `{text}`"))
                        .label("not a finite number")
                        .help("write a number, 1 to leave the synapse as it is")
                });
            }
        }
    }
}
