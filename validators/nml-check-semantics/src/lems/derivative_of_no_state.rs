//! `NML0731` derivative-of-no-state.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::TimeDerivative;
use nml_model::{Model, NameKind, Scope};

use crate::rule::rule;

rule!(
    "NML0731",
    "derivative-of-no-state",
    Lems,
    Error,
    "a rate of change is given for something that is no state variable"
);

use crate::lems::own;

/// `TimeDerivative` names a state variable.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let scope = Scope::of(model, id);
        report(&scope, &dynamics.time_derivatives, sink);
        for regime in dynamics.regimes.iter() {
            report(&scope.with_regime(regime), &regime.time_derivatives, sink);
        }
    }
}

fn report(scope: &Scope<'_>, derivatives: &[TimeDerivative], sink: &mut Diagnostics) {
    for derivative in derivatives {
        let variable = &derivative.variable;
        let Some(span) = variable.span.filter(|_| !variable.is_empty()) else { continue };
        let kind = scope.get(variable).map(|n| n.kind);
        if kind == Some(NameKind::StateVariable) {
            continue;
        }
        let is = kind.map_or("not declared".to_owned(), |k| format!("a {}", k.words()));
        let states = scope.iter().filter(|n| n.kind == NameKind::StateVariable);
        let states: Vec<&str> = states.map(|n| n.name).collect();
        let help =
            own::meant_or_list(variable, "the state variables are", &states).unwrap_or_else(|| {
                format!("add `<StateVariable name=\"{variable}\" dimension=\"…\"/>`")
            });
        let message = format!("`{variable}` has a rate of change, but is {is}");
        sink.push(Diagnostic::new(&RULE, span, message).label("no state variable").help(help));
    }
}
