//! `NML0519` unknown-region.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use crate::rule::rule;

rule!(
    "NML0519",
    "unknown-region",
    Networks,
    Error,
    "a region, a layout or a population names a part of the network that does not exist"
);

/// Elements, their attribute, and the elements of the network it names.
const PLACES: [(&str, &str, &str); 4] = [
    ("region", "space", "space"),
    ("layout", "space", "space"),
    ("random", "region", "region"),
    ("population", "extracellularProperties", "extracellularProperties"),
];

/// Spaces, regions and extracellular properties are looked up in the network around.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for network in model.networks() {
        let network = network.component();
        // Both kinds stand directly in the network, in a population, or in its layout.
        let layouts = network.children_named("population").flat_map(Component::children);
        let inner = layouts.flat_map(|l| std::iter::once(l).chain(l.children()));
        for part in network.children().chain(inner) {
            for (element, attribute, target) in PLACES {
                let Some(name) = part.attr(attribute).filter(|_| part.name() == element) else {
                    continue;
                };
                let names = || network.children_named(target).filter_map(Component::id);
                if names().any(|n| n == name) {
                    continue;
                }
                // Extracellular properties may stand on their own as well.
                if model.find_all(name).any(|c| c.name() == target) {
                    continue;
                }
                let help = match nml_base::nearest(name, names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("add `<{target} id=\"{name}\">` to the network"),
                };
                let message =
                    format!("`{}` names the {target} `{name}`, which does not exist", part.shown());
                sink.push(
                    Diagnostic::new(&RULE, part.span_of(attribute), message)
                        .label("not found")
                        .help(help),
                );
            }
        }
    }
}
