//! `NML0760` unknown-component-type.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, DocumentKind, Model, Role};

use crate::rule::rule;

rule!(
    "NML0760",
    "unknown-component-type",
    Lems,
    Error,
    "a component has a type that does not exist"
);

use crate::lems::own;

/// Elements at the top of a LEMS file, and `<Component type="…">` anywhere, have a type.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    let types = model.types();
    for component in model.top_level() {
        let in_lems = component.document().kind == DocumentKind::Lems;
        if component.role() != Role::Unplaced || !(in_lems || component.name() == "Component") {
            continue;
        }
        sink.push(report(component));
    }
    // A `type` that chooses a kind of what a slot takes.
    for component in own::components(model).filter(|c| c.role() == Role::Child) {
        let (Some(chosen), Some(ty)) = (component.attribute("type"), component.ty()) else {
            continue;
        };
        let declares = types.line(ty).any(|t| {
            t.texts.iter().any(|x| x.name == "type")
                || t.parameters.iter().any(|x| x.name == "type")
        });
        if declares || types.named(chosen.value()).is_some() {
            continue;
        }
        let message = format!("there is no component type `{}`", chosen.value());
        let help = own::meant(chosen.value(), types.names());
        sink.push(
            Diagnostic::new(&RULE, chosen.value_span(), message)
                .label("unknown type")
                .maybe_help(help),
        );
    }
}

fn report(component: Component<'_>) -> Diagnostic {
    let types = component.model().types();
    let (name, span) = match component.attribute("type") {
        Some(ty) if component.name() == "Component" => (ty.value(), ty.value_span()),
        _ => (component.name(), component.element().name_span()),
    };
    let message = match (component.name(), component.attribute("type")) {
        ("Component", None) => "`<Component>` does not say its `type`".to_owned(),
        _ => format!("there is no component type `{name}`"),
    };
    let help = own::meant(name, types.names()).unwrap_or_else(|| {
        if types.has_standard() {
            "define it with `<ComponentType>`, or include the file that does".to_owned()
        } else {
            "define it with `<ComponentType>`, or include the file that does, such as `Cells.xml` for the \
             NeuroML cells"
                .to_owned()
        }
    });
    Diagnostic::new(&RULE, span, message).label("unknown type").help(help)
}
