//! Every attribute of a model that names another component, and what it may name.

use std::rc::Rc;

use nml_base::Span;
use nml_model::{Component, DocumentKind, IncludeTarget, Model, TypeId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of component types.
type Kinds = Rc<[Rc<str>]>;

/// The references of a type: attribute, and what it may name.
type Declared = Rc<[(Rc<str>, Kinds)]>;

/// One attribute that names a component.
pub(super) struct Target<'m> {
    /// The component that has the attribute, or the element around a table row.
    pub(super) holder: Component<'m>,
    /// What has the attribute, for messages: an element name.
    pub(super) element: &'static str,
    /// The attribute.
    pub(super) attribute: Rc<str>,
    /// Its value.
    pub(super) id: &'m str,
    /// Its place.
    pub(super) span: Span,
    /// The types the target may have or extend; empty for any.
    pub(super) kinds: Kinds,
}

impl Target<'_> {
    /// The attribute and who has it: `` `synapse` of `<projection id="p">` ``.
    pub(super) fn shown(&self) -> String {
        if self.element.is_empty() {
            return format!("`{}` of `{}`", self.attribute, self.holder.shown());
        }
        format!("`{}` of `<{}>` in `{}`", self.attribute, self.element, self.holder.shown())
    }

    /// The kinds in words.
    pub(super) fn kinds_shown(&self) -> String {
        let quoted: Vec<_> = self.kinds.iter().map(|k| format!("`{k}`")).collect();
        quoted.join(" or ")
    }
}

/// Whether a component is of one of the kinds; an unknown type may be anything.
pub(super) fn fits(component: Component<'_>, kinds: &[Rc<str>]) -> bool {
    kinds.is_empty()
        || component.ty().is_none()
        || kinds.iter().any(|kind| component.is_a(kind) || component.name() == &**kind)
}

/// The declared kind, and those that NeuroML documents use in its place: spike sources are populations of
/// their own, and the dimensionless cells take dimensionless currents.
fn widened(kind: &str, holder: &str) -> Kinds {
    let kinds: &[&str] = match (kind, holder) {
        ("baseCell", _) => &["baseCell", "baseSpikeSource"],
        ("basePointCurrent", "explicitInput") => {
            &["basePointCurrent", "basePointCurrentDL", "baseSpikeSource"]
        }
        ("basePointCurrent", _) => &["basePointCurrent", "basePointCurrentDL"],
        ("baseSynapse", _) => &["baseSynapse", "baseSynapseDL"],
        ("Component", _) => &[],
        _ => return Rc::from([Rc::from(kind)]),
    };
    kinds.iter().map(|&k| Rc::from(k)).collect()
}

/// Attributes that the standard's types do not declare as references.
const UNDECLARED: [(&str, &str, &str); 2] = [
    ("cell", "morphology", "morphology"),
    ("cell", "biophysicalProperties", "biophysicalProperties"),
];

/// Calls `each` for every reference, in document order within a document.
pub(super) fn for_each<'m>(model: &'m Model, mut each: impl FnMut(Target<'m>)) {
    let mut known: FxHashMap<TypeId, Declared> = FxHashMap::default();
    for holder in model.components() {
        if let Some(ty) = holder.ty() {
            let declared = known.entry(ty).or_insert_with(|| declared(model, ty));
            for (attribute, kinds) in declared.iter() {
                let Some(found) = holder.attribute(attribute) else { continue };
                each(Target {
                    holder,
                    element: "",
                    attribute: Rc::clone(attribute),
                    id: found.value(),
                    span: found.value_span(),
                    kinds: Rc::clone(kinds),
                });
            }
        }
        if holder.table().is_some() {
            rows(holder, &mut each);
        }
    }
}

fn declared(model: &Model, ty: TypeId) -> Declared {
    let types = model.types();
    // What a simulation refers to belongs to the rules about simulations.
    let simulation = types.named("Simulation");
    if simulation.is_some_and(|simulation| types.lineage(ty).contains(&simulation)) {
        return Rc::from([]);
    }
    // So do the states of a gate, which are looked up there.
    if types.is_a(ty, "KSTransition") {
        return Rc::from([]);
    }
    let holder = types.get(ty).name.as_str().to_owned();
    let mut found: Vec<(Rc<str>, Kinds)> = Vec::new();
    // The references that a user's own type declares belong to the rules about LEMS.
    let standard = types.document_of(ty).is_none();
    for reference in types.references(ty) {
        if reference.local || !standard {
            continue;
        }
        let kinds = if reference.is_any { Rc::from([]) } else { widened(&reference.ty, &holder) };
        found.push((Rc::from(reference.name.as_str()), kinds));
    }
    for (element, attribute, kind) in UNDECLARED {
        if types.is_a(ty, element) && !found.iter().any(|(name, _)| **name == *attribute) {
            found.push((Rc::from(attribute), widened(kind, element)));
        }
    }
    found.into()
}

/// The components that connections name, each distinct one once per attribute.
fn rows<'m>(holder: Component<'m>, each: &mut impl FnMut(Target<'m>)) {
    let Some(table) = holder.connections() else { return };
    let names: Vec<&str> = table.component_names().collect();
    if names.is_empty() {
        return;
    }
    let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
    let wanted = 2 * names.len();
    for row in 0..table.len() {
        let kind = table.kind.get(row);
        let (pre, post, class) = if kind.is_electrical() {
            ("synapse", "", "gapJunction")
        } else if kind.is_continuous() {
            ("preComponent", "postComponent", "baseGradedSynapse")
        } else {
            continue;
        };
        for (attribute, name) in
            [(pre, table.pre_component(row)), (post, table.post_component(row))]
        {
            let Some(id) = name.filter(|_| !attribute.is_empty()) else { continue };
            if !seen.insert((attribute, id)) {
                continue;
            }
            each(Target {
                holder,
                element: kind.name(),
                attribute: Rc::from(attribute),
                id,
                span: crate::rows::attribute(holder, &table.spans, row, attribute),
                kinds: Rc::from([Rc::from(class)]),
            });
        }
        if seen.len() >= wanted {
            break;
        }
    }
}

/// Something to do about a name that leads to a component of another kind.
pub(super) fn other_kind(model: &Model, id: &str, kinds: &[Rc<str>]) -> String {
    if model.top_level().any(|c| fits(c, kinds) && c.id().is_some()) {
        return advice(model, id, kinds);
    }
    let shown = kinds.first().map_or("", |kind| &**kind);
    format!("name a component of that kind; a component type of your own has to extend `{shown}`")
}

/// Something to do about a name that leads nowhere.
pub(super) fn advice(model: &Model, id: &str, kinds: &[Rc<str>]) -> String {
    let fitting = || model.top_level().filter(|c| fits(*c, kinds)).filter_map(Component::id);
    if let Some(near) = nml_base::nearest(id, fitting()) {
        return format!("did you mean `{near}`?");
    }
    if model.includes().iter().any(|include| include.target == IncludeTarget::Missing) {
        return "it may stand in an included file that could not be read".to_owned();
    }
    let mut some: Vec<_> = fitting().take(4).collect();
    if some.is_empty() {
        let file = match model.root().kind {
            DocumentKind::Lems => "`<Include file=\"FILE\"/>`",
            DocumentKind::NeuroMl | DocumentKind::NeuroMlV1 | DocumentKind::Other => {
                "`<include href=\"FILE\"/>`"
            }
        };
        return format!("define it, or include the file that does: {file}");
    }
    let more = if some.len() > 3 { ", …" } else { "" };
    some.truncate(3);
    format!("what could stand here: `{}`{more}", some.join("`, `"))
}
