//! What is the same for all instances is computed once per change of the uniforms.

use crate::columns::RunContext;
use crate::eval::{Environment, Scalar, eval};
use crate::ir::{Op, Value};

/// The operations whose results all instances share.
#[derive(Clone, Debug)]
pub(crate) struct Prologue {
    /// The uniform operations, their operands numbered within this list.
    ops: Vec<Op>,
    /// Where each value of the block stands in `ops`.
    position: Vec<u32>,
    values: Vec<Scalar>,
    /// Bits of the uniforms the values were computed with.
    uniforms: Vec<(usize, u64)>,
    /// The seed they were computed with; none before the first run.
    pub(crate) seed: Option<u64>,
}

struct PrologueEnvironment<'a> {
    values: &'a [Scalar],
    context: &'a RunContext<'a>,
}

impl Environment for PrologueEnvironment<'_> {
    fn value(&self, value: Value) -> Scalar {
        self.values[value.index()]
    }

    fn leaf(&self, op: Op) -> f64 {
        match op {
            Op::Uniform(uniform) => self.context.uniforms[uniform.index()],
            _ => f64::NAN,
        }
    }

    fn seed(&self) -> u64 {
        self.context.seed
    }
}

impl Prologue {
    pub(crate) fn new(block_ops: &[Op], uniform: &[bool]) -> Self {
        let mut ops = Vec::new();
        let mut position = vec![u32::MAX; block_ops.len()];
        let mut uniforms = Vec::new();
        for (i, op) in block_ops.iter().enumerate() {
            if uniform[i] {
                position[i] = Value::new(ops.len()).0;
                ops.push(op.map_operands(|v| Value(position[v.index()])));
                if let Op::Uniform(u) = op {
                    uniforms.push((u.index(), 0));
                }
            }
        }
        Self { values: Vec::with_capacity(ops.len()), ops, position, uniforms, seed: None }
    }

    /// Brings the values up to date; whether they may have changed.
    pub(crate) fn update(&mut self, context: &RunContext<'_>) -> bool {
        let mut changed = self.seed != Some(context.seed);
        for (index, bits) in &mut self.uniforms {
            let now = context.uniforms[*index].to_bits();
            changed |= now != *bits;
            *bits = now;
        }
        if changed {
            self.seed = Some(context.seed);
            self.values.clear();
            for op in &self.ops {
                let value = eval(*op, &PrologueEnvironment { values: &self.values, context });
                self.values.push(value);
            }
        }
        changed
    }

    /// What each lane of the value holds.
    pub(crate) fn lane(&self, value: Value) -> f64 {
        match self.values[self.position[value.index()] as usize] {
            Scalar::Real(x) => x,
            Scalar::Mask(true) => f64::from_bits(u64::MAX),
            Scalar::Mask(false) => 0.0,
        }
    }
}
