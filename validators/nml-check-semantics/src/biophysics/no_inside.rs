//! `NML0408` no-intracellular-properties.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!(
    "NML0408",
    "no-intracellular-properties",
    Biophysics,
    Warn,
    "a cell has no `<intracellularProperties>`, without which some tools crash"
);

/// The grammar allows a cell without, the reference validator throws an exception on it.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let Some(biophysics) = cell.biophysics() else { continue };
        if biophysics.intracellular().is_some() {
            continue;
        }
        let message = format!("`{}` has no `<intracellularProperties>`", cell.component().shown());
        sink.push(
            Diagnostic::new(&RULE, biophysics.component().element().name_span(), message).help(
                "add `<intracellularProperties><resistivity value=\"100 ohm_cm\"/></intracellularProperties>`",
            ),
        );
    }
}
