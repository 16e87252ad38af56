//! The units that equations are written in.

use nml_units::Dimension;

/// A coherent system of units: an equation that holds in SI holds in it, number for number.
///
/// Exponents of ten of the SI base units, in the order of [`Dimension`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Units {
    powers: [i32; 7],
    names: &'static [(Dimension, &'static str)],
}

const VOLTAGE: Dimension = Dimension::VOLTAGE;
const PER_TIME: Dimension = Dimension([0, 0, -1, 0, 0, 0, 0]);
const PER_VOLTAGE: Dimension = Dimension([-1, -2, 3, 1, 0, 0, 0]);
const AREA: Dimension = Dimension([0, 2, 0, 0, 0, 0, 0]);
const CURRENT_DENSITY: Dimension = Dimension([0, -2, 0, 1, 0, 0, 0]);
const CONDUCTANCE_DENSITY: Dimension = Dimension([-1, -4, 3, 2, 0, 0, 0]);
const CHARGE: Dimension = Dimension([0, 0, 1, 1, 0, 0, 0]);
const PERMEABILITY: Dimension = Dimension([0, 1, -1, 0, 0, 0, 0]);

/// What is on a membrane: cm, ms, mV, mA, so that densities are in S/cm2 and mA/cm2, concentrations in mM.
pub const MEMBRANE: Units = Units {
    powers: [-11, -2, -3, -3, 0, -6, 0],
    names: &[
        (VOLTAGE, "mV"),
        (PER_VOLTAGE, "/mV"),
        (Dimension::TIME, "ms"),
        (PER_TIME, "/ms"),
        (Dimension::CURRENT, "mA"),
        (Dimension::CONDUCTANCE, "S"),
        (Dimension::LENGTH, "cm"),
        (AREA, "cm2"),
        (CURRENT_DENSITY, "mA/cm2"),
        (CONDUCTANCE_DENSITY, "S/cm2"),
        (Dimension::CONCENTRATION, "mM"),
        (Dimension::TEMPERATURE, "degK"),
        (PERMEABILITY, "cm/ms"),
        (Dimension::NONE, "1"),
    ],
};

/// What sits at a point: µm, ms, mV, nA, so that conductances are in µS, capacitances in nF.
pub const POINT: Units = Units {
    powers: [-9, -6, -3, -9, 0, -18, 0],
    names: &[
        (VOLTAGE, "mV"),
        (PER_VOLTAGE, "/mV"),
        (Dimension::TIME, "ms"),
        (PER_TIME, "/ms"),
        (Dimension::CURRENT, "nA"),
        (Dimension::CONDUCTANCE, "uS"),
        (Dimension::CAPACITANCE, "nF"),
        (CHARGE, "pC"),
        (Dimension::LENGTH, "um"),
        (AREA, "um2"),
        (Dimension::CONCENTRATION, "mM"),
        (Dimension::TEMPERATURE, "degK"),
        (Dimension::NONE, "1"),
    ],
};

impl Units {
    /// The unit of a dimension is ten to this power in SI.
    pub fn power(self, dimension: Dimension) -> i32 {
        dimension.0.iter().zip(self.powers).map(|(&e, power)| i32::from(e) * power).sum()
    }

    /// How NMODL calls the unit, where it has a name.
    pub fn name(self, dimension: Dimension) -> Option<&'static str> {
        self.names.iter().find(|(known, _)| *known == dimension).map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_the_simulator() {
        assert_eq!(MEMBRANE.power(VOLTAGE), -3);
        assert_eq!(MEMBRANE.power(CONDUCTANCE_DENSITY), 4);
        assert_eq!(MEMBRANE.power(CURRENT_DENSITY), 1);
        assert_eq!(MEMBRANE.power(Dimension::CONCENTRATION), 0);
        assert_eq!(POINT.power(VOLTAGE), -3);
        assert_eq!(POINT.power(Dimension::CONDUCTANCE), -6);
        assert_eq!(POINT.power(Dimension::CAPACITANCE), -9);
        assert_eq!(POINT.power(Dimension::CONCENTRATION), 0);
    }
}
