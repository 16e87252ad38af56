//! `NML0516` cannot-attach.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_lems::Attachments;
use nml_model::views::{Network, Population, ProjectionKind};
use nml_model::{Component, Model};

use super::sides::sides;
use crate::rule::rule;

rule!(
    "NML0516",
    "cannot-attach",
    Networks,
    Error,
    "a synapse or an input is attached to a cell that has no place for it"
);

/// A cell takes what one of the `Attachments` of its component type takes.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for projection in network.projections() {
            let owner = projection.component();
            let named = |name: &str| owner.attr(name).and_then(|id| model.find(id));
            match projection.kind() {
                ProjectionKind::Chemical => {
                    let (Some(synapse), Some(post)) = (named("synapse"), projection.post()) else {
                        continue;
                    };
                    sink.extend(look(model, synapse, post, owner.span_of("synapse")));
                }
                ProjectionKind::Electrical | ProjectionKind::Continuous => {
                    let Some(table) = owner.connections() else { continue };
                    let names = table.component_names().filter_map(|id| model.find(id));
                    for synapse in names {
                        let ends = [projection.pre(), projection.post()].into_iter().flatten();
                        sink.extend(
                            ends.take(2).find_map(|end| look(model, synapse, end, owner.id_span())),
                        );
                    }
                }
            }
        }
        for list in network.input_lists() {
            let component = list.attr("component").and_then(|id| model.find(id));
            let population = list.attr("population").and_then(|id| network.population(id));
            if let (Some(component), Some(population)) = (component, population) {
                sink.extend(look(model, component, population, list.span_of("component")));
            }
        }
        singles(model, network, sink);
    }
}

/// `<explicitInput>` and `<synapticConnection>`.
fn singles(model: &Model, network: Network<'_>, sink: &mut Diagnostics) {
    for side in sides(network) {
        let attribute = match side.owner.name() {
            "explicitInput" => "input",
            "synapticConnection" | "synapticConnectionWD"
                if side.name(0, super::sides::RowAttribute::Cell) == "to" =>
            {
                "synapse"
            }
            _ => continue,
        };
        let Some(what) = side.owner.attr(attribute).and_then(|id| model.find(id)) else { continue };
        let Some(form) = side.refs.forms().first() else { continue };
        let Some(population) = side.population(form) else { continue };
        // A spike source sends events to a port and is attached to nothing.
        if !what.is_a("baseSpikeSource") {
            sink.extend(look(model, what, population, side.owner.span_of(attribute)));
        }
    }
}

/// Whether `what` finds a place on the cells of a population.
fn look(
    model: &Model,
    what: Component<'_>,
    population: Population<'_>,
    span: Span,
) -> Option<Diagnostic> {
    let types = model.types();
    let (what_type, cell) = (what.ty()?, population.cell_component()?);
    let cell_type = cell.ty()?;
    let places: Vec<&Attachments> =
        types.line(cell_type).flat_map(|ty| ty.attachments.iter()).collect();
    // Instances are attached by the name of the place; its declared type matters only in that currents
    // with and without dimension cannot be added up.
    let same_family = |ty: &str| {
        let family = ["basePointCurrent", "basePointCurrentDL"];
        let place = types.named(ty);
        family.iter().any(|f| types.is_a(what_type, f) && place.is_some_and(|p| types.is_a(p, f)))
    };
    let is_cell = types.is_a(cell_type, "baseCell") || types.is_a(cell_type, "baseSpikeSource");
    let fits = |place: &&Attachments| types.is_a(what_type, &place.ty) || same_family(&place.ty);
    if !is_cell || places.iter().any(fits) {
        return None;
    }
    let message = format!(
        "`{}` of type `{}` cannot be attached to the cells of `{}`",
        what.id().unwrap_or("?"),
        types.get(what_type).name.as_str(),
        population.id().unwrap_or("?")
    );
    let ty = types.get(cell_type).name.as_str();
    let help = match places.first() {
        Some(place) => {
            format!("cells of type `{ty}` take components of type `{}`", place.ty.as_str())
        }
        None => format!("cells of type `{ty}` take nothing; use another kind of cell"),
    };
    Some(
        Diagnostic::new(&RULE, span, message)
            .label("has no place there")
            .also(cell.id_span(), format!("a `{ty}`"))
            .help(help),
    )
}
