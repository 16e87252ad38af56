//! Dead code.

use crate::ir::{Block, Op, Store, Value};

/// Removes operations no store depends on, and stores of a column's own value, exactly.
pub fn eliminate_dead_code(block: &Block) -> Block {
    let changes = |s: &&Store| block.ops[s.value.index()] != Op::Load(s.column);
    let mut live = vec![false; block.ops.len()];
    for store in block.stores.iter().filter(changes) {
        live[store.value.index()] = true;
    }
    for (i, op) in block.ops.iter().enumerate().rev() {
        if live[i] {
            op.for_each_operand(|v| live[v.index()] = true);
        }
    }
    let mut new = vec![Value(0); block.ops.len()];
    let mut out = Block { name: block.name.clone(), ..Block::default() };
    for (i, op) in block.ops.iter().enumerate().filter(|(i, _)| live[*i]) {
        new[i] = Value::new(out.ops.len());
        out.ops.push(op.map_operands(|v| new[v.index()]));
    }
    out.stores = block
        .stores
        .iter()
        .filter(changes)
        .map(|s| Store { column: s.column, value: new[s.value.index()] })
        .collect();
    out
}
