//! Columns that nobody reads are not written.

use nml_kernel::passes::{
    eliminate_common_subexpressions, eliminate_dead_code, fold_constants, reduce_strength,
};
use nml_kernel::{Block, Column, Op, Program};

use super::Plan;
use super::cable::Membrane;
use super::stage::{Source, Stage};

/// Removes stores to columns that no entry loads and that are not `kept`, and what only served them; then
/// simplifies without changing a bit.
pub(crate) fn prune(program: &mut Program, kept: &[Column]) {
    let mut before = usize::MAX;
    loop {
        let mut read = vec![false; program.columns.len()];
        for &Column(at) in kept {
            read[at as usize] = true;
        }
        for block in &program.entries {
            for Column(at) in block.loaded_columns() {
                read[at as usize] = true;
            }
        }
        for block in &mut program.entries {
            block.stores.retain(|store| read[store.column.0 as usize]);
            *block = eliminate_dead_code(block);
        }
        let after = program.entries.iter().map(|block| block.ops.len() + block.stores.len()).sum();
        if after == before {
            break;
        }
        before = after;
    }
    for block in &mut program.entries {
        let folded = reduce_strength(&fold_constants(block));
        *block = eliminate_dead_code(&eliminate_common_subexpressions(&folded));
    }
}

/// Removes from programs of kinds what nobody needs of what `plan` runs.
pub(crate) fn prune_kinds(programs: &mut [Program], plan: &Plan<'_>) {
    let mut kept: Vec<Vec<Column>> = vec![Vec::new(); programs.len()];
    let mut run: Vec<Vec<usize>> = vec![Vec::new(); programs.len()];
    for (kind, column, _) in &plan.read {
        kept[kind.index()].push(*column);
    }
    for (kind, column) in &plan.sent {
        kept[kind.index()].push(*column);
    }
    for (kind, entry) in &plan.events {
        run[kind.index()].push(entry.0 as usize);
    }
    for stage in plan.lists.iter().flat_map(|list| list.iter()) {
        let sources = match stage {
            Stage::Gather { from, .. } => vec![*from],
            Stage::Reduce { members, .. } => members.clone(),
            Stage::Run { kind, entry } => {
                run[kind.index()].push(entry.0 as usize);
                Vec::new()
            }
            // Made later.
            Stage::Cells(_) => Vec::new(),
            Stage::Cable(cable) => {
                for &Membrane { kind, v, rate, slope } in &cable.membranes {
                    kept[kind.index()].extend([v, rate, slope]);
                }
                Vec::new()
            }
            Stage::Markov(markov) => {
                kept[markov.kind.index()].extend(markov.from.iter().chain(&markov.to));
                let rates = markov.edges.iter().flat_map(|&(_, _, f, r)| [f, r]);
                rates.map(|source| (markov.kind, source)).collect()
            }
        };
        for (kind, source) in sources {
            if let Source::Column(column) = source {
                kept[kind.index()].push(column);
            }
        }
    }
    for ((program, kept), run) in programs.iter_mut().zip(kept).zip(run) {
        let mut needed = vec![false; program.columns.len()];
        for Column(at) in kept {
            needed[at as usize] = true;
        }
        while remove_unneeded(program, &needed, &run) {}
    }
}

/// Removes stores to columns that are not `needed` and serve nothing but themselves in the entries that are `run`;
/// tells whether there were any.
fn remove_unneeded(program: &mut Program, needed: &[bool], run: &[usize]) -> bool {
    let mut served = needed.to_vec();
    for &entry in run {
        mark_served(&program.entries[entry], &mut served);
    }
    let mut removed = false;
    for block in &mut program.entries {
        let before = block.stores.len();
        block.stores.retain(|store| served[store.column.0 as usize]);
        if block.stores.len() != before {
            *block = eliminate_dead_code(block);
            removed = true;
        }
    }
    removed
}

/// Marks the columns that what a block stores in others is made of.
fn mark_served(block: &Block, served: &mut [bool]) {
    for store in &block.stores {
        let mut seen = vec![false; block.ops.len()];
        let mut open = vec![store.value];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at.0 as usize], true) {
                continue;
            }
            let op = block.ops[at.0 as usize];
            if let Op::Load(column) = op
                && column != store.column
            {
                served[column.0 as usize] = true;
            }
            op.for_each_operand(|operand| open.push(operand));
        }
    }
}
