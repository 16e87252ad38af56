//! `NML0508` segment-of-point-cell.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::table::MISSING;

use super::sides::{RowAttribute, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0508",
    "segment-of-point-cell",
    Networks,
    Warn,
    "a connection or an input names a segment of a cell that has none"
);

/// Cells without a morphology are points: whatever is attached to segment 1 is attached to the point.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let Some(segments) = side.segments else { continue };
            if segments.is_default() {
                continue;
            }
            let points: Vec<bool> = side
                .refs
                .forms()
                .iter()
                .map(|form| {
                    let population = side.population(form);
                    population.is_some_and(|p| {
                        p.cell().is_none() && p.cell_component().is_some_and(|c| c.ty().is_some())
                    })
                })
                .collect();
            if !points.contains(&true) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                let segment = segments.get(row);
                let point = points.get(side.refs.form_index(row)).copied().unwrap_or(false);
                if !point || segment == 0 || segment == MISSING {
                    continue;
                }
                found.push(|| {
                    let message = format!("segment {segment} is named, but the cell is a point");
                    Diagnostic::new(&RULE, side.span(row, RowAttribute::Segment), message)
                        .help("leave the segment away")
                });
            }
        }
    }
}
