//! `NML0203` wrong-kind.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, DocumentKind, Model};

use super::targets::{self, Target};
use crate::rule::rule;

rule!(
    "NML0203",
    "wrong-kind",
    References,
    Error,
    "an attribute names a component of a kind that cannot stand there"
);

/// Cells, synapses and channels: what a NeuroML document alone can only take from NeuroML documents.
const BY_NEUROML: [&str; 3] = ["component", "synapse", "ionChannel"];

/// Synapses of single connections, which the reference validator looks up nowhere: it only refuses to read
/// the LEMS file that has them.
const BY_LEMS: [&str; 2] = ["preComponent", "postComponent"];

/// Whether a NeuroML document, checked by itself, names a component that its own grammar cannot hold: one
/// of a user's component type, in whatever file.  Reached through a LEMS file, it may.
fn is_lems_only(model: &Model, target: &Target<'_>, found: Component<'_>) -> bool {
    let types = model.types();
    let is_own = |name: &str| types.named(name).is_some_and(|ty| types.document_of(ty).is_some());
    model.root().kind == DocumentKind::NeuroMl
        && target.holder.document().kind == DocumentKind::NeuroMl
        && (BY_NEUROML.contains(&&*target.attribute)
            || found.document().kind == DocumentKind::Lems && BY_LEMS.contains(&&*target.attribute))
        && (found.name() == "Component" || is_own(found.name()))
}

/// A reference has to lead to a component of the declared type, or of one that extends it.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    targets::for_each(model, |target| {
        let Some(found) = model.find(target.id) else { return };
        if model.find_all(target.id).any(|c| targets::fits(c, &target.kinds)) {
            if is_lems_only(model, &target, found) {
                let message = format!(
                    "{} names `{}`, a `<{}>`, which is not an element of NeuroML 2",
                    target.shown(),
                    target.id,
                    found.name()
                );
                sink.push(
                    Diagnostic::new(&RULE, target.span, message)
                        .label("needs LEMS")
                        .also(found.id_span(), "of a component type of its own")
                        .help("check this document through the LEMS file that includes it"),
                );
            }
            return;
        }
        let ty = found.ty().map_or(found.name(), |ty| model.types().get(ty).name.as_str());
        let message = format!(
            "{} names `{}` of type `{ty}`, expected {}",
            target.shown(),
            target.id,
            target.kinds_shown()
        );
        sink.push(
            Diagnostic::new(&RULE, target.span, message)
                .label(format!("has to be {}", target.kinds_shown()))
                .also(found.id_span(), format!("this is a `{ty}`"))
                .help(targets::other_kind(model, target.id, &target.kinds)),
        );
    });
}
