//! `NML0517` unknown-destination.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_model::Model;
use nml_model::views::Population;
use rustc_hash::FxHashSet;

use super::sides::{RowAttribute, sides};
use crate::rule::rule;

rule!(
    "NML0517",
    "unknown-destination",
    Networks,
    Error,
    "an input or a connection goes to an attachment point that its cell does not have"
);

/// `destination` names one of the `Attachments` of the cell's component type, mostly `synapses`.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for list in network.input_lists() {
            let population = list.attr("population").and_then(|id| network.population(id));
            let (Some(table), Some(population)) = (list.inputs(), population) else { continue };
            let mut seen: FxHashSet<&str> = FxHashSet::default();
            let mut last = "";
            for row in 0..table.len() {
                let Some(name) = table.destination(row) else { continue };
                if name == last || !seen.insert(name) {
                    continue;
                }
                last = name;
                let span = crate::rows::attribute(list, &table.spans, row, "destination");
                sink.extend(look(model, name, population, span));
            }
        }
        for side in sides(network) {
            let Some(name) = side.owner.attr("destination") else { continue };
            if side.name(0, RowAttribute::Cell) == "from" {
                continue;
            }
            let population = side.refs.forms().first().and_then(|form| side.population(form));
            let Some(population) = population else { continue };
            sink.extend(look(model, name, population, side.owner.span_of("destination")));
        }
    }
}

fn look(model: &Model, name: &str, population: Population<'_>, span: Span) -> Option<Diagnostic> {
    let cell = population.cell_component()?;
    let names: Vec<&str> = model
        .types()
        .line(cell.ty()?)
        .flat_map(|ty| ty.attachments.iter())
        .map(|place| place.name.as_str())
        .collect();
    // A cell that takes nothing is told by another rule.
    if names.is_empty() || names.contains(&name) {
        return None;
    }
    let message = format!(
        "the destination is `{name}`, which the cells of `{}` do not have",
        population.id().unwrap_or("?")
    );
    Some(
        Diagnostic::new(&RULE, span, message)
            .label("no such attachment point")
            .also(cell.id_span(), "the cell")
            .help(format!("write `destination=\"{}\"`", names[0])),
    )
}
