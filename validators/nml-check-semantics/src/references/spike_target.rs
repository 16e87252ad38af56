//! `NML0204` spike-target-differs.

use nml_base::{Applicability, Diagnostic, Diagnostics, Edit, Fix};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0204",
    "spike-target-differs",
    References,
    Error,
    "the path to a synapse inside a component does not lead to the synapse it names"
);

/// Path attributes, each with the reference whose instance it leads to.
const PATHS: [(&str, &str); 3] =
    [("spikeTarget", "synapse"), ("synapse1Path", "synapse1"), ("synapse2Path", "synapse2")];

/// `spikeTarget` has to be `./` and the value of `synapse`, since that is the instance built inside.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for component in model.top_level() {
        for (path, reference) in PATHS {
            let (Some(at), Some(id)) = (component.attribute(path), component.attr(reference))
            else {
                continue;
            };
            let value = at.value();
            let told_elsewhere = model.find(id).is_none();
            if told_elsewhere || value.strip_prefix("./").unwrap_or(value) == id {
                continue;
            }
            let right = format!("./{id}");
            let message = format!("`{path}` is `{value}`, but `{reference}` is `{id}`");
            let edit = Edit { span: at.value_span(), replacement: right.clone() };
            sink.push(
                Diagnostic::new(&RULE, at.value_span(), message)
                    .label("leads nowhere")
                    .also(component.span_of(reference), "the synapse built inside")
                    .help(format!("write `{path}=\"{right}\"`"))
                    .fix(Fix {
                        title: format!("let `{path}` lead to `{id}`"),
                        edits: vec![edit],
                        applicability: Applicability::Guess,
                    }),
            );
        }
    }
}
