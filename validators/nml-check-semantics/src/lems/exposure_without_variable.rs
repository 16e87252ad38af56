//! `NML0727` exposure-without-variable.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Model, Scope};

use crate::rule::rule;

rule!(
    "NML0727",
    "exposure-without-variable",
    Lems,
    Warn,
    "a type with dynamics exposes a quantity that nothing computes"
);

use crate::lems::own;

/// The exposures of a type that has dynamics are shown by some variable.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for (id, ty) in own::types(model) {
        // A type without dynamics of its own leaves its exposures to those that extend it.
        let Some(own_dynamics) = &ty.dynamics else { continue };
        let in_force = types.dynamics_in_force(id);
        let shown = |name: &str| {
            in_force.iter().any(|(_, d)| {
                let states = d.state_variables.iter().map(|v| &v.exposure);
                let derived = d.derived_variables.iter().map(|v| &v.exposure);
                let conditional = d.conditional_derived_variables.iter().map(|v| &v.exposure);
                let inside = d.regimes.iter().flat_map(|r| {
                    let states = r.state_variables.iter().map(|v| &v.exposure);
                    states.chain(r.derived_variables.iter().map(|v| &v.exposure))
                });
                let mut all = states.chain(derived).chain(conditional).chain(inside);
                all.any(|e| e.as_ref().is_some_and(|e| *e == *name))
            })
        };
        for exposure in types.exposures(id) {
            if exposure.name.is_empty() || shown(&exposure.name) {
                continue;
            }
            let own = ty.exposures.iter().any(|e| e.name == exposure.name);
            let span = if own { exposure.name.span } else { own_dynamics.span.and(ty.name.span) };
            let Some(span) = span else { continue };
            let scope = Scope::of(model, id);
            let same = scope.get(&exposure.name).filter(|n| n.kind.is_readable());
            let help = match same {
                Some(variable) => format!(
                    "add `exposure=\"{}\"` to the {} of that name",
                    exposure.name,
                    variable.kind.words()
                ),
                None => format!("add a variable with `exposure=\"{}\"`", exposure.name),
            };
            let message =
                format!("nothing in `{}` computes its exposure `{}`", ty.name, exposure.name);
            sink.push(Diagnostic::new(&RULE, span, message).help(help));
        }
    }
}
