//! `NML0723` name-clash.

use nml_base::{Diagnostic, Diagnostics};
use nml_lems::{ComponentType, Text};
use nml_model::Model;
use rustc_hash::FxHashMap;

use crate::rule::rule;

rule!("NML0723", "name-clash", Lems, Error, "a component type uses one name for two things");

use crate::lems::own;

/// Names that expressions read, and names of attributes, mean one thing in a type.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for (_, ty) in own::types(model) {
        report(&values(ty), sink);
        report(&attributes(ty), sink);
    }
}

fn values(ty: &ComponentType) -> Vec<(&'static str, &Text)> {
    let mut found: Vec<(&'static str, &Text)> = Vec::new();
    found.extend(ty.parameters.iter().map(|x| ("parameter", &x.name)));
    found.extend(ty.derived_parameters.iter().map(|x| ("derived parameter", &x.name)));
    found.extend(ty.index_parameters.iter().map(|x| ("index parameter", &x.name)));
    found.extend(ty.integer_parameters.iter().map(|x| ("integer parameter", &x.name)));
    found.extend(ty.properties.iter().map(|x| ("property", &x.name)));
    found.extend(ty.constants.iter().map(|x| ("constant", &x.name)));
    if let Some(d) = &ty.dynamics {
        found.extend(d.state_variables.iter().map(|x| ("state variable", &x.name)));
        found.extend(d.derived_variables.iter().map(|x| ("derived variable", &x.name)));
        let conditional = d.conditional_derived_variables.iter();
        found.extend(conditional.map(|x| ("conditional derived variable", &x.name)));
    }
    found
}

fn attributes(ty: &ComponentType) -> Vec<(&'static str, &Text)> {
    let mut found: Vec<(&'static str, &Text)> = Vec::new();
    found.extend(ty.parameters.iter().map(|x| ("parameter", &x.name)));
    found.extend(ty.texts.iter().map(|x| ("text", &x.name)));
    found.extend(ty.paths.iter().map(|x| ("path", &x.name)));
    found.extend(ty.component_references.iter().map(|x| ("component reference", &x.name)));
    found.extend(ty.links.iter().map(|x| ("link", &x.name)));
    found
}

fn report(names: &[(&'static str, &Text)], sink: &mut Diagnostics) {
    let mut first: FxHashMap<&str, (&'static str, &Text)> = FxHashMap::default();
    for &(kind, name) in names {
        let Some(span) = name.span else { continue };
        let Some((earlier_kind, earlier)) = first.get(name.as_str()) else {
            first.insert(name.as_str(), (kind, name));
            continue;
        };
        // Twice as the same kind is for the reader to tell.
        if *earlier_kind == kind {
            continue;
        }
        let message = format!("`{name}` is both a {earlier_kind} and a {kind}");
        let mut found = Diagnostic::new(&RULE, span, message)
            .label("used again here")
            .help("rename one of the two, and every expression that means it");
        if let Some(earlier) = earlier.span {
            found = found.also(earlier, "first used here");
        }
        sink.push(found);
    }
}
