//! `NML0406` missing-species.

use nml_base::{Diagnostic, Diagnostics};
use nml_model::{Component, Model};

use crate::rule::rule;

rule!(
    "NML0406",
    "missing-species",
    Biophysics,
    Error,
    "a density needs concentrations of an ion that the cell does not keep"
);

/// Nernst and Goldman–Hodgkin–Katz currents read the concentrations of their ion inside and outside.
fn needs_concentrations(density: Component<'_>) -> bool {
    let name = density.name();
    name.contains("Nernst") || name.contains("GHK")
}

/// Each such density needs a `<species>` of its ion; `ca2` is the second calcium pool.
pub(crate) fn check(model: &Model, sink: &mut Diagnostics) {
    for cell in model.cells() {
        let Some(biophysics) = cell.biophysics() else { continue };
        let ions: Vec<_> = biophysics.species().filter_map(|s| s.attr("ion").or(s.id())).collect();
        for density in biophysics.densities().filter(|d| needs_concentrations(*d)) {
            let Some(ion) = density.attr("ion") else { continue };
            if ions.contains(&ion) {
                continue;
            }
            let message = format!(
                "`{}` needs the concentrations of `{ion}`, but the cell has no such species",
                density.shown()
            );
            let help = match nml_base::nearest(ion, ions.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "add `<species id=\"{ion}\" ion=\"{ion}\" concentrationModel=\"…\" …/>` to `<intracellularProperties>`"
                ),
            };
            let mut found = Diagnostic::new(&RULE, density.span_of("ion"), message)
                .label("no species of this ion")
                .help(help);
            if let Some(inside) = biophysics.intracellular() {
                found = found.also(inside.element().name_span(), "species belong here");
            }
            sink.push(found);
        }
    }
}
