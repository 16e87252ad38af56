//! What hangs on one column alone is taken out of an entry.

use rustc_hash::FxHashMap;

use crate::ir::{
    BinaryOp, Block, BlockBuilder, Column, ColumnInfo, ColumnRole, Entry, Op, Program, Type,
    UnaryOp, Value,
};

/// An entry in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// Computes functions of the column and stores each in a column of its own.
    pub functions: Entry,
    /// Where they are stored.
    pub to: Vec<Column>,
    /// Does everything else.
    pub rest: Entry,
}

/// What a function from a table costs, in exponentials.
const LOOK_UP: f64 = 0.8;

/// Parts an entry in the functions of a column that are dear to compute, and the rest; exact.
///
/// New columns are added to the program.  None where looking functions up would cost as much as computing them.
pub fn part(program: &mut Program, entry: Entry, column: Column) -> Option<Parted> {
    let block = program.block(entry).clone();
    let cut = worth_a_table(&block, column);
    let cost: f64 = dear(&block, &cut);
    let count = cut.iter().filter(|cut| **cut).count();
    if count == 0 || cost <= LOOK_UP * count as f64 {
        return None;
    }
    let mut functions = BlockBuilder::new(format!("{} (functions)", block.name));
    let mut rest = BlockBuilder::new(block.name.clone());
    let mut there: Vec<Value> = Vec::with_capacity(block.ops.len());
    let mut here: Vec<Value> = Vec::with_capacity(block.ops.len());
    let mut homes: FxHashMap<Value, Column> = FxHashMap::default();
    let mut to = Vec::new();
    for (at, op) in block.ops.iter().enumerate() {
        // What either side does not need is dead there.
        there.push(functions.push(op.map_operands(|v| there[v.index()])));
        if !cut[at] {
            here.push(rest.push(op.map_operands(|v| here[v.index()])));
            continue;
        }
        let home = *homes.entry(there[at]).or_insert_with(|| {
            let home = Column(Value::new(program.columns.len()).0);
            let name = format!("(function {})", to.len());
            program.columns.push(ColumnInfo { name, role: ColumnRole::Scratch });
            to.push(home);
            functions.store(home, there[at]);
            home
        });
        here.push(rest.load(home));
    }
    for store in &block.stores {
        rest.store(store.column, here[store.value.index()]);
    }
    let mut add = |b: BlockBuilder| {
        program.entries.push(super::eliminate_dead_code(&b.finish()));
        Entry(Value::new(program.entries.len() - 1).0)
    };
    let functions = add(functions);
    Some(Parted { functions, to, rest: add(rest) })
}

/// What an operation costs, in exponentials.
fn cost(op: Op) -> f64 {
    match op {
        Op::Unary(UnaryOp::Exp | UnaryOp::Log | UnaryOp::Expm1, _) => 1.0,
        Op::Unary(UnaryOp::Neg | UnaryOp::Abs | UnaryOp::Ceil | UnaryOp::Floor, _) => 0.0,
        Op::Unary(UnaryOp::Exprelr, _) => 1.5,
        Op::Unary(..) => 2.0,
        Op::Binary(BinaryOp::Pow, ..) => 3.0,
        Op::Binary(BinaryOp::Div, ..) => 0.5,
        _ => 0.03,
    }
}

/// The cost of all that only those values need.
fn dear(block: &Block, cut: &[bool]) -> f64 {
    let mut needed = vec![false; block.ops.len()];
    for store in &block.stores {
        needed[store.value.index()] = true;
    }
    let mut saved = 0.0;
    for (at, op) in block.ops.iter().enumerate().rev() {
        if needed[at] && !cut[at] {
            op.for_each_operand(|v| needed[v.index()] = true);
        }
        if !needed[at] || cut[at] {
            saved += cost(*op);
        }
    }
    saved
}

/// The reals that hang on the column alone, cost something, and are used by what does not.
fn worth_a_table(block: &Block, column: Column) -> Vec<bool> {
    let count = block.ops.len();
    let (mut alone, mut varies, mut costs) =
        (vec![false; count], vec![false; count], vec![0.0; count]);
    for (at, op) in block.ops.iter().enumerate() {
        let (mut all, mut any, mut sum) = (true, false, cost(*op));
        op.for_each_operand(|v| {
            all &= alone[v.index()];
            any |= varies[v.index()];
            sum += costs[v.index()];
        });
        (alone[at], varies[at]) = match op {
            Op::Const(_) | Op::MaskConst(_) => (true, false),
            Op::Load(c) => (*c == column, *c == column),
            Op::Uniform(_) | Op::Random { .. } => (false, false),
            _ => (all, any),
        };
        costs[at] = sum;
    }
    let fits =
        |at: usize| alone[at] && varies[at] && costs[at] >= 0.5 && block.ops[at].ty() == Type::Real;
    let mut cut = vec![false; count];
    let mut wanted = vec![false; count];
    for store in &block.stores {
        wanted[store.value.index()] = true;
    }
    // Users come after what they use.
    for at in (0..count).rev() {
        if !wanted[at] {
            continue;
        }
        if fits(at) {
            cut[at] = true;
        } else {
            block.ops[at].for_each_operand(|v| wanted[v.index()] = true);
        }
    }
    cut
}
