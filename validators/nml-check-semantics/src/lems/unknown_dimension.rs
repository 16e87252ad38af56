//! `NML0725` unknown-dimension.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::Text;
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0725",
    "unknown-dimension",
    Lems,
    Error,
    "a quantity has a dimension that does not exist"
);

use crate::lems::own;

/// Every dimension that is named exists.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        for dimension in own::dimensions(ty) {
            report(model, dimension, sink);
        }
    }
    for document in model.documents() {
        for constant in &document.definitions.constants {
            report(model, &constant.dimension, sink);
        }
    }
}

fn report(model: &Model, dimension: &Text, sink: &mut Diagnostics) {
    let units = model.units();
    if dimension.is_empty() || *dimension == "*" || units.dimension(dimension).is_some() {
        return;
    }
    let Some(span) = dimension.span else { return };
    let help = match units.suggest_dimension(dimension) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "add `<Dimension name=\"{dimension}\" …/>`, or include the file that defines it, such as `NeuroMLCoreDimensions.xml`"
        ),
    };
    let message = format!("there is no dimension `{dimension}`");
    sink.push(Diagnostic::new(&RULE, span, message).label("unknown dimension").help(help));
}
