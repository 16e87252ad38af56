//! Makes a block smooth.

use nml_kernel::{
    Block, BlockBuilder, Column, ColumnRole, CompareOp, Op, ProgramBuilder, UnaryOp, Value,
};

use super::shape::Atom;

/// How a number changes between two events.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Change {
    /// Not at all.
    #[default]
    Never,
    /// With time alone.
    Timed,
    /// With the states.
    Moving,
}

/// Takes every jump out of a block: comparisons, `ceil`, and the kink of `abs`, become numbers read from columns, the
/// [`Atom`]s; what they would be now is stored beside.  Between two events those columns stay what they are, so that
/// what remains is as smooth as its formulas.
///
/// Comparisons for equality stay: between numbers that change they are true for no time at all, and serve to close gaps
/// in formulas (`x / (1 - exp(-x))` at 0).
pub(super) fn freeze(
    block: &Block,
    change: impl Fn(Column) -> Change,
    program: &mut ProgramBuilder,
    atoms: &mut Vec<Atom>,
) -> Block {
    let mut b = BlockBuilder::new(block.name.clone());
    let mut new: Vec<Value> = Vec::with_capacity(block.ops.len());
    let mut changes: Vec<Change> = Vec::with_capacity(block.ops.len());
    let mut stores = Vec::new();
    for op in &block.ops {
        let mut here = match op {
            Op::Load(column) => change(*column),
            Op::Uniform(_) => Change::Timed,
            _ => Change::Never,
        };
        op.for_each_operand(|operand| here = here.max(changes[operand.0 as usize]));
        changes.push(here);
        let op = op.map_operands(|operand| new[operand.0 as usize]);
        let mut atom = |b: &mut BlockBuilder, live: Value, gap: Option<Value>| {
            let mut column = |name: &str| program.column(name, ColumnRole::State);
            let gap = gap.filter(|_| here == Change::Timed).map(|gap| (column("(gap)"), gap));
            let atom =
                Atom { frozen: column("(frozen)"), live: column("(live)"), gap: gap.map(|g| g.0) };
            stores.push((atom.live, live));
            stores.extend(gap);
            atoms.push(atom);
            b.load(atom.frozen)
        };
        let value = match op {
            Op::Compare(CompareOp::Lt | CompareOp::Le, x, y) if here > Change::Never => {
                let gap = b.sub(x, y);
                let holds = b.push(op);
                let (zero, half, one) = (b.constant(0.0), b.constant(0.5), b.constant(1.0));
                let live = b.select(holds, one, zero);
                let frozen = atom(&mut b, live, Some(gap));
                b.lt(half, frozen)
            }
            Op::Unary(UnaryOp::Ceil | UnaryOp::Floor, _) if here > Change::Never => {
                let live = b.push(op);
                atom(&mut b, live, None)
            }
            Op::Unary(UnaryOp::Abs, x) if here > Change::Never => {
                let (zero, half, one) = (b.constant(0.0), b.constant(0.5), b.constant(1.0));
                let below = b.lt(x, zero);
                let live = b.select(below, one, zero);
                let frozen = atom(&mut b, live, Some(x));
                let (below, minus) = (b.lt(half, frozen), b.neg(x));
                b.select(below, minus, x)
            }
            op => b.push(op),
        };
        new.push(value);
    }
    for store in &block.stores {
        b.store(store.column, new[store.value.0 as usize]);
    }
    for (column, value) in stores {
        b.store(column, value);
    }
    b.finish()
}
