//! `NML0502` unknown-population.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_model::Model;
use nml_model::table::CellRefStyle;
use nml_model::views::Network;

use super::sides::{RowAttribute, sides};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0502",
    "unknown-population",
    Networks,
    Error,
    "a connection or an input names a population that the network does not have"
);

/// Attributes that name a population outright.
const ATTRIBUTES: [(&str, &str); 7] = [
    ("projection", "presynapticPopulation"),
    ("projection", "postsynapticPopulation"),
    ("electricalProjection", "presynapticPopulation"),
    ("electricalProjection", "postsynapticPopulation"),
    ("continuousProjection", "presynapticPopulation"),
    ("continuousProjection", "postsynapticPopulation"),
    ("inputList", "population"),
];

/// Populations are looked up in the network around.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        for part in network.component().children() {
            for (_, attribute) in ATTRIBUTES.iter().filter(|(name, _)| *name == part.name()) {
                let Some(id) = part.attr(attribute) else { continue };
                if network.population(id).is_none() {
                    let what = format!("`{attribute}` of `{}`", part.shown());
                    sink.push(report(network, id, &what, part.span_of(attribute)));
                }
            }
        }
        for side in sides(network) {
            let own = side.own_attribute.and_then(|name| side.owner.attr(name));
            // A name that is wrong in the owner as well is told there.
            let lost: Vec<bool> = side
                .refs
                .forms()
                .iter()
                .map(|form| {
                    matches!(form.style, CellRefStyle::Path | CellRefStyle::Bracket)
                        && own != Some(&form.population)
                        && network.population(&form.population).is_none()
                })
                .collect();
            if !lost.contains(&true) {
                continue;
            }
            let mut found = Folded::new(sink);
            for row in 0..side.len() {
                if !lost.get(side.refs.form_index(row)).copied().unwrap_or(false) {
                    continue;
                }
                let Some(cell) = side.refs.get(row) else { continue };
                found.push(|| {
                    let what = format!("`{}`", side.text(row, RowAttribute::Cell));
                    report(
                        network,
                        &cell.form.population,
                        &what,
                        side.span(row, RowAttribute::Cell),
                    )
                });
            }
        }
    }
}

fn report(network: Network<'_>, id: &str, what: &str, span: Span) -> Diagnostic {
    let names = || network.populations().filter_map(nml_model::views::Population::id);
    let help = if let Some(near) = nml_base::nearest(id, names()) {
        format!("did you mean `{near}`?")
    } else {
        let some: Vec<_> = names().take(4).collect();
        let more = if names().count() > 4 { ", …" } else { "" };
        format!("populations of this network: `{}`{more}", some.join("`, `"))
    };
    let message = format!("{what} names population `{id}`, which the network does not have");
    Diagnostic::new(&RULE, span, message).label("not found").help(help)
}
