//! How many compartments a section gets.

use std::f64::consts::PI;

use nml_base::{Diagnostics, Span};

use super::property::Electrics;
use super::sections::{MAX_DIVISIONS, Section, Sections};
use crate::rules;

/// The number of compartments per section.
///
/// Refining never makes a section coarser, and multiplies its number by an odd one, so that the middle of every
/// compartment stays the middle of one.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Division {
    /// `numberInternalDivisions`, 1 where not written.
    #[default]
    AsWritten,
    /// Compartments no longer than this.
    MaxLength {
        /// In µm.
        dx_um: f64,
    },
    /// Compartments no longer than this part of the length constant for a sine of that frequency (Hines and
    /// Carnevale 2001, The Neuroscientist 7:123–135: 0.1 at 100 Hz).
    LengthConstant {
        /// The part.
        d_lambda: f64,
        /// In Hz.
        frequency_hz: f64,
    },
}

impl Division {
    /// Compartments per section; `None`, and a finding, where the numbers asked for are of no use.
    pub(super) fn counts(
        self,
        sections: &Sections,
        electrics: &Electrics,
        span: Span,
        sink: &mut Diagnostics,
    ) -> Option<Vec<u32>> {
        let refuse = |what: String, sink: &mut Diagnostics| {
            sink.push(rules::unusable(span, what));
            None
        };
        let positive = |x: f64| x.is_finite() && x > 0.0;
        match self {
            Self::MaxLength { dx_um } if !positive(dx_um) => {
                return refuse(format!("compartments cannot be {dx_um} µm long"), sink);
            }
            Self::LengthConstant { d_lambda, frequency_hz }
                if !positive(d_lambda) || !positive(frequency_hz) =>
            {
                let what = format!("{d_lambda} of the length constant at {frequency_hz} Hz");
                return refuse(format!("compartments cannot be {what} long"), sink);
            }
            Self::AsWritten | Self::MaxLength { .. } | Self::LengthConstant { .. } => {}
        }
        let mut counts = Vec::with_capacity(sections.all().len());
        let mut total = 0_u64;
        for section in sections.all() {
            let wanted = match self {
                Self::AsWritten => 1.0,
                Self::MaxLength { dx_um } => (section.length_um / dx_um).ceil(),
                Self::LengthConstant { d_lambda, frequency_hz } => {
                    let constants = length_in_constants(sections, section, electrics, frequency_hz);
                    (0.5 * (constants / d_lambda + 0.9)).floor() * 2.0 + 1.0
                }
            };
            let written = section.divisions;
            let times = (wanted / f64::from(written)).ceil().max(1.0);
            let odd = times + f64::from(u8::from(times % 2.0 == 0.0));
            let count = odd * f64::from(written);
            // This also turns away what is no number.
            if !(1.0..=f64::from(MAX_DIVISIONS)).contains(&count) {
                let name = &section.name;
                let what = format!("the section `{name}` would get {count} compartments");
                return refuse(format!("{what}, the most is {MAX_DIVISIONS}"), sink);
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number from 1 to 32767"
            )]
            let count = count as u32;
            total += u64::from(count) + 1;
            counts.push(count);
        }
        if total > u64::from(u32::MAX / 2) {
            return refuse(format!("the cell would get {total} nodes"), sink);
        }
        Some(counts)
    }
}

/// The length of a section over its length constant at a frequency, piece by piece: for each piece
/// `λ = 1/2 sqrt(d / (π f Ra Cm))` with its mean diameter (Hines and Carnevale 2001).
fn length_in_constants(
    sections: &Sections,
    section: &Section,
    electrics: &Electrics,
    frequency_hz: f64,
) -> f64 {
    let mut sum = 0.0;
    for piece in sections.pieces(section) {
        let [d1, d2] = piece.diameter_um.map(|d| d * 1e-6);
        let segment = piece.segment as usize;
        let (r_a, c_m) = (electrics.r_a_ohm_m[segment], electrics.c_m_f_per_m2[segment]);
        let diameter = f64::midpoint(d1, d2);
        let lambda = 0.5 * (diameter / (PI * frequency_hz * r_a * c_m)).sqrt();
        sum += (piece.arc_um[1] - piece.arc_um[0]) * 1e-6 / lambda;
    }
    sum
}
