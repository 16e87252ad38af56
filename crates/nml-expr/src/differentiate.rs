//! Symbolic derivatives.

use nml_base::TextRange;

use crate::simplify::{binary, call, neg};
use crate::{BinaryOp, BuildId, Builder, Expr, Function, Node};

/// Why there is no derivative.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DifferentiateError {
    /// A condition has no derivative.
    Condition,
    /// The argument of `random` or `factorial` depends on the variable.
    Function {
        /// The function.
        function: Function,
        /// Its place in the text.
        range: TextRange,
    },
    /// The derivative has more than [`MAX_NODES`](crate::MAX_NODES) nodes.
    TooLarge,
}

impl std::fmt::Display for DifferentiateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Condition => f.write_str("a condition has no derivative"),
            Self::Function { function, .. } => write!(f, "`{function}` has no derivative"),
            Self::TooLarge => f.write_str("the derivative is too large"),
        }
    }
}

impl std::error::Error for DifferentiateError {}

impl Expr {
    /// The derivative with respect to a variable, all others held fixed.
    ///
    /// `H` and `ceil` have derivative 0 everywhere (the jumps do not count), `abs` has 0 at 0.  Parts that
    /// do not depend on the variable vanish, even where they are not finite.
    ///
    /// # Errors
    /// See [`DifferentiateError`].
    pub fn differentiate(&self, variable: &str) -> Result<Self, DifferentiateError> {
        if self.is_condition() {
            return Err(DifferentiateError::Condition);
        }
        let mut work = Work { builder: Builder::new() };
        // For each node its value and its derivative; `None` is 0.
        let mut done: Vec<(BuildId, Option<BuildId>)> = Vec::with_capacity(self.len());
        let mut values: Vec<BuildId> = Vec::with_capacity(self.len());
        for (id, node) in self.nodes() {
            let value = work.builder.copy(self, id, &values);
            let slope = match node {
                Node::Variable(symbol) if self.symbol(symbol) == variable => work.number(1.0),
                Node::Number(_) | Node::Variable(_) => None,
                Node::Neg(a) => done[a.index()].1.map(|d| neg(&mut work.builder, d)),
                Node::Binary(op, a, b) => {
                    work.operator(op, value, done[a.index()], done[b.index()])
                }
                Node::Call(function, a) => match (function, done[a.index()]) {
                    (_, (_, None)) => None,
                    (Function::Random | Function::Factorial, _) => {
                        let range = self.range(id);
                        return Err(DifferentiateError::Function { function, range });
                    }
                    (_, (a, Some(slope))) => work.function(function, value, a, slope),
                },
            };
            values.push(value);
            done.push((value, slope));
        }
        let root = match done[self.root().index()].1 {
            Some(root) => Some(root),
            None => work.number(0.0),
        };
        let finished = root.and_then(|root| work.builder.finish(root).ok());
        finished.ok_or(DifferentiateError::TooLarge)
    }
}

struct Work {
    builder: Builder,
}

impl Work {
    fn number(&mut self, value: f64) -> Option<BuildId> {
        self.builder.number(value)
    }

    fn op(&mut self, op: BinaryOp, a: BuildId, b: BuildId) -> BuildId {
        binary(&mut self.builder, op, a, b)
    }

    fn operator(
        &mut self,
        op: BinaryOp,
        value: BuildId,
        (a, da): (BuildId, Option<BuildId>),
        (b, db): (BuildId, Option<BuildId>),
    ) -> Option<BuildId> {
        match op {
            BinaryOp::Add => match (da, db) {
                (Some(da), Some(db)) => Some(self.op(BinaryOp::Add, da, db)),
                (da, db) => da.or(db),
            },
            BinaryOp::Sub => self.difference(da, db),
            BinaryOp::Mul => {
                let left = da.map(|da| self.op(BinaryOp::Mul, da, b));
                let right = db.map(|db| self.op(BinaryOp::Mul, a, db));
                match (left, right) {
                    (Some(left), Some(right)) => Some(self.op(BinaryOp::Add, left, right)),
                    (left, right) => left.or(right),
                }
            }
            BinaryOp::Div => {
                // (a / b)' = a' / b - (a / b) b' / b
                let left = da.map(|da| self.op(BinaryOp::Div, da, b));
                let right = db.map(|db| {
                    let product = self.op(BinaryOp::Mul, value, db);
                    self.op(BinaryOp::Div, product, b)
                });
                self.difference(left, right)
            }
            BinaryOp::Pow => self.power(value, (a, da), (b, db)),
            _ => None,
        }
    }

    fn difference(&mut self, a: Option<BuildId>, b: Option<BuildId>) -> Option<BuildId> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.op(BinaryOp::Sub, a, b)),
            (Some(a), None) => Some(a),
            (None, Some(b)) => Some(neg(&mut self.builder, b)),
            (None, None) => None,
        }
    }

    /// `(a^b)' = b a^(b - 1) a' + a^b log(a) b'`
    fn power(
        &mut self,
        value: BuildId,
        (a, da): (BuildId, Option<BuildId>),
        (b, db): (BuildId, Option<BuildId>),
    ) -> Option<BuildId> {
        let left = match da {
            Some(_) if self.builder.constant(b) == Some(0.0) => None,
            Some(da) => {
                let one = self.number(1.0)?;
                let less = self.op(BinaryOp::Sub, b, one);
                let power = self.op(BinaryOp::Pow, a, less);
                let product = self.op(BinaryOp::Mul, b, power);
                Some(self.op(BinaryOp::Mul, product, da))
            }
            None => None,
        };
        let right = db.map(|db| {
            let log = call(&mut self.builder, Function::Log, a);
            let product = self.op(BinaryOp::Mul, value, log);
            self.op(BinaryOp::Mul, product, db)
        });
        match (left, right) {
            (Some(left), Some(right)) => Some(self.op(BinaryOp::Add, left, right)),
            (left, right) => left.or(right),
        }
    }

    /// The chain rule, for an argument `a` with the derivative `slope`.
    fn function(
        &mut self,
        function: Function,
        value: BuildId,
        a: BuildId,
        slope: BuildId,
    ) -> Option<BuildId> {
        let (one, two) = (self.number(1.0)?, self.number(2.0)?);
        let outer = match function {
            // The last two were refused before.
            Function::Ceil | Function::Heaviside | Function::Random | Function::Factorial => {
                return None;
            }
            Function::Ln | Function::Log => return Some(self.op(BinaryOp::Div, slope, a)),
            Function::Sqrt => {
                let double = self.op(BinaryOp::Mul, two, value);
                return Some(self.op(BinaryOp::Div, slope, double));
            }
            Function::Sin => call(&mut self.builder, Function::Cos, a),
            Function::Cos => {
                let sin = call(&mut self.builder, Function::Sin, a);
                neg(&mut self.builder, sin)
            }
            Function::Tan => {
                let square = self.op(BinaryOp::Pow, value, two);
                self.op(BinaryOp::Add, one, square)
            }
            Function::Sinh => call(&mut self.builder, Function::Cosh, a),
            Function::Cosh => call(&mut self.builder, Function::Sinh, a),
            Function::Tanh => {
                let square = self.op(BinaryOp::Pow, value, two);
                self.op(BinaryOp::Sub, one, square)
            }
            Function::Exp => value,
            Function::Abs => {
                // The sign: 2 H(a) - 1.
                let step = call(&mut self.builder, Function::Heaviside, a);
                let double = self.op(BinaryOp::Mul, two, step);
                self.op(BinaryOp::Sub, double, one)
            }
        };
        Some(self.op(BinaryOp::Mul, outer, slope))
    }
}
