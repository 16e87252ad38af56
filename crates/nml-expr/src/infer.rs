//! Dimensions of expressions.

use nml_base::TextRange;
use nml_units::{Dimension, UnitTable};

use crate::{BinaryOp, Expr, ExprId, Function, Node, eval};

/// What is known of the dimension of a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Inferred {
    /// This one.
    Known(Dimension),
    /// The literal 0, which may be added to and compared with everything.
    Zero,
    /// Not known, or any: agrees with everything.
    Any,
    /// True or false.
    Condition,
}

impl Inferred {
    /// Whether a value of this kind may be given to a variable of that dimension; the literal 0 may
    /// always.
    pub fn agrees_with(self, declared: Dimension) -> bool {
        match self {
            Self::Known(dimension) => dimension == declared,
            Self::Zero | Self::Any => true,
            Self::Condition => false,
        }
    }

    /// The dimension, where it is certain; a literal 0 by itself is a pure number.
    pub fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Known(dimension) => Some(dimension),
            Self::Zero => Some(Dimension::NONE),
            Self::Any | Self::Condition => None,
        }
    }
}

/// One operand of a mismatch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operand {
    /// Its place in the text.
    pub range: TextRange,
    /// Its dimension.
    pub dimension: Dimension,
}

/// What does not fit.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum MismatchKind {
    /// The operands of `+`, `-` or a comparison differ.
    Operands(BinaryOp),
    /// The argument of a function is not dimensionless.
    Argument(Function),
    /// An exponent is not dimensionless.
    Exponent,
    /// The base is not dimensionless and the exponent is no literal, so the dimension is not fixed.
    VariableExponent,
    /// The power of the base's dimension has exponents that are not whole.
    FractionalPower(f64),
    /// An exponent of the result leaves −128…127.
    TooLarge(BinaryOp),
}

/// A place where dimensions do not fit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Mismatch {
    /// What does not fit.
    pub kind: MismatchKind,
    /// The operator or function with its operands.
    pub range: TextRange,
    /// The left operand, the argument, the base, or the exponent ([`MismatchKind::Exponent`]).
    pub left: Operand,
    /// The right operand, where there are two.
    pub right: Option<Operand>,
}

impl Mismatch {
    /// The finding in words: lower case, no full stop.
    pub fn message(&self, units: &UnitTable) -> String {
        let left = units.describe(self.left.dimension);
        let right = self.right.map_or_else(String::new, |r| units.describe(r.dimension));
        match self.kind {
            MismatchKind::Operands(BinaryOp::Add) => format!("{left} and {right} cannot be added"),
            MismatchKind::Operands(BinaryOp::Sub) => {
                format!("{right} cannot be subtracted from {left}")
            }
            MismatchKind::Operands(_) => format!("{left} cannot be compared with {right}"),
            MismatchKind::Argument(function) => {
                format!("the argument of `{function}` must be dimensionless, this is {left}")
            }
            MismatchKind::Exponent => format!("an exponent must be dimensionless, this is {left}"),
            MismatchKind::VariableExponent => {
                format!(
                    "the exponent of a value with dimension must be a literal number, this base is {left}"
                )
            }
            MismatchKind::FractionalPower(exponent) => {
                let exponent = nml_base::format_f64(exponent);
                format!("{left} to the power of {exponent} is no dimension")
            }
            MismatchKind::TooLarge(op) => {
                format!("the dimension of this `{op}` has exponents beyond 127")
            }
        }
    }
}

/// The dimensions of all nodes of an expression.
#[derive(Clone, PartialEq, Debug)]
pub struct Inference {
    /// By node; see [`ExprId::index`].
    pub nodes: Vec<Inferred>,
    /// Everything that does not fit, in the order of the operators.
    pub mismatches: Vec<Mismatch>,
}

impl Inference {
    /// The dimension of the whole expression.
    pub fn result(&self) -> Inferred {
        self.nodes.last().copied().unwrap_or(Inferred::Any)
    }
}

impl Expr {
    /// Infers dimensions; `lookup` gives those of variables, `None` where one is not known or may be any.
    ///
    /// The rules are those of jLEMS, completed: `+ -` and comparisons need equal dimensions, functions and
    /// exponents none.  A literal 0 fits every `+`, `-` and comparison (jLEMS does not allow it for `+`).
    /// A base with a dimension needs a literal exponent that leaves whole numbers, so `area^0.5` is a
    /// length.  What did not fit counts as any dimension, so that one mistake is one finding.
    pub fn infer(&self, lookup: impl FnMut(&str) -> Option<Dimension>) -> Inference {
        let variables: Vec<_> = self.symbols().map(lookup).collect();
        let constants = self.literals();
        let mut mismatches = Vec::new();
        let nodes = self.map(|id, node, done: &[Inferred]| {
            let mut step = Step { expr: self, id, done, mismatches: &mut mismatches };
            match node {
                Node::Number(0.0) => Inferred::Zero,
                Node::Number(_) => Inferred::Known(Dimension::NONE),
                Node::Variable(symbol) => {
                    variables[symbol.index()].map_or(Inferred::Any, Inferred::Known)
                }
                Node::Neg(a) => done[a.index()],
                Node::Call(function, a) => step.call(function, a),
                Node::Binary(BinaryOp::Pow, a, b) => step.power(a, b, constants[b.index()]),
                Node::Binary(op, a, b) => step.binary(op, a, b),
            }
        });
        Inference { nodes, mismatches }
    }

    /// The values of the nodes that are made of literals and operators only.
    pub(crate) fn literals(&self) -> Vec<Option<f64>> {
        self.map(|_, node, done: &[Option<f64>]| match node {
            Node::Number(value) => Some(value),
            Node::Neg(a) => done[a.index()].map(|v| -v),
            Node::Binary(op, a, b) if op.is_arithmetic() => {
                Some(eval::binary(op, done[a.index()]?, done[b.index()]?))
            }
            _ => None,
        })
    }
}

/// The work at one node.
struct Step<'a> {
    expr: &'a Expr,
    id: ExprId,
    done: &'a [Inferred],
    mismatches: &'a mut Vec<Mismatch>,
}

impl Step<'_> {
    fn operand(&self, id: ExprId, dimension: Dimension) -> Operand {
        Operand { range: self.expr.range(id), dimension }
    }

    fn report(&mut self, kind: MismatchKind, left: Operand, right: Option<Operand>) -> Inferred {
        let range = self.expr.range(self.id);
        self.mismatches.push(Mismatch { kind, range, left, right });
        Inferred::Any
    }

    fn call(&mut self, function: Function, a: ExprId) -> Inferred {
        if let Inferred::Known(dimension) = self.done[a.index()]
            && !dimension.is_none()
        {
            let argument = self.operand(a, dimension);
            self.report(MismatchKind::Argument(function), argument, None);
            // These carry a dimension through, in the author's mind at least.
            if matches!(
                function,
                Function::Abs | Function::Ceil | Function::Sqrt | Function::Random
            ) {
                return Inferred::Any;
            }
        }
        Inferred::Known(Dimension::NONE)
    }

    fn power(&mut self, a: ExprId, b: ExprId, literal: Option<f64>) -> Inferred {
        let base = self.done[a.index()];
        if let Inferred::Known(dimension) = self.done[b.index()]
            && !dimension.is_none()
        {
            let exponent = self.operand(b, dimension);
            return self.report(MismatchKind::Exponent, exponent, None);
        }
        if self.done[b.index()] == Inferred::Any && base != Inferred::Known(Dimension::NONE) {
            return Inferred::Any;
        }
        let dimension = match base {
            Inferred::Any => return Inferred::Any,
            Inferred::Known(dimension) if !dimension.is_none() => dimension,
            _ => return Inferred::Known(Dimension::NONE),
        };
        let left = self.operand(a, dimension);
        let Some(exponent) = literal else {
            let right = self.operand(b, Dimension::NONE);
            return self.report(MismatchKind::VariableExponent, left, Some(right));
        };
        if let Some(power) = dimension.powf(exponent) {
            return Inferred::Known(power);
        }
        let whole = dimension.0.iter().all(|&e| (f64::from(e) * exponent) % 1.0 == 0.0);
        let kind = if whole {
            MismatchKind::TooLarge(BinaryOp::Pow)
        } else {
            MismatchKind::FractionalPower(exponent)
        };
        self.report(kind, left, None)
    }

    fn binary(&mut self, op: BinaryOp, a: ExprId, b: ExprId) -> Inferred {
        let (left, right) = (self.done[a.index()], self.done[b.index()]);
        match op {
            BinaryOp::And | BinaryOp::Or => Inferred::Condition,
            BinaryOp::Mul | BinaryOp::Div | BinaryOp::Pow => {
                let (Some(l), Some(r)) = (left.dimension(), right.dimension()) else {
                    return Inferred::Any;
                };
                let result = if op == BinaryOp::Mul { l.mul(r) } else { l.div(r) };
                let (l, r) = (self.operand(a, l), self.operand(b, r));
                match result {
                    Some(dimension) => Inferred::Known(dimension),
                    None => self.report(MismatchKind::TooLarge(op), l, Some(r)),
                }
            }
            BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Lt
            | BinaryOp::Gt
            | BinaryOp::Leq
            | BinaryOp::Geq
            | BinaryOp::Eq
            | BinaryOp::Neq => {
                let sum = match (left, right) {
                    (Inferred::Known(l), Inferred::Known(r)) if l != r => {
                        let (l, r) = (self.operand(a, l), self.operand(b, r));
                        self.report(MismatchKind::Operands(op), l, Some(r))
                    }
                    (Inferred::Zero, other) | (other, Inferred::Zero) => other,
                    (known @ Inferred::Known(_), _) | (_, known) => known,
                };
                if op.is_comparison() { Inferred::Condition } else { sum }
            }
        }
    }
}
