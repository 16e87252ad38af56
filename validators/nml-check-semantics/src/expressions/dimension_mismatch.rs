//! `NML0803` dimension-mismatch.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::Expr;
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0803",
    "dimension-mismatch",
    Expressions,
    Error,
    "parts of an expression have dimensions that do not fit"
);

use crate::expressions::site;
use crate::lems::own;

/// What is added, subtracted or compared has one dimension; arguments and exponents have none.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let units = model.units();
    for sites in site::all(model) {
        for found in &sites.list {
            let Ok(expr) = Expr::parse(found.text) else { continue };
            let scope = sites.scope(found);
            let inference = expr.infer(|name| scope.dimension(name, units));
            for mismatch in &inference.mismatches {
                let Some(span) = own::part(found.text, mismatch.range) else { continue };
                let message = format!("in {}, {}", found.role, mismatch.message(units));
                let mut report = Diagnostic::new(&RULE, span, message);
                if let Some(right) = mismatch.right {
                    for operand in [mismatch.left, right] {
                        if let Some(place) = own::part(found.text, operand.range) {
                            report = report.also(place, units.describe(operand.dimension));
                        }
                    }
                    report = report.help("check the units, or multiply one side with a constant of the missing dimension");
                } else {
                    report = report.help("divide by a constant of the same dimension first");
                }
                sink.push(report);
            }
        }
    }
}
