//! `NML0802` undefined-variable.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::Expr;
use nml_model::{Model, NameKind, Scope};

use crate::rule::rule;

rule!(
    "NML0802",
    "undefined-variable",
    Expressions,
    Error,
    "an expression uses a name that means nothing there"
);

use crate::expressions::site::{self, Site};
use crate::lems::own;

/// Every name in an expression is in scope.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for sites in site::all(model) {
        for found in &sites.list {
            let Ok(expr) = Expr::parse(found.text) else { continue };
            let scope = sites.scope(found);
            for (name, range) in expr.uses() {
                let known = scope.get(name);
                let visible = known.is_some_and(|n| {
                    n.kind.is_readable()
                        && (!found.fixed || n.kind.is_fixed() || n.kind == NameKind::Property)
                });
                let Some(span) = own::part(found.text, range) else { continue };
                // What a missing ancestor would have declared is not known.
                if visible || known.is_none() && !sites.is_whole {
                    continue;
                }
                let message = match known.map(|n| n.kind) {
                    None => format!(
                        "{} uses `{name}`, which `{}` does not have",
                        found.role, sites.ty.name
                    ),
                    Some(NameKind::Exposure) => format!(
                        "{} uses the exposure `{name}`, but only variables and parameters can be used",
                        found.role
                    ),
                    Some(kind) => format!(
                        "{} uses the {} `{name}`, but is computed before anything runs",
                        found.role,
                        kind.words()
                    ),
                };
                let help = help(scope, found, name, known.map(|n| n.kind));
                sink.push(
                    Diagnostic::new(&RULE, span, message).label("not defined here").help(help),
                );
            }
        }
    }
}

fn help(scope: &Scope<'_>, site: &Site<'_>, name: &str, kind: Option<NameKind>) -> String {
    match kind {
        Some(NameKind::Exposure) => "use the variable that shows this exposure".to_owned(),
        Some(_) => "use parameters and constants only, or make this a derived variable".to_owned(),
        None => {
            let visible = scope.iter().filter(|n| {
                n.kind.is_readable()
                    && (!site.fixed || n.kind.is_fixed() || n.kind == NameKind::Property)
            });
            own::meant(name, visible.map(|n| n.name)).unwrap_or_else(|| {
                format!(
                    "declare it; what a component around this one has needs `<Requirement name=\"{name}\" dimension=\"…\"/>`"
                )
            })
        }
    }
}
