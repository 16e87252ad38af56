//! Markov schemes: the matrix exponential.

/// A dense square matrix.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    size: usize,
    data: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, data: vec![0.0; size * size] }
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, x: f64) {
        self.data[row * self.size + column] += x;
    }

    fn scale(&mut self, factor: f64) {
        for x in &mut self.data {
            *x *= factor;
        }
    }

    fn product(&self, other: &Self) -> Self {
        let n = self.size;
        let mut out = Self::zero(n);
        for i in 0..n {
            for j in 0..n {
                let terms = (0..n).map(|k| self.data[i * n + k] * other.data[k * n + j]);
                out.data[i * n + j] = terms.sum();
            }
        }
        out
    }

    /// `exp(A t)` as the reference interpreter computes it (jLEMS `Matrix.expOf`): the power series to first
    /// order at `A t / 2^p`, with `p` so large that no element exceeds 1e-12, squared `p` times with the
    /// identity left out.
    ///
    /// `None` where an element is not finite.
    pub(crate) fn exponential(&self, t: f64) -> Option<Self> {
        let mut m = self.clone();
        m.scale(t);
        let largest = m.data.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        if !m.data.iter().all(|x| x.is_finite()) {
            return None;
        }
        let (mut factor, mut squarings) = (1.0, 0);
        while largest * factor > 1e-12 {
            factor *= 0.5;
            squarings += 1;
        }
        m.scale(factor);
        for _ in 0..squarings {
            let square = m.product(&m);
            for (x, s) in m.data.iter_mut().zip(square.data) {
                *x = *x + *x + s;
            }
        }
        for i in 0..m.size {
            m.add(i, i, 1.0);
        }
        Some(m)
    }

    /// The product with a column.
    pub(crate) fn apply(&self, x: &[f64]) -> Vec<f64> {
        let rows = self.data.chunks_exact(self.size.max(1));
        rows.map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_states_relax_as_the_closed_form_says() {
        let (a, b, t) = (300.0, 100.0, 0.002);
        let mut m = Matrix::zero(2);
        for (row, column, x) in [(0, 0, -a), (1, 0, a), (0, 1, b), (1, 1, -b)] {
            m.add(row, column, x);
        }
        let p = m.exponential(t).unwrap().apply(&[1.0, 0.0]);
        let exact = b / (a + b) + a / (a + b) * (-(a + b) * t).exp();
        // The first order of the series at 1e-12 leaves about that much.
        assert!((p[0] - exact).abs() < 1e-11, "{} {exact}", p[0]);
        assert!((p[0] + p[1] - 1.0).abs() < 1e-11);
    }
}
