//! Markov schemes: backward Euler with a row of conservation, steady state at the start.

use nml_flat::Seen;

use super::Machine;
use crate::RunError;
use crate::layout::Place;

impl Machine<'_> {
    /// Brings the Markov schemes of a mechanism to their steady state; what is derived from them belongs to that.
    pub(super) fn steady(&mut self, at: usize) -> Result<(), RunError> {
        let Some(rates) = self.model.mechanisms[at].written.rates else { return Ok(()) };
        self.occupy(at, None)?;
        self.enter(at, rates);
        Ok(())
    }

    /// Advances the Markov schemes of a mechanism by a step, and what is derived from them.
    pub(super) fn relax(&mut self, at: usize) -> Result<(), RunError> {
        let Some(rates) = self.model.mechanisms[at].written.rates else { return Ok(()) };
        self.enter(at, rates);
        self.occupy(at, Some(self.dt))?;
        self.enter(at, rates);
        Ok(())
    }

    fn occupy(&mut self, at: usize, dt: Option<f64>) -> Result<(), RunError> {
        let mechanism = &mut self.model.mechanisms[at];
        if mechanism.written.rates.is_none() {
            return Ok(());
        }
        let kind = self.flat.kind(mechanism.kind);
        let mut nodes = vec![mechanism.root];
        while let Some(node) = nodes.pop() {
            nodes.extend(kind.node(node).children());
            for scheme in &kind.node(node).dynamics.schemes {
                let n = scheme.states.len();
                for lane in 0..mechanism.instances.len() {
                    let columns = &mut mechanism.columns;
                    let layout = &mechanism.written.layout;
                    let of = |quantity| match layout.quantity(quantity) {
                        Place::Constant(x) => x,
                        Place::Column(column) => columns.get(column)[lane],
                        Place::Time => 0.0,
                    };
                    let seen = |seen| match seen {
                        Seen::Quantity(quantity) => of(quantity),
                        Seen::Exposure(exposure) => {
                            kind.exposures[exposure.index()].quantity.map_or(0.0, of)
                        }
                        Seen::Time => 0.0,
                    };
                    // Rows: d p / dt = A p; of the implicit step (I / dt - A) p = p_old / dt.
                    let mut matrix = vec![0.0; n * n];
                    let mut right = vec![0.0; n];
                    for edge in &scheme.edges {
                        let (source, target) = (edge.source as usize, edge.target as usize);
                        let (forward, reverse) = (seen(edge.forward), seen(edge.reverse));
                        matrix[source * n + source] += forward;
                        matrix[target * n + source] -= forward;
                        matrix[target * n + target] += reverse;
                        matrix[source * n + target] -= reverse;
                    }
                    if let Some(dt) = dt {
                        for (i, &state) in scheme.states.iter().enumerate() {
                            matrix[i * n + i] += 1.0 / dt;
                            right[i] = of(state) / dt;
                        }
                    }
                    // All together are 1.
                    matrix[(n - 1) * n..].fill(1.0);
                    right[n - 1] = 1.0;
                    if !eliminate(&mut matrix, &mut right) {
                        let node = kind.path(node);
                        return Err(RunError::Rates { node, time: self.t / 1000.0 });
                    }
                    for (&state, x) in scheme.states.iter().zip(right) {
                        if let Place::Column(column) = layout.quantity(state) {
                            columns.get_mut(column)[lane] = x;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Solves `a x = b` in place by elimination with row exchanges; `false` where that is not possible.
fn eliminate(a: &mut [f64], b: &mut [f64]) -> bool {
    let n = b.len();
    for k in 0..n {
        let best = (k..n).max_by(|&i, &j| a[i * n + k].abs().total_cmp(&a[j * n + k].abs()));
        let best = best.unwrap_or(k);
        if a[best * n + k] == 0.0 || !a[best * n + k].is_finite() {
            return false;
        }
        for column in 0..n {
            a.swap(k * n + column, best * n + column);
        }
        b.swap(k, best);
        for row in k + 1..n {
            let factor = a[row * n + k] / a[k * n + k];
            for column in k..n {
                a[row * n + column] -= factor * a[k * n + column];
            }
            b[row] -= factor * b[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k * n + j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k * n + k];
    }
    b.iter().all(|x| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::eliminate;

    #[test]
    fn rows_are_exchanged_where_needed() {
        let mut a = [0.0, 2.0, 1.0, 1.0];
        let mut b = [4.0, 3.0];
        assert!(eliminate(&mut a, &mut b));
        assert_eq!(b, [1.0, 2.0]);
        assert!(!eliminate(&mut [0.0], &mut [1.0]));
    }
}
