//! `NML0202` unknown-reference.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use rustc_hash::FxHashMap;

use super::targets;
use crate::rule::rule;

rule!(
    "NML0202",
    "unknown-reference",
    References,
    Error,
    "an attribute names a component that the model does not have"
);

/// References are looked up among the components at the top of all documents.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut advice: FxHashMap<(&str, String), String> = FxHashMap::default();
    targets::for_each(model, |target| {
        if model.find(target.id).is_some() {
            return;
        }
        let help = advice
            .entry((target.id, target.kinds_shown()))
            .or_insert_with(|| targets::advice(model, target.id, &target.kinds));
        let message = format!("{} names `{}`, which does not exist", target.shown(), target.id);
        sink.push(Diagnostic::new(&RULE, target.span, message).label("not found").help(&**help));
    });
}
