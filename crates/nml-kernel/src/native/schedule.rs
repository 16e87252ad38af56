//! The order in which machine code computes a block: function calls of one kind that may stand together do.

use super::functions::Function;
use crate::ir::{Block, Op, Value};

/// What is done at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One operation in registers.
    Op(Value),
    /// A function of several values at once.
    Call(Function, Vec<Value>),
}

impl Step {
    /// The values made.
    pub(super) fn results(&self) -> &[Value] {
        match self {
            Self::Op(value) => std::slice::from_ref(value),
            Self::Call(_, values) => values,
        }
    }
}

/// What has a level: operations, then calls.
#[derive(Default)]
struct Level {
    plain: Vec<Value>,
    calls: Vec<(Function, Value)>,
}

/// Orders the operations that are neither uniform nor loads.
///
/// A value's level is the number of calls it has to wait for, one after the other; levels are done one by one, and at
/// the end of each all its calls.
pub(super) fn schedule(block: &Block, uniform: &[bool]) -> Vec<Step> {
    let mut level: Vec<usize> = Vec::with_capacity(block.ops.len());
    let mut levels: Vec<Level> = Vec::new();
    let uses = used(block);
    for (at, op) in block.ops.iter().enumerate() {
        let mut own = 0;
        op.for_each_operand(|v| {
            let waits = !uniform[v.index()] && Function::of(&block.ops[v.index()]).is_some();
            own = own.max(level[v.index()] + usize::from(waits));
        });
        level.push(own);
        if uniform[at] || !uses[at] || matches!(op, Op::Load(_)) {
            continue;
        }
        if levels.len() <= own {
            levels.resize_with(own + 1, Default::default);
        }
        match Function::of(op) {
            None => levels[own].plain.push(Value::new(at)),
            Some(function) => levels[own].calls.push((function, Value::new(at))),
        }
    }
    let mut steps = Vec::new();
    for Level { plain, calls } in levels {
        steps.extend(plain.into_iter().map(Step::Op));
        let first = steps.len();
        for (function, value) in calls {
            let open = steps[first..].iter_mut().find_map(|step| match step {
                Step::Call(of, values) if *of == function && values.len() < function.room() => {
                    Some(values)
                }
                _ => None,
            });
            match open {
                Some(values) => values.push(value),
                None => steps.push(Step::Call(function, vec![value])),
            }
        }
    }
    steps
}

/// Which values any store is made of.
fn used(block: &Block) -> Vec<bool> {
    let mut used = vec![false; block.ops.len()];
    for store in &block.stores {
        used[store.value.index()] = true;
    }
    for (at, op) in block.ops.iter().enumerate().rev() {
        if used[at] {
            op.for_each_operand(|v| used[v.index()] = true);
        }
    }
    used
}
