//! The intermediate representation.

mod builder;
mod op;
mod print;
mod validate;

pub use builder::{BlockBuilder, ProgramBuilder};
pub use op::{BinaryOp, CompareOp, MaskOp, Number, Op, Type, UnaryOp};
pub use validate::ValidationError;

/// A column: one `f64` per instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(pub u32);

/// A scalar that is the same for all instances during one run of an entry, such as `t` or `dt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uniform(pub u32);

/// A value of a block: the index of the operation that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub u32);

/// An entry point of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(pub u32);

impl Column {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Uniform {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Value {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// The value of the operation at `index`; a block never holds 2³² operations.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What a column is for; told to readers of a listing, without effect on what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// Changes from step to step and belongs to a checkpoint.
    State,
    /// Constant during a run.
    Parameter,
    /// Written by the client before an entry runs.
    Input,
    /// Read by the client after an entry ran.
    Output,
    /// Carries a value from one entry to another.
    Scratch,
}

/// A column's name and role, for listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// The name; need not be unique.
    pub name: String,
    /// What the column is for.
    pub role: ColumnRole,
}

/// A write of a value to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    /// Where to.
    pub column: Column,
    /// What; of [`Type::Real`].
    pub value: Value,
}

/// One entry point: operations in an order in which operands come first, then stores.
///
/// Every load reads the column as it was before the block ran; all stores happen after the last
/// operation, at most one per column.
/// The [`BlockBuilder`] turns loads after stores into this form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The name, for listings.
    pub name: String,
    /// The operations; [`Value`] `i` is made by operation `i`.
    pub ops: Vec<Op>,
    /// The stores, sorted by column.
    pub stores: Vec<Store>,
}

impl Block {
    /// How often each value is used by operations and stores.
    pub(crate) fn use_counts(&self) -> Vec<u32> {
        let mut uses = vec![0; self.ops.len()];
        for op in &self.ops {
            op.for_each_operand(|v| uses[v.index()] += 1);
        }
        for store in &self.stores {
            uses[store.value.index()] += 1;
        }
        uses
    }

    /// Which values depend on no column: constants, uniforms and what is computed from them alone.
    pub(crate) fn uniform_values(&self) -> Vec<bool> {
        let mut uniform = Vec::with_capacity(self.ops.len());
        for op in &self.ops {
            let mut all = !matches!(op, Op::Load(_));
            op.for_each_operand(|v| all &= uniform[v.index()]);
            uniform.push(all);
        }
        uniform
    }

    /// The columns the block reads, in ascending order.
    pub fn loaded_columns(&self) -> Vec<Column> {
        let mut columns: Vec<_> = self
            .ops
            .iter()
            .filter_map(|op| if let Op::Load(c) = op { Some(*c) } else { None })
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// Columns, uniforms and entry points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// The columns; [`Column`] indexes this list.
    pub columns: Vec<ColumnInfo>,
    /// The names of the uniforms; [`Uniform`] indexes this list and [`RunContext::uniforms`](crate::RunContext).
    pub uniforms: Vec<String>,
    /// The entry points; [`Entry`] indexes this list.
    pub entries: Vec<Block>,
}

impl Program {
    /// The block of an entry point of this program.
    ///
    /// # Panics
    /// If `entry` belongs to another program.
    pub fn block(&self, entry: Entry) -> &Block {
        &self.entries[entry.0 as usize]
    }

    /// The entry called `name`.
    pub fn find_entry(&self, name: &str) -> Option<Entry> {
        let index = self.entries.iter().position(|block| block.name == name)?;
        u32::try_from(index).ok().map(Entry)
    }
}
