//! `NML0807` shadowed-name.

use nml_base::{Diagnostic, Diagnostics};
use nml_expr::Function;
use nml_model::{Model, NameKind, Scope};

use crate::rule::rule;

rule!(
    "NML0807",
    "shadowed-name",
    Expressions,
    Warn,
    "a name hides the simulated time or looks like a function"
);

use crate::lems::own;

/// No declared name is `t` or the name of a function.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (id, ty) in own::types(model) {
        // A component that runs others declares their time; `t` of the standard's `baseVoltageDepTime` and its
        // like is an exposure that has to be computed under that name.
        let ancestors = model.types().line(id).skip(1);
        let inherited = ancestors.flat_map(|t| t.exposures.iter()).any(|e| e.name == "t");
        let runs = ty.simulation.is_some() || inherited;
        let scope = Scope::of(model, id);
        for name in scope.iter().filter(|n| n.declared_by == Some(id)) {
            let Some(span) = name.span.filter(|_| name.kind != NameKind::Exposure) else {
                continue;
            };
            let hidden = if name.name == "t" && name.kind != NameKind::Requirement && !runs {
                "the simulated time"
            } else if Function::from_name(name.name).is_some() {
                "a function"
            } else {
                continue;
            };
            let message =
                format!("the {} `{}` has the name of {hidden}", name.kind.words(), name.name);
            sink.push(
                Diagnostic::new(&RULE, span, message)
                    .help("give it another name: tools differ in what they take it for"),
            );
        }
    }
}
