//! `NML0767` missing-reference.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0767", "missing-reference", Lems, Warn, "a component does not say what it refers to");

use crate::lems::own;

/// Component references that are required are given.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for component in own::components(model) {
        let Some(ty) = component.ty() else { continue };
        // The target of a simulation has a rule of its own.
        if component.is_a("Simulation") {
            continue;
        }
        for reference in types.references(ty) {
            let inside = component.child(&reference.name).is_some();
            let given = component.attr(&reference.name).is_some() || inside;
            if given
                || !reference.required
                || reference.default_component.is_some()
                || reference.name.is_empty()
            {
                continue;
            }
            let message =
                format!("{} does not say its `{}`", own::shown(component), reference.name);
            sink.push(
                Diagnostic::new(&RULE, component.element().name_span(), message).help(format!(
                    "add `{}=\"…\"`, the `id` of a `{}`",
                    reference.name, reference.ty
                )),
            );
        }
    }
}
