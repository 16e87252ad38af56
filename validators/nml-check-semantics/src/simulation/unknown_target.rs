//! `NML0901` unknown-target.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use crate::rule::rule;

rule!(
    "NML0901",
    "unknown-target",
    Simulation,
    Error,
    "the component to run does not exist or cannot be run"
);

use crate::lems::own;
use crate::simulation::run;

/// `Target` names a component of a type that runs something.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for document in model.documents() {
        for target in &document.definitions.targets {
            let name = &target.component;
            let Some(span) = name.span.filter(|_| !name.is_empty()) else { continue };
            let runs = || run::all(model).map(|r| r.component).filter_map(Component::id);
            let Some(found) = model.find(name) else {
                let help = own::meant(name, runs())
                    .unwrap_or_else(|| format!("add `<Simulation id=\"{name}\" …>`"));
                let message = format!("the component to run, `{name}`, does not exist");
                sink.push(Diagnostic::new(&RULE, span, message).label("not found").help(help));
                continue;
            };
            // A component without a type has a finding of its own; other parts of LEMS than runs are left out.
            let Some(ty) = found.ty() else { continue };
            let alive = model.types().dynamics(ty).is_some() || found.children().next().is_some();
            if run::is_run(found) || alive && !model.types().has_standard() {
                continue;
            }
            let names: Vec<&str> = runs().collect();
            let help = if names.is_empty() {
                "add a `<Simulation …>` and name that".to_owned()
            } else {
                format!("the simulations are {}", own::list(names))
            };
            let message = format!("the component to run, {}, is no simulation", own::shown(found));
            sink.push(
                Diagnostic::new(&RULE, span, message)
                    .also(found.id_span(), "this component")
                    .help(help),
            );
        }
    }
}
