//! Entries of one kind that may run in one go.
//!
//! Two entries of a kind become one where nothing that comes between them in a list needs the first to have run, or
//! changes what the second reads.  What both compute, such as rates at the new potential, is then computed once.

use nml_flat::KindId;
use nml_kernel::{Block, BlockBuilder, Column, Entry, Op, Program, Value};

use super::cable::Membrane;
use super::stage::{Source, Stage};

/// Fuses the entries of a list.
pub(super) fn fuse(stages: Vec<Stage>, programs: &mut [Program]) -> Vec<Stage> {
    let mut fused: Vec<Stage> = Vec::with_capacity(stages.len());
    for stage in stages {
        let Stage::Run { kind, entry } = stage else {
            fused.push(stage);
            continue;
        };
        let earlier =
            fused.iter().rposition(|s| matches!(s, Stage::Run { kind: k, .. } if *k == kind));
        let Some((at, Stage::Run { entry: first, .. })) = earlier.map(|at| (at, &fused[at])) else {
            fused.push(stage);
            continue;
        };
        let program = &mut programs[kind.index()];
        let between = Between::new(kind, &fused[at + 1..]);
        let (one, two) = (program.block(*first), program.block(entry));
        let together = || both(one, two);
        if between.leave_alone(two) {
            let entry = add(together(), program);
            fused[at] = Stage::Run { kind, entry };
        } else if between.leave_alone(one) {
            let entry = add(together(), program);
            fused.remove(at);
            fused.push(Stage::Run { kind, entry });
        } else {
            fused.push(stage);
        }
    }
    fused
}

fn add(block: Block, program: &mut Program) -> Entry {
    program.entries.push(block);
    Entry(u32::try_from(program.entries.len() - 1).unwrap_or(u32::MAX))
}

/// What stages do to the columns of a kind.
#[derive(Debug, Default)]
struct Between {
    read: Vec<Column>,
    written: Vec<Column>,
}

impl Between {
    fn new(kind: KindId, stages: &[Stage]) -> Self {
        let mut between = Self::default();
        let mut note = |to: (KindId, Column), from: &[(KindId, Source)]| {
            if to.0 == kind {
                between.written.push(to.1);
            }
            for (of, source) in from {
                if let (true, Source::Column(column)) = (*of == kind, source) {
                    between.read.push(*column);
                }
            }
        };
        for stage in stages {
            match stage {
                Stage::Gather { kind, column, from, .. } => note((*kind, *column), &[*from]),
                Stage::Reduce { kind, column, members, .. } => note((*kind, *column), members),
                // Cells are made later.
                Stage::Run { .. } | Stage::Cells(_) => {}
                Stage::Cable(cable) => {
                    for &Membrane { kind, v, rate, slope } in &cable.membranes {
                        let read = [v, rate, slope].map(|c| (kind, Source::Column(c)));
                        note((kind, v), &read);
                    }
                }
                Stage::Markov(markov) => {
                    let rates = markov.edges.iter().flat_map(|&(_, _, f, r)| [f, r]);
                    let rates: Vec<_> = rates.map(|source| (markov.kind, source)).collect();
                    for (&from, &to) in markov.from.iter().zip(&markov.to) {
                        note((markov.kind, to), &[(markov.kind, Source::Column(from))]);
                    }
                    if let Some(&to) = markov.to.first() {
                        note((markov.kind, to), &rates);
                    }
                }
            }
        }
        between
    }

    /// Whether a block may as well run on the other side of them.
    fn leave_alone(&self, block: &Block) -> bool {
        let stores = |column: &Column| block.stores.iter().any(|store| store.column == *column);
        let loaded = block.loaded_columns();
        let loads = |column: &Column| loaded.binary_search(column).is_ok();
        !self.read.iter().any(stores) && !self.written.iter().any(|c| loads(c) || stores(c))
    }
}

/// One block that does what two do one after the other.
fn both(one: &Block, two: &Block) -> Block {
    let mut b = BlockBuilder::resume(one.clone());
    let mut new: Vec<Value> = Vec::with_capacity(two.ops.len());
    for op in &two.ops {
        let value = match op {
            Op::Load(column) => b.load(*column),
            op => b.push(op.map_operands(|v| new[v.0 as usize])),
        };
        new.push(value);
    }
    for store in &two.stores {
        b.store(store.column, new[store.value.0 as usize]);
    }
    b.finish()
}
