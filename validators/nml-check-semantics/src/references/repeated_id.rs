//! `NML0201` repeated-id.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0201",
    "repeated-id",
    References,
    Error,
    "two components of one model have the same identifier"
);

/// Components at the top of the documents share one space of identifiers.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, Component<'_>> = FxHashMap::default();
    for component in model.top_level() {
        let Some(id) = component.id() else { continue };
        if let Some(earlier) = first.get(id) {
            sink.push(report(component, *earlier, id));
        } else {
            first.insert(id, component);
        }
    }
}

fn report(component: Component<'_>, earlier: Component<'_>, id: &str) -> Diagnostic {
    let message = format!(
        "the identifier `{id}` is used by `<{}>` and by `<{}>`",
        earlier.name(),
        component.name()
    );
    Diagnostic::new(&RULE, component.id_span(), message)
        .label("used again here")
        .also(earlier.id_span(), "first used here")
        .help("give one of them another `id`; references to it have to follow")
}
