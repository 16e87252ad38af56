//! Before the first instant.

use nml_flat::{Formula, KindId, NodeId, QuantityId, Reduce, Scheme, Seen, Value};

use super::compile::order;
use super::machine::Machine;
use super::shape::Place;
use crate::RunError;
use crate::engine::flow::{Definition, Flow};
use crate::engine::values::inside_out;

impl Machine<'_> {
    /// Gives every quantity its first value, each after those it is made of, then enters the first regimes.
    pub(super) fn start(&mut self, starting: &Flow<'_>) -> Result<(), RunError> {
        let flat = self.world.flat;
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            for node in kind.node_ids() {
                if let Some(column) = self.world.shapes[id.index()].regimes[node.index()] {
                    let regimes = &kind.node(node).dynamics.regimes;
                    let initial = regimes.iter().position(|regime| regime.initial).unwrap_or(0);
                    self.world.columns[id.index()].fill(column, initial as f64);
                }
            }
        }
        for (kind, quantity) in order(starting) {
            for lane in 0..self.world.count(kind) {
                let value = match starting.definition((kind, quantity)) {
                    Definition::Given | Definition::Held(_) => continue,
                    Definition::View { hops, kind: at, seen } => {
                        let instance = u32::try_from(lane).unwrap_or(u32::MAX);
                        let found = flat.walk(kind, instance, hops);
                        self.seen(*at, *seen, found.map_or(0, |(_, found)| found as usize))
                    }
                    Definition::Reduce { op, inside, members } => {
                        self.reduce((kind, lane), *op, inside, members)
                    }
                    Definition::Made { node, base, regimes } => {
                        let active = self.world.shapes[kind.index()].regimes[node.index()]
                            .map(|column| self.world.columns[kind.index()].get(column)[lane]);
                        let mut here = regimes.iter().rev();
                        let made = here
                            .find(|(regime, _)| active == Some(*regime as f64))
                            .map(|(_, made)| *made)
                            .or(*base);
                        made.map_or(0.0, |made| self.made((kind, lane), made))
                    }
                    Definition::Started(formula) => self.value((kind, lane), formula),
                    Definition::Steady { node, scheme } => {
                        let scheme = &flat.kind(kind).node(*node).dynamics.schemes[*scheme];
                        self.at_rest((kind, lane), *node, scheme, quantity)?
                    }
                };
                self.set((kind, lane), quantity, value);
            }
        }
        for (id, kind) in flat.kind_ids().zip(&flat.kinds) {
            for node in inside_out(kind) {
                let regimes = &kind.node(node).dynamics.regimes;
                let first = regimes.iter().position(|regime| regime.initial).unwrap_or(0);
                let Some(regime) = regimes.get(first) else { continue };
                for actions in &regime.on_entry {
                    for lane in 0..self.world.count(id) {
                        self.handle((id, lane), node, actions, 0)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, (kind, lane): (KindId, usize), quantity: QuantityId, value: f64) {
        let shape = &self.world.shapes[kind.index()];
        for place in [shape.places[quantity.index()], shape.state(quantity)] {
            if let Place::Column(column) = place {
                self.world.columns[kind.index()].get_mut(column)[lane] = value;
            }
        }
    }

    fn seen(&self, kind: KindId, seen: Seen, lane: usize) -> f64 {
        let place = self.world.shapes[kind.index()].seen(self.world.flat.kind(kind), seen);
        self.world.read(kind, place, lane, self.t)
    }

    fn reduce(
        &self,
        (kind, lane): (KindId, usize),
        op: Reduce,
        inside: &[Seen],
        members: &[(KindId, Seen)],
    ) -> f64 {
        let mut terms = Vec::new();
        for &(member, seen) in members {
            let parents = &self.world.flat.kind(member).parents;
            let own = parents.iter().enumerate().filter(|(_, parent)| **parent as usize == lane);
            terms.extend(own.map(|(instance, _)| self.seen(member, seen, instance)));
        }
        terms.extend(inside.iter().map(|seen| self.seen(kind, *seen, lane)));
        match op {
            Reduce::Add => terms.iter().sum(),
            Reduce::Multiply => terms.iter().product(),
        }
    }

    fn made(&mut self, who: (KindId, usize), made: &Value) -> f64 {
        let cases = match made {
            Value::Formula(formula) => return self.value(who, formula),
            Value::Cases(cases) => cases,
        };
        let holds = |machine: &mut Self, test: &Option<Formula>| match test {
            Some(test) => machine.value(who, test) != 0.0,
            None => true,
        };
        for (test, value) in cases {
            if holds(self, test) {
                return self.value(who, value);
            }
        }
        0.0
    }

    /// The occupancy of a state of a Markov scheme whose rates have long been what they are now: by elimination with row
    /// exchange, one balance replaced by the sum, which is 1.
    fn at_rest(
        &self,
        (kind, lane): (KindId, usize),
        node: NodeId,
        scheme: &Scheme,
        of: QuantityId,
    ) -> Result<f64, RunError> {
        let n = scheme.states.len();
        let mut rows = vec![vec![0.0; n + 1]; n];
        for edge in &scheme.edges {
            let (a, b) = (edge.source as usize, edge.target as usize);
            let forward = self.seen(kind, edge.forward, lane);
            let reverse = self.seen(kind, edge.reverse, lane);
            rows[a][a] -= forward;
            rows[b][a] += forward;
            rows[b][b] -= reverse;
            rows[a][b] += reverse;
        }
        if rows.iter().flatten().any(|x| !x.is_finite()) {
            let node = self.world.flat.kind(kind).path(node);
            return Err(RunError::Rates { node, time: self.t });
        }
        let scale = rows.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
        rows.iter_mut().flatten().for_each(|x| *x /= if scale > 0.0 { scale } else { 1.0 });
        rows[0].fill(1.0);
        let at = scheme.states.iter().position(|state| *state == of).unwrap_or(0);
        // Where states are not connected, all that is not determined is in the first one.
        Ok(solve(rows).map_or(f64::from(u8::from(at == 0)), |x| x[at]))
    }
}

/// Solves a linear system given as rows with the right-hand side last; none where it is singular.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for column in 0..n {
        let size = |row: &usize| rows[*row][column].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if size(&pivot) < 1e-14 {
            return None;
        }
        rows.swap(column, pivot);
        let (above, below) = rows.split_at_mut(column + 1);
        let own = &above[column];
        for row in below {
            let factor = row[column] / own[column];
            for (x, own) in row.iter_mut().zip(own).skip(column) {
                *x -= factor * own;
            }
        }
    }
    let mut x = vec![0.0; n];
    for row in (0..n).rev() {
        let rest: f64 = (row + 1..n).map(|k| rows[row][k] * x[k]).sum();
        x[row] = (rows[row][n] - rest) / rows[row][row];
    }
    Some(x)
}
