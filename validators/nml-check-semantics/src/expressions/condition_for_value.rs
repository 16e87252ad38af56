//! `NML0805` condition-for-value.

use nml_base::{Diagnostic, Diagnostics, TextRange};
use nml_expr::{Expr, ParseErrorKind};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0805",
    "condition-for-value",
    Expressions,
    Error,
    "a condition stands where a number belongs, or the reverse"
);

use crate::expressions::site::{self, Expected};
use crate::lems::own;

/// Tests are conditions, everything else is a number.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for sites in site::all(model) {
        for found in &sites.list {
            let whole = TextRange::new(0, found.text.len());
            let (range, message, help) = match Expr::parse(found.text) {
                Err(error) if error.kind == ParseErrorKind::Kind => {
                    (error.range, format!("in {}, {}", found.role, error.message), error.help)
                }
                Err(_) => continue,
                Ok(expr) => match (found.expected, expr.is_condition()) {
                    (Expected::Condition, false) => {
                        let help = "compare it with something: `x .gt. 0`".to_owned();
                        (whole, format!("{} is a number, not a condition", found.role), Some(help))
                    }
                    (Expected::Any | Expected::Number(_), true) => {
                        let help =
                            "use a `ConditionalDerivedVariable`, or `H(x)`, which is 1 for x > 0"
                                .to_owned();
                        (whole, format!("{} is a condition, not a number", found.role), Some(help))
                    }
                    _ => continue,
                },
            };
            let Some(span) = own::part(found.text, range) else { continue };
            sink.push(Diagnostic::new(&RULE, span, message).maybe_help(help));
        }
    }
}
