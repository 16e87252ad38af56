//! Columns that no stage and no entry changes: one number for all instances becomes part of the code, and what is made
//! of others is computed once.

use nml_kernel::passes::{Options, hoist, optimize};
use nml_kernel::{Column, Columns, Isa, Op, Program, RunContext, Tape};

use super::cable::Membrane;
use super::stage::Stage;

/// Optimizes programs whose columns are at work; `stages` are all that are run, `set` the columns set from outside.
pub(super) fn specialise<'s>(
    programs: &mut [Program],
    memory: &mut [Columns],
    stages: impl Iterator<Item = &'s Stage>,
    set: impl Iterator<Item = (usize, Column)>,
) {
    let none = |program: &Program| vec![false; program.columns.len()];
    let mut changed: Vec<Vec<bool>> = programs.iter().map(none).collect();
    for (program, changed) in programs.iter().zip(&mut changed) {
        for store in program.entries.iter().flat_map(|block| &block.stores) {
            changed[store.column.0 as usize] = true;
        }
    }
    let mut mark = |unit: usize, column: Column| changed[unit][column.0 as usize] = true;
    for (unit, column) in set {
        mark(unit, column);
    }
    for stage in stages {
        match stage {
            Stage::Gather { kind, column, .. } | Stage::Reduce { kind, column, .. } => {
                mark(kind.index(), *column);
            }
            // Cells are made later.
            Stage::Run { .. } | Stage::Cells(_) => {}
            Stage::Cable(cable) => {
                for &Membrane { kind, v, .. } in &cable.membranes {
                    mark(kind.index(), v);
                }
            }
            Stage::Markov(markov) => {
                markov.to.iter().for_each(|to| mark(markov.kind.index(), *to));
            }
        }
    }
    for ((program, columns), changed) in programs.iter_mut().zip(memory).zip(changed) {
        let is_fixed = |column: Column| !changed[column.0 as usize];
        for block in &mut program.entries {
            for op in &mut block.ops {
                if let Op::Load(column) = *op
                    && is_fixed(column)
                    && let Some(number) = common(columns.get(column))
                {
                    *op = Op::Const(number.into());
                }
            }
        }
        optimize(program, Options::default(), |_, _| {});
        if let Some(once) = hoist(program, |column| is_fixed(column)) {
            columns.grow(program);
            let uniforms = vec![0.0; program.uniforms.len()];
            let context = RunContext { seed: 0, uniforms: &uniforms };
            Tape::compile(program, once, Isa::best()).run(columns, &context);
        }
    }
}

/// The number that all are, bit by bit.
fn common(numbers: &[f64]) -> Option<f64> {
    let (first, rest) = numbers.split_first()?;
    rest.iter().all(|number| number.to_bits() == first.to_bits()).then_some(*first)
}
