//! `NML0734` unknown-event-port.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{Action, Direction, Text};
use nml_model::{Model, TypeId};

use crate::rule::rule;

rule!(
    "NML0734",
    "unknown-event-port",
    Lems,
    Error,
    "an event goes through a port that is not declared, or the wrong way"
);

use crate::lems::own;

/// `OnEvent` listens at an `in` port, `EventOut` sends through an `out` port.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::whole_types(model) {
        let Some(dynamics) = &ty.dynamics else { continue };
        let inside = dynamics.regimes.iter().flat_map(|r| r.on_event.iter());
        for event in dynamics.on_event.iter().chain(inside) {
            port(model, id, &event.port, Direction::In, sink);
        }
        for handler in own::handlers(dynamics) {
            for action in handler.actions {
                if let Action::EventOut { port: name } = action {
                    port(model, id, name, Direction::Out, sink);
                }
            }
        }
    }
}

fn port(model: &Model, id: TypeId, name: &Text, needed: Direction, sink: &mut Diagnostics) {
    let Some(span) = name.span.filter(|_| !name.is_empty()) else { return };
    let types = model.types();
    let owner = &types.get(id).name;
    let ports = types.event_ports(id);
    let found = match ports.iter().find(|p| p.name == *name) {
        Some(found) if found.direction == needed => return,
        Some(found) => {
            let message = format!(
                "the port `{name}` of `{owner}` has the direction `{}`, `{}` is needed here",
                found.direction.as_str(),
                needed.as_str()
            );
            let mut report = Diagnostic::new(&RULE, span, message);
            if let Some(declared) = found.name.span {
                report = report.also(declared, "declared here");
            }
            report.help(format!("declare a port with `direction=\"{}\"`", needed.as_str()))
        }
        None => {
            let names = ports.iter().filter(|p| p.direction == needed).map(|p| p.name.as_str());
            let help = own::meant(name, names).unwrap_or_else(|| {
                format!("add `<EventPort name=\"{name}\" direction=\"{}\"/>`", needed.as_str())
            });
            Diagnostic::new(&RULE, span, format!("`{owner}` has no event port `{name}`"))
                .label("not declared")
                .help(help)
        }
    };
    sink.push(found);
}
