//! `NML0737` unknown-regime.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Action;
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0737",
    "unknown-regime",
    Lems,
    Error,
    "a transition leads to a regime that does not exist"
);

use crate::lems::own;

/// `Transition` names a regime of the dynamics.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let in_force = model.types().dynamics_in_force(id);
        let regimes = in_force.iter().flat_map(|(_, d)| d.regimes.iter());
        let regimes: Vec<&str> = regimes.map(|r| r.name.as_str()).collect();
        for handler in own::handlers(dynamics) {
            for action in handler.actions {
                let Action::Transition { regime } = action else { continue };
                let Some(span) = regime.span.filter(|_| !regime.is_empty()) else { continue };
                if regimes.contains(&regime.as_str()) {
                    continue;
                }
                let help = own::meant_or_list(regime, "the regimes are", &regimes);
                let message = format!("`{}` has no regime `{regime}`", ty.name);
                sink.push(
                    Diagnostic::new(&RULE, span, message).label("unknown regime").maybe_help(help),
                );
            }
        }
    }
}
