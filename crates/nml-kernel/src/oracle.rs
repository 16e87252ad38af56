//! The plain interpreter that says what a program means.
//!
//! One instance at a time, one operation at a time; nothing is fused, reordered or skipped.

use std::ops::Range;

use crate::columns::{Columns, RunContext};
use crate::eval::{Environment, Scalar, eval};
use crate::ir::{Block, Entry, Op, Program, Value};

struct Instance<'a> {
    values: &'a [Scalar],
    columns: &'a Columns,
    lane: usize,
    context: &'a RunContext<'a>,
}

impl Environment for Instance<'_> {
    fn value(&self, value: Value) -> Scalar {
        self.values[value.index()]
    }

    fn leaf(&self, op: Op) -> f64 {
        match op {
            Op::Load(column) => self.columns.get(column)[self.lane],
            Op::Uniform(uniform) => self.context.uniforms[uniform.index()],
            _ => f64::NAN,
        }
    }

    fn seed(&self) -> u64 {
        self.context.seed
    }
}

/// Runs an entry on all instances.
///
/// # Panics
/// If the program is not valid, or if `columns` or `context` belong to another program.
pub fn run(program: &Program, entry: Entry, columns: &mut Columns, context: &RunContext<'_>) {
    run_some(program, entry, 0..columns.len(), columns, context);
}

/// Runs an entry on some of the instances.
///
/// # Panics
/// As [`run`], and if there are fewer instances.
pub fn run_some(
    program: &Program,
    entry: Entry,
    lanes: Range<usize>,
    columns: &mut Columns,
    context: &RunContext<'_>,
) {
    let block = program.block(entry);
    let mut values = Vec::with_capacity(block.ops.len());
    for lane in lanes {
        run_instance(block, lane, &mut values, columns, context);
    }
}

fn run_instance(
    block: &Block,
    lane: usize,
    values: &mut Vec<Scalar>,
    columns: &mut Columns,
    context: &RunContext<'_>,
) {
    values.clear();
    for op in &block.ops {
        let result = eval(*op, &Instance { values, columns, lane, context });
        values.push(result);
    }
    for store in &block.stores {
        columns.get_mut(store.column)[lane] = values[store.value.index()].real();
    }
}
