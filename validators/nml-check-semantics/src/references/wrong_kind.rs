//! `NML0203` wrong-kind.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::targets;
use crate::rule::rule;

rule!(
    "NML0203",
    "wrong-kind",
    References,
    Error,
    "an attribute names a component of a kind that cannot stand there"
);

/// A reference has to lead to a component of the declared type, or of one that extends it.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    targets::for_each(model, |target| {
        let Some(found) = model.find(target.id) else { return };
        if model.find_all(target.id).any(|c| targets::fits(c, &target.kinds)) {
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
                .help(targets::advice(model, target.id, &target.kinds)),
        );
    });
}
