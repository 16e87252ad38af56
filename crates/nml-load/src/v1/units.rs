//! The two systems of units of NeuroML 1.

use nml_base::Diagnostics;
use nml_xml::Element;

use super::leftover::Taken;

/// The units of one system, as NeuroML 2 spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) voltage: &'static str,
    pub(super) time: &'static str,
    pub(super) per_time: &'static str,
    pub(super) current: &'static str,
    pub(super) conductance: &'static str,
    pub(super) conductance_density: &'static str,
    pub(super) specific_capacitance: &'static str,
    pub(super) resistivity: &'static str,
    pub(super) concentration: &'static str,
    pub(super) length: &'static str,
}

/// cm, mV, ms, mS, µA, mol.
pub(super) const PHYSIOLOGICAL: Units = Units {
    voltage: "mV",
    time: "ms",
    per_time: "per_ms",
    current: "uA",
    conductance: "mS",
    conductance_density: "mS_per_cm2",
    specific_capacitance: "uF_per_cm2",
    resistivity: "kohm_cm",
    concentration: "mol_per_cm3",
    length: "cm",
};

/// m, V, s, S, A, mol.
pub(super) const SI: Units = Units {
    voltage: "V",
    time: "s",
    per_time: "per_s",
    current: "A",
    conductance: "S",
    conductance_density: "S_per_m2",
    specific_capacitance: "F_per_m2",
    resistivity: "ohm_m",
    concentration: "mol_per_m3",
    length: "m",
};

/// The units that an element declares, else those around it; a finding where they are neither of the two.
pub(super) fn of(
    element: Element<'_>,
    around: Option<Units>,
    taken: &mut Taken,
    sink: &mut Diagnostics,
) -> Units {
    match taken.attribute(element, "units") {
        Some("Physiological Units") => PHYSIOLOGICAL,
        Some("SI Units") => SI,
        Some(other) => {
            let span =
                element.attribute("units").map_or(element.name_span(), nml_xml::Attr::value_span);
            taken.unmapped(span, format!("the units `{other}`"), sink);
            PHYSIOLOGICAL
        }
        None => around.unwrap_or_else(|| {
            taken.unmapped(element.name_span(), "numbers without a system of units", sink);
            PHYSIOLOGICAL
        }),
    }
}
