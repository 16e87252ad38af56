//! `NML0908` unresolved-quantity.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;
use nml_model::path::{PathErrorKind, Resolver};

use crate::rule::rule;

rule!(
    "NML0908",
    "unresolved-quantity",
    Simulation,
    Error,
    "the path of a recorded quantity leads nowhere"
);

use crate::lems::own;
use crate::simulation::run;

/// Every recorded path leads to a quantity.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let resolver = Resolver::new(model);
    for run in run::all(model) {
        let Some(target) = run.target() else { continue };
        for record in run::records(&run) {
            let path = record.path.value();
            let Err(error) = resolver.quantity(target, path) else { continue };
            if !run::is_certain(&error) {
                continue;
            }
            let range = error.range.start as usize..error.range.end as usize;
            let span = if range.is_empty() {
                record.path.value_span()
            } else {
                record.path.part_span(range)
            };
            let help =
                error.suggestion().map(|near| format!("did you mean `{near}`?")).or_else(|| {
                    let all = error.candidates.iter().map(String::as_str);
                    let list = (!error.candidates.is_empty()).then(|| own::list(all))?;
                    Some(match error.kind {
                        PathErrorKind::MissingIndex => "name a member, such as `[0]`".to_owned(),
                        _ => format!("possible there: {list}"),
                    })
                });
            let message = format!("the path `{path}` leads nowhere: {error}");
            sink.push(Diagnostic::new(&RULE, span, message).label("fails here").maybe_help(help));
        }
    }
}
