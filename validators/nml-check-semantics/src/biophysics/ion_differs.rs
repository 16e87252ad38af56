//! `NML0407` ion-differs.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::Model;

use crate::rule::rule;

rule!("NML0407", "ion-differs", Biophysics, Warn, "a density carries another ion than its channel");

/// `ion` of the density and `species` of the channel say the same thing twice.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let Some(biophysics) = cell.biophysics() else { continue };
        for density in biophysics.densities() {
            let (Some(ion), Some(channel)) = (density.attr("ion"), density.attr("ionChannel"))
            else {
                continue;
            };
            let Some(channel) = model.find(channel) else { continue };
            let Some(species) = channel.attr("species") else { continue };
            if ion == species {
                continue;
            }
            let message = format!(
                "`{}` carries `{ion}`, its channel `{}` carries `{species}`",
                density.shown(),
                channel.id().unwrap_or("?")
            );
            sink.push(
                Diagnostic::new(&RULE, density.span_of("ion"), message)
                    .label("one ion")
                    .also(channel.span_of("species"), "another ion")
                    .help("let `ion` of the density and `species` of the channel agree"),
            );
        }
    }
}
