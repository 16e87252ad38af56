//! Exponentials of the same number at rates that are multiples of one another.

use rustc_hash::FxHashMap;

use super::rewrite;
use crate::ir::{BinaryOp, Block, BlockBuilder, CompareOp, Op, UnaryOp, Value};

/// The highest power of an exponential that another is made of.
const MOST: f64 = 12.0;
/// Powers differ by a factor of at most e to this.
const FARTHEST: f64 = 40.0;
/// Below this, x / (1 − e⁻ˣ) is a polynomial: 1 − e⁻ˣ has lost a digit and more.
const NEAR_ZERO: f64 = 0.1;

/// Makes exp(n k x + c) of exp(k x + d) by products, for whole n up to 12, and x / (1 − e⁻ˣ) of such an exponential.
///
/// Rates of one membrane are exponentials of one potential, and their scales often multiples of 10 mV.
/// A power has n times the relative error of the exponential, about 10⁻¹⁵; x / (1 − e⁻ˣ) then has 2·10⁻¹⁴ at most, just
/// where it is no longer taken from its series 1 + x/2 + x²/12 − x⁴/720 + x⁶/30240 − x⁸/1209600.
pub fn share_exponentials(block: &Block) -> Block {
    let roots = roots(block);
    let mut new: Vec<Value> = Vec::with_capacity(block.ops.len());
    rewrite(block, |b, old, op| {
        let value = share(b, block, &roots, &new, old, op).unwrap_or_else(|| b.push(op));
        new.push(value);
        value
    })
}

fn share(
    b: &mut BlockBuilder,
    block: &Block,
    roots: &FxHashMap<Value, Vec<Root>>,
    new: &[Value],
    old: Value,
    op: Op,
) -> Option<Value> {
    let Op::Unary(kind @ (UnaryOp::Exp | UnaryOp::Exprelr), argument) = op else { return None };
    let Op::Unary(_, old_argument) = block.ops[old.index()] else { return None };
    let (base, line) = linear(block, old_argument);
    let sign = if kind == UnaryOp::Exp { 1.0 } else { -1.0 };
    let line = Line { k: sign * line.k, c: sign * line.c };
    let mut known = roots.get(&base)?.iter().filter(|root| root.serves > 1);
    let (root, power) = known.find_map(|root| Some((root.line, root.line.power_to(line)?)))?;
    // The same each time, and so one value.
    let (middle, k) = (b.constant(-root.c / root.k), b.constant(root.k));
    let apart = b.sub(new[base.index()], middle);
    let exponent = b.mul(apart, k);
    let exp = b.exp(exponent);
    let raised = super::pow::power(b, exp, power);
    let factor = b.constant((line.c - f64::from(power) * root.c).exp());
    let exp = b.mul(raised, factor);
    Some(if kind == UnaryOp::Exp { exp } else { exprelr(b, argument, exp) })
}

/// k · x + c.
#[derive(Clone, Copy, Debug)]
struct Line {
    k: f64,
    c: f64,
}

impl Line {
    /// The whole power of this exponential that the other is, but for a factor.
    #[expect(clippy::cast_possible_truncation, reason = "the ratio is 12 at most")]
    fn power_to(self, other: Self) -> Option<i32> {
        let ratio = other.k / self.k;
        let power = ratio.round();
        let whole = (1.0..=MOST).contains(&power) && (ratio - power).abs() <= 1e-12 * power;
        let near = (other.c - power * self.c).abs() <= FARTHEST;
        (whole && near).then_some(power as i32)
    }
}

/// An exponential that others are made of.
#[derive(Clone, Copy, Debug)]
struct Root {
    line: Line,
    /// How many it serves, itself among them.
    serves: u32,
}

/// By number: the exponentials of it of which the others are powers, those of the least rates.
fn roots(block: &Block) -> FxHashMap<Value, Vec<Root>> {
    let mut lines: FxHashMap<Value, Vec<(Line, bool)>> = FxHashMap::default();
    let uniform = block.uniform_values();
    for (at, op) in block.ops.iter().enumerate() {
        if let Op::Unary(kind @ (UnaryOp::Exp | UnaryOp::Exprelr), argument) = op
            && !uniform[at]
        {
            let (base, Line { k, c }) = linear(block, *argument);
            let is_exp = *kind == UnaryOp::Exp;
            let line = if is_exp { Line { k, c } } else { Line { k: -k, c: -c } };
            if k != 0.0 && k.is_finite() && c.is_finite() {
                lines.entry(base).or_default().push((line, is_exp));
            }
        }
    }
    let of_number = |mut lines: Vec<(Line, bool)>| {
        lines.sort_by(|(one, _), (other, _)| one.k.abs().total_cmp(&other.k.abs()));
        let mut roots: Vec<Root> = Vec::new();
        for &(line, _) in lines.iter().filter(|(_, is_exp)| *is_exp) {
            if !roots.iter().any(|root| root.line.power_to(line).is_some()) {
                roots.push(Root { line, serves: 0 });
            }
        }
        for (line, _) in lines {
            if let Some(root) = roots.iter_mut().find(|r| r.line.power_to(line).is_some()) {
                root.serves += 1;
            }
        }
        roots
    };
    lines.into_iter().map(|(base, lines)| (base, of_number(lines))).collect()
}

/// What a value is a linear function of, and which.
fn linear(block: &Block, mut value: Value) -> (Value, Line) {
    let number = |v: Value| match block.ops[v.index()] {
        Op::Const(x) => Some(x.get()),
        _ => None,
    };
    // k · value + c, from the outside inwards.
    let (mut k, mut c) = (1.0, 0.0);
    loop {
        let (inner, factor, addend) = match block.ops[value.index()] {
            Op::Unary(UnaryOp::Neg, x) => (x, -1.0, 0.0),
            Op::Binary(BinaryOp::Mul, x, y) => match (number(x), number(y)) {
                (Some(n), None) => (y, n, 0.0),
                (None, Some(n)) => (x, n, 0.0),
                _ => break,
            },
            Op::Binary(BinaryOp::Add, x, y) => match (number(x), number(y)) {
                (Some(n), None) => (y, 1.0, n),
                (None, Some(n)) => (x, 1.0, n),
                _ => break,
            },
            Op::Binary(BinaryOp::Sub, x, y) => match (number(x), number(y)) {
                (Some(n), None) => (y, -1.0, n),
                (None, Some(n)) => (x, 1.0, -n),
                _ => break,
            },
            _ => break,
        };
        c += k * addend;
        k *= factor;
        value = inner;
    }
    (value, Line { k, c })
}

/// x / (1 − e⁻ˣ), given e⁻ˣ.
fn exprelr(b: &mut BlockBuilder, x: Value, exp: Value) -> Value {
    let one = b.constant(1.0);
    let below = b.sub(one, exp);
    let quotient = b.div(x, below);
    let square = b.mul(x, x);
    let mut series = b.constant(-1.0 / 1_209_600.0);
    for coefficient in [1.0 / 30_240.0, -1.0 / 720.0, 1.0 / 12.0] {
        let coefficient = b.constant(coefficient);
        let product = b.mul(series, square);
        series = b.add(product, coefficient);
    }
    let (even, half) = (b.mul(series, square), b.constant(0.5));
    let linear = b.mul(x, half);
    let linear = b.add(linear, one);
    let series = b.add(even, linear);
    let (size, limit) = (b.unary(UnaryOp::Abs, x), b.constant(NEAR_ZERO));
    let near = b.compare(CompareOp::Lt, size, limit);
    b.select(near, series, quotient)
}
