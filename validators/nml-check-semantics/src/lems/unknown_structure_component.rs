//! `NML0744` unknown-structure-component.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{Build, Structure, Text};
use nml_model::{Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0744",
    "unknown-structure-component",
    Lems,
    Error,
    "a structure builds something that its type does not have"
);

use crate::lems::own;

/// What is built is a reference, link or child of the type; named types exist.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        if let Some(structure) = &ty.structure {
            for (component, ty_name) in built(structure) {
                if let Some(name) = component {
                    member(model, id, name, sink);
                }
                if let Some(name) = ty_name {
                    type_name(model, name, sink);
                }
            }
        }
    }
}

/// Names of components and of component types, from all orders, without recursion.
fn built(structure: &Structure) -> Vec<(Option<&Text>, Option<&Text>)> {
    let mut found = Vec::new();
    let mut open: Vec<&Build> = structure.items.iter().rev().collect();
    while let Some(item) = open.pop() {
        match item {
            Build::ChildInstance(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref()));
            }
            Build::MultiInstantiate(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref()));
            }
            Build::CoInstantiate(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref()));
            }
            Build::EventConnection(x) => found.push((x.receiver.as_ref(), None)),
            Build::PairsEventConnection(x) => found.push((x.receiver.as_ref(), None)),
            Build::Tunnel(x) => {
                found.push((Some(&x.component_a), None));
                found.push((Some(&x.component_b), None));
            }
            Build::ForEach(x) => open.extend(x.body.iter().rev()),
            Build::With(x) => open.extend(x.body.iter().rev()),
            Build::GatherPairs(x) => open.extend(x.body.iter().rev()),
            Build::Choose(x) => open.extend(x.body.iter().rev()),
            Build::If(x) => open.extend(x.body.iter().rev()),
            Build::Apply(x) => open.extend(x.body.iter().rev()),
            Build::Gather(_) | Build::PairFilter(_) | Build::IncludePair(_) => {}
        }
    }
    found
}

fn member(model: &Model, id: TypeId, name: &Text, sink: &mut Diagnostics) {
    // A path leads to another component, which is known only when the structure is built.
    if name.is_empty() || name.contains(['/', '.']) {
        return;
    }
    let types = model.types();
    let ty = types.get(id);
    let mut names: Vec<&str> = types.references(id).iter().map(|r| r.name.as_str()).collect();
    names.extend(types.children(id).iter().map(|c| c.name.as_str()));
    names.extend(
        types.line(id).flat_map(|t| t.component_type_references.iter()).map(|r| r.name.as_str()),
    );
    names.extend(ty.component_requirements.iter().map(|r| r.name.as_str()));
    names.extend(types.line(id).flat_map(|t| t.path_parameters.iter()).map(|r| r.name.as_str()));
    names.extend(ty.paths.iter().map(|r| r.name.as_str()));
    if names.contains(&name.as_str()) {
        return;
    }
    let Some(span) = name.span else { return };
    let message = format!("`{}` has no reference or child `{name}` to build from", ty.name);
    let help = own::meant_or_list(name, "it has", &names);
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown").maybe_help(help));
}

fn type_name(model: &Model, name: &Text, sink: &mut Diagnostics) {
    let types = model.types();
    let Some(span) = name.span.filter(|_| !name.is_empty()) else { return };
    // A component type may also be named by a reference of the building component.
    if types.named(name).is_some()
        || types
            .own()
            .any(|id| types.get(id).component_type_references.iter().any(|r| r.name == *name))
    {
        return;
    }
    let message = format!("there is no component type `{name}` to build from");
    let help = own::meant(name, types.names());
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown type").maybe_help(help));
}
