//! `NML0733` assignment-to-no-state.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Action;
use nml_model::{Model, NameKind, Scope};

use crate::rule::rule;

rule!(
    "NML0733",
    "assignment-to-no-state",
    Lems,
    Error,
    "a handler assigns to something that is no state variable"
);

use crate::lems::own;

/// `StateAssignment` names a state variable.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let outer = Scope::of(model, id);
        for handler in own::handlers(dynamics) {
            let inner = handler.regime.map(|r| outer.with_regime(r));
            let scope = inner.as_ref().unwrap_or(&outer);
            for action in handler.actions {
                let Action::StateAssignment { variable, .. } = action else { continue };
                let Some(span) = variable.span.filter(|_| !variable.is_empty()) else { continue };
                let kind = scope.get(variable).map(|n| n.kind);
                if kind == Some(NameKind::StateVariable) {
                    continue;
                }
                let is = kind.map_or("not declared".to_owned(), |k| format!("a {}", k.words()));
                let states = scope.iter().filter(|n| n.kind == NameKind::StateVariable);
                let states: Vec<&str> = states.map(|n| n.name).collect();
                let help = own::meant_or_list(variable, "the state variables are", &states)
                    .unwrap_or_else(|| {
                        format!("add `<StateVariable name=\"{variable}\" dimension=\"…\"/>`")
                    });
                let message = format!("`{variable}` is assigned to, but is {is}");
                sink.push(
                    Diagnostic::new(&RULE, span, message).label("no state variable").help(help),
                );
            }
        }
    }
}
