//! `NML0311` misplaced-divisions.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use super::part;
use crate::rule::rule;

rule!(
    "NML0311",
    "misplaced-divisions",
    Morphology,
    Warn,
    "`numberInternalDivisions` stands where no tool looks for it"
);

/// The property belongs directly into the group, not into its annotation.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for morphology in model.morphologies() {
        for group in morphology.groups() {
            let component = part(model, morphology, group.node);
            let annotations = component.children_named("annotation");
            let inside = annotations.flat_map(nml_model::Component::descendants);
            let wanted = |c: &nml_model::Component<'_>| {
                c.name() == "property" && c.attr("tag") == Some("numberInternalDivisions")
            };
            for property in inside.filter(wanted) {
                let message = format!(
                    "`numberInternalDivisions` of group `{}` stands inside `<annotation>`, where it has no effect",
                    group.id.as_deref().unwrap_or("?")
                );
                sink.push(Diagnostic::new(&RULE, property.span_of("tag"), message).help(
                    "move the `<property>` out of `<annotation>`, to the beginning of the group",
                ));
            }
        }
    }
}
