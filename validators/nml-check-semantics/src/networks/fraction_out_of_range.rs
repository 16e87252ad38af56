//! `NML0509` fraction-out-of-range.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{DocumentKind, Model};

use super::sides::{RowAttribute, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0509",
    "fraction-out-of-range",
    Networks,
    Error,
    "a place along a segment lies outside of 0 to 1"
);

/// The document grammar says the same for NeuroML documents; this is for networks inside LEMS files.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        if network.component().document().kind == DocumentKind::NeuroMl {
            continue;
        }
        for side in sides(network) {
            let Some(values) = side.fractions else { continue };
            let mut found = Folded::new(sink);
            for (value, row) in values.iter().zip(0..) {
                if (0.0..=1.0).contains(&value) {
                    continue;
                }
                found.push(|| {
                    let message = format!(
                        "`{}` is {}",
                        side.name(row, RowAttribute::Fraction),
                        side.text(row, RowAttribute::Fraction)
                    );
                    Diagnostic::new(&RULE, side.span(row, RowAttribute::Fraction), message)
                        .help("0 is the beginning of the segment, 1 its end")
                });
            }
        }
    }
}
