//! `NML0507` segment-not-in-cell.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::table::MISSING;
use nml_model::views::{Morphology, Population};

use super::sides::{RowAttribute, Side, sides};
use crate::morphology::near_segment;
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0507",
    "segment-not-in-cell",
    Networks,
    Error,
    "a connection or an input sits on a segment that its cell does not have"
);

/// Segment ids of connections of every kind and of inputs; 0 where none is written.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for side in sides(network) {
            let Some(segments) = side.segments else { continue };
            let own = Cell::of(side.own);
            let cells: Vec<Option<Cell<'_>>> = side
                .refs
                .forms()
                .iter()
                .map(|form| {
                    let population = side.population(form)?;
                    Cell::of(Some(population)).or(own)
                })
                .collect();
            // Rows that name no segment all have the same answer.
            let plain = segments.is_default();
            if plain && cells.iter().flatten().all(|c| c.morphology.has_segment(0)) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                let Some(&Some(cell)) = cells.get(side.refs.form_index(row)) else { continue };
                let segment = segments.get(row);
                if segment == MISSING || cell.morphology.has_segment(segment) {
                    continue;
                }
                found.push(|| report(&side, row, cell, segment));
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Cell<'m> {
    population: Population<'m>,
    morphology: &'m Morphology,
}

impl<'m> Cell<'m> {
    fn of(population: Option<Population<'m>>) -> Option<Self> {
        let population = population?;
        let morphology = population.cell()?.morphology()?;
        (!morphology.segments().is_empty()).then_some(Self { population, morphology })
    }
}

fn report(side: &Side<'_>, row: usize, cell: Cell<'_>, segment: u32) -> Diagnostic {
    let component = cell.population.component();
    let message = format!(
        "cell `{}` of population `{}` has no segment {segment}",
        component.attr("component").unwrap_or("?"),
        cell.population.id().unwrap_or("?")
    );
    Diagnostic::new(&RULE, side.span(row, RowAttribute::Segment), message)
        .label("no such segment")
        .also(component.span_of("component"), "the cell")
        .help(near_segment(cell.morphology))
}
