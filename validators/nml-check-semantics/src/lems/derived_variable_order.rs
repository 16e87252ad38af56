//! `NML0741` derived-variable-order.

use nml_base::{Diagnostic, Diagnostics, Span};
use nml_expr::Expr;
use nml_lems::{Dynamics, Source};
use nml_model::Model;
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!(
    "NML0741",
    "derived-variable-order",
    Lems,
    Warn,
    "a derived variable uses one that is computed after it"
);

use crate::lems::own;

/// Derived variables stand after those they use, conditional ones count as last.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let order = order(dynamics);
        let rank: FxHashMap<&str, (usize, Option<Span>)> =
            order.iter().enumerate().map(|(i, v)| (v.name, (i, v.span))).collect();
        for (i, variable) in order.iter().enumerate() {
            for value in &variable.values {
                let Ok(expr) = Expr::parse(value) else { continue };
                for (name, range) in expr.uses() {
                    let Some(&(later, declared)) = rank.get(name) else { continue };
                    let Some(span) = own::part(value, range) else { continue };
                    if later <= i {
                        continue;
                    }
                    let message =
                        format!("`{}` uses `{name}`, which jLEMS computes after it", variable.name);
                    let help = if order[later].is_conditional && !variable.is_conditional {
                        "jLEMS computes conditional variables last; make this one conditional too, with one `Case`"
                    } else {
                        "put it after the variables it uses"
                    };
                    let mut found = Diagnostic::new(&RULE, span, message).help(help);
                    if let Some(declared) = declared {
                        found = found.also(declared, "computed here");
                    }
                    sink.push(found);
                }
            }
        }
    }
}

struct Variable<'m> {
    name: &'m str,
    span: Option<Span>,
    is_conditional: bool,
    values: Vec<&'m nml_lems::Text>,
}

/// The order of jLEMS: paths, expressions, conditional ones; each as written.
fn order(dynamics: &Dynamics) -> Vec<Variable<'_>> {
    let (mut paths, mut found) = (Vec::new(), Vec::new());
    for v in dynamics.derived_variables.iter() {
        let (name, span, is_conditional) = (v.name.as_str(), v.name.span, false);
        match &v.source {
            Source::Select(_) => {
                paths.push(Variable { name, span, is_conditional, values: Vec::new() });
            }
            Source::Value(value) => {
                found.push(Variable { name, span, is_conditional, values: vec![value] });
            }
        }
    }
    for v in dynamics.conditional_derived_variables.iter() {
        let values = v.cases.iter().flat_map(|c| c.condition.iter().chain([&c.value]));
        let (name, span) = (v.name.as_str(), v.name.span);
        found.push(Variable { name, span, is_conditional: true, values: values.collect() });
    }
    paths.append(&mut found);
    paths
}
