//! Formulas to operations.

use nml_expr::{BinaryOp as Operator, Function, Node};
use nml_flat::{Formula, Operand};
use nml_kernel::{
    BinaryOp, BlockBuilder, Column, ColumnRole, CompareOp, ProgramBuilder, UnaryOp, Value,
};

use crate::layout::{Layout, Place};

/// What cannot be a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Untranslatable(pub(crate) String);

/// Columns through which random numbers come in: as many as one entry may draw, and how many it did.
///
/// A number is drawn only where its turn comes: the entry counts, and takes the number of its count.  So one
/// stream can serve all instances in the order in which they run, as the reference interpreter has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draws {
    pub(crate) columns: Vec<Column>,
    pub(crate) count: Option<Column>,
}

/// Builds one block.
pub(crate) struct Emitter<'a> {
    pub(crate) b: BlockBuilder,
    pub(crate) layout: &'a Layout,
    pub(crate) program: &'a mut ProgramBuilder,
    pub(crate) draws: &'a mut Draws,
    /// Sites of `random` in this block so far.
    pub(crate) sites: usize,
}

impl Emitter<'_> {
    /// The value at a place.
    pub(crate) fn load(&mut self, place: Place) -> Value {
        match place {
            Place::Constant(value) => self.b.constant(value),
            Place::Column(column) => self.b.load(column),
            Place::Time => self.b.uniform(self.layout.t),
        }
    }

    /// Stores where there is a column; constants stay what they are.
    pub(crate) fn store(&mut self, place: Place, value: Value) {
        if let Place::Column(column) = place {
            self.b.store(column, value);
        }
    }

    /// Stores where a mask holds.
    pub(crate) fn store_where(&mut self, mask: Option<Value>, place: Place, value: Value) {
        let value = match mask {
            None => value,
            Some(mask) => {
                let old = self.load(place);
                self.b.select(mask, value, old)
            }
        };
        self.store(place, value);
    }

    /// Both masks, where there are two.
    pub(crate) fn both(&mut self, a: Option<Value>, b: Value) -> Value {
        a.map_or(b, |a| self.b.and(a, b))
    }

    /// Adds 1 to a column where a mask holds.
    pub(crate) fn count(&mut self, column: Column, mask: Option<Value>) {
        let (old, one) = (self.b.load(column), self.b.constant(1.0));
        let new = self.b.add(old, one);
        self.store_where(mask, Place::Column(column), new);
    }

    /// A number drawn where a mask holds.
    fn draw(&mut self, mask: Option<Value>) -> Value {
        let program = &mut *self.program;
        let mut column = |name: &str, role| program.column(name, role);
        let count = *self.draws.count.get_or_insert_with(|| column("drawn", ColumnRole::Output));
        self.sites += 1;
        while self.draws.columns.len() < self.sites {
            self.draws.columns.push(column("draw", ColumnRole::Input));
        }
        let drawn = self.b.load(count);
        let mut value = self.b.load(self.draws.columns[0]);
        for (i, &column) in self.draws.columns.iter().enumerate().take(self.sites).skip(1) {
            let index = self.b.constant(i as f64);
            let own = self.b.compare(CompareOp::Eq, drawn, index);
            let next = self.b.load(column);
            value = self.b.select(own, next, value);
        }
        self.count(count, mask);
        value
    }

    /// The value of a formula; a mask for a condition.  `mask` says where it is evaluated, which matters to
    /// `random` only.
    pub(crate) fn formula(
        &mut self,
        formula: &Formula,
        mask: Option<Value>,
    ) -> Result<Value, Untranslatable> {
        let mut values: Vec<Value> = Vec::with_capacity(formula.expr.len());
        for (_, node) in formula.expr.nodes() {
            let value = match node {
                Node::Number(x) => self.b.constant(x),
                Node::Variable(symbol) => match formula.operands[symbol.index()] {
                    Operand::Time => self.load(Place::Time),
                    Operand::Constant(x) => self.b.constant(x),
                    Operand::Quantity(quantity) => {
                        let place = self.layout.quantity(quantity);
                        self.load(place)
                    }
                },
                Node::Neg(a) => self.b.neg(values[a.index()]),
                Node::Binary(op, a, b) => self.operator(op, values[a.index()], values[b.index()]),
                Node::Call(Function::Random, a) => {
                    let draw = self.draw(mask);
                    self.b.mul(values[a.index()], draw)
                }
                Node::Call(function, a) => self.function(function, values[a.index()])?,
            };
            values.push(value);
        }
        values.pop().ok_or_else(|| Untranslatable("an empty expression".to_owned()))
    }

    fn operator(&mut self, op: Operator, x: Value, y: Value) -> Value {
        let b = &mut self.b;
        match op {
            Operator::Add => b.add(x, y),
            Operator::Sub => b.sub(x, y),
            Operator::Mul => b.mul(x, y),
            Operator::Div => b.div(x, y),
            Operator::Pow => b.binary(BinaryOp::Pow, x, y),
            Operator::Lt => b.lt(x, y),
            Operator::Gt => b.gt(x, y),
            Operator::Leq => b.le(x, y),
            Operator::Geq => b.ge(x, y),
            Operator::Eq => b.compare(CompareOp::Eq, x, y),
            Operator::Neq => b.compare(CompareOp::Ne, x, y),
            Operator::And => b.and(x, y),
            Operator::Or => b.or(x, y),
        }
    }

    fn function(&mut self, function: Function, x: Value) -> Result<Value, Untranslatable> {
        let op = match function {
            Function::Sin => UnaryOp::Sin,
            Function::Cos => UnaryOp::Cos,
            Function::Tan => UnaryOp::Tan,
            Function::Sinh => UnaryOp::Sinh,
            Function::Cosh => UnaryOp::Cosh,
            Function::Tanh => UnaryOp::Tanh,
            Function::Exp => UnaryOp::Exp,
            Function::Sqrt => UnaryOp::Sqrt,
            Function::Ceil => UnaryOp::Ceil,
            Function::Ln | Function::Log => UnaryOp::Log,
            Function::Abs => UnaryOp::Abs,
            Function::Heaviside => {
                let b = &mut self.b;
                let (zero, half, one) = (b.constant(0.0), b.constant(0.5), b.constant(1.0));
                let above = b.gt(x, zero);
                let at = b.compare(CompareOp::Eq, x, zero);
                let below = b.lt(x, zero);
                // NaN stays NaN.
                let rest = b.select(below, zero, x);
                let rest = b.select(at, half, rest);
                return Ok(b.select(above, one, rest));
            }
            Function::Factorial => {
                let Some(n) = self.b.as_const(x) else {
                    let what = "`factorial` of anything but a number is not simulated";
                    return Err(Untranslatable(what.to_owned()));
                };
                return Ok(self.b.constant(nml_expr::maths::factorial(n)));
            }
            Function::Random => return Err(Untranslatable("`random` out of place".to_owned())),
        };
        Ok(self.b.unary(op, x))
    }
}
