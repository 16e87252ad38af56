//! `NML0601` unknown-rate-type.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, DocumentKind, Model, TypeId, Types};

use super::parts;
use crate::rule::rule;

rule!(
    "NML0601",
    "unknown-rate-type",
    Channels,
    Error,
    "the `type` of a rate, time course, steady state or Q10 setting is unknown or does not fit"
);

/// `type` names a component type that is, or extends, the one the place asks for.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for part in parts(model) {
        let Some(name) = part.attr("type") else { continue };
        let Some(slot) = slot(types, part) else { continue };
        let lems = part.document().kind == DocumentKind::Lems;
        let message = match types.named(name) {
            // LEMS files have a rule of their own for this.
            None if lems => continue,
            None => format!("`type` of `<{}>` is `{name}`, which does not exist", part.name()),
            Some(ty) if !fits(types, ty, slot) => {
                format!("`type` of `<{}>` is `{name}`, expected a kind of `{slot}`", part.name())
            }
            Some(_) => continue,
        };
        let fitting =
            || types.names().filter(|n| types.named(n).is_some_and(|t| fits(types, t, slot)));
        let help = if let Some(near) = nml_base::nearest(name, fitting()) {
            format!("did you mean `{near}`?")
        } else {
            let concrete: Vec<_> = fitting().filter(|n| !n.starts_with("base")).take(4).collect();
            format!("what could stand here: `{}`", concrete.join("`, `"))
        };
        sink.push(
            Diagnostic::new(&RULE, part.span_of("type"), message)
                .label(format!("has to be a kind of `{slot}`"))
                .help(help),
        );
    }
}

/// Whether a type may stand where `slot` is asked for: it has to be a kind of it, or of the same family
/// (the rates of kinetic schemes are declared as `baseHHRate`, but any rate works).
fn fits(types: &Types, ty: TypeId, slot: &str) -> bool {
    let oldest = |id: TypeId| types.lineage(id).last().copied();
    types.is_a(ty, slot) || types.named(slot).is_some_and(|slot| oldest(slot) == oldest(ty))
}

/// The type that the place of a component asks for.
fn slot<'m>(types: &'m Types, part: Component<'m>) -> Option<&'m str> {
    let outer = part.parent()?.ty()?;
    let mut slots = types.line(outer).flat_map(|ty| ty.children.iter());
    slots.find(|slot| slot.name == *part.name()).map(|slot| slot.ty.as_str())
}
