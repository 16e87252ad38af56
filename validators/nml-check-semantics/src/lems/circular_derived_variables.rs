//! `NML0740` circular-derived-variables.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::Expr;
use nml_lems::{Source, Text};
use nml_model::Model;
use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0740",
    "circular-derived-variables",
    Lems,
    Error,
    "derived quantities depend on each other in a circle"
);

use crate::lems::own;

/// No derived variable or parameter needs its own value.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, _) in own::types(model) {
        let in_force = model.types().dynamics_in_force(id);
        let own_dynamics = model.types().get(id).dynamics.is_some();
        let mut items: Vec<(&Text, Vec<&Text>)> = Vec::new();
        for (_, d) in in_force.iter().filter(|_| own_dynamics) {
            for v in d.derived_variables.iter() {
                if let Source::Value(value) = &v.source {
                    items.push((&v.name, vec![value]));
                }
            }
            for v in d.conditional_derived_variables.iter() {
                let values = v.cases.iter().flat_map(|c| c.condition.iter().chain([&c.value]));
                items.push((&v.name, values.collect()));
            }
        }
        circles(&items, sink);
        let parameters = model.types().get(id).derived_parameters.iter();
        let parameters: Vec<(&Text, Vec<&Text>)> = parameters
            .filter_map(|p| match &p.source {
                Source::Value(value) => Some((&p.name, vec![value])),
                Source::Select(_) => None,
            })
            .collect();
        circles(&parameters, sink);
    }
}

fn circles(items: &[(&Text, Vec<&Text>)], sink: &mut Diagnostics) {
    let index: FxHashMap<&str, usize> =
        items.iter().enumerate().rev().map(|(i, (name, _))| (name.as_str(), i)).collect();
    let mut graph: DiGraphMap<usize, ()> = DiGraphMap::new();
    for (i, (_, values)) in items.iter().enumerate() {
        for expr in values.iter().filter_map(|v| Expr::parse(v).ok()) {
            for &to in expr.symbols().filter_map(|name| index.get(name)) {
                graph.add_edge(i, to, ());
            }
        }
    }
    for mut circle in kosaraju_scc(&graph) {
        circle.sort_unstable();
        let Some(&first) = circle.first() else { continue };
        if circle.len() == 1 && !graph.contains_edge(first, first) {
            continue;
        }
        let Some(span) = items[first].0.span else { continue };
        let names: Vec<&str> = circle.iter().map(|&i| items[i].0.as_str()).collect();
        let message = match names.as_slice() {
            [only] => format!("`{only}` is computed from itself"),
            names => format!("{} are computed from each other", own::list(names.iter().copied())),
        };
        let mut found = Diagnostic::new(&RULE, span, message)
            .help("make one of them a state variable, or solve the equation for it");
        for &other in circle.iter().skip(1).take(3) {
            if let Some(span) = items[other].0.span {
                found = found.also(span, "part of the circle");
            }
        }
        sink.push(found);
    }
}
