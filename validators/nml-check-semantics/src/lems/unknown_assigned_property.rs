//! `NML0747` unknown-assigned-property.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{Assign, Build, Structure, Text};
use nml_model::{Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0747",
    "unknown-assigned-property",
    Lems,
    Error,
    "a structure sets a property that what it builds does not have"
);

use crate::lems::own;

/// The property of an `Assign` is one of the built type, or of one that extends it.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for (id, ty) in own::whole_types(model) {
        let Some(structure) = &ty.structure else { continue };
        for (component, ty_name, assigns) in builds(structure) {
            let reference = component.and_then(|name| {
                let references = types.references(id);
                let of = references.iter().find(|r| r.name == *name).map(|r| r.ty.as_str());
                of.or_else(|| {
                    types.children(id).iter().find(|c| c.name == *name).map(|c| c.ty.as_str())
                })
            });
            let built = ty_name.map(Text::as_str).or(reference).and_then(|name| types.named(name));
            let Some(built) = built else { continue };
            let (mut known, owner) = (Vec::new(), types.get(built).name.as_str());
            for other in types.names().filter_map(|name| types.named(name)) {
                if types.is_a(other, owner) {
                    known.extend(types.get(other).properties.iter().map(|p| p.name.as_str()));
                }
            }
            for assign in assigns {
                report(model, built, &assign.property, &known, sink);
            }
        }
    }
}

fn report(model: &Model, built: TypeId, property: &Text, known: &[&str], sink: &mut Diagnostics) {
    let Some(span) = property.span.filter(|_| !property.is_empty()) else { return };
    if known.contains(&property.as_str()) {
        return;
    }
    let owner = &model.types().get(built).name;
    let message =
        format!("neither `{owner}` nor a type that extends it has a property `{property}`");
    let help = own::meant(property, known.iter().copied()).unwrap_or_else(|| {
        format!("add `<Property name=\"{property}\" dimension=\"…\"/>` to `{owner}`")
    });
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown property").help(help));
}

type Built<'m> = (Option<&'m Text>, Option<&'m Text>, &'m [Assign]);

/// Orders that set properties of one component or type, without recursion.
fn builds(structure: &Structure) -> Vec<Built<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<&Build> = structure.items.iter().rev().collect();
    while let Some(item) = open.pop() {
        match item {
            Build::ChildInstance(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref(), &*x.assigns));
            }
            Build::MultiInstantiate(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref(), &*x.assigns));
            }
            Build::CoInstantiate(x) => {
                found.push((x.component.as_ref(), x.component_type.as_ref(), &*x.assigns));
            }
            Build::EventConnection(x) => found.push((x.receiver.as_ref(), None, &*x.assigns)),
            Build::Tunnel(x) => {
                found.push((Some(&x.component_a), None, &*x.assigns));
                found.push((Some(&x.component_b), None, &*x.assigns));
            }
            Build::ForEach(x) => open.extend(x.body.iter().rev()),
            Build::With(x) => open.extend(x.body.iter().rev()),
            Build::GatherPairs(x) => open.extend(x.body.iter().rev()),
            Build::Choose(x) => open.extend(x.body.iter().rev()),
            Build::If(x) => open.extend(x.body.iter().rev()),
            Build::Apply(x) => open.extend(x.body.iter().rev()),
            Build::PairsEventConnection(_)
            | Build::Gather(_)
            | Build::PairFilter(_)
            | Build::IncludePair(_) => {}
        }
    }
    found
}
