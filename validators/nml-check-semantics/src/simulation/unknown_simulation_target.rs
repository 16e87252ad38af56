//! `NML0903` unknown-simulation-target.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use crate::rule::rule;

rule!(
    "NML0903",
    "unknown-simulation-target",
    Simulation,
    Error,
    "a simulation does not say what it simulates, or that does not exist"
);

use crate::lems::own;
use crate::simulation::run;

/// The target of a simulation exists.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for run in run::all(model) {
        if run.target().is_some() {
            continue;
        }
        let Some(attribute) = run.component.attribute(run.target) else {
            let message =
                format!("{} does not say its `{}`", own::shown(run.component), run.target);
            sink.push(
                Diagnostic::new(&RULE, run.component.element().name_span(), message)
                    .help(format!("add `{}=\"…\"`, the `id` of a network or cell", run.target)),
            );
            continue;
        };
        let target = attribute.value();
        let networks: Vec<&str> = model.of_type("network").filter_map(Component::id).collect();
        let all = model.top_level().filter_map(Component::id);
        let help = own::meant(target, all).unwrap_or_else(|| {
            if networks.is_empty() {
                "name a network or cell of this model, or include the file that has it".to_owned()
            } else {
                format!("the networks are {}", own::list(networks))
            }
        });
        let message =
            format!("{} simulates `{target}`, which does not exist", own::shown(run.component));
        sink.push(
            Diagnostic::new(&RULE, attribute.value_span(), message).label("not found").help(help),
        );
    }
}
