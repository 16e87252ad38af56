//! `NML0761` missing-parameter.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0761", "missing-parameter", Lems, Error, "a component lacks a parameter of its type");

use crate::lems::own;

/// Parameters that are not fixed are given.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for component in own::components(model) {
        let Some(ty) = component.ty() else { continue };
        let mut needed: Vec<&str> = types.parameters(ty).iter().map(|p| p.name.as_str()).collect();
        for at in types.line(ty) {
            needed.extend(at.index_parameters.iter().map(|p| p.name.as_str()));
            needed.extend(at.integer_parameters.iter().map(|p| p.name.as_str()));
        }
        let fixed =
            |name: &str| types.line(ty).any(|t| t.fixed.iter().any(|f| f.parameter == *name));
        // Scales of lines are for showing only; the reference interpreter runs without them.
        let shown_only = |name: &str| component.is_a("Line") && name == "timeScale";
        let missing: Vec<&str> = needed
            .into_iter()
            .filter(|name| {
                !name.is_empty()
                    && component.attr(name).is_none()
                    && !fixed(name)
                    && !shown_only(name)
                    && component.attr("extends").is_none()
            })
            .collect();
        if missing.is_empty() {
            continue;
        }
        let what = if missing.len() == 1 { "parameter" } else { "parameters" };
        let message = format!(
            "{} lacks the {what} {}",
            own::shown(component),
            own::list(missing.iter().copied())
        );
        let attributes: Vec<String> =
            missing.iter().take(5).map(|n| format!("{n}=\"…\"")).collect();
        sink.push(
            Diagnostic::new(&RULE, component.element().name_span(), message)
                .help(format!("add {}", attributes.join(" "))),
        );
    }
}
