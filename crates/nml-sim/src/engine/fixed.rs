//! Columns that no stage and no entry changes: one number for all instances becomes part of the code, and what is made
//! of others is computed once.

use nml_kernel::passes::{Options, hoist, optimize};
use nml_kernel::{Column, Columns, Isa, Op, Program, RunContext, Tape};

use super::cable::Membrane;
use super::shape::Clock;
use super::stage::{self, Source, Stage};

/// By unit and column: whether anything changes it during a run.
#[derive(Debug)]
pub(super) struct Changed(Vec<Vec<bool>>);

impl Changed {
    /// By entries and stages; `set` columns are set from outside.
    fn new<'s>(
        programs: &[Program],
        stages: impl Iterator<Item = &'s Stage>,
        set: impl Iterator<Item = (usize, Column)>,
    ) -> Self {
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
        Self(changed)
    }

    fn is_fixed(&self, unit: usize, column: Column) -> bool {
        !self.0[unit][column.0 as usize]
    }
}

/// Carries out, once and for all, what brings to instances the fixed numbers of others, such as the temperature of a
/// network, and removes it from the lists.
pub(super) fn bring(lists: &mut [&mut Vec<Stage>], programs: &[Program], memory: &mut [Columns]) {
    loop {
        let others = lists.iter().flat_map(|list| list.iter());
        let changed = Changed::new(programs, others, std::iter::empty());
        // Without those that bring a fixed number to a column that nothing else changes.
        let quiet = |other: &Stage, (kind, column): (usize, Column)| match other {
            Stage::Gather { kind: k, column: c, from: (unit, source), .. } => {
                (k.index(), *c) != (kind, column)
                    || match source {
                        Source::Constant(_) => true,
                        Source::Column(from) => changed.is_fixed(unit.index(), *from),
                        Source::Clock(_) => false,
                    }
            }
            Stage::Reduce { kind: k, column: c, .. } => (k.index(), *c) != (kind, column),
            _ => true,
        };
        let is_stored = |unit: usize, column: Column| {
            let entries = programs[unit].entries.iter();
            entries.flat_map(|block| &block.stores).any(|store| store.column == column)
        };
        let mut found: Vec<(usize, Column)> = Vec::new();
        for stage in lists.iter().flat_map(|list| list.iter()) {
            if let Stage::Gather { kind, column, .. } = stage {
                let to = (kind.index(), *column);
                if !found.contains(&to)
                    && !is_stored(to.0, to.1)
                    && lists.iter().flat_map(|list| list.iter()).all(|other| quiet(other, to))
                {
                    found.push(to);
                }
            }
        }
        if found.is_empty() {
            return;
        }
        for list in &mut *lists {
            list.retain(|stage| match stage {
                Stage::Gather { kind, column, from, instances }
                    if found.contains(&(kind.index(), *column)) =>
                {
                    stage::gather(memory, (*kind, *column), *from, instances, &[]);
                    false
                }
                _ => true,
            });
        }
        memory.iter_mut().for_each(Columns::pad);
    }
}

/// Optimizes programs whose columns are at work; `stages` are all that are run, `set` the columns set from outside,
/// `step` the length of a step.
pub(super) fn specialise<'s>(
    programs: &mut [Program],
    memory: &mut [Columns],
    stages: impl Iterator<Item = &'s Stage>,
    (set, step): (impl Iterator<Item = (usize, Column)>, f64),
) {
    let changed = Changed::new(programs, stages, set);
    for (unit, (program, columns)) in programs.iter_mut().zip(memory).enumerate() {
        let is_fixed = |column: Column| changed.is_fixed(unit, column);
        for block in &mut program.entries {
            for op in &mut block.ops {
                if *op == Op::Uniform(Clock::Dt.uniform()) {
                    *op = Op::Const(step.into());
                }
                if let Op::Load(column) = *op
                    && is_fixed(column)
                    && let Some(number) = common(columns.get(column))
                {
                    *op = Op::Const(number.into());
                }
            }
        }
        optimize(program, Options::default(), |_, _| {});
        if let Some(once) = hoist(program, is_fixed) {
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
