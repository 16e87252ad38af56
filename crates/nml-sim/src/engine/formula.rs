//! Formulas to operations.

use nml_expr::{BinaryOp as Operator, ExprId, Function, Node};
use nml_flat::{Formula, Operand, QuantityId, Value as Made};
use nml_kernel::{BinaryOp, BlockBuilder, CompareOp, UnaryOp, Value};

/// What cannot be a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Untranslatable(pub(crate) String);

/// What the symbols of a formula stand for in a block.
pub(crate) trait Scope {
    /// The block.
    fn block(&mut self) -> &mut BlockBuilder;
    /// Simulated time.
    fn time(&mut self) -> Value;
    /// A quantity of the kind.
    fn quantity(&mut self, quantity: QuantityId) -> Value;
    /// A number in [0, 1) drawn where a mask holds, for the node of an expression.
    fn random(&mut self, site: (&Formula, ExprId), mask: Option<Value>) -> Value;
}

/// The value of a formula; a mask for a condition.  `mask` says where it is evaluated, which matters to
/// `random` only.
pub(crate) fn formula(
    scope: &mut impl Scope,
    formula: &Formula,
    mask: Option<Value>,
) -> Result<Value, Untranslatable> {
    let values = values(scope, formula, mask)?;
    values.last().copied().ok_or_else(|| Untranslatable("an empty expression".to_owned()))
}

/// Left side minus right side of a comparison, turned so that it is above 0 where the comparison holds;
/// `None` for anything else.
pub(crate) fn difference(
    scope: &mut impl Scope,
    formula: &Formula,
) -> Result<Option<Value>, Untranslatable> {
    let values = values(scope, formula, None)?;
    let b = scope.block();
    Ok(match formula.expr.node(formula.expr.root()) {
        Node::Binary(Operator::Gt | Operator::Geq, x, y) => {
            Some(b.sub(values[x.index()], values[y.index()]))
        }
        Node::Binary(Operator::Lt | Operator::Leq, x, y) => {
            Some(b.sub(values[y.index()], values[x.index()]))
        }
        _ => None,
    })
}

/// The values of all nodes of a formula.
fn values(
    scope: &mut impl Scope,
    formula: &Formula,
    mask: Option<Value>,
) -> Result<Vec<Value>, Untranslatable> {
    let mut values: Vec<Value> = Vec::with_capacity(formula.expr.len());
    for (id, node) in formula.expr.nodes() {
        let value = match node {
            Node::Number(x) => scope.block().constant(x),
            Node::Variable(symbol) => match formula.operands[symbol.index()] {
                Operand::Time => scope.time(),
                Operand::Constant(x) => scope.block().constant(x),
                Operand::Quantity(quantity) => scope.quantity(quantity),
            },
            Node::Neg(a) => scope.block().neg(values[a.index()]),
            Node::Binary(op, a, b) => {
                operator(scope.block(), op, values[a.index()], values[b.index()])
            }
            Node::Call(Function::Random, a) => {
                let draw = scope.random((formula, id), mask);
                scope.block().mul(values[a.index()], draw)
            }
            Node::Call(called, a) => function(scope.block(), called, values[a.index()])?,
        };
        values.push(value);
    }
    Ok(values)
}

/// A quantity that is computed otherwise while a regime is active; `active` tells of a regime by its index.
pub(crate) fn by_regime<S: Scope>(
    scope: &mut S,
    base: Option<&Made>,
    regimes: &[(usize, &Made)],
    mut active: impl FnMut(&mut S, usize) -> Option<Value>,
) -> Result<Value, Untranslatable> {
    let mut value = match base {
        Some(made) => derived(scope, made, None)?,
        None => scope.block().constant(0.0),
    };
    for (regime, made) in regimes {
        let there = derived(scope, made, None)?;
        if let Some(active) = active(scope, *regime) {
            value = scope.block().select(active, there, value);
        }
    }
    Ok(value)
}

/// The value of a derived quantity: of several cases the first that holds, 0 where none does.
pub(crate) fn derived(
    scope: &mut impl Scope,
    made: &Made,
    mask: Option<Value>,
) -> Result<Value, Untranslatable> {
    let cases = match made {
        Made::Formula(made) => return formula(scope, made, mask),
        Made::Cases(cases) => cases,
    };
    let mut found = Vec::new();
    for (condition, value) in cases {
        let condition = match condition {
            None => None,
            Some(condition) => Some(formula(scope, condition, mask)?),
        };
        found.push((condition, formula(scope, value, mask)?));
        if found.last().is_some_and(|(condition, _)| condition.is_none()) {
            break;
        }
    }
    // Selects from the last case to the first.
    let b = scope.block();
    let mut result = b.constant(0.0);
    for (condition, value) in found.into_iter().rev() {
        result = condition.map_or(value, |condition| b.select(condition, value, result));
    }
    Ok(result)
}

fn operator(b: &mut BlockBuilder, op: Operator, x: Value, y: Value) -> Value {
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

fn function(b: &mut BlockBuilder, function: Function, x: Value) -> Result<Value, Untranslatable> {
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
            let known = b.as_const(x).map(|n| b.constant(nml_expr::maths::factorial(n)));
            return Ok(known.unwrap_or_else(|| factorial(b, x)));
        }
        Function::Random => return Err(Untranslatable("`random` out of place".to_owned())),
    };
    Ok(b.unary(op, x))
}

/// The factorial, taken from a table: the whole numbers from 0 to 170 have one that is a finite number.
fn factorial(b: &mut BlockBuilder, x: Value) -> Value {
    let (last, infinite, none) =
        (b.constant(170.0), b.constant(f64::INFINITY), b.constant(f64::NAN));
    let above = b.gt(x, last);
    let whole = b.unary(UnaryOp::Ceil, x);
    let is_whole = b.compare(CompareOp::Eq, x, whole);
    let above = b.and(above, is_whole);
    let mut result = b.select(above, infinite, none);
    for n in 0..=170 {
        let n = f64::from(n);
        let (index, value) = (b.constant(n), b.constant(nml_expr::maths::factorial(n)));
        let own = b.compare(CompareOp::Eq, x, index);
        result = b.select(own, value, result);
    }
    result
}
