//! `NML0769` too-many-ancestors.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{MAX_ANCESTORS, Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0769",
    "too-many-ancestors",
    Lems,
    Error,
    "a component type has more ancestors than are followed"
);

use crate::lems::own;

/// Whether the line of ancestors goes on where the model stops following it.
fn is_cut(model: &Model, id: TypeId) -> bool {
    let types = model.types();
    let line = types.lineage(id);
    let next = line.last().and_then(|&oldest| types.parent(oldest));
    line.len() >= MAX_ANCESTORS && next.is_some_and(|next| !line.contains(&next))
}

/// Told once per line, at the first type that is too far from its beginning.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::types(model).filter(|&(id, _)| is_cut(model, id)) {
        if model.types().parent(id).is_none_or(|parent| is_cut(model, parent)) {
            continue;
        }
        let Some(span) = ty.extends.as_ref().and_then(|extends| extends.span) else { continue };
        let limit = MAX_ANCESTORS - 1;
        let message = format!("`{}` has more than {limit} ancestors", ty.name);
        sink.push(
            Diagnostic::new(&RULE, span, message)
                .label("not followed to its end")
                .help("extend fewer types in a row: join some that nothing else extends"),
        );
    }
}
