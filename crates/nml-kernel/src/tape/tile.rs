//! Super-op recognition: covers the operations of a block with as few instructions as possible.
//!
//! From the last operation to the first, each one not yet covered becomes the root of the largest pattern that fits.
//! An inner operation is covered only if all its uses are inside the pattern, so nothing is computed twice.

use super::code::{Arith, Code, Core, Post, Pre};
use super::formula::MAX_OPERANDS;
use crate::ir::{BinaryOp, Block, Op, UnaryOp, Value};

/// An instruction before operands have places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tile {
    pub code: Code,
    pub operands: [Value; MAX_OPERANDS],
    pub n_operands: usize,
    pub result: Value,
}

impl Tile {
    pub(super) fn operands(&self) -> &[Value] {
        &self.operands[..self.n_operands]
    }
}

/// A candidate: what to run on which operands, and the inner operations it makes needless.
struct Pattern {
    code: Code,
    operands: Vec<Value>,
    covers: Vec<Value>,
}

impl Pattern {
    fn new(code: Code, operands: &[Value], covers: &[Value]) -> Self {
        Self { code, operands: operands.to_vec(), covers: covers.to_vec() }
    }
}

/// The tiles of all operations that are neither loads, nor uniform, nor inside another tile, in order of evaluation.
///
/// `fuse` off gives one tile per operation.
pub(super) fn tile(block: &Block, uniform: &[bool], fuse: bool) -> Vec<Tile> {
    let mut matcher =
        Matcher { block, uniform, uses: block.use_counts(), covered: vec![false; block.ops.len()] };
    let mut tiles = Vec::new();
    for (index, op) in block.ops.iter().enumerate().rev() {
        let root = Value::new(index);
        let dead = matcher.uses[index] == 0;
        if dead || uniform[index] || matcher.covered[index] || matches!(op, Op::Load(_)) {
            if dead {
                op.for_each_operand(|v| matcher.uses[v.index()] -= 1);
            }
            continue;
        }
        let pattern = if fuse { matcher.best(*op) } else { None };
        let pattern = pattern.unwrap_or_else(|| single(*op));
        for inner in pattern.covers {
            matcher.covered[inner.index()] = true;
        }
        let mut operands = [root; MAX_OPERANDS];
        for (to, from) in operands.iter_mut().zip(&pattern.operands) {
            *to = *from;
        }
        tiles.push(Tile {
            code: pattern.code,
            operands,
            n_operands: pattern.operands.len(),
            result: root,
        });
    }
    tiles.reverse();
    tiles
}

/// An operation by itself.
fn single(op: Op) -> Pattern {
    let code = match op {
        Op::Unary(op, _) => Code::Unary(op),
        Op::Binary(op, ..) => Code::Binary(op),
        Op::Fma(..) => Code::Fma { negate_product: false, negate_addend: false },
        Op::Compare(op, ..) => Code::Compare(op),
        Op::Mask(op, ..) => Code::Mask(op),
        Op::Not(_) => Code::Not,
        Op::Select(..) => Code::Select,
        Op::Random { .. } => Code::Random,
        // Leaves are never roots.
        Op::Const(_) | Op::MaskConst(_) | Op::Uniform(_) | Op::Load(_) => Code::Copy,
    };
    let mut operands = Vec::with_capacity(MAX_OPERANDS);
    op.for_each_operand(|v| operands.push(v));
    Pattern { code, operands, covers: Vec::new() }
}

struct Matcher<'a> {
    block: &'a Block,
    uniform: &'a [bool],
    uses: Vec<u32>,
    covered: Vec<bool>,
}

impl Matcher<'_> {
    /// The operation of `v` if it can be covered: it is used `uses` times, all inside the pattern.
    fn inner(&self, v: Value, uses: u32) -> Option<Op> {
        let i = v.index();
        (!self.uniform[i] && self.uses[i] == uses).then(|| self.block.ops[i])
    }

    fn inner_binary(&self, kind: BinaryOp, v: Value, uses: u32) -> Option<(Value, Value)> {
        match self.inner(v, uses)? {
            Op::Binary(op, a, b) if op == kind => Some((a, b)),
            _ => None,
        }
    }

    fn best(&self, root: Op) -> Option<Pattern> {
        match root {
            Op::Fma(a, b, c) => self
                .rate_gate(a, b, c)
                .or_else(|| self.relax(a, b, c))
                .or_else(|| self.relax(b, a, c))
                .or_else(|| self.signed_fma(a, b, c)),
            Op::Unary(op @ (UnaryOp::Exp | UnaryOp::Exprelr), a) => {
                Some(self.rate(core(op)?, a, Post::Identity, &[], &[]))
            }
            Op::Binary(BinaryOp::Mul, a, b) => self
                .scaled_rate(a, b)
                .or_else(|| self.scaled_rate(b, a))
                .or_else(|| self.pair(BinaryOp::Mul, a, b)),
            Op::Binary(BinaryOp::Div, a, b) => {
                self.sigmoid(a, b).or_else(|| self.pair(BinaryOp::Div, a, b))
            }
            Op::Binary(op, a, b) => self.pair(op, a, b),
            Op::Select(mask, a, b) => match self.inner(mask, 1)? {
                Op::Compare(op, p, q) => {
                    Some(Pattern::new(Code::CompareSelect(op), &[p, q, a, b], &[mask]))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// post (core (argument), post operands), with what makes the argument taken in.
    fn rate(
        &self,
        core: Core,
        argument: Value,
        post: Post,
        post_operands: &[Value],
        covers: &[Value],
    ) -> Pattern {
        let mut covers = covers.to_vec();
        let mut pre = (Pre::Identity, vec![argument]);
        if let Some(op) = self.inner(argument, 1) {
            let inner = match op {
                Op::Unary(UnaryOp::Neg, a) => Some((Pre::Neg, vec![a])),
                Op::Binary(BinaryOp::Add, a, b) => Some((Pre::Add, vec![a, b])),
                Op::Binary(BinaryOp::Sub, a, b) => Some((Pre::Sub, vec![a, b])),
                Op::Binary(BinaryOp::Mul, a, b) => Some((Pre::Mul, vec![a, b])),
                Op::Fma(a, b, c) => Some((Pre::Fma, vec![a, b, c])),
                Op::Binary(BinaryOp::Div, a, b) => {
                    Some(match self.inner_binary(BinaryOp::Sub, a, 1) {
                        Some((p, q)) => {
                            covers.push(a);
                            (Pre::SubDiv, vec![p, q, b])
                        }
                        None => (Pre::Div, vec![a, b]),
                    })
                }
                _ => None,
            };
            if let Some(inner) = inner {
                covers.push(argument);
                pre = inner;
            }
        }
        let (pre, mut operands) = pre;
        operands.extend_from_slice(post_operands);
        Pattern { code: Code::Rate(pre, core, post), operands, covers }
    }

    /// factor · core (…).
    fn scaled_rate(&self, factor: Value, y: Value) -> Option<Pattern> {
        let Op::Unary(op, argument) = self.inner(y, 1)? else { return None };
        Some(self.rate(core(op)?, argument, Post::Mul, &[factor], &[y]))
    }

    /// a / (1 + core (…)).
    fn sigmoid(&self, a: Value, denominator: Value) -> Option<Pattern> {
        let (p, q) = self.inner_binary(BinaryOp::Add, denominator, 1)?;
        let one = Op::Const(1.0.into());
        let y = if self.block.ops[p.index()] == one {
            q
        } else if self.block.ops[q.index()] == one {
            p
        } else {
            return None;
        };
        let Op::Unary(op, argument) = self.inner(y, 1)? else { return None };
        Some(self.rate(core(op)?, argument, Post::OverOnePlus, &[a], &[denominator, y]))
    }

    /// fma (x − x∞, core (…), x∞).
    fn relax(&self, difference: Value, y: Value, inf: Value) -> Option<Pattern> {
        let (x, subtracted) = self.inner_binary(BinaryOp::Sub, difference, 1)?;
        let Op::Unary(op, argument) = self.inner(y, 1)? else { return None };
        (subtracted == inf)
            .then_some(())
            .and_then(|()| core(op))
            .map(|core| self.rate(core, argument, Post::Relax, &[x, inf], &[difference, y]))
    }

    /// fma (x − x∞, exp (s k), x∞) with x∞ = α/s, s = α + β.
    fn rate_gate(&self, a: Value, b: Value, inf: Value) -> Option<Pattern> {
        let (alpha, sum) = self.inner_binary(BinaryOp::Div, inf, 2)?;
        let (p, q) = self.inner_binary(BinaryOp::Add, sum, 2)?;
        let beta = match alpha {
            alpha if alpha == p => q,
            alpha if alpha == q => p,
            _ => return None,
        };
        [(a, b), (b, a)].into_iter().find_map(|(difference, y)| {
            let (x, subtracted) = self.inner_binary(BinaryOp::Sub, difference, 1)?;
            let Op::Unary(UnaryOp::Exp, argument) = self.inner(y, 1)? else { return None };
            let (r, s) = self.inner_binary(BinaryOp::Mul, argument, 1)?;
            let k = match sum {
                sum if sum == r => s,
                sum if sum == s => r,
                _ => return None,
            };
            // The sum is the same whichever operand comes first.
            (subtracted == inf && k != sum).then(|| {
                let covers = [inf, sum, difference, y, argument];
                Pattern::new(Code::RateGate, &[x, alpha, beta, k], &covers)
            })
        })
    }

    /// ±a b ± c, with negations taken in.
    fn signed_fma(&self, a: Value, b: Value, c: Value) -> Option<Pattern> {
        let negated = |v| match self.inner(v, 1) {
            Some(Op::Unary(UnaryOp::Neg, a)) => Some(a),
            _ => None,
        };
        let mut covers = Vec::new();
        let mut operands = [a, b, c];
        let mut negate_product = false;
        for factor in &mut operands[..2] {
            if let Some(positive) = negated(*factor) {
                covers.push(*factor);
                *factor = positive;
                negate_product = !negate_product;
            }
        }
        let negate_addend = negated(c).is_some();
        if let Some(positive) = negated(c) {
            covers.push(c);
            operands[2] = positive;
        }
        let code = Code::Fma { negate_product, negate_addend };
        (!covers.is_empty()).then(|| Pattern::new(code, &operands, &covers))
    }

    /// Two of the four operations.
    fn pair(&self, outer: BinaryOp, a: Value, b: Value) -> Option<Pattern> {
        let outer = Arith::new(outer)?;
        let inner_of = |v| match self.inner(v, 1)? {
            Op::Binary(op, p, q) => Some((Arith::new(op)?, p, q)),
            _ => None,
        };
        if let Some((inner, p, q)) = inner_of(a) {
            let code = Code::Pair { outer, inner, inner_first: true };
            return Some(Pattern::new(code, &[p, q, b], &[a]));
        }
        let (inner, p, q) = inner_of(b)?;
        let code = Code::Pair { outer, inner, inner_first: outer.commutes() };
        Some(Pattern::new(code, &[p, q, a], &[b]))
    }
}

fn core(op: UnaryOp) -> Option<Core> {
    match op {
        UnaryOp::Exp => Some(Core::Exp),
        UnaryOp::Exprelr => Some(Core::Exprelr),
        _ => None,
    }
}
