//! `NML0402` property-missing.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::views::{Cell, Place};
use nml_model::{Component, DocumentKind, Model};

use super::cover::Cover;
use crate::rule::rule;

rule!(
    "NML0402",
    "property-missing",
    Biophysics,
    Error,
    "a segment lacks a property without which it cannot be simulated"
);

/// Specific capacitance and initial potential are needed everywhere, resistivity where there is more than
/// one segment.
const NEEDED: [(&str, &str); 3] = [
    ("specificCapacitance", "<specificCapacitance value=\"1 uF_per_cm2\"/>"),
    ("initMembPotential", "<initMembPotential value=\"-65mV\"/>"),
    ("resistivity", "<resistivity value=\"100 ohm_cm\"/>"),
];

/// A segment without one of them leaves an equation of the cell without a coefficient.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        for (name, example) in NEEDED {
            sink.extend(missing(model, cell, name, example));
        }
    }
}

fn missing(model: &Model, cell: Cell<'_>, name: &'static str, example: &str) -> Option<Diagnostic> {
    let (morphology, biophysics) = (cell.morphology()?, cell.biophysics()?);
    let count = morphology.segments().len();
    if count == 0 || (name == "resistivity" && count == 1) {
        return None;
    }
    let mut values = biophysics.values_of(name).peekable();
    let parent =
        if name == "resistivity" { biophysics.intracellular() } else { biophysics.membrane() };
    let Some(&first) = values.peek() else {
        // The document grammar asks for all but the resistivity.
        let document = biophysics.component().document();
        if name != "resistivity" && document.kind == DocumentKind::NeuroMl {
            return None;
        }
        let message =
            format!("`{}` has {count} segments, but no `<{name}>`", cell.component().shown());
        let at = parent.unwrap_or(biophysics.component());
        return Some(
            Diagnostic::new(&RULE, at.element().name_span(), message)
                .label("missing here")
                .help(format!("add `{example}`")),
        );
    };
    // A value on a place that does not exist is told by another rule, and was meant for these segments.
    let mut places = biophysics.values_of(name).map(Place::of);
    if places.any(|p| matches!(p, Place::Group(group) if !morphology.has_group(group))) {
        return None;
    }
    let cover = Cover::new(morphology, values);
    let mut bare = cover.first.iter().zip(morphology.segments()).filter(|(v, _)| v.is_none());
    let (_, segment) = bare.next()?;
    let others = bare.count();
    let message = match others {
        0 => format!("segment {} has no `<{name}>`", segment.id),
        _ => format!("segment {} and {others} more have no `<{name}>`", segment.id),
    };
    let place: Component<'_> = model.component(morphology.handle_of(segment.node));
    Some(
        Diagnostic::new(&RULE, first.span_of("segmentGroup"), message)
            .label("covers other segments only")
            .also(place.id_span(), "not covered")
            .help(
                "add a value for the remaining segments, or leave `segmentGroup` away to cover all",
            ),
    )
}
