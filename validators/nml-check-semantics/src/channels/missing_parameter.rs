//! `NML0602` missing-rate-parameter.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{DocumentKind, Model};

use super::parts;
use crate::rule::rule;

rule!(
    "NML0602",
    "missing-rate-parameter",
    Channels,
    Error,
    "a rate, time course, steady state or Q10 setting lacks a parameter of its type"
);

/// The document grammar lets all of them be left away, since it does not know which type needs which.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for part in parts(model) {
        let Some(ty) = part.ty() else { continue };
        // LEMS files and types of a user's own belong to the rules about LEMS.
        let lems = part.document().kind == DocumentKind::Lems;
        if lems || types.document_of(ty).is_some() {
            continue;
        }
        // An unknown type is told by another rule; the place's own type says nothing about parameters.
        if part.attr("type").is_some_and(|name| types.named(name) != Some(ty)) {
            continue;
        }
        let fixed =
            |name: &str| types.line(ty).flat_map(|t| t.fixed.iter()).any(|f| f.parameter == *name);
        for parameter in types.parameters(ty) {
            let name = parameter.name.as_str();
            if part.attr(name).is_some() || fixed(name) {
                continue;
            }
            let kind = types.get(ty).name.as_str();
            let message = format!("`<{}>` of type `{kind}` has no `{name}`", part.name());
            let example = match parameter.dimension.as_str() {
                "per_time" => "1per_ms",
                "voltage" => "10mV",
                "time" => "1ms",
                "temperature" => "22degC",
                _ => "1",
            };
            sink.push(
                Diagnostic::new(&RULE, part.span_of("type"), message)
                    .label(format!("needs `{name}`"))
                    .help(format!("add `{name}=\"…\"`, for example `{name}=\"{example}\"`")),
            );
        }
    }
}
