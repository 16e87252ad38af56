//! `NML0722` repeated-component-type.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_model::Model;
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0722",
    "repeated-component-type",
    Lems,
    Error,
    "two component types of one model have the same name"
);

use crate::lems::own;

/// Type names are unique, the standard's included.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, Option<Span>> = FxHashMap::default();
    for (_, ty) in own::types(model) {
        let Some(span) = ty.name.span else { continue };
        let name = ty.name.as_str();
        if model.types().is_standard(name) {
            let message = format!("the component type `{name}` is already defined by NeuroML");
            sink.push(
                Diagnostic::new(&RULE, span, message)
                    .label("defined again here")
                    .help("give it another name, and use that as the element or `type`"),
            );
        } else if let Some(earlier) = first.get(name) {
            let mut found = Diagnostic::new(
                &RULE,
                span,
                format!("the component type `{name}` is defined twice"),
            )
            .label("defined again here")
            .help("remove one of the two, or give it another name");
            if let Some(earlier) = *earlier {
                found = found.also(earlier, "first defined here");
            }
            sink.push(found);
        } else {
            first.insert(name, Some(span));
        }
    }
}
