//! `NML0720` unknown-extended-type.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0720",
    "unknown-extended-type",
    Lems,
    Error,
    "a component type extends a type that does not exist"
);

use crate::lems::own;

/// Each `extends` names a type in force.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for (_, ty) in own::types(model) {
        let Some(extends) = &ty.extends else { continue };
        let Some(span) = extends.span.filter(|_| types.named(extends).is_none()) else { continue };
        let message = format!("`{}` extends `{extends}`, which does not exist", ty.name);
        let help = own::meant(extends, types.names())
            .unwrap_or_else(|| "define that type, or include the file that does".to_owned());
        sink.push(Diagnostic::new(&RULE, span, message).label("unknown type").help(help));
    }
}
