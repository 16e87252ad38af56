//! `NML0738` several-transitions.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Action;
use nml_model::Model;

use crate::rule::rule;

rule!("NML0738", "several-transitions", Lems, Error, "one handler makes two transitions");

use crate::lems::own;

/// A handler makes at most one transition.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        for handler in own::handlers(dynamics) {
            let mut transitions = handler.actions.iter().filter_map(|action| match action {
                Action::Transition { regime } => Some(regime),
                _ => None,
            });
            let Some(first) = transitions.next() else { continue };
            for second in transitions {
                let Some(span) = second.span else { continue };
                let message = format!("one handler goes to both `{first}` and `{second}`");
                let mut found = Diagnostic::new(&RULE, span, message)
                    .label("second transition")
                    .help("keep one of the two");
                if let Some(first) = first.span {
                    found = found.also(first, "first transition");
                }
                sink.push(found);
            }
        }
    }
}
