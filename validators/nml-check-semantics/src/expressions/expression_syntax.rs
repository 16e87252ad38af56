//! `NML0801` expression-syntax.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::{Expr, ParseErrorKind};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0801", "expression-syntax", Expressions, Error, "a text is no expression");

use crate::expressions::site;
use crate::lems::own;

/// Every expression can be read.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for sites in site::all(model) {
        for found in &sites.list {
            let Err(error) = Expr::parse(found.text) else { continue };
            if error.kind == ParseErrorKind::Kind {
                continue;
            }
            // Where something is missing at the end, the last character shows it.
            let mut range = error.range;
            if range.is_empty() {
                range.start = range.start.saturating_sub(1);
                range.end = range.start + 1;
            }
            let Some(span) = own::part(found.text, range) else { continue };
            let message = format!("{} cannot be read: {}", found.role, error.message);
            sink.push(Diagnostic::new(&RULE, span, message).maybe_help(error.help));
        }
    }
}
