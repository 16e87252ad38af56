//! The value of an expression.

use std::fmt;

use nml_base::TextRange;

use crate::{BinaryOp, Expr, Function, Node, maths};

/// What an expression comes to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// A number, perhaps NaN or infinite.
    Number(f64),
    /// A condition.
    Condition(bool),
}

impl Value {
    /// The number; 1 and 0 for true and false.
    pub fn number(self) -> f64 {
        match self {
            Self::Number(value) => value,
            Self::Condition(holds) => f64::from(u8::from(holds)),
        }
    }

    /// Whether the condition holds; for a number, whether it is neither 0 nor NaN.
    pub fn holds(self) -> bool {
        match self {
            Self::Number(value) => value != 0.0 && !value.is_nan(),
            Self::Condition(holds) => holds,
        }
    }
}

/// A variable without a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvalError {
    /// Its name.
    pub name: String,
    /// Its first use.
    pub range: TextRange,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no value", self.name)
    }
}

impl std::error::Error for EvalError {}

impl Expr {
    /// Computes the value; `lookup` is asked once for each variable, `uniform` draws from 0…1 once for
    /// each `random`, from left to right.
    ///
    /// # Errors
    /// The first variable without a value.
    pub fn eval(
        &self,
        mut lookup: impl FnMut(&str) -> Option<f64>,
        uniform: impl FnMut() -> f64,
    ) -> Result<Value, EvalError> {
        let mut values = Vec::new();
        for name in self.symbols() {
            let Some(value) = lookup(name) else {
                let place = self.uses().find(|(used, _)| *used == name);
                let range = place.map_or(TextRange::default(), |(_, range)| range);
                return Err(EvalError { name: name.to_owned(), range });
            };
            values.push(value);
        }
        Ok(self.eval_with(&values, uniform))
    }

    /// Computes the value from those of the variables, in the order of [`Expr::symbols`]; missing ones
    /// are NaN.
    ///
    /// Both sides of `.and.` and `.or.` are always computed.
    pub fn eval_with(&self, variables: &[f64], uniform: impl FnMut() -> f64) -> Value {
        let value = self.eval_nodes(variables, uniform)[self.root().index()];
        if self.is_condition() { Value::Condition(value != 0.0) } else { Value::Number(value) }
    }

    /// Computes the values of all nodes, see [`Expr::eval_with`]; conditions are 1 and 0.
    pub fn eval_nodes(&self, variables: &[f64], mut uniform: impl FnMut() -> f64) -> Vec<f64> {
        self.map(|_, node, done: &[f64]| match node {
            Node::Number(value) => value,
            Node::Variable(symbol) => variables.get(symbol.index()).copied().unwrap_or(f64::NAN),
            Node::Neg(a) => -done[a.index()],
            Node::Binary(op, a, b) => binary(op, done[a.index()], done[b.index()]),
            Node::Call(Function::Random, a) => done[a.index()] * uniform(),
            Node::Call(function, a) => call(function, done[a.index()]),
        })
    }
}

/// An operator on numbers; conditions are 1 and 0.
pub(crate) fn binary(op: BinaryOp, a: f64, b: f64) -> f64 {
    let truth = |holds: bool| f64::from(u8::from(holds));
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div => a / b,
        BinaryOp::Pow => maths::pow(a, b),
        BinaryOp::Lt => truth(a < b),
        BinaryOp::Gt => truth(a > b),
        BinaryOp::Leq => truth(a <= b),
        BinaryOp::Geq => truth(a >= b),
        BinaryOp::Eq => truth(a == b),
        BinaryOp::Neq => truth(a != b),
        BinaryOp::And => truth(a != 0.0 && b != 0.0),
        BinaryOp::Or => truth(a != 0.0 || b != 0.0),
    }
}

/// A function on a number; `random` has no value here.
pub(crate) fn call(function: Function, x: f64) -> f64 {
    match function {
        Function::Sin => maths::sin(x),
        Function::Cos => maths::cos(x),
        Function::Tan => maths::tan(x),
        Function::Sinh => maths::sinh(x),
        Function::Cosh => maths::cosh(x),
        Function::Tanh => maths::tanh(x),
        Function::Exp => maths::exp(x),
        Function::Sqrt => maths::sqrt(x),
        Function::Ceil => maths::ceil(x),
        Function::Ln | Function::Log => maths::ln(x),
        Function::Random => f64::NAN,
        Function::Factorial => maths::factorial(x),
        Function::Abs => maths::abs(x),
        Function::Heaviside => maths::heaviside(x),
    }
}
