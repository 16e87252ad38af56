//! Quantities with Brian's units.

use nml_codegen::number::in_unit;
use nml_codegen::python;
use nml_units::Dimension;

/// Dimensions with a unit of their own: in declarations, in quantities, and the power of ten of the latter in SI.
const NAMED: &[(Dimension, &str, &str, i32)] = &[
    (Dimension::VOLTAGE, "volt", "*mV", -3),
    (Dimension::TIME, "second", "*ms", -3),
    (Dimension([0, 0, -1, 0, 0, 0, 0]), "hertz", "/ms", 3),
    (Dimension::CONDUCTANCE, "siemens", "*nS", -9),
    (Dimension::CAPACITANCE, "farad", "*nF", -9),
    (Dimension::CURRENT, "amp", "*nA", -9),
    (Dimension::LENGTH, "metre", "*um", -6),
    (Dimension([0, 2, 0, 0, 0, 0, 0]), "metre**2", "*um**2", -12),
    (Dimension([0, 3, 0, 0, 0, 0, 0]), "metre**3", "*um**3", -18),
    (Dimension::CONCENTRATION, "mole*metre**-3", "*mM", 0),
    (Dimension::TEMPERATURE, "kelvin", "*kelvin", 0),
    (Dimension([0, 0, 1, 1, 0, 0, 0]), "coulomb", "*coulomb", 0),
    (Dimension([-1, -2, 3, 1, 0, 0, 0]), "volt**-1", "/mV", 3),
    (Dimension([-1, -4, 3, 2, 0, 0, 0]), "siemens*metre**-2", "*mS/cm**2", 1),
    (Dimension([-1, -4, 4, 2, 0, 0, 0]), "farad*metre**-2", "*uF/cm**2", -2),
    (Dimension([0, -2, 0, 1, 0, 0, 0]), "amp*metre**-2", "*uA/cm**2", -2),
    (Dimension([1, 2, -3, -2, 0, 0, 0]), "ohm", "*Mohm", 6),
    (Dimension([0, 1, -1, 0, 0, 0, 0]), "metre*second**-1", "*um/ms", -3),
];

const BASES: [&str; 7] = ["kilogram", "metre", "second", "amp", "kelvin", "mole", "candle"];

/// The unit of a dimension in SI, as equations declare it.
pub(crate) fn unit(dimension: Dimension) -> String {
    if dimension.is_none() {
        return "1".to_owned();
    }
    if let Some((_, name, _, _)) = NAMED.iter().find(|(known, ..)| *known == dimension) {
        return (*name).to_owned();
    }
    let per_second = dimension.mul(Dimension::TIME);
    if let Some((_, name, _, _)) = NAMED.iter().find(|(known, ..)| Some(*known) == per_second) {
        return format!("{name}*second**-1");
    }
    let mut parts = Vec::new();
    for (base, power) in BASES.iter().zip(dimension.0) {
        match power {
            0 => {}
            1 => parts.push((*base).to_owned()),
            power => parts.push(format!("{base}**{power}")),
        }
    }
    parts.join("*")
}

/// A value in SI as a quantity, with the digits that the author wrote.
pub(crate) fn quantity(si: f64, dimension: Dimension) -> String {
    if dimension.is_none() {
        return python::number(si);
    }
    match NAMED.iter().find(|(known, ..)| *known == dimension) {
        Some((_, _, unit, power)) if si.is_finite() => format!("{}{unit}", in_unit(si, *power)),
        _ => format!("{}*{}", python::number(si), unit(dimension)),
    }
}

/// A column of values in SI as a list times a unit.
pub(crate) fn scale(dimension: Dimension) -> (String, i32) {
    match NAMED.iter().find(|(known, ..)| *known == dimension) {
        Some((_, _, unit, power)) => ((*unit).to_owned(), *power),
        None if dimension.is_none() => (String::new(), 0),
        None => (format!("*{}", unit(dimension)), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_keep_their_digits() {
        assert_eq!(quantity(-0.054_387, Dimension::VOLTAGE), "-54.387*mV");
        assert_eq!(quantity(100.0, Dimension([0, 0, -1, 0, 0, 0, 0])), "0.1/ms");
        assert_eq!(quantity(2.0, Dimension::NONE), "2");
        assert_eq!(quantity(1.5, Dimension([0, 0, 2, 0, 0, 0, 0])), "1.5*second**2");
        assert_eq!(unit(Dimension([1, 2, -4, -1, 0, 0, 0])), "volt*second**-1");
        assert_eq!(unit(Dimension([1, 0, -2, 0, 0, 0, 0])), "kilogram*second**-2");
    }
}
