//! `NML0504` cell-out-of-range.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::table::{CellRef, CellRefStyle, MISSING};
use nml_model::views::{CellIds, Population, PopulationSize};

use super::sides::{RowAttribute, Side, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0504",
    "cell-out-of-range",
    Networks,
    Error,
    "a reference names a cell that its population does not have"
);

/// Indices count from 0; a path into a population that lists its instances names one by its `id`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let ids: Vec<Option<CellIds<'_>>> = side
                .refs
                .forms()
                .iter()
                .map(|form| {
                    let population = side.population(form)?;
                    let known = population.size() != PopulationSize::Unknown;
                    let readable = form.style != CellRefStyle::Malformed;
                    (known && readable).then(|| population.cell_ids(form.style))
                })
                .collect();
            let mut found = Folded::new(sink);
            for (index, row) in side.refs.indices().iter().zip(0..) {
                let Some(&Some(ids)) = ids.get(side.refs.form_index(row)) else { continue };
                if index == MISSING || ids.contains(index) {
                    continue;
                }
                let Some(cell) = side.refs.get(row) else { continue };
                let Some(population) = side.population(cell.form) else { continue };
                found.push(|| report(&side, row, cell, population, ids));
            }
        }
    }
}

fn report(
    side: &Side<'_>,
    row: usize,
    cell: CellRef<'_>,
    population: Population<'_>,
    ids: CellIds<'_>,
) -> Diagnostic {
    let name = population.id().unwrap_or("?");
    let size = population.size().count();
    let cells = if size == 1 { "cell" } else { "cells" };
    let message =
        format!("cell {} of population `{name}` does not exist, it has {size} {cells}", cell.index);
    let (span, what) = match population.size() {
        PopulationSize::Declared(_) => (population.component().span_of("size"), "its size"),
        _ => (population.component().id_span(), "the population"),
    };
    let help = match (ids, size) {
        (_, 0) => "give the population a size".to_owned(),
        (CellIds::Listed(ids), _) => {
            let first = ids.first().copied().unwrap_or(0);
            let last = ids.iter().rev().find(|&&id| id != MISSING).copied().unwrap_or(0);
            if first == last {
                format!("the only instance has id {first}")
            } else {
                format!("instances have ids {first} to {last}")
            }
        }
        (CellIds::Below(_), 1) => "the only index is 0".to_owned(),
        (CellIds::Below(n), _) => format!("indices go from 0 to {}", n - 1),
    };
    Diagnostic::new(&RULE, side.span(row, RowAttribute::Cell), message)
        .label("no such cell")
        .also(span, what)
        .help(help)
}
