//! `NML0724` unknown-member-type.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{ComponentType, Text};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0724",
    "unknown-member-type",
    Lems,
    Error,
    "a child, reference or attachment has a type that does not exist"
);

use crate::lems::own;

/// The types of slots, references, attachments and required instances exist.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for (_, ty) in own::types(model) {
        for (what, name, target) in members(ty) {
            if target.is_empty() || *target == "Component" || types.named(target).is_some() {
                continue;
            }
            let Some(span) = target.span else { continue };
            let message =
                format!("the {what} `{name}` of `{}` has the unknown type `{target}`", ty.name);
            let help = own::meant(target, types.names())
                .unwrap_or_else(|| "define that type, or include the file that does".to_owned());
            sink.push(Diagnostic::new(&RULE, span, message).label("unknown type").help(help));
        }
    }
}

fn members(ty: &ComponentType) -> Vec<(&'static str, &Text, &Text)> {
    let mut found: Vec<(&'static str, &Text, &Text)> = Vec::new();
    found.extend(ty.children.iter().map(|x| ("child", &x.name, &x.ty)));
    let references = ty.component_references.iter().filter(|x| !x.is_any);
    found.extend(references.map(|x| ("component reference", &x.name, &x.ty)));
    found.extend(ty.links.iter().filter(|x| !x.is_any).map(|x| ("link", &x.name, &x.ty)));
    found.extend(ty.attachments.iter().map(|x| ("attachment list", &x.name, &x.ty)));
    found.extend(ty.instance_requirements.iter().map(|x| ("required instance", &x.name, &x.ty)));
    found
}
