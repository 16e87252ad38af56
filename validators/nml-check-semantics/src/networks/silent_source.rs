//! `NML0518` silent-source.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Direction;
use nml_model::views::{Population, ProjectionKind};
use nml_model::{Component, Model};

use super::sides::{RowAttribute, sides};
use crate::rule::rule;

rule!(
    "NML0518",
    "silent-source",
    Networks,
    Error,
    "spikes are taken from cells that cannot send any"
);

/// A connection needs an outgoing event port at its source.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for projection in network.projections() {
            if projection.kind() != ProjectionKind::Chemical || projection.connections().is_none() {
                continue;
            }
            if let Some(pre) = projection.pre() {
                sink.extend(look(model, pre, projection.component(), "presynapticPopulation"));
            }
        }
        for side in sides(network) {
            if side.name(0, RowAttribute::Cell) != "from" {
                continue;
            }
            let population = side.refs.forms().first().and_then(|form| side.population(form));
            sink.extend(population.and_then(|p| look(model, p, side.owner, "from")));
        }
    }
}

fn look(
    model: &Model,
    population: Population<'_>,
    owner: Component<'_>,
    attribute: &str,
) -> Option<Diagnostic> {
    let cell = population.cell_component()?;
    let ty = cell.ty()?;
    let ports = model.types().event_ports(ty);
    if ports.iter().any(|port| port.direction == Direction::Out) {
        return None;
    }
    let name = model.types().get(ty).name.as_str();
    let message = format!(
        "the cells of `{}` are of type `{name}`, which sends no spikes",
        population.id().unwrap_or("?")
    );
    Some(
        Diagnostic::new(&RULE, owner.span_of(attribute), message)
            .label("no outgoing event port")
            .also(cell.id_span(), "the cell")
            .help("use cells that spike, or a `<continuousProjection>`"),
    )
}
