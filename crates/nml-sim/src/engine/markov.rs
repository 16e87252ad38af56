//! Markov schemes.

use nml_flat::{KindId, Scheme, Seen};
use nml_kernel::math::exprelr;
use nml_kernel::{Column, Columns};

use super::stage::Source;

/// What is done with the occupancies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Move {
    /// They change for a part of the step, as large as this factor.
    Relax(f64),
    /// They come to rest.
    Rest,
}

/// A Markov scheme and where its numbers lie.
#[derive(Clone, Debug)]
pub(crate) struct Markov {
    /// The kind whose columns these are.
    pub(crate) kind: KindId,
    /// The path of the node, for messages.
    pub(crate) path: String,
    pub(crate) from: Vec<Column>,
    pub(crate) to: Vec<Column>,
    /// From and to which state, and both rates.
    pub(crate) edges: Vec<(usize, usize, Source, Source)>,
    pub(crate) what: Move,
}

impl Markov {
    /// `columns` are those of the states before and after; `source` tells where rates lie.
    pub(crate) fn new(
        (kind, path): (KindId, String),
        scheme: &Scheme,
        (from, to): (Vec<Column>, Vec<Column>),
        source: impl Fn(Seen) -> Source,
        what: Move,
    ) -> Self {
        let edges = scheme.edges.iter().map(|edge| {
            let (a, b) = (edge.source as usize, edge.target as usize);
            (a, b, source(edge.forward), source(edge.reverse))
        });
        Self { kind, path, from, to, edges: edges.collect(), what }
    }

    /// Moves all instances; false where rates are not finite.
    pub(crate) fn run(&self, columns: &mut Columns, clocks: &[f64], work: &mut Work) -> bool {
        let n = self.from.len();
        let dt = clocks[0];
        for lane in 0..columns.len() {
            let read = |source: Source| match source {
                Source::Constant(value) => value,
                Source::Column(column) => columns.get(column)[lane],
                Source::Clock(clock) => clocks[clock],
            };
            work.rates.clear();
            work.rates.resize(n * n, 0.0);
            for &(a, b, forward, reverse) in &self.edges {
                let (forward, reverse) = (read(forward), read(reverse));
                work.rates[a * n + a] -= forward;
                work.rates[b * n + a] += forward;
                work.rates[b * n + b] -= reverse;
                work.rates[a * n + b] += reverse;
            }
            if !work.rates.iter().all(|x| x.is_finite()) {
                return false;
            }
            work.old.clear();
            work.old.extend(self.from.iter().map(|column| columns.get(*column)[lane]));
            match self.what {
                Move::Relax(factor) => work.relax(n, factor * dt),
                Move::Rest => work.rest(n),
            }
            for (column, value) in self.to.iter().zip(&work.new) {
                columns.get_mut(*column)[lane] = *value;
            }
        }
        true
    }
}

/// Memory for matrices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    rates: Vec<f64>,
    old: Vec<f64>,
    new: Vec<f64>,
    term: Vec<f64>,
    power: Vec<f64>,
    square: Vec<f64>,
}

/// The degree of the Taylor polynomial of [`Work::relax`].
const DEGREE: u32 = 12;

impl Work {
    /// `new` = exp(`rates` t) `old`, by scaling and squaring: a Taylor polynomial of degree 12 at ‖A t‖/2ˢ ≤ ½, whose
    /// remainder is below ½¹³/13! ≈ 2e-14, squared s times (Moler and Van Loan 2003, method 3).
    ///
    /// Columns of A sum to 0, so those of every polynomial of it with constant term 1 sum to 1: occupancy is kept.
    ///
    /// Two states have a closed form.
    fn relax(&mut self, n: usize, t: f64) {
        if let ([p, q], [_, backward, forward, _]) = (&self.old[..], &self.rates[..]) {
            // φ₁(z) = (eᶻ − 1)/z, so that rates of 0 need no other case.
            let phi = 1.0 / exprelr((forward + backward) * t);
            let moved = (p * forward - q * backward) * t * phi;
            let after = [p - moved, q + moved];
            self.new.clear();
            self.new.extend(after);
            return;
        }
        let norm = (0..n)
            .map(|column| (0..n).map(|row| (self.rates[row * n + column] * t).abs()).sum::<f64>())
            .fold(0.0, f64::max);
        let mut squarings = 0_u32;
        let mut scale = t;
        let mut size = norm;
        while size > 0.5 && squarings < 1100 {
            size *= 0.5;
            scale *= 0.5;
            squarings += 1;
        }
        if squarings == 0 {
            // The polynomial acts on the occupancies themselves.
            self.new.clone_from(&self.old);
            self.term.clone_from(&self.old);
            for k in 1..=DEGREE {
                let part = t / f64::from(k);
                self.square.clear();
                for row in 0..n {
                    let rates = &self.rates[row * n..(row + 1) * n];
                    let sum: f64 = rates.iter().zip(&self.term).map(|(a, x)| a * x).sum();
                    self.square.push(sum * part);
                }
                std::mem::swap(&mut self.term, &mut self.square);
                for (new, term) in self.new.iter_mut().zip(&self.term) {
                    *new += term;
                }
            }
            return;
        }
        self.rates.iter_mut().for_each(|x| *x *= scale);
        identity(&mut self.power, n);
        identity(&mut self.term, n);
        for k in 1..=DEGREE {
            product(&self.rates, &self.term, &mut self.square, n);
            std::mem::swap(&mut self.term, &mut self.square);
            for (power, term) in self.power.iter_mut().zip(&mut self.term) {
                *term /= f64::from(k);
                *power += *term;
            }
        }
        for _ in 0..squarings {
            product(&self.power, &self.power, &mut self.square, n);
            std::mem::swap(&mut self.power, &mut self.square);
        }
        self.new.clear();
        for row in self.power.chunks_exact(n) {
            self.new.push(row.iter().zip(&self.old).map(|(a, x)| a * x).sum());
        }
    }

    /// `new` solves `rates` `new` = 0 with sum 1, by elimination with row exchange; where states are not connected,
    /// all that is not determined is in the first state.
    fn rest(&mut self, n: usize) {
        self.new.clear();
        self.new.resize(n, 0.0);
        let a = &mut self.rates;
        a[..n].fill(1.0);
        self.new[0] = 1.0;
        let scale = a[n..].iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        for column in 0..n {
            let pivot = (column..n)
                .max_by(|&i, &j| a[i * n + column].abs().total_cmp(&a[j * n + column].abs()))
                .unwrap_or(column);
            let least = if column == 0 { 0.0 } else { scale * 1e-14 };
            if a[pivot * n + column].abs() <= least {
                self.new.fill(0.0);
                self.new[0] = 1.0;
                return;
            }
            for k in 0..n {
                a.swap(pivot * n + k, column * n + k);
            }
            self.new.swap(pivot, column);
            for row in column + 1..n {
                let factor = a[row * n + column] / a[column * n + column];
                for k in column..n {
                    a[row * n + k] -= factor * a[column * n + k];
                }
                self.new[row] -= factor * self.new[column];
            }
        }
        for row in (0..n).rev() {
            let rest: f64 = (row + 1..n).map(|k| a[row * n + k] * self.new[k]).sum();
            // A sum with 0 has no negative 0, which files would show.
            self.new[row] = (self.new[row] - rest) / a[row * n + row] + 0.0;
        }
    }
}

fn identity(m: &mut Vec<f64>, n: usize) {
    m.clear();
    m.resize(n * n, 0.0);
    for i in 0..n {
        m[i * n + i] = 1.0;
    }
}

fn product(a: &[f64], b: &[f64], out: &mut Vec<f64>, n: usize) {
    out.clear();
    for row in 0..n {
        for column in 0..n {
            out.push((0..n).map(|k| a[row * n + k] * b[k * n + column]).sum());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(a: f64, b: f64) -> Work {
        Work { rates: vec![-a, b, a, -b], old: vec![1.0, 0.0], ..Work::default() }
    }

    /// The same beside a state that nothing leads to, which has no closed form here.
    fn three(a: f64, b: f64) -> Work {
        let rates = vec![-a, b, 0.0, a, -b, 0.0, 0.0, 0.0, 0.0];
        Work { rates, old: vec![1.0, 0.0, 0.0], ..Work::default() }
    }

    #[test]
    fn states_relax_as_the_closed_form_says() {
        let (a, b) = (300.0_f64, 100.0);
        for (t, n) in [1e-6, 1e-3, 0.1, 10.0].into_iter().flat_map(|t| [(t, 2), (t, 3)]) {
            let mut work = if n == 2 { two(a, b) } else { three(a, b) };
            work.relax(n, t);
            let exact = b / (a + b) + a / (a + b) * (-(a + b) * t).exp();
            // Every squaring doubles the rounding errors: at most by the factor ‖A t‖ / ½ in all.
            let tolerance = 1e-15 * (2.0 * (a + b) * t).max(1.0);
            assert!((work.new[0] - exact).abs() < tolerance, "{t}: {} {exact}", work.new[0]);
            assert!((work.new[0] + work.new[1] - 1.0).abs() < tolerance);
        }
    }

    #[test]
    fn two_states_without_rates_stand_still() {
        let mut work = two(0.0, 0.0);
        work.relax(2, 1.0);
        assert_eq!(work.new, [1.0, 0.0]);
    }

    #[test]
    fn two_states_rest_in_the_ratio_of_their_rates() {
        let mut work = two(300.0, 100.0);
        work.rest(2);
        assert!((work.new[0] - 0.25).abs() < 1e-15 && (work.new[1] - 0.75).abs() < 1e-15);
        let mut apart = two(0.0, 0.0);
        apart.rest(2);
        assert_eq!(apart.new, [1.0, 0.0]);
    }
}
