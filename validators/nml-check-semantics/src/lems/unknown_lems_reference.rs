//! `NML0766` unknown-lems-reference.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, ComponentRef, Model};
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0766",
    "unknown-lems-reference",
    Lems,
    Error,
    "a reference names a component that does not exist"
);

use crate::lems::own;

/// Component references and links of LEMS components find their target.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    let mut candidates: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut siblings: FxHashMap<ComponentRef, FxHashMap<&str, Component<'_>>> =
        FxHashMap::default();
    for component in own::components(model) {
        let Some(ty) = component.ty() else { continue };
        // What stands in a standard network is looked at by the rules on NeuroML.
        let standard = types.document_of(ty).is_none();
        if standard && !component.is_a("Simulation") {
            continue;
        }
        for reference in types.references(ty) {
            let Some(attribute) = component.attribute(&reference.name) else { continue };
            let target = attribute.value().trim_ascii();
            // Paths are settled when instances are built; the target of a simulation has a rule of its own.
            if target.contains('/') || component.is_a("Simulation") {
                continue;
            }
            let mut outer = component.ancestors();
            let near = outer.find_map(|around| {
                let inside = siblings.entry(around.handle()).or_insert_with(|| {
                    around.children().filter_map(|c| Some((c.id()?, c))).collect()
                });
                inside.get(target).copied()
            });
            let found = near.or_else(|| model.find(target));
            let Some(found) = found else {
                // Looked up once per type, however many references fail.
                let all = candidates.entry(reference.ty.as_str()).or_insert_with(|| {
                    let fits = |c: &Component<'_>| reference.ty.is_empty() || c.is_a(&reference.ty);
                    model.top_level().filter(fits).filter_map(Component::id).collect()
                });
                let help = own::meant(target, all.iter().copied()).unwrap_or_else(|| {
                    format!("add a component of type `{}` with that `id`", reference.ty)
                });
                let message = format!("there is no component `{target}`");
                sink.push(
                    Diagnostic::new(&RULE, attribute.value_span(), message)
                        .label("not found")
                        .help(help),
                );
                continue;
            };
            let known = types.named(&reference.ty).is_some();
            if reference.is_any || !known || found.ty().is_none() || found.is_a(&reference.ty) {
                continue;
            }
            let message = format!(
                "`{}` of {} needs a `{}`, but `{target}` is a `{}`",
                reference.name,
                own::shown(component),
                reference.ty,
                found.ty().map_or("", |t| types.get(t).name.as_str())
            );
            sink.push(
                Diagnostic::new(&RULE, attribute.value_span(), message)
                    .label("of another type")
                    .also(found.id_span(), "this component")
                    .help(format!(
                        "name a component whose type is, or extends, `{}`",
                        reference.ty
                    )),
            );
        }
    }
}
