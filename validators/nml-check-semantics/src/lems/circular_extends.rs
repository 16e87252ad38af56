//! `NML0721` circular-extends.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Model, TypeId};
use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::rule::rule;

rule!("NML0721", "circular-extends", Lems, Error, "component types extend each other in a circle");

use crate::lems::own;

/// No type is its own ancestor.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    let mut graph: DiGraphMap<TypeId, ()> = DiGraphMap::new();
    for (id, ty) in own::types(model) {
        if let Some(parent) = ty.extends.as_ref().and_then(|name| types.named(name)) {
            graph.add_edge(id, parent, ());
        }
    }
    for mut circle in kosaraju_scc(&graph) {
        circle.sort_unstable();
        let Some(&first) = circle.first() else { continue };
        if circle.len() == 1 && !graph.contains_edge(first, first) {
            continue;
        }
        let Some(extends) = &types.get(first).extends else { continue };
        let Some(span) = extends.span else { continue };
        let names: Vec<&str> = circle.iter().map(|&id| types.get(id).name.as_str()).collect();
        let message = match names.as_slice() {
            [only] => format!("`{only}` extends itself"),
            names => format!(
                "component types extend each other in a circle: {}",
                own::list(names.iter().copied())
            ),
        };
        sink.push(
            Diagnostic::new(&RULE, span, message)
                .label("part of the circle")
                .help("remove one `extends` of the circle"),
        );
    }
}
