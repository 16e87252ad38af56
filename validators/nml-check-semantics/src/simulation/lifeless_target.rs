//! `NML0904` lifeless-target.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0904",
    "lifeless-target",
    Simulation,
    Warn,
    "a simulation simulates something that does nothing"
);

use crate::lems::own;
use crate::simulation::run;

/// The target of a simulation, or something in it, has dynamics or a structure.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for run in run::all(model) {
        let Some(target) = run.target() else { continue };
        let Some(attribute) = run.component.attribute(run.target) else { continue };
        let alive = target.descendants().any(|c| {
            c.ty()
                .is_none_or(|ty| types.dynamics(ty).is_some() || types.get(ty).structure.is_some())
        });
        if alive || run::is_run(target) {
            continue;
        }
        let message = format!(
            "{} simulates {}, which does nothing",
            own::shown(run.component),
            own::shown(target)
        );
        sink.push(
            Diagnostic::new(&RULE, attribute.value_span(), message)
                .also(target.id_span(), "neither dynamics nor structure")
                .help("name a network or a cell"),
        );
    }
}
