//! `NML0909` unresolved-event-source.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Direction;
use nml_model::Model;
use nml_model::path::Resolver;

use crate::rule::rule;

rule!(
    "NML0909",
    "unresolved-event-source",
    Simulation,
    Error,
    "events of something are recorded that does not exist or sends none"
);

use crate::lems::own;
use crate::simulation::run;

/// Every recorded path leads to an instance with that port.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let resolver = Resolver::new(model);
    let types = model.types();
    for run in run::all(model) {
        let Some(target) = run.target() else { continue };
        for (component, path, port) in run::event_records(&run) {
            let instance = match resolver.instance(target, path.value()) {
                Ok(instance) => instance,
                Err(error) if run::is_certain(&error) => {
                    let range = error.range.start as usize..error.range.end as usize;
                    let span =
                        if range.is_empty() { path.value_span() } else { path.part_span(range) };
                    let help = error.suggestion().map(|near| format!("did you mean `{near}`?"));
                    let help = help.or_else(|| {
                        let all = error.candidates.iter().map(String::as_str);
                        (!error.candidates.is_empty())
                            .then(|| format!("possible there: {}", own::list(all)))
                    });
                    let message = format!("the path `{}` leads nowhere: {error}", path.value());
                    sink.push(
                        Diagnostic::new(&RULE, span, message).label("fails here").maybe_help(help),
                    );
                    continue;
                }
                Err(_) => continue,
            };
            let Some(wanted) = component.attribute(port) else { continue };
            let Some(ty) = instance.ty() else { continue };
            let ports = types.event_ports(ty);
            let out =
                ports.iter().filter(|p| p.direction == Direction::Out).map(|p| p.name.as_str());
            let out: Vec<&str> = out.collect();
            if out.contains(&wanted.value()) {
                continue;
            }
            let way = ports.iter().any(|p| p.name == *wanted.value());
            let message = if way {
                format!(
                    "the port `{}` of {} takes events, it sends none",
                    wanted.value(),
                    own::shown(instance.component)
                )
            } else {
                format!("{} has no event port `{}`", own::shown(instance.component), wanted.value())
            };
            let help = own::meant_or_list(wanted.value(), "it sends through", &out)
                .unwrap_or_else(|| "record something that sends events".to_owned());
            sink.push(Diagnostic::new(&RULE, wanted.value_span(), message).help(help));
        }
    }
}
