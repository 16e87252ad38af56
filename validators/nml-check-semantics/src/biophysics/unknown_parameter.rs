//! `NML0405` unknown-inhomogeneous-parameter.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::views::{Cell, Morphology};
use nml_model::{Component, Model};

use crate::morphology::near_group;
use crate::rule::rule;

rule!(
    "NML0405",
    "unknown-inhomogeneous-parameter",
    Biophysics,
    Error,
    "a density varies with a parameter that its segment group does not define"
);

/// `variableParameter` names a group, its `inhomogeneousValue` a parameter defined in that group.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let (Some(morphology), Some(biophysics)) = (cell.morphology(), cell.biophysics()) else {
            continue;
        };
        for density in biophysics.densities() {
            for variable in density.children_named("variableParameter") {
                sink.extend(look(model, cell, morphology, variable));
            }
        }
    }
}

fn look(
    model: &Model,
    cell: Cell<'_>,
    morphology: &Morphology,
    variable: Component<'_>,
) -> Option<Diagnostic> {
    let name = variable.attr("segmentGroup")?;
    let Some(group) = morphology.group_index(name) else {
        let message = format!(
            "the density varies over group `{name}`, which `{}` does not have",
            cell.component().shown()
        );
        return Some(
            Diagnostic::new(&RULE, variable.span_of("segmentGroup"), message)
                .label("no group has this name")
                .help(near_group(morphology, name)),
        );
    };
    let value = variable.child("inhomogeneousValue")?;
    let wanted = value.attr("inhomogeneousParameter")?;
    let group = model.component(morphology.handle_of(morphology.groups()[group].node));
    let names = || group.children_named("inhomogeneousParameter").filter_map(Component::id);
    if names().any(|n| n == wanted) {
        return None;
    }
    let help = match (nml_base::nearest(wanted, names()), names().next()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(first)) => format!("group `{name}` defines `{first}`"),
        (None, None) => {
            format!("add an `<inhomogeneousParameter id=\"{wanted}\" …/>` to group `{name}`")
        }
    };
    let message = format!("group `{name}` has no inhomogeneous parameter `{wanted}`");
    Some(
        Diagnostic::new(&RULE, value.span_of("inhomogeneousParameter"), message)
            .label("not defined")
            .also(group.id_span(), "the group")
            .help(help),
    )
}
