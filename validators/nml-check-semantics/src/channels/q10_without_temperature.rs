//! `NML0605` q10-without-temperature.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::views::Network;
use nml_model::{Component, Model};
use rustc_hash::FxHashSet;

use crate::rule::rule;

rule!(
    "NML0605",
    "q10-without-temperature",
    Channels,
    Warn,
    "a channel depends on temperature, but the network that uses it has none"
);

/// Follows populations to cells, cells to channels, channels to Q10 settings with a temperature.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        if network.component().attr("temperature").is_none() {
            sink.extend(look(model, network));
        }
    }
}

fn look(model: &Model, network: Network<'_>) -> Option<Diagnostic> {
    let mut seen = FxHashSet::default();
    for population in network.populations() {
        let Some(component) = population.cell_component() else { continue };
        if !seen.insert(component.handle()) {
            continue;
        }
        let densities = population.cell().and_then(nml_model::views::Cell::biophysics);
        let densities = densities.into_iter().flat_map(|b| b.densities().collect::<Vec<_>>());
        // Point cells made of channels hold them directly.
        let channels = densities.chain(component.children()).filter_map(|d| d.attr("ionChannel"));
        for channel in channels.filter_map(|id| model.find(id)) {
            if !seen.insert(channel.handle()) {
                continue;
            }
            if let Some(setting) = channel.descendants().find(|c| depends(*c)) {
                return Some(report(network, channel, setting));
            }
        }
    }
    None
}

fn depends(part: Component<'_>) -> bool {
    part.attr("experimentalTemp").is_some()
        && (part.name() == "q10Settings" || part.name().contains("q10"))
}

fn report(network: Network<'_>, channel: Component<'_>, setting: Component<'_>) -> Diagnostic {
    let message = format!(
        "channel `{}` depends on temperature, but `{}` has none",
        channel.id().unwrap_or("?"),
        network.component().shown()
    );
    Diagnostic::new(&RULE, network.component().id_span(), message)
        .label("no `temperature`")
        .also(setting.span_of("experimentalTemp"), "depends on temperature")
        .help("write `type=\"networkWithTemperature\" temperature=\"37degC\"` with the temperature of the model")
}
