//! `NML0806` unportable-expression.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::Expr;
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0806",
    "unportable-expression",
    Expressions,
    Warn,
    "simulators read an expression differently"
);

use crate::expressions::site;
use crate::lems::own;

/// Expressions mean the same with the precedences of jLEMS and with those of other tools.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for sites in site::all(model) {
        for found in &sites.list {
            let Ok(expr) = Expr::parse(found.text) else { continue };
            for note in expr.portability() {
                let Some(span) = own::part(found.text, note.range) else { continue };
                sink.push(Diagnostic::new(&RULE, span, note.message).help(note.help));
            }
        }
    }
}
