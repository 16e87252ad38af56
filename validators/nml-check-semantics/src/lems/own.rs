//! What the rules on component types have in common.

use nml_base::{Span, TextRange, nearest};
use nml_lems::{Action, ComponentType, Dynamics, Regime, Text};
use nml_model::{Component, DocumentKind, Model, TypeId};

/// The types that the files of a model define.  Those of the standard are held against these rules in a
/// test, not on every run.
pub(crate) fn types(model: &Model) -> impl Iterator<Item = (TypeId, &ComponentType)> {
    model.types().own().map(|id| (id, model.types().get(id)))
}

/// Whether all ancestors of a type exist; where not, that is reported, and what they would have declared is
/// not known.
pub(crate) fn is_whole(model: &Model, id: TypeId) -> bool {
    let types = model.types();
    types.line(id).all(|ty| ty.extends.as_ref().is_none_or(|name| types.named(name).is_some()))
}

/// The types that the files of a model define, of which all ancestors exist.
pub(crate) fn whole_types(model: &Model) -> impl Iterator<Item = (TypeId, &ComponentType)> {
    types(model).filter(move |&(id, _)| is_whole(model, id))
}

/// A component in backquotes.
pub(crate) fn shown(component: Component<'_>) -> String {
    format!("`{}`", component.shown())
}

/// Whether a component is for LEMS to judge: its type is the user's, or it stands in a LEMS file.  For the
/// rest the grammar of NeuroML documents says the same.
pub(crate) fn is_ours(component: Component<'_>) -> bool {
    component.document().kind == DocumentKind::Lems
        || component.ty().is_some_and(|ty| component.model().types().document_of(ty).is_some())
}

/// All components for LEMS to judge.
pub(crate) fn components(model: &Model) -> impl Iterator<Item = Component<'_>> {
    let all = any_is_ours(model).then(|| model.components());
    let all = all.into_iter().flatten();
    all.filter(|&c| c.role() != nml_model::Role::Other && is_ours(c))
}

/// Whether there may be such components at all: a plain cell of a million segments has none.
pub(crate) fn any_is_ours(model: &Model) -> bool {
    model.types().own().len() > 0 || model.documents().iter().any(|d| d.kind == DocumentKind::Lems)
}

/// A part of a text as a place in the source; the whole text where references in it were expanded.
pub(crate) fn part(text: &Text, range: TextRange) -> Option<Span> {
    let span = text.span?;
    let plain = (span.end - span.start) as usize == text.len();
    Some(if plain { range.in_span(span) } else { span })
}

/// How many candidates are looked at for a suggestion, so that many slips in a large model stay cheap.
const MAX_CANDIDATES: usize = 1000;

/// "did you mean …?", where a candidate is close.
pub(crate) fn meant<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates.into_iter().take(MAX_CANDIDATES))
        .map(|near| format!("did you mean `{near}`?"))
}

/// Names in backquotes with commas; the first ten and how many more there are.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(10).map(|n| format!("`{n}`")).collect();
    match names.len().saturating_sub(10) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The nearest candidate, else all of them.
pub(crate) fn meant_or_list(word: &str, what: &str, candidates: &[&str]) -> Option<String> {
    let near = meant(word, candidates.iter().copied());
    near.or_else(|| {
        (!candidates.is_empty()).then(|| format!("{what} {}", list(candidates.iter().copied())))
    })
}

/// A list of actions and what sets it off.
pub(crate) struct Handler<'m> {
    /// The regime it belongs to.
    pub(crate) regime: Option<&'m Regime>,
    /// The actions.
    pub(crate) actions: &'m [Action],
}

/// All handlers of a behaviour.
pub(crate) fn handlers(dynamics: &Dynamics) -> Vec<Handler<'_>> {
    let mut found = Vec::new();
    let mut add = |regime, actions| found.push(Handler { regime, actions });
    dynamics.on_start.iter().for_each(|h| add(None, &*h.actions));
    dynamics.on_event.iter().for_each(|h| add(None, &*h.actions));
    dynamics.on_condition.iter().for_each(|h| add(None, &*h.actions));
    for regime in dynamics.regimes.iter() {
        let here = Some(regime);
        regime.on_start.iter().for_each(|h| add(here, &*h.actions));
        regime.on_entry.iter().for_each(|h| add(here, &*h.actions));
        regime.on_event.iter().for_each(|h| add(here, &*h.actions));
        regime.on_condition.iter().for_each(|h| add(here, &*h.actions));
    }
    found
}

/// The dimension names written in a type, with their places.
pub(crate) fn dimensions(ty: &ComponentType) -> Vec<&Text> {
    let mut found: Vec<&Text> = Vec::new();
    found.extend(ty.properties.iter().map(|x| &x.dimension));
    found.extend(ty.parameters.iter().map(|x| &x.dimension));
    found.extend(ty.derived_parameters.iter().filter_map(|x| x.dimension.as_ref()));
    found.extend(ty.constants.iter().map(|x| &x.dimension));
    found.extend(ty.exposures.iter().map(|x| &x.dimension));
    found.extend(ty.requirements.iter().map(|x| &x.dimension));
    if let Some(d) = &ty.dynamics {
        found.extend(d.state_variables.iter().map(|x| &x.dimension));
        found.extend(d.derived_variables.iter().filter_map(|x| x.dimension.as_ref()));
        found.extend(d.conditional_derived_variables.iter().filter_map(|x| x.dimension.as_ref()));
        for r in d.regimes.iter() {
            found.extend(r.state_variables.iter().map(|x| &x.dimension));
            found.extend(r.derived_variables.iter().filter_map(|x| x.dimension.as_ref()));
        }
    }
    found
}
