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
    Check::model(&unknown_place::RULE, unknown_place::check),
    Check::model(&property_missing::RULE, property_missing::check),
    Check::model(&property_twice::RULE, property_twice::check),
    Check::model(&threshold_on_part::RULE, threshold_on_part::check),
    Check::model(&unknown_parameter::RULE, unknown_parameter::check),
    Check::model(&missing_species::RULE, missing_species::check),
    Check::model(&ion_differs::RULE, ion_differs::check),
    Check::model(&no_inside::RULE, no_inside::check),
    Check::attribute(&negative_conductance::RULE, negative_conductance::check),
    Check::attribute(&implausible_value::RULE, implausible_value::check),
];

/// Everything that lies on a part of the cell.
fn placed(biophysics: Biophysics<'_>) -> impl Iterator<Item = Component<'_>> {
    let sections = [biophysics.membrane(), biophysics.intracellular()];
    sections.into_iter().flatten().flat_map(Component::children).filter(|c| {
        // The grammar gives these no place of their own.
        !matches!(c.name(), "notes" | "annotation" | "property")
    })
}
