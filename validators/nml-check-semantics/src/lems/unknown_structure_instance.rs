//! `NML0745` unknown-structure-instance.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{Build, Structure, Text};
use nml_model::{Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0745",
    "unknown-structure-instance",
    Lems,
    Error,
    "a structure wires an instance that it has not named"
);

use crate::lems::own;

/// The ends of connections are names given by `With` or `ForEach`, or paths.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        if let Some(structure) = &ty.structure {
            let (names, ends) = walk(structure);
            for end in ends {
                report(model, id, end, &names, sink);
            }
        }
    }
}

/// Names given, and ends of wires, from all orders, without recursion.
fn walk(structure: &Structure) -> (Vec<&str>, Vec<&Text>) {
    let (mut names, mut ends) = (Vec::new(), Vec::new());
    let mut open: Vec<&Build> = structure.items.iter().rev().collect();
    while let Some(item) = open.pop() {
        match item {
            Build::With(x) => {
                names.push(x.name.as_str());
                open.extend(x.body.iter().rev());
            }
            Build::ForEach(x) => {
                names.extend(x.name.as_ref().map(Text::as_str));
                open.extend(x.body.iter().rev());
            }
            Build::EventConnection(x) => ends.extend([&x.from, &x.to]),
            Build::Tunnel(x) => ends.extend([&x.end_a, &x.end_b]),
            Build::GatherPairs(x) => open.extend(x.body.iter().rev()),
            Build::Choose(x) => open.extend(x.body.iter().rev()),
            Build::If(x) => open.extend(x.body.iter().rev()),
            Build::Apply(x) => open.extend(x.body.iter().rev()),
            Build::ChildInstance(_)
            | Build::MultiInstantiate(_)
            | Build::CoInstantiate(_)
            | Build::PairsEventConnection(_)
            | Build::Gather(_)
            | Build::PairFilter(_)
            | Build::IncludePair(_) => {}
        }
    }
    (names, ends)
}

fn report(model: &Model, id: TypeId, end: &Text, names: &[&str], sink: &mut Diagnostics) {
    let types = model.types();
    let ty = types.get(id);
    let is_path = end.contains(['/', '.', '[']) || matches!(end.as_str(), "this" | "parent" | "");
    let own_member = types.children(id).iter().any(|c| c.name == *end)
        || types.references(id).iter().any(|r| r.name == *end)
        || ty.paths.iter().any(|p| p.name == *end)
        || types.line(id).any(|t| t.path_parameters.iter().any(|p| p.name == *end))
        || ty.instance_requirements.iter().any(|p| p.name == *end);
    if is_path || own_member || names.contains(&end.as_str()) {
        return;
    }
    let Some(span) = end.span else { return };
    let message = format!("the structure of `{}` names no instance `{end}`", ty.name);
    let help = own::meant_or_list(end, "the names given are", names)
        .unwrap_or_else(|| format!("add `<With instance=\"…\" as=\"{end}\"/>` before it"));
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown instance").help(help));
}
