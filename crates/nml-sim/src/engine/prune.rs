//! Columns that nobody reads are not written.

use nml_kernel::passes::{
    eliminate_common_subexpressions, eliminate_dead_code, fold_constants, reduce_strength,
};
use nml_kernel::{Column, Program};

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
