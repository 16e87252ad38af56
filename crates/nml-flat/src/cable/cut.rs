//! Areas and axial resistances of pieces of a section.

use std::f64::consts::PI;

use super::sections::Piece;

/// One half of a compartment.
#[derive(Clone, Debug, Default)]
pub(super) struct Half {
    /// Resistance along it, MΩ.
    pub(super) r_mohm: f64,
    /// Membrane per segment, µm², in order.
    pub(super) cover: Vec<(u32, f64)>,
}

/// Lateral area of a frustum in µm², from its length and its end diameters.
fn lateral_area_um2(length: f64, d1: f64, d2: f64) -> f64 {
    let slope = (d2 - d1) / 2.0;
    PI / 2.0 * (d1 + d2) * (length * length + slope * slope).sqrt()
}

/// Cuts a section into `2 n` halves of equal length, from its beginning to its end.
///
/// The resistance of a frustum of resistivity Ra is `4 Ra L / (π d1 d2)`: the integral of
/// `4 Ra / (π d²)` along a linear taper.  `r_a_ohm_m` is per segment.
pub(super) fn halves(pieces: &[Piece], length_um: f64, n: u32, r_a_ohm_m: &[f64]) -> Vec<Half> {
    let count = 2 * n as usize;
    let mut halves = vec![Half::default(); count];
    let bound = |half: usize| {
        let fraction = (half + 1) as f64 / count as f64;
        if half + 1 == count { f64::INFINITY } else { length_um * fraction }
    };
    let mut at_half = 0;
    for piece in pieces {
        let [begin, end] = piece.arc_um;
        let [d_begin, d_end] = piece.diameter_um;
        let diameter = |arc: f64| {
            if arc >= end {
                d_end
            } else {
                d_begin + (d_end - d_begin) * ((arc - begin) / (end - begin))
            }
        };
        let r_a = r_a_ohm_m[piece.segment as usize];
        let (mut from, mut d_from) = (begin, d_begin);
        loop {
            let stop = end.min(bound(at_half));
            let d_stop = diameter(stop);
            let length = stop - from;
            let half = &mut halves[at_half];
            // Ω·m / µm is MΩ.
            if length > 0.0 {
                half.r_mohm += 4.0 * r_a / PI * length / (d_from * d_stop);
            }
            let area = lateral_area_um2(length, d_from, d_stop);
            if area > 0.0 {
                half.cover.push((piece.segment, area));
            }
            if end <= bound(at_half) {
                break;
            }
            (from, d_from) = (stop, d_stop);
            at_half += 1;
        }
    }
    halves
}
