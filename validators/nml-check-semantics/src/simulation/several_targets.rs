//! `NML0902` several-targets.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0902",
    "several-targets",
    Simulation,
    Warn,
    "a model names more than one component to run"
);

/// The root file names one target.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let mut targets = model.root().definitions.targets.iter();
    let Some(first) = targets.next() else { return };
    for target in targets {
        let Some(span) = target.component.span else { continue };
        let message = format!(
            "two components are to be run, `{}` and `{}`",
            first.component, target.component
        );
        let mut found = Diagnostic::new(&RULE, span, message)
            .help("keep one of them; simulators differ in the one they take");
        if let Some(first) = first.component.span {
            found = found.also(first, "first named here");
        }
        sink.push(found);
    }
}
