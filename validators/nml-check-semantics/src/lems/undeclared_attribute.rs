//! `NML0764` undeclared-attribute.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0764",
    "undeclared-attribute",
    Lems,
    Warn,
    "a component has an attribute that its type does not know"
);

use crate::lems::own;

/// Attributes that have a meaning on every component.
const COMMON: &[&str] =
    &["id", "type", "name", "extends", "description", "neuroLexId", "metaid", "eXtends"];

/// Each attribute is a parameter, text, path, link or reference of the type.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for component in own::components(model) {
        let Some(ty) = component.ty().filter(|&ty| own::is_whole(model, ty)) else { continue };
        let mut known: Option<Vec<&str>> = None;
        for attribute in component.element().attributes() {
            if COMMON.contains(&attribute.name()) || !attribute.namespace().is_empty() {
                continue;
            }
            let known = known.get_or_insert_with(|| names(component, ty));
            if known.contains(&attribute.name()) {
                continue;
            }
            let message =
                format!("`{}` means nothing to {}", attribute.name(), own::shown(component));
            let help = own::meant_or_list(attribute.name(), "its attributes are", known)
                .unwrap_or_else(|| "remove it, or declare it in the component type".to_owned());
            sink.push(
                Diagnostic::new(&RULE, attribute.name_span(), message)
                    .label("not declared")
                    .help(help),
            );
        }
    }
}

fn names(component: Component<'_>, ty: TypeId) -> Vec<&str> {
    let types = component.model().types();
    let mut found: Vec<&str> = Vec::new();
    for at in types.line(ty) {
        found.extend(at.parameters.iter().map(|x| x.name.as_str()));
        found.extend(at.index_parameters.iter().map(|x| x.name.as_str()));
        found.extend(at.integer_parameters.iter().map(|x| x.name.as_str()));
        found.extend(at.path_parameters.iter().map(|x| x.name.as_str()));
        found.extend(at.properties.iter().map(|x| x.name.as_str()));
        found.extend(at.component_references.iter().map(|x| x.name.as_str()));
        found.extend(at.component_type_references.iter().map(|x| x.name.as_str()));
        found.extend(at.links.iter().map(|x| x.name.as_str()));
        // Texts and paths are not inherited, but an attribute an ancestor knows is no slip.
        found.extend(at.texts.iter().map(|x| x.name.as_str()));
        found.extend(at.paths.iter().map(|x| x.name.as_str()));
        found.extend(at.component_requirements.iter().map(|x| x.name.as_str()));
        found.extend(at.instance_requirements.iter().map(|x| x.name.as_str()));
        found.extend(at.children.iter().filter(|c| !c.many).map(|x| x.name.as_str()));
    }
    found
}
