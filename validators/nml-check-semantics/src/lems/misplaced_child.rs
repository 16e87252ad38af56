//! `NML0765` misplaced-child.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Model, Role, TypeId};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0765",
    "misplaced-child",
    Lems,
    Error,
    "a component holds an element it has no place for"
);

use crate::lems::own;

/// Elements inside a component fill one of its slots.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    if !own::any_is_ours(model) {
        return;
    }
    let types = model.types();
    let mut helps: FxHashMap<(TypeId, &str), Option<String>> = FxHashMap::default();
    for component in model.components() {
        if component.role() != Role::Unplaced {
            continue;
        }
        let Some(parent) = component.parent() else { continue };
        let Some(outer) = parent.ty().filter(|&ty| own::is_whole(model, ty)) else { continue };
        if !own::is_ours(parent)
            || matches!(
                component.name(),
                "property" | "notes" | "annotation" | "Meta" | "Insertion"
            )
        {
            continue;
        }
        let slots = types.children(outer);
        let names: Vec<&str> =
            slots.iter().map(|s| s.name.as_str()).filter(|n| !n.is_empty()).collect();
        let message = match types.named(component.name()) {
            Some(_) => {
                format!("{} has no place for a `<{}>`", own::shown(parent), component.name())
            }
            None => format!(
                "{} has no child `<{}>`, and there is no such component type",
                own::shown(parent),
                component.name()
            ),
        };
        // The same slip a thousand times is looked up once.
        let help = helps.entry((outer, component.name())).or_insert_with(|| {
            let candidates = names.iter().copied().chain(types.names());
            own::meant(component.name(), candidates).or_else(|| {
                (!names.is_empty())
                    .then(|| format!("it has places for {}", own::list(names.iter().copied())))
            })
        });
        sink.push(
            Diagnostic::new(&RULE, component.element().name_span(), message)
                .label("not allowed here")
                .maybe_help(help.clone()),
        );
    }
}
