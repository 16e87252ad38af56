//! Is a rate linear in its state?

use crate::ir::{BinaryOp, BlockBuilder, Op, UnaryOp, Value};

/// f = a + b·x with a and b independent of x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linear {
    /// The value at x = 0.
    pub a: Value,
    /// The slope.
    pub b: Value,
}

/// Writes `f` as a + b·x, adding the operations for a and b, or tells that its form does not allow it.
///
/// The answer follows the form: sums, differences, products with and quotients by what is independent of x, and selects
/// whose mask is independent of x.
/// An `f` that is linear only by cancellation, such as x·x/x, is not found.
pub fn linear_in(b: &mut BlockBuilder, f: Value, x: Value) -> Option<Linear> {
    linear_with(b, f, x, &[])
}

/// As [`linear_in`], with `frozen` values taken as independent of x, whatever they are made of.
pub fn linear_with(b: &mut BlockBuilder, f: Value, x: Value, frozen: &[Value]) -> Option<Linear> {
    let mut known: Vec<Form> = Vec::with_capacity(f.index() + 1);
    for i in 0..=f.index() {
        let form = if i == x.index() {
            Form::Linear(Terms { a: None, b: Slope::One })
        } else if frozen.contains(&Value::new(i)) {
            Form::Free
        } else {
            step(b, Value::new(i), &known)
        };
        known.push(form);
    }
    match known[f.index()] {
        Form::Free => Some(Linear { a: f, b: b.constant(0.0) }),
        Form::Linear(terms) => {
            Some(Linear { a: or_constant(b, terms.a, 0.0), b: terms.b.value(b) })
        }
        Form::Other => None,
    }
}

/// How a value depends on x.
#[derive(Clone, Copy)]
enum Form {
    /// Not at all.
    Free,
    Linear(Terms),
    Other,
}

/// a + b·x; no `a` is zero.
#[derive(Clone, Copy)]
struct Terms {
    a: Option<Value>,
    b: Slope,
}

#[derive(Clone, Copy)]
enum Slope {
    One,
    MinusOne,
    Value(Value),
}

impl Slope {
    fn value(self, b: &mut BlockBuilder) -> Value {
        match self {
            Self::One => b.constant(1.0),
            Self::MinusOne => b.constant(-1.0),
            Self::Value(v) => v,
        }
    }

    fn neg(self, b: &mut BlockBuilder) -> Self {
        match self {
            Self::One => Self::MinusOne,
            Self::MinusOne => Self::One,
            Self::Value(v) => Self::Value(b.neg(v)),
        }
    }

    fn times(self, b: &mut BlockBuilder, factor: Value) -> Self {
        Self::Value(match self {
            Self::One => factor,
            Self::MinusOne => b.neg(factor),
            Self::Value(v) => b.mul(v, factor),
        })
    }
}

fn or_constant(b: &mut BlockBuilder, v: Option<Value>, c: f64) -> Value {
    v.unwrap_or_else(|| b.constant(c))
}

fn step(b: &mut BlockBuilder, value: Value, known: &[Form]) -> Form {
    let op = b.op(value);
    let form = |v: Value| known[v.index()];
    let (mut free, mut other) = (true, false);
    op.for_each_operand(|v| match form(v) {
        Form::Free => {}
        Form::Linear(_) => free = false,
        Form::Other => (free, other) = (false, true),
    });
    if free {
        return Form::Free;
    }
    if other {
        return Form::Other;
    }
    // From here at least one operand is linear and none is worse.
    let terms = |v: Value| match form(v) {
        Form::Linear(terms) => Some(terms),
        _ => None,
    };
    match op {
        Op::Unary(UnaryOp::Neg, p) => terms(p).map_or(Form::Other, |t| {
            Form::Linear(Terms { a: t.a.map(|a| b.neg(a)), b: t.b.neg(b) })
        }),
        Op::Binary(BinaryOp::Add, p, q) => sum(b, (p, terms(p)), (q, terms(q))),
        Op::Binary(BinaryOp::Sub, p, q) => {
            let negative = match terms(q) {
                Some(t) => (q, Some(Terms { a: t.a.map(|a| b.neg(a)), b: t.b.neg(b) })),
                None => (b.neg(q), None),
            };
            sum(b, (p, terms(p)), negative)
        }
        Op::Binary(BinaryOp::Mul, p, q) => match (terms(p), terms(q)) {
            (Some(t), None) => Form::Linear(scale(b, t, q)),
            (None, Some(t)) => Form::Linear(scale(b, t, p)),
            _ => Form::Other,
        },
        Op::Binary(BinaryOp::Div, p, q) => match (terms(p), terms(q)) {
            (Some(t), None) => {
                let a = t.a.map(|a| b.div(a, q));
                let slope = t.b.value(b);
                Form::Linear(Terms { a, b: Slope::Value(b.div(slope, q)) })
            }
            _ => Form::Other,
        },
        Op::Fma(p, q, r) => {
            let product = match (terms(p), terms(q)) {
                (Some(t), None) => Some(scale(b, t, q)),
                (None, Some(t)) => Some(scale(b, t, p)),
                (None, None) => None,
                (Some(_), Some(_)) => return Form::Other,
            };
            let free_product = if product.is_none() { b.mul(p, q) } else { p };
            sum(b, (free_product, product), (r, terms(r)))
        }
        Op::Select(mask, p, q) => {
            if !matches!(form(mask), Form::Free) {
                return Form::Other;
            }
            let mut parts = |v: Value| match terms(v) {
                Some(t) => (or_constant(b, t.a, 0.0), t.b.value(b)),
                None => (v, b.constant(0.0)),
            };
            let ((a1, b1), (a2, b2)) = (parts(p), parts(q));
            let a = b.select(mask, a1, a2);
            Form::Linear(Terms { a: Some(a), b: Slope::Value(b.select(mask, b1, b2)) })
        }
        _ => Form::Other,
    }
}

/// The sum of two forms, each a free value or terms.
fn sum(b: &mut BlockBuilder, p: (Value, Option<Terms>), q: (Value, Option<Terms>)) -> Form {
    let constant = |(v, terms): (Value, Option<Terms>)| terms.map_or(Some(v), |t| t.a);
    let a = match (constant(p), constant(q)) {
        (Some(x), Some(y)) => Some(b.add(x, y)),
        (x, y) => x.or(y),
    };
    let slope = match (p.1, q.1) {
        (Some(s), Some(t)) => {
            let (s, t) = (s.b.value(b), t.b.value(b));
            Slope::Value(b.add(s, t))
        }
        (Some(t), None) | (None, Some(t)) => t.b,
        (None, None) => return Form::Free,
    };
    Form::Linear(Terms { a, b: slope })
}

fn scale(b: &mut BlockBuilder, t: Terms, factor: Value) -> Terms {
    Terms { a: t.a.map(|a| b.mul(a, factor)), b: t.b.times(b, factor) }
}
