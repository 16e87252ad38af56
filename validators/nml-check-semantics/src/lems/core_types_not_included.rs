//! `NML0768` core-types-not-included.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0768",
    "core-types-not-included",
    Lems,
    Error,
    "a LEMS file uses core types of NeuroML that nothing includes"
);

/// One finding for the whole file: everything else is checked as if the core types were there.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let Some(span) = model.core_types_assumed() else { return };
    let Some(file) = model.sources().get(span.file) else { return };
    let message = format!(
        "`{}` belongs to the core types of NeuroML, which are not included",
        file.slice(span)
    );
    sink.push(Diagnostic::new(&RULE, span, message).label("first used here").help(
        "add `<Include file=\"NeuroML2CoreTypes.xml\"/>`; if this file is a part of a larger model, check the \
         file that includes it instead",
    ));
}
