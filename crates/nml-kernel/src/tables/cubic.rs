//! Functions as piecewise cubics, each with a bound that is proven.

use super::enclose::enclose;
use super::interval::Interval;
use super::jet::Jet;
use crate::columns::LANES;
use crate::ir::Block;

/// Coefficients of a cubic.
pub(super) const CUBIC: usize = 4;

/// Two cubics: what one line of memory holds.
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair(pub(super) [f64; LANES]);

/// Cubics of the functions that a block stores, over equal pieces of an interval.
#[derive(Debug)]
pub(super) struct Cubics {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Pieces per unit of the argument.
    pub(super) per: f64,
    /// How many pairs of functions there are.
    pub(super) pairs: usize,
    /// By piece, by pair.  The first coefficient of a piece without proof is no number.
    pub(super) lines: Vec<Pair>,
    /// The largest error of any function, as a part of its largest value.
    pub(super) bound: f64,
    /// How many pieces have no proof.
    pub(super) unproven: usize,
}

/// Pieces of the first try, and the most that do not fill a second-level cache.
const COARSE: usize = 256;
const MOST: usize = 8192;

/// By how much the number of pieces grows until all but one in so many have a proof.
const MORE: f64 = 1.5;
const FEW: usize = 100;

impl Cubics {
    /// Cubics that keep within `tolerance` of the largest value of each function on all pieces but a few; none where too
    /// many of them cannot be proven to.
    pub(super) fn new(block: &Block, (low, high): (f64, f64), tolerance: f64) -> Option<Self> {
        let coarse = Pieces::new(block, (low, high), COARSE);
        let scale = coarse.largest();
        // The error falls with the fourth power of the length of a piece.
        let needed =
            coarse.errors(&scale).map(|e| COARSE as f64 * 1.1 * (e / tolerance).powf(0.25));
        let mut needed: Vec<f64> = needed.collect();
        needed.sort_unstable_by(f64::total_cmp);
        // What most of them need; bounds of long pieces are too careful to tell what the others do.
        let mut count = needed[COARSE / 2].max(COARSE as f64);
        let proven = |error: &f64| *error <= tolerance;
        let (pieces, errors, unproven) = loop {
            if count > MOST as f64 {
                return None;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 256 to 8192"
            )]
            let pieces = Pieces::new(block, (low, high), count.ceil() as usize);
            let errors: Vec<f64> = pieces.errors(&scale).collect();
            let unproven = errors.iter().filter(|e| !proven(e)).count();
            if unproven * FEW <= errors.len()
                || count * MORE > MOST as f64 && unproven * 10 < errors.len()
            {
                break (pieces, errors, unproven);
            }
            count *= MORE;
        };
        let bound = errors.iter().copied().filter(proven).fold(0.0, f64::max);
        let pairs = block.stores.len().div_ceil(2);
        let mut lines = Vec::with_capacity(errors.len() * pairs);
        for (piece, error) in pieces.all.iter().zip(&errors) {
            for pair in piece.cubics.chunks(2) {
                let mut line = [0.0; LANES];
                for (to, cubic) in line.chunks_mut(CUBIC).zip(pair) {
                    to.copy_from_slice(cubic);
                }
                lines.push(Pair(line));
            }
            if !proven(error)
                && let Some(first) = lines.len().checked_sub(pairs)
            {
                lines[first].0[0] = f64::NAN;
            }
        }
        let per = errors.len() as f64 / (high - low);
        Some(Self { low, high, per, pairs, lines, bound, unproven })
    }
}

/// A piece: by function the cubic, and how far it may be off.
#[derive(Debug)]
struct Piece {
    cubics: Vec<[f64; CUBIC]>,
    errors: Vec<f64>,
    largest: Vec<f64>,
}

#[derive(Debug)]
struct Pieces {
    all: Vec<Piece>,
}

impl Pieces {
    fn new(block: &Block, (low, high): (f64, f64), count: usize) -> Self {
        let place = |at: usize| low + (high - low) * (at as f64 / count as f64);
        let mut before = enclose(block, Interval::point(place(0)));
        let pieces = (0..count).map(|at| {
            let (from, to) = (place(at), place(at + 1));
            let after = enclose(block, Interval::point(to));
            // Rounding of places and of the argument's own place in the piece.
            let slack = 4.0 * f64::EPSILON * low.abs().max(high.abs());
            let within = enclose(block, Interval::new(from - slack, to + slack));
            let each = before.iter().zip(&after).zip(&within);
            let mut piece = Piece { cubics: Vec::new(), errors: Vec::new(), largest: Vec::new() };
            for ((left, right), within) in each {
                let (cubic, error) = cubic((left, right, within), to - from, count);
                piece.cubics.push(cubic);
                piece.errors.push(error);
                piece.largest.push(within.0[0].magnitude());
            }
            before = after;
            piece
        });
        Self { all: pieces.collect() }
    }

    /// By function: its largest value.
    fn largest(&self) -> Vec<f64> {
        let count = self.all.first().map_or(0, |piece| piece.largest.len());
        let largest = |of: usize| {
            let all = self.all.iter().map(|piece| piece.largest[of]);
            all.filter(|x| x.is_finite()).fold(f64::MIN_POSITIVE, f64::max)
        };
        (0..count).map(largest).collect()
    }

    /// By piece: the worst error of its functions, as a part of their largest values.
    fn errors<'a>(&'a self, largest: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.all.iter().map(move |piece| {
            let each = piece.errors.iter().zip(largest);
            each.map(|(error, largest)| error / largest).fold(0.0, f64::max)
        })
    }
}

/// The cubic over a piece of length `h`, one of `count`, with values and slopes of both ends (Hermite), and its largest
/// error: h⁴/384 of the largest fourth derivative (Birkhoff and Priver 1967, J. Math. and Phys. 46:440–447), what is not
/// known of the ends, and rounding.
fn cubic((left, right, within): (&Jet, &Jet, &Jet), h: f64, count: usize) -> ([f64; CUBIC], f64) {
    if !left.is_bounded() || !right.is_bounded() || !within.is_bounded() {
        return ([0.0; CUBIC], f64::INFINITY);
    }
    let [(f0, d0), (f1, d1)] = [left, right].map(|end| (end.0[0].middle(), end.0[1].middle() * h));
    let rise = f1 - f0;
    let cubic = [f0, d0, 3.0 * rise - 2.0 * d0 - d1, d0 + d1 - 2.0 * rise];
    // The fourth coefficient is the derivative over 4!.
    let curve = within.0[4].magnitude() * 24.0 * h.powi(4) / 384.0;
    let [ends, slopes] = [0, 1].map(|k| left.0[k].radius().max(right.0[k].radius()));
    let [c0, c1, c2, c3] = cubic.map(f64::abs);
    // A place in its piece is known to a few units in the last place of the number of pieces.
    let place = 8.0 * f64::EPSILON * count as f64 * (c1 + 2.0 * c2 + 3.0 * c3);
    let rounding = 16.0 * f64::EPSILON * (c0 + c1 + c2 + c3) + place;
    // The two slopes weigh 4/27 each.
    let error = curve + ends + 0.3 * slopes * h + rounding;
    (cubic, if error.is_nan() { f64::INFINITY } else { error * (1.0 + 1e-9) })
}
