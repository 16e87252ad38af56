//! `NML0739` broken-kinetic-scheme.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{KineticScheme, Text};
use nml_model::{Model, NameKind, Scope, TypeId};

use crate::rule::rule;

rule!(
    "NML0739",
    "broken-kinetic-scheme",
    Lems,
    Error,
    "a kinetic scheme names parts that do not exist"
);

use crate::lems::own;

/// Nodes and edges are children, and have the variables, links and rates the scheme names.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        for scheme in ty.dynamics.iter().flat_map(|d| d.kinetic_schemes.iter()) {
            let nodes = children(model, id, &scheme.nodes, sink);
            let edges = children(model, id, &scheme.edges, sink);
            if let Some(node) = nodes {
                state(model, node, scheme, sink);
            }
            if let Some(edge) = edges {
                parts(model, edge, scheme, sink);
            }
        }
    }
}

/// The type of the children of that name.
fn children(model: &Model, id: TypeId, name: &Text, sink: &mut Diagnostics) -> Option<TypeId> {
    let types = model.types();
    let slots = types.children(id);
    if let Some(slot) = slots.iter().find(|slot| slot.name == *name) {
        return types.named(&slot.ty);
    }
    let names: Vec<&str> = slots.iter().map(|s| s.name.as_str()).collect();
    report(types.get(id).name.as_str(), "children", name, &names, sink);
    None
}

fn state(model: &Model, node: TypeId, scheme: &KineticScheme, sink: &mut Diagnostics) {
    let scope = Scope::of(model, node);
    let states = scope.iter().filter(|n| n.kind == NameKind::StateVariable);
    let states: Vec<&str> = states.map(|n| n.name).collect();
    if !states.contains(&scheme.state_variable.as_str()) {
        let owner = model.types().get(node).name.as_str();
        report(owner, "state variable", &scheme.state_variable, &states, sink);
    }
}

fn parts(model: &Model, edge: TypeId, scheme: &KineticScheme, sink: &mut Diagnostics) {
    let types = model.types();
    let owner = types.get(edge).name.as_str();
    let links: Vec<&str> = types.references(edge).iter().map(|r| r.name.as_str()).collect();
    for link in [&scheme.edge_source, &scheme.edge_target] {
        if !links.contains(&link.as_str()) {
            report(owner, "link", link, &links, sink);
        }
    }
    let exposures: Vec<&str> = types.exposures(edge).iter().map(|e| e.name.as_str()).collect();
    for rate in [&scheme.forward_rate, &scheme.reverse_rate] {
        if !exposures.contains(&rate.as_str()) {
            report(owner, "exposure", rate, &exposures, sink);
        }
    }
}

fn report(owner: &str, what: &str, name: &Text, names: &[&str], sink: &mut Diagnostics) {
    let Some(span) = name.span.filter(|_| !name.is_empty()) else { return };
    let message = format!("`{owner}` has no {what} `{name}`, which the kinetic scheme needs");
    let help = own::meant_or_list(name, "it has", names);
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown").maybe_help(help));
}
