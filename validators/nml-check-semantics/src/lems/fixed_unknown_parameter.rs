//! `NML0730` fixed-unknown-parameter.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0730",
    "fixed-unknown-parameter",
    Lems,
    Error,
    "a type fixes a parameter that it does not have, or to a value that does not fit"
);

use crate::lems::own;

/// `Fixed` sets a parameter of an ancestor, with a quantity of its dimension.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    let units = model.units();
    for (id, ty) in own::whole_types(model).filter(|(_, ty)| !ty.fixed.is_empty()) {
        let parameters = types.parameters(id);
        for fixed in ty.fixed.iter() {
            let Some(parameter) = parameters.iter().find(|p| p.name == fixed.parameter) else {
                let Some(span) = fixed.parameter.span else { continue };
                let names: Vec<&str> = parameters.iter().map(|p| p.name.as_str()).collect();
                let message =
                    format!("`{}` has no parameter `{}` to fix", ty.name, fixed.parameter);
                sink.push(
                    Diagnostic::new(&RULE, span, message).label("unknown parameter").maybe_help(
                        own::meant_or_list(&fixed.parameter, "its parameters are", &names),
                    ),
                );
                continue;
            };
            let Some(span) = fixed.value.span else { continue };
            let expected = units.dimension(&parameter.dimension);
            match units.quantity(&fixed.value) {
                Ok(found) if expected.is_none_or(|d| d == found.dimension) => {}
                Ok(found) => {
                    let message = format!(
                        "`{}` is fixed to `{}`, which is {}, not {}",
                        parameter.name,
                        fixed.value,
                        units.describe(found.dimension),
                        parameter.dimension
                    );
                    sink.push(Diagnostic::new(&RULE, span, message));
                }
                Err(error) => {
                    let message =
                        format!("`{}` is fixed to `{}`: {error}", parameter.name, fixed.value);
                    sink.push(Diagnostic::new(&RULE, span, message).maybe_help(error.help()));
                }
            }
        }
    }
}
