//! The solution for one cell as operations of a block, for models small enough to be one program.

use super::{AHEAD, BARE, System};
use crate::ir::{BlockBuilder, Op, Value};

/// What is known of a place with a field: its potential, the rate of that through the membrane and the slope of the rate.
#[derive(Clone, Copy, Debug)]
pub struct Membrane {
    /// The potential, V.
    pub v: Value,
    /// Its rate of change through the membrane, V/s.
    pub rate: Value,
    /// The derivative of that by the potential, 1/s.
    pub slope: Value,
}

/// The numbers of a row while it is solved.
#[derive(Clone, Copy, Debug)]
struct Row {
    inverse: Value,
    first: Value,
    second: Value,
}

fn fma(b: &mut BlockBuilder, x: Value, y: Value, z: Value) -> Value {
    b.push(Op::Fma(x, y, z))
}

impl System {
    /// Adds the operations that move one cell by a step, in the order of [`step`](super::step); gives the new potentials
    /// of places with a field.
    ///
    /// # Panics
    /// If there is not one membrane for each place with a field, and none elsewhere.
    pub fn unroll(
        &self,
        b: &mut BlockBuilder,
        membranes: &[Option<Membrane>],
    ) -> Vec<Option<Value>> {
        assert_eq!(membranes.len(), self.joints.len(), "a place for each row");
        let zero = b.constant(0.0);
        let potential = |at: usize| {
            let near = self.joints[at].near as usize;
            membranes[near].map_or(zero, |membrane| membrane.v)
        };
        let mut rows = vec![Row { inverse: zero, first: zero, second: zero }; self.joints.len()];
        for (at, joint) in self.joints.iter().enumerate().rev() {
            let (diagonal, scale) = (b.constant(joint.diagonal), b.constant(joint.scale));
            let (mut diagonal, mut right) = match membranes[at] {
                None => (diagonal, zero),
                Some(Membrane { rate, slope, .. }) => {
                    let minus = b.neg(slope);
                    (fma(b, minus, scale, diagonal), b.mul(rate, scale))
                }
            };
            assert_eq!(membranes[at].is_some(), joint.field != BARE, "a membrane for each field");
            if !joint.is_leaf {
                diagonal = b.sub(diagonal, rows[at].inverse);
                right = b.add(right, rows[at].first);
            }
            let one = b.constant(1.0);
            let inverse = b.div(one, diagonal);
            rows[at].inverse = inverse;
            if at == 0 {
                rows[at].first = right;
                continue;
            }
            let (up, down) = (b.constant(joint.up), b.constant(joint.down));
            let parent = joint.parent as usize;
            let apart = b.sub(potential(parent), potential(at));
            let right = fma(b, up, apart, right);
            rows[at].first = right;
            let factor = b.mul(inverse, down);
            let (taken, given) = if joint.is_last {
                (b.mul(factor, up), b.mul(factor, right))
            } else {
                let taken = fma(b, factor, up, rows[parent].inverse);
                (taken, fma(b, factor, right, rows[parent].first))
            };
            rows[parent].inverse = taken;
            let minus = b.neg(down);
            rows[parent].first = fma(b, minus, apart, given);
        }
        self.substitute(b, &mut rows, |row| &mut row.first);
        for (row, joint) in rows.iter_mut().zip(&self.joints) {
            row.second = if joint.moves { row.first } else { zero };
        }
        for (at, joint) in self.joints.iter().enumerate().skip(1).rev() {
            let down = b.constant(joint.down);
            let factor = b.mul(rows[at].inverse, down);
            let parent = joint.parent as usize;
            rows[parent].second = fma(b, factor, rows[at].second, rows[parent].second);
        }
        self.substitute(b, &mut rows, |row| &mut row.second);
        let ahead = b.constant(AHEAD);
        let moved = membranes.iter().zip(&rows).map(|(membrane, row)| {
            let v = membrane.as_ref()?.v;
            let change = fma(b, ahead, row.second, row.first);
            Some(b.add(v, change))
        });
        moved.collect()
    }

    /// From the root to the leaves.
    fn substitute(
        &self,
        b: &mut BlockBuilder,
        rows: &mut [Row],
        of: impl Fn(&mut Row) -> &mut Value,
    ) {
        for (at, joint) in self.joints.iter().enumerate() {
            let mut right = *of(&mut rows[at]);
            if at > 0 {
                let up = b.constant(joint.up);
                let parent = *of(&mut rows[joint.parent as usize]);
                right = fma(b, up, parent, right);
            }
            let solved = b.mul(right, rows[at].inverse);
            *of(&mut rows[at]) = solved;
        }
    }
}
