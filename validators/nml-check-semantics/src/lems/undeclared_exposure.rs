//! `NML0728` undeclared-exposure.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{ComponentType, Text};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0728",
    "undeclared-exposure",
    Lems,
    Error,
    "a variable shows an exposure that its type does not have"
);

use crate::lems::own;

/// Each `exposure="…"` is declared by the type or an ancestor.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for (id, ty) in own::whole_types(model) {
        for exposure in shown(ty) {
            let Some(span) = exposure.span else { continue };
            if exposure.is_empty() || types.exposure(id, exposure).is_some() {
                continue;
            }
            let names = types.exposures(id);
            let help =
                own::meant(exposure, names.iter().map(|e| e.name.as_str())).unwrap_or_else(|| {
                    format!("add `<Exposure name=\"{exposure}\" dimension=\"…\"/>`")
                });
            let message = format!("`{}` has no exposure `{exposure}`", ty.name);
            sink.push(Diagnostic::new(&RULE, span, message).label("not declared").help(help));
        }
    }
}

fn shown(ty: &ComponentType) -> Vec<&Text> {
    let mut found: Vec<&Text> = Vec::new();
    if let Some(d) = &ty.dynamics {
        found.extend(d.state_variables.iter().filter_map(|v| v.exposure.as_ref()));
        found.extend(d.derived_variables.iter().filter_map(|v| v.exposure.as_ref()));
        found.extend(d.conditional_derived_variables.iter().filter_map(|v| v.exposure.as_ref()));
        for r in d.regimes.iter() {
            found.extend(r.state_variables.iter().filter_map(|v| v.exposure.as_ref()));
            found.extend(r.derived_variables.iter().filter_map(|v| v.exposure.as_ref()));
        }
    }
    found
}
