//! `NML0505` population-differs.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::table::CellRefStyle;

use super::sides::{RowAttribute, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0505",
    "population-differs",
    Networks,
    Error,
    "a row names a cell of another population than its projection or input list"
);

/// The rows of a projection or input list stay within the populations it names.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let Some(own) = side.own_attribute.and_then(|name| side.owner.attr(name)) else {
                continue;
            };
            if network.population(own).is_none() {
                continue;
            }
            let differs: Vec<bool> = side
                .refs
                .forms()
                .iter()
                .map(|form| {
                    matches!(form.style, CellRefStyle::Path | CellRefStyle::Bracket)
                        && *form.population != *own
                        && network.population(&form.population).is_some()
                })
                .collect();
            if !differs.contains(&true) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                if !differs.get(side.refs.form_index(row)).copied().unwrap_or(false) {
                    continue;
                }
                found.push(|| {
                    let message = format!(
                        "`{}` is `{}`, but `{}` of `{}` is `{own}`",
                        side.name(row, RowAttribute::Cell),
                        side.text(row, RowAttribute::Cell),
                        side.own_attribute.unwrap_or_default(),
                        side.owner.shown()
                    );
                    Diagnostic::new(&RULE, side.span(row, RowAttribute::Cell), message)
                        .label("another population")
                        .also(side.own_span(), "the population of all rows")
                        .help(format!("name a cell of `{own}`, or move the row"))
                });
            }
        }
    }
}
