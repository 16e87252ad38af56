//! Building programs.

use rustc_hash::FxHashMap;

use super::{
    BinaryOp, Block, Column, ColumnInfo, ColumnRole, CompareOp, Entry, MaskOp, Op, Program, Store,
    Type, UnaryOp, Uniform, Value,
};

/// Builds a [`Program`].
#[derive(Debug, Default)]
pub struct ProgramBuilder {
    program: Program,
}

impl ProgramBuilder {
    /// An empty program.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column; `name` is for listings.
    pub fn column(&mut self, name: impl Into<String>, role: ColumnRole) -> Column {
        let column = Column(Value::new(self.program.columns.len()).0);
        self.program.columns.push(ColumnInfo { name: name.into(), role });
        column
    }

    /// Adds a scalar of the run; `name` is for listings.
    pub fn uniform(&mut self, name: impl Into<String>) -> Uniform {
        let uniform = Uniform(Value::new(self.program.uniforms.len()).0);
        self.program.uniforms.push(name.into());
        uniform
    }

    /// Adds an entry point.
    pub fn add(&mut self, block: Block) -> Entry {
        let entry = Entry(Value::new(self.program.entries.len()).0);
        self.program.entries.push(block);
        entry
    }

    /// The finished program.
    pub fn finish(self) -> Program {
        debug_assert_eq!(self.program.validate(), Ok(()));
        self.program
    }
}

/// Builds one [`Block`].
///
/// Equal operations on equal operands are one value (common subexpressions never arise), and a load after a store
/// gives the stored value.
/// Nothing else is simplified here: what is built is what a listing before the passes shows.
#[derive(Debug, Default)]
pub struct BlockBuilder {
    block: Block,
    known: FxHashMap<Op, Value>,
    stored: Vec<Option<Value>>,
}

impl BlockBuilder {
    /// An empty block.
    pub fn new(name: impl Into<String>) -> Self {
        Self { block: Block { name: name.into(), ..Block::default() }, ..Self::default() }
    }

    /// Continues a finished block: its values keep their numbers, its stores can be replaced.
    pub fn resume(block: Block) -> Self {
        let known = block.ops.iter().enumerate().map(|(i, op)| (*op, Value::new(i))).collect();
        let mut builder = Self { block, known, stored: Vec::new() };
        for store in std::mem::take(&mut builder.block.stores) {
            builder.store(store.column, store.value);
        }
        builder
    }

    /// The operation behind a value.
    pub fn op(&self, value: Value) -> Op {
        self.block.ops[value.index()]
    }

    /// The number, if the value is one.
    pub fn as_const(&self, value: Value) -> Option<f64> {
        match self.op(value) {
            Op::Const(number) => Some(number.get()),
            _ => None,
        }
    }

    /// Appends an operation, or finds the equal one that exists.
    ///
    /// Operands of wrong type are found by [`Program::validate`], in debug builds here.
    pub fn push(&mut self, op: Op) -> Value {
        let op = in_canonical_order(op);
        debug_assert!(self.well_typed(op), "operands of {op:?} are undefined or of the wrong type");
        let ops = &mut self.block.ops;
        *self.known.entry(op).or_insert_with(|| {
            ops.push(op);
            Value::new(ops.len() - 1)
        })
    }

    fn well_typed(&self, op: Op) -> bool {
        let mut wanted = op.operand_types().into_iter();
        let mut ok = true;
        op.for_each_operand(|v| {
            let ty = self.block.ops.get(v.index()).map(Op::ty);
            ok &= ty == wanted.next() && ty.is_some();
        });
        ok
    }

    /// A number.
    pub fn constant(&mut self, x: f64) -> Value {
        self.push(Op::Const(x.into()))
    }

    /// A truth value.
    pub fn mask(&mut self, truth: bool) -> Value {
        self.push(Op::MaskConst(truth))
    }

    /// A scalar of the run.
    pub fn uniform(&mut self, uniform: Uniform) -> Value {
        self.push(Op::Uniform(uniform))
    }

    /// The column's value, after the stores made so far.
    pub fn load(&mut self, column: Column) -> Value {
        match self.stored.get(column.index()) {
            Some(&Some(value)) => value,
            _ => self.push(Op::Load(column)),
        }
    }

    /// The column's value before the block, whatever was stored since.
    pub fn load_old(&mut self, column: Column) -> Value {
        self.push(Op::Load(column))
    }

    /// Writes a real to a column, in place of what was stored there before.
    pub fn store(&mut self, column: Column, value: Value) {
        debug_assert_eq!(self.op(value).ty(), Type::Real);
        if self.stored.len() <= column.index() {
            self.stored.resize(column.index() + 1, None);
        }
        self.stored[column.index()] = Some(value);
    }

    /// Writes a real where the mask holds; elsewhere the column keeps its value.
    pub fn store_where(&mut self, mask: Value, column: Column, value: Value) {
        let kept = self.load(column);
        let value = self.select(mask, value, kept);
        self.store(column, value);
    }

    /// A function of one real.
    pub fn unary(&mut self, op: UnaryOp, a: Value) -> Value {
        self.push(Op::Unary(op, a))
    }

    /// A function of two reals.
    pub fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        self.push(Op::Binary(op, a, b))
    }

    /// a + b.
    pub fn add(&mut self, a: Value, b: Value) -> Value {
        self.binary(BinaryOp::Add, a, b)
    }

    /// a − b.
    pub fn sub(&mut self, a: Value, b: Value) -> Value {
        self.binary(BinaryOp::Sub, a, b)
    }

    /// a · b.
    pub fn mul(&mut self, a: Value, b: Value) -> Value {
        self.binary(BinaryOp::Mul, a, b)
    }

    /// a / b.
    pub fn div(&mut self, a: Value, b: Value) -> Value {
        self.binary(BinaryOp::Div, a, b)
    }

    /// −a.
    pub fn neg(&mut self, a: Value) -> Value {
        self.unary(UnaryOp::Neg, a)
    }

    /// eᵃ.
    pub fn exp(&mut self, a: Value) -> Value {
        self.unary(UnaryOp::Exp, a)
    }

    /// a · b + c, rounded once.
    pub fn fma(&mut self, a: Value, b: Value, c: Value) -> Value {
        self.push(Op::Fma(a, b, c))
    }

    /// A comparison.
    pub fn compare(&mut self, op: CompareOp, a: Value, b: Value) -> Value {
        self.push(Op::Compare(op, a, b))
    }

    /// a < b.
    pub fn lt(&mut self, a: Value, b: Value) -> Value {
        self.compare(CompareOp::Lt, a, b)
    }

    /// a ≤ b.
    pub fn le(&mut self, a: Value, b: Value) -> Value {
        self.compare(CompareOp::Le, a, b)
    }

    /// a > b.
    pub fn gt(&mut self, a: Value, b: Value) -> Value {
        self.lt(b, a)
    }

    /// a ≥ b.
    pub fn ge(&mut self, a: Value, b: Value) -> Value {
        self.le(b, a)
    }

    /// Both masks.
    pub fn and(&mut self, a: Value, b: Value) -> Value {
        self.push(Op::Mask(MaskOp::And, a, b))
    }

    /// At least one of the masks.
    pub fn or(&mut self, a: Value, b: Value) -> Value {
        self.push(Op::Mask(MaskOp::Or, a, b))
    }

    /// The complement of a mask.
    pub fn not(&mut self, a: Value) -> Value {
        self.push(Op::Not(a))
    }

    /// `on_true` where the mask holds, else `on_false`.
    pub fn select(&mut self, mask: Value, on_true: Value, on_false: Value) -> Value {
        self.push(Op::Select(mask, on_true, on_false))
    }

    /// A uniform number in [0, 1), a pure function of its operands; see [`crate::random`].
    pub fn random(&mut self, stream: u16, id: Value, counter: Value) -> Value {
        self.push(Op::Random { stream, id, counter })
    }

    /// The next number of a stream: draws at the count in `counter` and stores the count plus one.
    pub fn draw(&mut self, stream: u16, id: Column, counter: Column) -> Value {
        let (id, count, one) = (self.load(id), self.load(counter), self.constant(1.0));
        let next = self.add(count, one);
        self.store(counter, next);
        self.random(stream, id, count)
    }

    /// The finished block.
    pub fn finish(mut self) -> Block {
        for (i, value) in self.stored.into_iter().enumerate() {
            if let Some(value) = value {
                self.block.stores.push(Store { column: Column(Value::new(i).0), value });
            }
        }
        self.block
    }
}

/// Commutative operations with the smaller operand first, so that equal ones are found.
fn in_canonical_order(op: Op) -> Op {
    match op {
        Op::Binary(kind @ (BinaryOp::Add | BinaryOp::Mul), a, b) if b < a => Op::Binary(kind, b, a),
        Op::Fma(a, b, c) if b < a => Op::Fma(b, a, c),
        Op::Compare(kind @ (CompareOp::Eq | CompareOp::Ne), a, b) if b < a => {
            Op::Compare(kind, b, a)
        }
        Op::Mask(kind, a, b) if b < a => Op::Mask(kind, b, a),
        op => op,
    }
}
