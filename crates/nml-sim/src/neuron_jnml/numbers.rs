//! Numbers as the NEURON programs of jNeuroML hold them.
//!
//! The exporter casts every number to a 32-bit float, multiplies it by a factor that is a 32-bit float too,
//! rounds the product to 32 bits and prints a text that reads back as those 32 bits; NEURON reads
//! that text as a 64-bit number, of which it keeps six digits in some places.  0.3 mS/cm² becomes
//! 2.9999999e-4 S/cm², and 120 Hz 0.120000005 per ms.
//! Source: observed behaviour of jNeuroML 0.14 (`NRNUtils.convertToNeuronUnits`).

/// The factor from SI to the units of the programs; `None` for a dimension the exporter does not know.
///
/// The units do not fit together everywhere: a current density is in mA/cm², a conductance density in µS/cm².
pub(super) fn factor(dimension: &str) -> Option<f32> {
    Some(match dimension {
        "none" | "" | "concentration" | "temperature" => 1.0,
        "voltage" | "time" | "conductance_per_voltage" => 1e3,
        "per_voltage" | "per_time" => 1e-3,
        "per_voltage2" | "specificCapacitance" | "resistance" => 1e-6,
        "conductance" | "current_per_time" | "volume" | "charge_per_mole" => 1e6,
        "capacitance" | "current" | "idealGasConstantDims" => 1e9,
        "currentDensity" => 0.1,
        "conductanceDensity" | "length" | "resistivity" => 1e2,
        "area" => 1e4,
        "rho_factor" => 1e-8,
        _ => return None,
    })
}

/// The factor by which a recorded value is divided to be SI again.
pub(super) fn recorded_factor(dimension: &str) -> Option<f64> {
    let factor = if dimension == "conductanceDensity" { Some(1e-4) } else { factor(dimension) };
    factor.map(text)
}

/// A 32-bit float, printed as Java does before its version 19, and read again.
///
/// That is the shortest text that reads back.  Whole numbers beyond the 24 bits of a float are the exception:
/// they keep all digits but those below the last place, so that 96485.3e6 becomes 9.6485302e10.
pub(super) fn text(x: f32) -> f64 {
    let bits = i32::try_from((x.to_bits() >> 23) & 0xff).unwrap_or(0) - 127;
    if (25..63).contains(&bits) {
        // Below 2^63, and whole: exact both ways.
        let pow10 = 10_i64.pow((bits - 25).unsigned_abs() * 301 / 1000);
        #[expect(clippy::cast_possible_truncation, reason = "below 2^63")]
        let whole = x.abs() as i64;
        let kept = (whole + pow10 / 2) / pow10 * pow10;
        #[expect(clippy::cast_precision_loss, reason = "nine digits at most, then zeros")]
        return (kept as f64).copysign(f64::from(x));
    }
    // The shortest text always reads back; infinities stay what they are.
    format!("{x}").parse().unwrap_or(f64::from(x))
}

/// An SI value times a factor, through 32 bits twice.
pub(super) fn cast_with(si: f64, factor: f32) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "rounding to 32 bits is the point")]
    let narrow = |x: f64| x as f32;
    text(narrow(text(narrow(si)) * f64::from(factor)))
}

/// A number with six significant digits.
///
/// NEURON 9 prints the default values of a mechanism's parameters with `%g` when it turns its file into C++.
/// What a script sets afterwards is exempt: parameters at the top of a point cell, densities, weights.
pub(super) fn six_digits(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// An SI value times a factor, as the exporter computes what it writes into a cell: two 32-bit floats multiplied.
pub(super) fn product(si: f64, factor: f32) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "rounding to 32 bits is the point")]
    let narrow = si as f32;
    text(narrow * factor)
}

/// An SI value in the units of the programs; `None` for a dimension the exporter does not know.
pub(super) fn cast(si: f64, dimension: &str) -> Option<f64> {
    factor(dimension).map(|factor| cast_with(si, factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_generated_programs() {
        assert_eq!(cast(-0.065, "voltage"), Some(-65.0));
        assert_eq!(cast(120.0, "per_time"), Some(0.120_000_005));
        assert_eq!(cast(0.2e-9, "conductance"), Some(2.0e-4));
        assert_eq!(cast(96485.3, "charge_per_mole"), Some(9.648_530_2e10));
        assert_eq!(cast(8.4e-8, "length"), Some(8.4e-6));
        assert_eq!(product(3.0, 1e-4), 2.999_999_9e-4);
        assert_eq!(product(500.0, 1e-4), 0.049_999_997);
        assert_eq!(product(0.015, 1e2), 1.5);
        assert_eq!(cast(1.0, "illuminance"), None);
    }

    #[test]
    fn defaults_have_six_digits() {
        assert_eq!(six_digits(1.920_544), 1.920_54);
        assert_eq!(six_digits(0.120_000_005), 0.12);
        assert_eq!(six_digits(-65.0), -65.0);
        assert_eq!(six_digits(0.0), 0.0);
    }

    #[test]
    fn what_is_recorded_is_divided_by_what_was_printed() {
        assert_eq!(recorded_factor("currentDensity"), Some(0.1));
        assert_eq!(recorded_factor("per_time"), Some(0.001));
        assert_eq!(recorded_factor("conductanceDensity"), Some(1e-4));
    }
}
