//! `NML0804` result-dimension.

use nml_base::{Diagnostic, Diagnostics, TextRange};
use nml_expr::{Expr, Inferred};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0804",
    "result-dimension",
    Expressions,
    Error,
    "an expression comes out in another dimension than declared"
);

use crate::expressions::site::{self, Expected};
use crate::lems::own;

/// Expressions come out in the dimension of what they are for.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let units = model.units();
    for sites in site::all(model) {
        for found in &sites.list {
            let Expected::Number(expected) = found.expected else { continue };
            let Ok(expr) = Expr::parse(found.text) else { continue };
            let scope = sites.scope(found);
            let result = expr.infer(|name| scope.dimension(name, units)).result();
            let Inferred::Known(dimension) = result else { continue };
            if dimension == expected {
                continue;
            }
            let whole = TextRange::new(0, found.text.len());
            let Some(span) = own::part(found.text, whole) else { continue };
            let (is, needed) = (units.describe(dimension), units.describe(expected));
            let help = match dimension.div(expected) {
                Some(factor) if !factor.is_none() => format!(
                    "the expression has the factor {} too much; check its terms and the declared dimension",
                    units.describe(factor)
                ),
                _ => "check the terms and the declared dimension".to_owned(),
            };
            let message = format!("{} is {is}, expected {needed}", found.role);
            sink.push(
                Diagnostic::new(&RULE, span, message).label(format!("this is {is}")).help(help),
            );
        }
    }
}
