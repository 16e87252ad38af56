//! What never changes during a run is computed once.

use rustc_hash::FxHashMap;

use crate::ir::{Block, BlockBuilder, Column, ColumnInfo, ColumnRole, Entry, Op, Program, Value};

/// Moves what is made of `fixed` columns and numbers alone to an entry of its own, which is to run once before all
/// others, and whose results lie in new columns; exact.
///
/// None if there is nothing to move.
pub fn hoist(program: &mut Program, fixed: impl Fn(Column) -> bool) -> Option<Entry> {
    let mut once = BlockBuilder::new("fixed");
    let mut homes: FxHashMap<Value, Column> = FxHashMap::default();
    let mut columns = std::mem::take(&mut program.columns);
    for block in &mut program.entries {
        let moved = movable(block, &fixed);
        if !moved.contains(&true) {
            continue;
        }
        let mut builder = BlockBuilder::new(block.name.clone());
        let mut new: Vec<Option<Value>> = vec![None; block.ops.len()];
        let mut there: Vec<Option<Value>> = vec![None; block.ops.len()];
        for (at, op) in block.ops.iter().enumerate() {
            if is_fixed(*op, &fixed, |v| there[v.index()].is_some()) {
                // An operand of what is fixed is fixed.
                there[at] = Some(once.push(op.map_operands(|v| there[v.index()].unwrap_or(v))));
            }
            new[at] = match there[at].filter(|_| moved[at]) {
                Some(value) => {
                    let known = homes.len();
                    let home = *homes.entry(value).or_insert_with(|| {
                        columns.push(ColumnInfo {
                            name: format!("(fixed {known})"),
                            role: ColumnRole::Parameter,
                        });
                        let home = Column(Value::new(columns.len() - 1).0);
                        once.store(home, value);
                        home
                    });
                    Some(builder.load(home))
                }
                // What only served what has moved is dead, and its operands may be so too.
                None => Some(builder.push(op.map_operands(|v| new[v.index()].unwrap_or(v)))),
            };
        }
        for store in &block.stores {
            builder.store(store.column, new[store.value.index()].unwrap_or(store.value));
        }
        *block = super::eliminate_dead_code(&builder.finish());
    }
    program.columns = columns;
    if homes.is_empty() {
        return None;
    }
    program.entries.push(once.finish());
    u32::try_from(program.entries.len() - 1).ok().map(Entry)
}

fn is_fixed(op: Op, fixed: impl Fn(Column) -> bool, operand: impl Fn(Value) -> bool) -> bool {
    match op {
        Op::Const(_) | Op::MaskConst(_) => true,
        Op::Load(column) => fixed(column),
        Op::Uniform(_) | Op::Random { .. } => false,
        op => {
            let mut all = true;
            op.for_each_operand(|v| all &= operand(v));
            all
        }
    }
}

/// The fixed reals that are worth a column: results of operations on columns, used by what is not fixed.
fn movable(block: &Block, fixed: &impl Fn(Column) -> bool) -> Vec<bool> {
    let mut is = Vec::with_capacity(block.ops.len());
    let mut varies = Vec::with_capacity(block.ops.len());
    for op in &block.ops {
        is.push(is_fixed(*op, fixed, |v| is[v.index()]));
        let mut any = matches!(op, Op::Load(_));
        op.for_each_operand(|v| any |= varies[v.index()]);
        varies.push(any);
    }
    let mut wanted = vec![false; block.ops.len()];
    for (at, op) in block.ops.iter().enumerate() {
        if !is[at] {
            op.for_each_operand(|v| wanted[v.index()] = true);
        }
    }
    for store in &block.stores {
        wanted[store.value.index()] = true;
    }
    let worth = |at: usize| {
        let op = block.ops[at];
        is[at] && varies[at] && op.ty() == crate::Type::Real && !matches!(op, Op::Load(_))
    };
    wanted.iter().enumerate().map(|(at, wanted)| *wanted && worth(at)).collect()
}
