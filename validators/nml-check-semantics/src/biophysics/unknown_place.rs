//! `NML0401` unknown-place.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::views::{Cell, Morphology, Place};
use nml_model::{Component, Model};

use super::placed;
use crate::morphology::{near_group, near_segment};
use crate::rows::Folded;
use crate::rule::rule;

rule!(
    "NML0401",
    "unknown-place",
    Biophysics,
    Error,
    "a biophysical property lies on a segment group or segment that does not exist"
);

/// Every property of every kind; `all` always exists.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let (Some(morphology), Some(biophysics)) = (cell.morphology(), cell.biophysics()) else {
            continue;
        };
        let mut found = Folded::new(sink);
        for property in placed(biophysics) {
            if let Some(defect) = defect(morphology, property) {
                found.push(|| report(morphology, property, cell, &defect));
            }
        }
    }
}

/// The attribute at fault, and what it says.
fn defect<'m>(morphology: &Morphology, property: Component<'m>) -> Option<(&'static str, &'m str)> {
    match Place::of(property) {
        Place::Group(name) => (!morphology.has_group(name)).then_some(("segmentGroup", name)),
        Place::Segment(text) => {
            let id = text.trim_ascii().parse::<u32>();
            (!id.is_ok_and(|id| morphology.has_segment(id))).then_some(("segment", text))
        }
    }
}

fn report(
    morphology: &Morphology,
    property: Component<'_>,
    cell: Cell<'_>,
    &(attribute, value): &(&'static str, &str),
) -> Diagnostic {
    let (what, help) = if attribute == "segment" {
        ("segment", near_segment(morphology))
    } else {
        ("segment group", near_group(morphology, value))
    };
    let message = format!(
        "`{}` lies on {what} `{value}`, which `{}` does not have",
        property.shown(),
        cell.component().shown()
    );
    Diagnostic::new(&RULE, property.span_of(attribute), message)
        .label("not in the morphology")
        .help(help)
}
