//! `NML0729` unprovided-requirement.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Model, TypeId};
use rustc_hash::FxHashSet;

use crate::rule::rule;

rule!(
    "NML0729",
    "unprovided-requirement",
    Lems,
    Error,
    "a component needs a quantity that no type of the model has"
);

use crate::lems::own;
use crate::simulation::run;

/// What a type in use requires is an exposure, variable, parameter or the like of some type in force.
///
/// Where a component is placed is settled when instances are built, so only a name that nobody has at all
/// is certain to fail, and only in a model that is there to be run.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    if run::all(model).next().is_none() {
        return;
    }
    let mut used: FxHashSet<TypeId> = FxHashSet::default();
    for component in model.components() {
        if let Some(ty) = component.ty() {
            used.insert(ty);
        }
    }
    let used: FxHashSet<TypeId> =
        used.iter().flat_map(|&ty| types.lineage(ty).iter().copied()).collect();
    let mut provided: FxHashSet<&str> = FxHashSet::default();
    let all: Vec<&str> = types.names().collect();
    for ty in all.into_iter().filter_map(|name| types.named(name)).map(|id| types.get(id)) {
        provided.extend(ty.parameters.iter().map(|x| x.name.as_str()));
        provided.extend(ty.derived_parameters.iter().map(|x| x.name.as_str()));
        provided.extend(ty.constants.iter().map(|x| x.name.as_str()));
        provided.extend(ty.properties.iter().map(|x| x.name.as_str()));
        provided.extend(ty.exposures.iter().map(|x| x.name.as_str()));
        if let Some(d) = &ty.dynamics {
            provided.extend(d.state_variables.iter().map(|x| x.name.as_str()));
            provided.extend(d.derived_variables.iter().map(|x| x.name.as_str()));
            provided.extend(d.conditional_derived_variables.iter().map(|x| x.name.as_str()));
        }
    }
    for (id, ty) in own::types(model).filter(|(id, _)| used.contains(id)) {
        for requirement in ty.requirements.iter() {
            let name = requirement.name.as_str();
            let Some(span) = requirement.name.span else { continue };
            if name == "t" || provided.contains(name) {
                continue;
            }
            let mut candidates: Vec<&str> = provided.iter().copied().collect();
            candidates.sort_unstable();
            let help = own::meant(name, candidates).unwrap_or_else(|| {
                "add an exposure or parameter of that name to the type that holds this one"
                    .to_owned()
            });
            let message = format!(
                "`{}` requires `{name}`, which no component type of the model has",
                types.get(id).name
            );
            sink.push(Diagnostic::new(&RULE, span, message).label("never provided").help(help));
        }
    }
}
