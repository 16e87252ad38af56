//! Electrical properties of cells: `NML04xx`.

use nml_model::Component;
use nml_model::views::Biophysics;

use crate::Check;

mod cover;
mod implausible_value;
mod ion_differs;
mod missing_species;
mod negative_conductance;
mod no_inside;
mod property_missing;
mod property_twice;
mod threshold_on_part;
mod unknown_parameter;
mod unknown_place;

pub(crate) const CHECKS: &[Check] = &[
    Check { rule: &unknown_place::RULE, run: unknown_place::check },
    Check { rule: &property_missing::RULE, run: property_missing::check },
    Check { rule: &property_twice::RULE, run: property_twice::check },
    Check { rule: &threshold_on_part::RULE, run: threshold_on_part::check },
    Check { rule: &unknown_parameter::RULE, run: unknown_parameter::check },
    Check { rule: &missing_species::RULE, run: missing_species::check },
    Check { rule: &ion_differs::RULE, run: ion_differs::check },
    Check { rule: &no_inside::RULE, run: no_inside::check },
    Check { rule: &negative_conductance::RULE, run: negative_conductance::check },
    Check { rule: &implausible_value::RULE, run: implausible_value::check },
];

/// Everything that lies on a part of the cell.
fn placed(biophysics: Biophysics<'_>) -> impl Iterator<Item = Component<'_>> {
    let sections = [biophysics.membrane(), biophysics.intracellular()];
    sections.into_iter().flatten().flat_map(Component::children).filter(|c| {
        // The grammar gives these no place of their own.
        !matches!(c.name(), "notes" | "annotation" | "property")
    })
}
